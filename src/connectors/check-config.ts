import { wrongCase } from '../forms/keys';
import { didYouMean } from '../diagnostics/suggest';
import { connectorFacts } from '../generated/connector-facts';
import { describeReaders, isRead } from './availability';
import { compare } from '../diagnostics/diagnostic';
import { canonicalKey, knownKey, type KnownKey } from './canonical-keys';
import { checkValue, ValuePlace, type ConfigCheck } from './check-value';
import { typeSynonyms } from './common-slips';
import {
  brokenEffect,
  connectorTypes,
  isConnectorType,
  knowsType,
  usableTypes,
  type ConnectorType,
} from './connector-types';
import type { ConnectorFinding } from './finding';
import type { KeyFacts, ObjectFacts } from './key-facts';
import { compileGoRegexp } from './go-regexp';
import { keyPrefix, pathText } from './key-path';
import { reportMissing, requiredKeys, type WrittenKey } from './missing-keys';
import { describeTarget, isSince, productOf, type Target } from '../releases/target';
import { unknownKey } from './unknown-key';

export type { ConnectorCode, ConnectorFinding } from './finding';

export interface CheckConnectorOptions {
  /**
   * `document`: the configuration stands in a document of ours, where a secret may be a mapping such as `{ env: NAME }`
   * and `redirectURI` is derived. `file`: Dex or pachd read it as it is; secrets are strings, and `redirectURI` is needed
   * wherever the browser comes back from the identity provider.
   *
   * @default 'document'
   */
  readonly form?: 'document' | 'file';
}

/**
 * Checks the `config` of one connector against what the target's Dex reads: the type, every key and every value, at all
 * levels. Dex itself ignores keys that it does not know, and decodes JSON the way Go does, which is followed here: the
 * case of a key does not matter (though it is reported), and null is the same as no key.
 *
 * @param type the connector's type as it is written, which may be unknown
 * @param config the connector's `config`; undefined and null are an empty one
 * @returns every finding, in the order of the keys; paths begin at `config`
 */
export function checkConnectorConfig(
  type: string,
  config: unknown,
  target: Target,
  options: CheckConnectorOptions = {},
): readonly ConnectorFinding[] {
  if (!isConnectorType(type)) return [unknownType(type, target)];
  if (!knowsType(type, target)) return [typeOfOtherVersions(type, target)];
  const broken = brokenEffect(type, target);
  const findings: ConnectorFinding[] = broken === undefined ? [] : [brokenType(type, target, broken)];
  const { schema, goType } = connectorTypes[type];
  const check: ConfigCheck = {
    goType,
    target,
    isDocument: options.form !== 'file',
    report: (finding) => findings.push(finding),
    checkMapping: (value, facts, place) => checkMapping(value, facts, place, type),
  };
  checkValue(config ?? {}, connectorFacts[schema], new ValuePlace(check));
  return joinMissing(findings);
}

/** A missing key that an unknown one was meant for is one mistake: the finding about the unknown key has what happens. */
function joinMissing(findings: readonly ConnectorFinding[]): readonly ConnectorFinding[] {
  if (findings.length < 2) return findings;
  const consequences = new Map<ConnectorFinding, string>();
  const others = findings.filter(({ lacks, message }) => {
    const owner = findings.find(({ means }) => means === lacks || means?.startsWith(`${lacks}.`));
    if (lacks === undefined || owner === undefined) return true;
    consequences.set(owner, `, and ${message}`);
    return false;
  });
  return others.map((finding) => {
    const consequence = consequences.get(finding);
    return consequence === undefined ? finding : { ...finding, message: finding.message + consequence };
  });
}

/** Checks the keys of a mapping, and then which are missing. */
function checkMapping(value: object, facts: ObjectFacts, place: ValuePlace, type: ConnectorType): void {
  const keys = new Map<string, WrittenKey>();
  /** Keys that are certainly meant by unknown ones. */
  const meant = new Map<string, WrittenKey>();
  const mapping = value as WrittenMapping;
  const names = Object.keys(mapping).filter((written) => mapping[written] !== undefined);
  // Two spellings of one key are never both Dex's own.
  const mayRepeat = !names.every((written) => Object.hasOwn(facts.keys, written));
  for (const written of names) {
    const child = mapping[written];
    const known = knownKey(written, facts);
    if (known === undefined) {
      const finding = reportUnknownKey(written, { type, facts, place, mapping, names });
      if (finding?.renameTo !== undefined) meant.set(finding.renameTo, { written, value: child });
      continue;
    }
    const { name, key } = known;
    const at = place.inside(written, name, key);
    const counts = child !== null && !(mayRepeat && isOverruled(written, known, { mapping, names, facts }));
    const other = keys.get(name);
    if (other !== undefined) place.check.report(repeatedKey(other.written, written, name, key, at.path));
    if (other === undefined || counts) keys.set(name, { written, value: child });
    if (!isRead(key, place.check.target)) {
      if (child !== null) place.check.report(unreadKey(key, place.check, at.path));
      continue;
    }
    if (written !== name && isOnlySpelling(written, name, names, facts))
      place.check.report(keyInWrongCase(written, name, at.path));
    if (child === null) continue;
    if (isWithoutEffect(key, place.check.target))
      place.check.report(keyWithoutEffect(key, place.check.target, at.path));
    if (child === '' && requiredKeys(facts, place).includes(name)) continue;
    if (counts) checkKeyValue(child, key, at);
  }
  reportMissing(facts, place, keys, meant);
}

function checkKeyValue(value: unknown, key: KeyFacts, place: ValuePlace): void {
  if (key.goRegexp === true && typeof value === 'string') checkGoRegexp(value, place);
  checkValue(value, key.value, place);
}

/** A mapping as it is written, of which keys that are undefined are not there. */
type WrittenMapping = Readonly<Record<string, unknown>>;

/** Reports a key that the type does not have; undefined where any key will do: pachd wants one of a type without keys. */
function reportUnknownKey(
  written: string,
  {
    type,
    facts,
    place,
    mapping,
    names,
  }: {
    readonly type: ConnectorType;
    readonly facts: ObjectFacts;
    readonly place: ValuePlace;
    readonly mapping: WrittenMapping;
    readonly names: readonly string[];
  },
): ConnectorFinding | undefined {
  const { target, isDocument } = place.check;
  if (!isDocument && productOf(target) === 'pachyderm' && Object.keys(facts.keys).length === 0)
    return undefined;
  const present = Object.fromEntries(names.map((name) => [name, mapping[name]]));
  const at = { type, target, isDocument, prefix: keyPrefix(place.keys), facts, mapping: present };
  const finding = unknownKey(at, written, place.inside(written).path);
  place.check.report(finding);
  return finding;
}

function isOnlySpelling(
  written: string,
  name: string,
  names: readonly string[],
  facts: ObjectFacts,
): boolean {
  return !names.some((other) => other !== written && canonicalKey(other, facts) === name);
}

/**
 * Whether another spelling of the key counts: the last one in the order of bytes, as Dex sorts keys before it decodes them. Of
 * mappings the keys of all count.
 */
function isOverruled(
  written: string,
  { name, key }: KnownKey,
  {
    mapping,
    names,
    facts,
  }: { readonly mapping: WrittenMapping; readonly names: readonly string[]; readonly facts: ObjectFacts },
): boolean {
  if (key.value.kind === 'object') return false;
  return names.some(
    (other) => compare(other, written) > 0 && mapping[other] !== null && canonicalKey(other, facts) === name,
  );
}

/** Dex 2.41 and newer log such an expression and go on without it. */
function checkGoRegexp(expression: string, { check, path }: ValuePlace): void {
  const compiled = compileGoRegexp(expression);
  if (!('error' in compiled)) return;
  check.report({
    path,
    onKey: false,
    code: 'DEX108',
    severity: 'error',
    message: `\`${pathText(path)}\` is not a valid regular expression in Go (${compiled.error}): Dex logs "ignoring invalid" and goes on without it, so no group is dropped`,
    hint: "write it in RE2's syntax, which has neither look-around nor back-references",
  });
}

/** Go decodes both into the same field, one after the other; an empty one takes back what the other says. */
function repeatedKey(
  first: string,
  second: string,
  name: string,
  key: KeyFacts,
  path: readonly (string | number)[],
): ConnectorFinding {
  return {
    path,
    onKey: true,
    code: 'DEX107',
    severity: 'error',
    message:
      `\`${first}\` and \`${second}\` are one key to Dex, and one overrules the other silently` +
      (key.restriction === true ? ': the restriction may be lost' : ''),
    hint: `keep one of them, written \`${name}\``,
  };
}

function keyInWrongCase(written: string, name: string, path: readonly (string | number)[]): ConnectorFinding {
  return {
    path,
    onKey: true,
    code: 'DEX106',
    severity: 'warning',
    ...wrongCase(written, name),
    renameTo: name,
  };
}

function unreadKey(
  key: KeyFacts,
  { target, isDocument }: Pick<ConfigCheck, 'target' | 'isDocument'>,
  path: readonly (string | number)[],
): ConnectorFinding {
  const name = `\`${pathText(path)}\``;
  const isRejected = isSince(target, { dex: key.dexRejectedSince });
  const [verb, effect] = isRejected ? ['refuses', key.rejectedEffect] : ['ignores', key.ignoredEffect];
  const advice = key.instead ?? 'remove it';
  return {
    path,
    onKey: true,
    code: 'DEX102',
    severity: 'error',
    message: `${describeTarget(target)} ${verb} ${name}: ${effect}`,
    hint: `it is read ${describeReaders(key)}; ${willBeRead(key, target) ? 'until then ' : ''}${advice}${standaloneReads(key, target, isDocument)}`,
  };
}

/** The way out for keys that the Dex inside Pachyderm does not read, but one beside it does. */
function standaloneReads(key: KeyFacts, target: Target, isDocument: boolean): string {
  return productOf(target) === 'pachyderm' && key.dex !== undefined && key.dex.until === undefined
    ? `; or run standalone Dex${isDocument ? ', with identity.dex: standalone' : ''}, which reads it from Dex 2.${key.dex.since} on`
    : '';
}

/** Whether a newer version of the same product reads the key. */
function willBeRead(key: KeyFacts, target: Target): boolean {
  const product = productOf(target);
  const range = key[product];
  return range !== undefined && !isSince(target, { [product]: range.since });
}

function isWithoutEffect(key: KeyFacts, target: Target): boolean {
  return (
    key.pachydermEffectiveSince !== undefined &&
    productOf(target) === 'pachyderm' &&
    !isSince(target, { pachyderm: key.pachydermEffectiveSince })
  );
}

function keyWithoutEffect(
  key: KeyFacts,
  target: Target,
  path: readonly (string | number)[],
): ConnectorFinding {
  return {
    path,
    onKey: true,
    code: 'DEX102',
    severity: 'warning',
    message: `${describeTarget(target)} reads \`${pathText(path)}\`, but it has no effect: ${key.noEffect}`,
    hint: `it has one from Pachyderm 2.${key.pachydermEffectiveSince} on; remove it until then`,
  };
}

function unknownType(type: string, target: Target): ConnectorFinding {
  const isLocal = type === 'local';
  return {
    path: [],
    onKey: false,
    code: 'DEX105',
    about: 'type',
    severity: 'error',
    message:
      `"${type}" is not a connector type` +
      (isLocal ? ' to list under connectors: it comes with `enablePasswordDB`' : '') +
      `: \`unknown connector type "${type}"\``,
    hint: isLocal
      ? 'set `enablePasswordDB: true` in the configuration of a standalone Dex and remove this connector'
      : typeHint(type, usableTypes(target)),
  };
}

function typeHint(type: string, usable: readonly ConnectorType[]): string {
  const meant = typeSynonyms.get(type.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const synonym = usable.find((candidate) => candidate === meant);
  return didYouMean(synonym ?? type, usable) ?? `the types are ${usable.join(', ')}`;
}

function typeOfOtherVersions(type: ConnectorType, target: Target): ConnectorFinding {
  const since = connectorTypes[type].since;
  return {
    path: [],
    onKey: false,
    code: 'DEX105',
    about: 'type',
    severity: 'error',
    message: `${describeTarget(target)} does not know connectors of type ${type}: \`unknown connector type "${type}"\``,
    hint: `they exist from Dex 2.${since?.dex} and Pachyderm 2.${since?.pachyderm} on; use another type until then, oidc if the provider speaks it`,
  };
}

function brokenType(type: ConnectorType, target: Target, effect: string): ConnectorFinding {
  const until = connectorTypes[type].broken?.minors.until;
  return {
    path: [],
    onKey: false,
    code: 'DEX105',
    about: 'type',
    severity: 'error',
    message: `${describeTarget(target)} opens connectors of type ${type}, but ${effect}`,
    hint: `they work from Pachyderm 2.${(until ?? 0) + 1} on; use another type until then, oidc if the provider speaks it`,
  };
}
