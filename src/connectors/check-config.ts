import { didYouMean } from '../diagnostics/suggest';
import { connectorFacts } from '../generated/connector-facts';
import { describeReaders, isRead } from './availability';
import { canonicalKey } from './canonical-keys';
import { checkValue, type ValuePlace } from './check-value';
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
import { keyPrefix, pathText } from './key-path';
import { describeTarget, minorOf, productOf, type Target } from './target';
import { unknownKey } from './unknown-key';

export type { ConnectorCode, ConnectorFinding } from './finding';

/** The key that is derived in documents of ours. */
const DERIVED = 'redirectURI';

export interface CheckConnectorOptions {
  /**
   * `document`: the configuration stands in a document of ours, where a secret may be a mapping such as `{ env: NAME }`
   * and `redirectURI` is derived. `file`: Dex or pachd read it as it is; secrets are texts, and `redirectURI` is needed
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
  checkValue(config ?? {}, connectorFacts[schema], {
    path: [],
    keys: [],
    goType,
    target,
    isDocument: options.form !== 'file',
    report: (finding) => findings.push(finding),
    checkMapping: (value, facts, place) => checkMapping(value, facts, place, type),
  });
  return findings;
}

/** Checks the keys of a mapping, and then which are missing. */
function checkMapping(value: object, facts: ObjectFacts, place: ValuePlace, type: ConnectorType): void {
  const present = new Map<string, string>();
  const empty = new Map<string, string>();
  for (const [written, child] of Object.entries(value) as [string, unknown][]) {
    const name = canonicalKey(written, facts);
    const key = name === undefined ? undefined : facts.keys[name];
    const path = [...place.path, written];
    if (name === undefined || key === undefined) {
      const at = { type, target: place.target, prefix: keyPrefix(place.keys), facts };
      place.report(unknownKey(at, written, path));
      continue;
    }
    if (name !== written) place.report(wrongCase(written, name, path));
    if (child === null || child === undefined) continue;
    if (!isRead(key, place.target)) {
      place.report(unreadKey(key, place.target, path));
      continue;
    }
    if (isWithoutEffect(key, place.target)) place.report(keyWithoutEffect(key, place.target, path));
    (child === '' ? empty : present).set(name, written);
    if (child === '' && requiredKeys(facts, place).includes(name)) continue;
    checkValue(child, key.value, {
      ...place,
      path,
      keys: [...place.keys, name],
      effect: key.wrongEffect,
      example: key.example,
    });
  }
  reportMissing(value, facts, place, present, empty);
}

/** Keys that are there with a value, or with an empty text, and how they are written. */
type WrittenKeys = ReadonlyMap<string, string>;

function reportMissing(
  value: object,
  facts: ObjectFacts,
  place: ValuePlace,
  present: WrittenKeys,
  empty: WrittenKeys,
): void {
  const missing = (name: string, cause = ''): void => {
    place.report(missingKey(name, facts.keys[name], empty.get(name), cause, place));
  };
  for (const name of requiredKeys(facts, place)) if (!present.has(name)) missing(name);
  for (const [name, needed] of Object.entries(facts.needs ?? {})) {
    if (!present.has(name)) continue;
    for (const other of needed) if (!present.has(other)) missing(other, `, which \`${name}\` needs`);
  }
  reportKeySet(value, facts, place, present);
}

function requiredKeys(facts: ObjectFacts, place: ValuePlace): readonly string[] {
  const isDerived = place.isDocument || place.path.length > 0 || facts.keys[DERIVED] === undefined;
  return isDerived ? facts.required : [...facts.required, DERIVED];
}

function missingKey(
  name: string,
  key: KeyFacts | undefined,
  written: string | undefined,
  cause: string,
  place: ValuePlace,
): ConnectorFinding {
  const isEmpty = written !== undefined;
  const effect = key?.missingEffect === undefined ? '' : `: ${key.missingEffect}`;
  const example = key?.example === undefined ? '' : `, for example \`${key.example}\``;
  const where = place.path.length === 0 ? 'the config' : `\`${pathText(place.path)}\``;
  return {
    path: isEmpty ? [...place.path, written] : place.path,
    onKey: !isEmpty,
    code: 'DEX104',
    severity: 'error',
    message: `\`${pathText([...place.path, name])}\` is ${isEmpty ? 'empty' : 'missing'}${cause}${effect}`,
    hint: isEmpty ? `write a value${example}` : `add \`${name}\` to ${where}${example}`,
  };
}

function reportKeySet(value: object, facts: ObjectFacts, place: ValuePlace, present: WrittenKeys): void {
  const { keySet } = facts;
  if (keySet === undefined || (keySet.unless !== undefined && isTrue(value, keySet.unless, facts))) return;
  const found = keySet.keys.filter((name) => present.has(name));
  const isTooMany = keySet.rule !== 'atLeastOne' && found.length > 1;
  const isTooFew = keySet.rule !== 'atMostOne' && found.length === 0;
  if (!isTooMany && !isTooFew) return;
  const names = keySet.keys.map((name) => `\`${pathText([...place.path, name])}\``);
  const effect = facts.keySetEffect === undefined ? '' : `: ${facts.keySetEffect}`;
  const surplus = present.get(found.at(-1) ?? '');
  place.report({
    path: surplus === undefined ? place.path : [...place.path, surplus],
    onKey: true,
    code: isTooMany ? 'DEX103' : 'DEX104',
    severity: 'error',
    message: `${isTooMany ? `${names.join(' and ')} exclude each other` : `there is neither ${names.join(' nor ')}`}${effect}`,
    hint: isTooMany ? 'keep one of them' : 'add one of them',
  });
}

function isTrue(value: object, name: string, facts: ObjectFacts): boolean {
  return Object.entries(value).some(
    ([written, child]) => child === true && canonicalKey(written, facts) === name,
  );
}

function wrongCase(written: string, name: string, path: readonly (string | number)[]): ConnectorFinding {
  return {
    path,
    onKey: true,
    code: 'DEX106',
    severity: 'warning',
    message: `\`${written}\` is spelt \`${name}\`; Dex reads it all the same, other tools may not`,
    hint: `write \`${name}\``,
    renameTo: name,
  };
}

function unreadKey(key: KeyFacts, target: Target, path: readonly (string | number)[]): ConnectorFinding {
  const name = `\`${pathText(path)}\``;
  const isRejected =
    productOf(target) === 'dex' &&
    key.dexRejectedSince !== undefined &&
    minorOf(target) >= key.dexRejectedSince;
  const [verb, effect] = isRejected ? ['refuses', key.rejectedEffect] : ['ignores', key.ignoredEffect];
  const advice = key.instead ?? 'remove it';
  return {
    path,
    onKey: true,
    code: 'DEX102',
    severity: 'error',
    message: `${describeTarget(target)} ${verb} ${name}${effect === undefined ? '' : `: ${effect}`}`,
    hint: `it is read ${describeReaders(key)}; ${willBeRead(key, target) ? 'until then ' : ''}${advice}`,
  };
}

/** Whether a newer version of the same product reads the key. */
function willBeRead(key: KeyFacts, target: Target): boolean {
  const range = key[productOf(target)];
  return range !== undefined && range.since > minorOf(target);
}

function isWithoutEffect(key: KeyFacts, target: Target): boolean {
  return (
    productOf(target) === 'pachyderm' &&
    key.pachydermEffectiveSince !== undefined &&
    minorOf(target) < key.pachydermEffectiveSince
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
    severity: 'error',
    message:
      `there is no connector type "${type}"` +
      (isLocal ? ' to write under connectors, it comes with `enablePasswordDB`' : '') +
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
    severity: 'error',
    message: `${describeTarget(target)} opens connectors of type ${type}, but ${effect}`,
    hint: `they work from Pachyderm 2.${(until ?? 0) + 1} on; use another type until then, oidc if the provider speaks it`,
  };
}
