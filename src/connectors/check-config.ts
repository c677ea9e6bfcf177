import { listed } from '../diagnostics/listed';
import { wrongCase } from '../forms/keys';
import { didYouMean } from '../diagnostics/suggest';
import { connectorFacts } from '../generated/connector-facts';
import { describeReaders, isRead } from './availability';
import { compare } from '../diagnostics/diagnostic';
import { canonicalKey } from './canonical-keys';
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
import { describeTarget, isSince, productOf, type Target } from '../releases/target';
import { unknownKey } from './unknown-key';

export type { ConnectorCode, ConnectorFinding } from './finding';

/** The key that is derived in documents of ours. */
const DERIVED = 'redirectURI';

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
    type,
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
    consequences.set(owner, `${consequences.get(owner) ?? ''}, and ${message}`);
    return false;
  });
  return others.map((finding) => {
    const consequence = consequences.get(finding);
    return consequence === undefined ? finding : { ...finding, message: finding.message + consequence };
  });
}

/** A key as it is written, and its value. */
interface WrittenKey {
  readonly written: string;
  readonly value: unknown;
}

/** The keys of a mapping, by Dex's spelling. */
type WrittenKeys = ReadonlyMap<string, WrittenKey>;

/** Checks the keys of a mapping, and then which are missing. */
function checkMapping(value: object, facts: ObjectFacts, place: ValuePlace, type: ConnectorType): void {
  const keys = new Map<string, WrittenKey>();
  /** Keys that are certainly meant by unknown ones. */
  const meant = new Map<string, WrittenKey>();
  const mapping = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(mapping);
  // Two spellings of one key are never both Dex's own.
  const mayRepeat = !names.every((written) => Object.hasOwn(facts.keys, written));
  for (const written of names) {
    const child = mapping[written];
    if (child === undefined) continue;
    const name = canonicalKey(written, facts);
    const key = name === undefined ? undefined : facts.keys[name];
    if (name === undefined || key === undefined) {
      const finding = reportUnknownKey(written, { type, facts, place, mapping });
      if (finding?.renameTo !== undefined) meant.set(finding.renameTo, { written, value: child });
      continue;
    }
    const first = keys.get(name);
    const at = place.inside(written, name, key);
    if (first === undefined) keys.set(name, { written, value: child });
    else place.check.report(repeatedKey(first.written, written, name, key, at.path));
    if (!isRead(key, place.check.target)) {
      if (child !== null) place.check.report(unreadKey(key, place.check.target, at.path));
      continue;
    }
    if (written !== name && isOnlySpelling(written, name, mapping, facts))
      place.check.report(keyInWrongCase(written, name, at.path));
    if (child === null) continue;
    if (isWithoutEffect(key, place.check.target))
      place.check.report(keyWithoutEffect(key, place.check.target, at.path));
    if (child === '' && requiredKeys(facts, place).includes(name)) continue;
    if (!mayRepeat || !isOverruled(written, name, mapping, facts)) checkKeyValue(child, key, at);
  }
  reportMissing(facts, place, keys, meant);
}

function checkKeyValue(value: unknown, key: KeyFacts, place: ValuePlace): void {
  if (key.goRegexp === true && typeof value === 'string') checkGoRegexp(value, place);
  checkValue(value, key.value, place);
}

/** Reports a key that the type does not have; undefined where any key will do: pachd wants one of a type without keys. */
function reportUnknownKey(
  written: string,
  {
    type,
    facts,
    place,
    mapping: given,
  }: {
    readonly type: ConnectorType;
    readonly facts: ObjectFacts;
    readonly place: ValuePlace;
    readonly mapping: Readonly<Record<string, unknown>>;
  },
): ConnectorFinding | undefined {
  const { target, isDocument } = place.check;
  if (!isDocument && productOf(target) === 'pachyderm' && Object.keys(facts.keys).length === 0)
    return undefined;
  const mapping = Object.fromEntries(Object.entries(given).filter(([, other]) => other !== undefined));
  const at = { type, target, isDocument, prefix: keyPrefix(place.keys), facts, mapping };
  const finding = unknownKey(at, written, place.inside(written).path);
  place.check.report(finding);
  return finding;
}

function isOnlySpelling(
  written: string,
  name: string,
  mapping: Readonly<Record<string, unknown>>,
  facts: ObjectFacts,
): boolean {
  return !Object.entries(mapping).some(
    ([other, value]) => other !== written && value !== undefined && canonicalKey(other, facts) === name,
  );
}

/**
 * Whether another spelling of the key counts: the last one in the order of bytes, as Dex sorts keys before it decodes them. Of
 * mappings the keys of all count.
 */
function isOverruled(
  written: string,
  name: string,
  mapping: Readonly<Record<string, unknown>>,
  facts: ObjectFacts,
): boolean {
  if (facts.keys[name]?.value.kind === 'object') return false;
  return Object.entries(mapping).some(
    ([other, value]) =>
      compare(other, written) > 0 &&
      value !== undefined &&
      value !== null &&
      canonicalKey(other, facts) === name,
  );
}

function reportMissing(
  facts: ObjectFacts,
  place: ValuePlace,
  written: WrittenKeys,
  meant: WrittenKeys,
): void {
  const keys = meant.size === 0 ? written : new Map([...meant, ...written]);
  const missing = (name: string, cause = ''): void => {
    place.check.report(missingKey(name, facts.keys[name], written.get(name), cause, place));
  };
  const required = requiredKeys(facts, place);
  const { missingTogether, needs } = facts;
  const lacking =
    missingTogether === undefined ? [] : required.filter((name) => isEmpty(keys.get(name)?.value));
  if (missingTogether !== undefined && lacking.length > 1)
    place.check.report(missingKeys(lacking, missingTogether, keys, place));
  else for (const name of required) if (isEmpty(written.get(name)?.value)) missing(name);
  for (const name in needs) {
    if (!isGiven(name, facts, keys)) continue;
    for (const other of needs[name] ?? [])
      if (!isGiven(other, facts, keys)) missing(other, `, which \`${name}\` needs`);
  }
  reportKeySet(facts, place, keys, missing);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Bytes are written as a string of base64 or as a list. */
function holdsNothing(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/** Whether Dex takes the key for set. Of a list it asks the length, of bytes only whether the key is there. */
function isGiven(name: string, facts: ObjectFacts, keys: WrittenKeys): boolean {
  const value = keys.get(name)?.value;
  if (facts.keys[name]?.value.kind === 'base64') return value !== undefined && value !== null;
  return Array.isArray(value) ? value.length > 0 : !isEmpty(value);
}

function requiredKeys(facts: ObjectFacts, place: ValuePlace): readonly string[] {
  const isDerived = place.check.isDocument || place.path.length > 0 || facts.keys[DERIVED] === undefined;
  return isDerived ? facts.required : [...facts.required, DERIVED];
}

/** Dex 2.41 and newer log such an expression and go on without it. */
function checkGoRegexp(expression: string, place: ValuePlace): void {
  const compiled = compileGoRegexp(expression);
  if (!('error' in compiled)) return;
  place.check.report({
    path: place.path,
    onKey: false,
    code: 'DEX108',
    severity: 'error',
    message: `\`${pathText(place.path)}\` is not a valid regular expression in Go (${compiled.error}): Dex logs "ignoring invalid" and goes on without it, so no group is dropped`,
    hint: "write it in RE2's syntax, which has neither look-around nor back-references",
  });
}

function missingKey(
  name: string,
  key: KeyFacts | undefined,
  found: WrittenKey | undefined,
  cause: string,
  place: ValuePlace,
): ConnectorFinding {
  const state = found === undefined ? 'missing' : found.value === '' ? 'empty' : 'without a value';
  const isOptional =
    key?.dexOptionalSince !== undefined && isSince(place.check.target, { dex: key.dexOptionalSince });
  const consequence = isOptional ? key.optionalEffect : key?.missingEffect;
  const effect = consequence === undefined ? '' : `: ${consequence}`;
  const example = key?.example === undefined ? '' : `, for example \`${key.example}\``;
  const where = place.path.length === 0 ? 'the config' : `\`${pathText(place.path)}\``;
  return {
    path: found === undefined ? place.path : [...place.path, found.written],
    onKey: found?.value !== '',
    code: 'DEX104',
    severity: isOptional ? 'warning' : 'error',
    message: `\`${pathText([...place.path, name])}\` is ${state}${cause}${effect}`,
    hint: found === undefined ? `add \`${name}\` to ${where}${example}` : `write a value${example}`,
    ...(found === undefined && { lacks: pathText([...place.path, name]) }),
  };
}

/** Several keys that the product names in one error. */
function missingKeys(
  names: readonly string[],
  effect: string,
  keys: WrittenKeys,
  place: ValuePlace,
): ConnectorFinding {
  const paths = names.map((name) => `\`${pathText([...place.path, name])}\``);
  const state = names.some((name) => keys.has(name)) ? 'missing or empty' : 'missing';
  const quoted = names.map((name) => JSON.stringify(name)).join(' ');
  return {
    path: place.path,
    onKey: true,
    code: 'DEX104',
    severity: 'error',
    message: `${listed(paths)} are ${state}: ${effect.replace('{keys}', quoted)}`,
    hint: `add them to ${place.path.length === 0 ? 'the config' : `\`${pathText(place.path)}\``}`,
  };
}

function reportKeySet(
  facts: ObjectFacts,
  place: ValuePlace,
  keys: WrittenKeys,
  missing: (name: string) => void,
): void {
  const { keySet } = facts;
  if (keySet === undefined || (keySet.unless !== undefined && keys.get(keySet.unless)?.value === true))
    return;
  const found = keySet.keys.filter((name) => isGiven(name, facts, keys));
  const isTooMany = keySet.rule !== 'atLeastOne' && found.length > 1;
  const isTooFew = keySet.rule !== 'atMostOne' && found.length === 0;
  const [only] = found;
  if (only !== undefined && found.length === 1 && holdsNothing(keys.get(only)?.value)) missing(only);
  if (!isTooMany && !isTooFew) return;
  const names = keySet.keys.map((name) => `\`${pathText([...place.path, name])}\``);
  const effect = facts.keySetEffect === undefined ? '' : `: ${facts.keySetEffect}`;
  const surplus = keys.get(found.at(-1) ?? '');
  place.check.report({
    path: surplus === undefined ? place.path : [...place.path, surplus.written],
    onKey: true,
    code: isTooMany ? 'DEX103' : 'DEX104',
    severity: 'error',
    message: `${isTooMany ? `${names.join(' and ')} exclude each other` : `there is neither ${names.join(' nor ')}`}${effect}`,
    hint: isTooMany ? 'keep one of them' : 'add one of them',
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

function unreadKey(key: KeyFacts, target: Target, path: readonly (string | number)[]): ConnectorFinding {
  const name = `\`${pathText(path)}\``;
  const isRejected = key.dexRejectedSince !== undefined && isSince(target, { dex: key.dexRejectedSince });
  const [verb, effect] = isRejected ? ['refuses', key.rejectedEffect] : ['ignores', key.ignoredEffect];
  const advice = key.instead ?? 'remove it';
  return {
    path,
    onKey: true,
    code: 'DEX102',
    severity: 'error',
    message: `${describeTarget(target)} ${verb} ${name}${effect === undefined ? '' : `: ${effect}`}`,
    hint: `it is read ${describeReaders(key)}; ${willBeRead(key, target) ? 'until then ' : ''}${advice}${standaloneReads(key, target)}`,
  };
}

/** The way out for keys that the Dex inside Pachyderm does not read, but one beside it does. */
function standaloneReads(key: KeyFacts, target: Target): string {
  const isRead = key.dex !== undefined && key.dex.until === undefined && key.unreleased !== true;
  return productOf(target) === 'pachyderm' && isRead
    ? `; or run standalone Dex, with identity.dex: standalone, which reads it from Dex 2.${key.dex.since} on`
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
  const synonym = typeSynonyms.get(type.toLowerCase().replace(/[^a-z0-9]/g, ''));
  if (synonym !== undefined && usable.includes(synonym)) return `did you mean "${synonym}"?`;
  return didYouMean(type, usable) ?? `the types are ${usable.join(', ')}`;
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
