import { certainly, isSameWord, suggest } from '../diagnostics/suggest';
import { removeUnknown } from '../forms/keys';
import { connectorKeys, describeReaders, isRead, restrictionKeys } from './availability';
import { canonicalKey } from './canonical-keys';
import { hasRightKind } from './check-value';
import { commonSlips } from './common-slips';
import { connectorTypeNames, connectorTypes, type ConnectorType } from './connector-types';
import type { ConnectorFinding } from './finding';
import type { KeyFacts, ObjectFacts } from './key-facts';
import { pathText } from './key-path';
import { describeTarget, type Target } from '../releases/target';

/** The mapping that an unknown key was found in. */
export interface UnknownKeyPlace {
  readonly type: ConnectorType;
  readonly target: Target;
  /** Path of the mapping from `config` on, with `[]` for positions: `orgs[].`; empty or ending in a dot. */
  readonly prefix: string;
  readonly facts: ObjectFacts;
  /** The mapping as it is written. */
  readonly mapping: Readonly<Record<string, unknown>>;
  /** It stands in a document of ours, where secrets may be mappings. */
  readonly isDocument: boolean;
}

/** The key that is probably meant. */
interface Meant {
  readonly path: string;
  readonly facts: KeyFacts;
  /** The name to write in place of the unknown one, when nothing else can be meant. */
  readonly renameTo?: string;
}

const EVERYBODY = 'everyone who can log in at the identity provider gets in';

/** The finding for a key that no version of the connector type has. */
export function unknownKey(
  place: UnknownKeyPlace,
  name: string,
  path: readonly (string | number)[],
): ConnectorFinding {
  const meant = meantBy(place, name);
  const isOfUse = meant !== undefined && isRead(meant.facts, place.target);
  const key = keyMeant(place, meant);
  const means = key === undefined ? meant?.path : pathText([...path.slice(0, -1), key]);
  return {
    path,
    onKey: true,
    code: 'DEX101',
    about: 'unknown key',
    severity: 'error',
    message:
      `\`${pathText(path)}\` is not a key of ${place.type} connectors; Dex ignores it silently` +
      (isRestriction(place, name, meant) ? lostRestriction(meant?.path ?? name) : ''),
    hint: hint(place, name, meant, isOfUse),
    ...(isOfUse && means !== undefined && { means }),
    ...(isOfUse &&
      meant.renameTo !== undefined &&
      canRename(place, name, meant) && { renameTo: meant.renameTo }),
  };
}

/** The key of the same mapping that an unknown one is probably meant for, when the target reads it and it is not there. */
export function meantKey(place: UnknownKeyPlace, name: string): string | undefined {
  return keyMeant(place, meantBy(place, name));
}

function keyMeant(place: UnknownKeyPlace, meant: Meant | undefined): string | undefined {
  if (meant === undefined || !isRead(meant.facts, place.target) || isThere(place, meant)) return undefined;
  const key = meant.path.slice(place.prefix.length);
  return meant.path.startsWith(place.prefix) && Object.hasOwn(place.facts.keys, key) ? key : undefined;
}

function meantBy(place: UnknownKeyPlace, name: string): Meant | undefined {
  return slip(place, name) ?? misspelt(place, name) ?? misplaced(place, name) ?? near(place, name);
}

/** Whether the key with its new name would be right: Dex can decode its value, and no other key has that name or means it. */
function canRename(place: UnknownKeyPlace, name: string, meant: Meant): boolean {
  const value = place.mapping[name];
  if (value !== null && !hasRightKind(value, meant.facts.value, place.isDocument)) return false;
  return !Object.keys(place.mapping).some((other) => other !== name && meansSame(place, other, meant));
}

function meansSame(place: UnknownKeyPlace, other: string, meant: Meant): boolean {
  const known = canonicalKey(other, place.facts);
  return (known === undefined ? meantBy(place, other)?.path : place.prefix + known) === meant.path;
}

/** Whether the key that is meant stands beside the unknown one. */
function isThere(place: UnknownKeyPlace, meant: Meant): boolean {
  return Object.keys(place.mapping).some((other) => {
    const known = canonicalKey(other, place.facts);
    return known !== undefined && place.prefix + known === meant.path;
  });
}

/** Words for who may log in, which no type has a key of but for those that it is meant for. */
const FOR_WHOM = /^(allow|permit|require|whitelist|restrict|hosteddomain)|whitelist$|allowlist$/i;

/** Whether a key is meant to keep people out. */
function isRestriction({ prefix }: UnknownKeyPlace, name: string, meant: Meant | undefined): boolean {
  if (meant !== undefined) return meant.facts.restriction === true;
  if (prefix !== '') return false;
  return FOR_WHOM.test(name) || connectorTypeNames.some((type) => restrictionKeys(type).includes(name));
}

/** A restriction of the whole connector keeps no one out when it is lost; one inside of another only widens that. */
function lostRestriction(path: string): string {
  return `, so the restriction that it should be is not there${path.includes('.') ? '' : `: ${EVERYBODY}`}`;
}

function hint(place: UnknownKeyPlace, name: string, meant: Meant | undefined, isOfUse: boolean): string {
  if (meant === undefined && isRestriction(place, name, meant))
    return `${elsewhere(place, name)}${restrict(place)}`;
  if (meant === undefined) return `${elsewhere(place, name)}${removeUnknown(readKeys(place))}`;
  if (isThere(place, meant)) return `remove it: \`${meant.path}\`, which may be meant, is there already`;
  if (isOfUse) return `did you mean \`${meant.path}\`?`;
  const readers = `\`${meant.path}\` may be meant, but ${describeTarget(place.target)} does not read that either; it is read ${describeReaders(meant.facts)}`;
  return meant.facts.instead === undefined ? readers : `${readers}; until then ${meant.facts.instead}`;
}

/** What restricts who may log in with a connector. */
function restrict({ type, target }: UnknownKeyPlace): string {
  if (type === 'ldap')
    return 'restrict with a condition in `userSearch.filter`, such as `(memberOf=cn=pachyderm,ou=groups,dc=example,dc=com)`';
  const keys = connectorKeys(type).filter(
    // The string org of github only chooses groups.
    ({ path, facts }) =>
      facts.restriction && facts.value.kind === 'list' && !path.includes('.') && isRead(facts, target),
  );
  return keys.length === 0
    ? `no setting of ${type} connectors restricts who gets in: restrict at the identity provider who may log in, and remove the line`
    : `restrict with ${keys.map(({ path }) => `\`${path}\``).join(' or ')}`;
}

function slip(place: UnknownKeyPlace, name: string): Meant | undefined {
  const at = place.prefix.replace(/\.$/, '');
  const { schema } = connectorTypes[place.type];
  const found = commonSlips.find(
    (candidate) =>
      candidate.type === schema && candidate.at === at && candidate.written === name.toLowerCase(),
  );
  const facts = found && factsOf(place.type, found.meant);
  if (!found || !facts) return undefined;
  const meant = { path: found.meant, facts };
  return found.isCertain ? { ...meant, renameTo: found.meant.slice(place.prefix.length) } : meant;
}

/** The same word in another spelling: `client_id`. */
function misspelt(place: UnknownKeyPlace, name: string): Meant | undefined {
  const found = Object.entries(place.facts.keys).find(([key]) => isSameWord(key, name));
  return found && { path: place.prefix + found[0], facts: found[1], renameTo: found[0] };
}

/** A key of the same name in another mapping of the connector: `baseDN` outside of `userSearch`. */
function misplaced(place: UnknownKeyPlace, name: string): Meant | undefined {
  const found = connectorKeys(place.type).find(({ path }) => isSameWord(lastOf(path), name));
  return found && { path: found.path, facts: found.facts };
}

/** A key of the same mapping that is a slip or two away, rather one that the target reads. */
function near(place: UnknownKeyPlace, name: string): Meant | undefined {
  const keys = Object.keys(place.facts.keys);
  const best = suggest(name, readKeys(place)) ?? suggest(name, keys);
  const facts = best === undefined ? undefined : place.facts.keys[best];
  if (best === undefined || facts === undefined) return undefined;
  const isCertain = certainly(name, keys) === best;
  return { path: place.prefix + best, facts, ...(isCertain && { renameTo: best }) };
}

/** Whose key it is, when it is one of other connector types: `… is a key of oauth connectors; `. */
function elsewhere(place: UnknownKeyPlace, name: string): string {
  const types = connectorTypeNames.filter(
    (type) => connectorTypes[type].schema === type && factsOf(type, place.prefix + name) !== undefined,
  );
  return types.length === 0
    ? ''
    : `\`${place.prefix}${name}\` is a key of ${types.join(', ')} connectors, not of this one; `;
}

function readKeys({ facts: { keys }, target }: UnknownKeyPlace): readonly string[] {
  return Object.keys(keys).filter((key) => keys[key] !== undefined && isRead(keys[key], target));
}

function factsOf(type: ConnectorType, path: string): KeyFacts | undefined {
  return connectorKeys(type).find((key) => key.path === path)?.facts;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
