import { canonicalKey } from '../connectors/canonical-keys';
import { connectorIdProblem } from '../connectors/connector-id';
import { connectorTypeNames, connectorTypes, isConnectorType } from '../connectors/connector-types';
import { listed } from '../diagnostics/listed';
import { keyNamed, removeUnknown } from '../forms/keys';
import { jsonKind, kindHint, typeName, type JsonKind } from '../forms/kinds';
import type { Target } from '../releases/target';
import { certainly, isSameWord, suggest } from '../diagnostics/suggest';
import { goInteger } from '../document/go-yaml';
import { hideAll } from '../document/mask';
import { renameKey } from '../document/rename-key';
import { emptyMapping, toValue, type PathStep, type SourceNode } from '../document/source-node';
import { connectorFacts } from '../generated/connector-facts';
import { Report } from './report';

/** A key beside `config`. */
export type EnvelopeKey =
  'id' | 'name' | 'type' | 'version' | 'configVersion' | 'config' | 'jsonConfig' | 'grantTypes';

/** How a product reads what stands around a connector's `config`, and what it does with what it cannot use. */
export interface EnvelopeReader {
  /** The Dex that opens the connectors in the end. */
  readonly target: Target;
  readonly keys: readonly EnvelopeKey[];
  /** Go's decoder of JSON ignores case; that of protocol buffers does. */
  readonly ignoresCase: boolean;
  /** What happens with a key that the reader does not have. */
  unknownKey(key: string): string;
  /** Keys that a later version of the reader has. */
  readonly unreleasedKeys?: readonly string[];
  /** What to do about such a key, where there is more to say than that it must go. */
  readonly unknownKeyHints: ReadonlyMap<string, string>;
  /**
   * What happens when settings stand outside of `config`, as a clause that follows on naming them.
   *
   * @param hasConfig whether other settings stand under `config`
   */
  lostNesting(firstKey: string, hasConfig: boolean): string;
  /** What happens with a value of another kind than the key takes. */
  wrongKind(key: EnvelopeKey, found: JsonKind, written: string): string;
  /** What happens when `id`, `name` or `type` is missing. */
  missing(key: 'id' | 'name' | 'type'): string;
}

/** A connector as the product sees it, its keys in the product's spelling, every setting under `config`. */
export interface Envelope {
  readonly root: SourceNode;
  readonly report: Report;
  /** Whether `config` is there with a value. */
  readonly hasConfig: boolean;
}

const KINDS: Readonly<Record<EnvelopeKey, JsonKind>> = {
  id: 'string',
  name: 'string',
  type: 'string',
  version: 'number',
  configVersion: 'number',
  config: 'object',
  jsonConfig: 'string',
  grantTypes: 'array',
};

/**
 * Reads what stands around the `config` of a connector and says what is wrong with it.
 *
 * @param connector a mapping
 * @param base the path of the connector in its document
 */
export function readEnvelope(
  connector: SourceNode,
  reader: EnvelopeReader,
  base: readonly PathStep[],
): Envelope {
  const sorted = sortKeys(connector, reader);
  const { strays, written } = sorted;
  const config = sorted.fields.get('config');
  const nothing = connector.entries?.get(written.get('config') ?? '');
  const settings = new Map([...strays, ...(config?.entries ?? [])]);
  const entries = new Map<string, SourceNode>(sorted.fields);
  if (strays.size > 0) entries.set('config', { ...(config ?? connector), entries: settings });
  else if (nothing?.scalar === null) entries.set('config', emptyMapping(nothing));
  const root: SourceNode = { ...connector, entries };
  const report = new Report(root, base, (path) => {
    const [first, second, ...rest] = path;
    if (first === 'config' && strays.has(String(second)) && !config?.entries?.has(String(second)))
      return path.slice(1);
    return first === undefined
      ? path
      : [written.get(String(first)) ?? first, ...(second === undefined ? [] : [second]), ...rest];
  });
  const asItIs = new Report(connector, base, undefined, report.diagnostics);

  for (const key of sorted.repeated.keys())
    asItIs.add('FIL006', [key], `\`${key}\` is a duplicate in different cases; only one of them counts`, {
      onKey: true,
      hint: `keep one of them, written \`${canonicalName(key, reader.keys) ?? key}\``,
    });
  for (const [name, key] of written)
    if (key !== name)
      asItIs.add(
        'FIL005',
        [key],
        `\`${key}\` is written \`${name}\`; it is read all the same here, elsewhere it is not`,
        {
          onKey: true,
          severity: 'warning',
          hint: `write \`${name}\``,
          fix: renaming(connector, key, name),
        },
      );
  for (const [key, node] of sorted.unknown) reportUnknown(asItIs, reader, key, node, sorted.fields);
  reportLostNesting(asItIs, reader, connector, strays, config);
  reportFields(report, reader, sorted.fields);
  return { root, report, hasConfig: config !== undefined };
}

interface SortedKeys {
  /** By the product's spelling; those that are null are left out, as the product does. */
  readonly fields: ReadonlyMap<EnvelopeKey, SourceNode>;
  /** How each field is written in the file. */
  readonly written: ReadonlyMap<string, string>;
  /** Settings of the connector that stand beside `config`. */
  readonly strays: ReadonlyMap<string, SourceNode>;
  readonly unknown: ReadonlyMap<string, SourceNode>;
  readonly repeated: ReadonlyMap<string, SourceNode>;
}

function sortKeys(connector: SourceNode, reader: EnvelopeReader): SortedKeys {
  const fields = new Map<EnvelopeKey, SourceNode>();
  const written = new Map<string, string>();
  const strays = new Map<string, SourceNode>();
  const unknown = new Map<string, SourceNode>();
  const repeated = new Map<string, SourceNode>();
  const type = [...(connector.entries ?? [])].find(([key]) => key.toLowerCase() === 'type')?.[1].scalar;
  for (const [key, node] of inReadingOrder(connector, reader)) {
    const name = reader.ignoresCase
      ? canonicalName(key, reader.keys)
      : reader.keys.find((known) => known === key);
    if (name === undefined) (isSetting(key, type, reader) ? strays : unknown).set(key, node);
    else if (written.has(name)) repeated.set(key, node);
    else {
      written.set(name, key);
      if (node.scalar !== null) fields.set(name, node);
    }
  }
  // With all nesting lost, a word that is neither is a misspelt setting rather than a misspelt key beside them.
  if (strays.size > 0 && !fields.has('config'))
    for (const [key, node] of unknown)
      if (!reader.unknownKeyHints.has(key) && certainly(key, reader.keys) === undefined) {
        unknown.delete(key);
        strays.set(key, node);
      }
  return { fields, written, strays, unknown, repeated };
}

/** Of two spellings of one key Go's decoder takes the last in the order of their bytes, which comes first here. */
function inReadingOrder(
  { entries }: SourceNode,
  reader: EnvelopeReader,
): readonly (readonly [string, SourceNode])[] {
  const written = [...(entries ?? [])];
  const folded = written.map(([key]) => key.toLowerCase());
  if (!reader.ignoresCase || new Set(folded).size === folded.length) return written;
  return written.sort(([a], [b]) => Buffer.compare(Buffer.from(b), Buffer.from(a)));
}

function canonicalName(key: string, keys: readonly EnvelopeKey[]): EnvelopeKey | undefined {
  const name = keyNamed(key, KINDS);
  return name !== undefined && keys.includes(name) ? name : undefined;
}

/** Whether a key belongs in `config`: one of the connector's type or, when that is unknown, of any type. */
function isSetting(key: string, type: unknown, reader: EnvelopeReader): boolean {
  if (reader.keys.some((known) => isSameWord(known, key))) return false;
  const types = typeof type === 'string' && isConnectorType(type) ? [type] : connectorTypeNames;
  return types.some((name) => {
    const facts = connectorFacts[connectorTypes[name].schema];
    return (
      canonicalKey(key, facts) !== undefined ||
      Object.keys(facts.keys).some((known) => isSameWord(known, key))
    );
  });
}

function reportUnknown(
  report: Report,
  reader: EnvelopeReader,
  key: string,
  node: SourceNode,
  fields: ReadonlyMap<string, SourceNode>,
): void {
  const known = reader.unknownKeyHints.get(key);
  // It may be a secret under a misspelt name.
  if (known === undefined) hideAll(node);
  const free = reader.keys.filter((name) => !fields.has(name));
  const meant = suggest(key, free);
  const isCertain = meant !== undefined && certainly(key, free) === meant;
  if (reader.unreleasedKeys?.some((name) => name.toLowerCase() === key.toLowerCase())) {
    report.add('DEX202', [key], `\`${key}\` is read by no release yet: ${reader.unknownKey(key)}`, {
      onKey: true,
      hint: known ?? 'remove it until then',
    });
    return;
  }
  report.add('FIL002', [key], `\`${key}\` is not a key of a connector: ${reader.unknownKey(key)}`, {
    onKey: true,
    hint: known ?? (meant === undefined ? removeUnknown(reader.keys) : `did you mean \`${meant}\`?`),
    fix: isCertain ? renaming(report.root, key, meant) : undefined,
  });
}

function renaming(connector: SourceNode, key: string, name: string): ReturnType<typeof renameKey> {
  const node = connector.entries?.get(key);
  return node && renameKey(node, name);
}

function reportLostNesting(
  report: Report,
  reader: EnvelopeReader,
  connector: SourceNode,
  strays: ReadonlyMap<string, SourceNode>,
  config: SourceNode | undefined,
): void {
  const [first, ...others] = strays.keys();
  if (first === undefined) return;
  const names = [first, ...others].map((key) => `\`${key}\``);
  const stand = names.length === 1 ? 'stands' : 'stand';
  report.add(
    'FIL001',
    [first],
    `The nesting under \`config\` is lost: ${listed(names)} ${stand} beside \`type\` instead of under \`config\`; ${reader.lostNesting(first, config !== undefined)}`,
    { onKey: true, hint: nestingHint(connector, strays, config) },
  );
}

function nestingHint(
  connector: SourceNode,
  strays: ReadonlyMap<string, SourceNode>,
  config: SourceNode | undefined,
): string {
  const keys = [...strays.keys()];
  const [first = ''] = keys;
  const { source } = connector;
  const isJson = source.text.trimStart().startsWith('{') || source.text.trimStart().startsWith('"');
  if (config?.entries) return `move ${keys.map((key) => `\`${key}\``).join(', ')} under \`config\``;
  if (isJson) {
    const braces = source.text.trimStart().startsWith('{') ? '' : ', with braces around the whole';
    const before = [...(connector.entries ?? [])]
      .filter(([key]) => !strays.has(key))
      .map(([key]) => `"${key}": …`);
    return `write { ${[...before, `"config": { "${first}": …${keys.length > 1 ? ', …' : ''} }`].join(', ')} }${braces}`;
  }
  const deeper = columnOf(strays.get(first)) > columnOf(connector.entries?.get('type'));
  const below = keys.length === 1 ? `\`${first}\`` : `\`${first}\` to \`${keys.at(-1)}\``;
  return `write a line \`config:\` before \`${first}\`, level with \`type:\`${
    deeper
      ? `; ${below} are indented below it already`
      : `, and indent ${below} two spaces deeper than that line`
  }`;
}

function columnOf(node: SourceNode | undefined): number {
  return node?.source.locate(node.keyStart ?? node.start, node.end).range?.column ?? 0;
}

function reportFields(
  report: Report,
  reader: EnvelopeReader,
  fields: ReadonlyMap<EnvelopeKey, SourceNode>,
): void {
  for (const key of ['type', 'id', 'name'] as const) {
    const node = fields.get(key);
    if (node === undefined || node.scalar === '')
      report.add(
        'FIL004',
        node ? [key] : [],
        `The connector has ${node ? 'an empty' : 'no'} \`${key}\`: ${reader.missing(key)}`,
        { onKey: node === undefined, hint: `add \`${key}\`, ${FIELD_HINTS[key]}` },
      );
  }
  for (const [key, node] of fields)
    if (KINDS[key] === 'number') reportNumber(report, reader, key, node);
    else reportKind(report, reader, key, node);
  const id = fields.get('id')?.scalar;
  const problem = typeof id === 'string' ? connectorIdProblem(id, reader.target) : undefined;
  if (problem)
    report.add('FIL003', ['id'], `The id ${JSON.stringify(id)} ${problem.effect}`, {
      severity: problem.severity,
      hint: 'write it in lower case with hyphens, such as auth0-staff',
    });
}

function reportNumber(report: Report, reader: EnvelopeReader, key: EnvelopeKey, node: SourceNode): void {
  const { scalar } = node;
  const found = jsonKind(toValue(node));
  const exact = exactInteger(node);
  if (exact === LARGEST)
    report.add(
      'FIL003',
      [key],
      `\`${key}\` is the largest number there is: an update needs the next one, so the connector can only be deleted`,
      { severity: 'warning', hint: 'write a small number, 0 for a new connector' },
    );
  if (Number.isInteger(scalar) && exact >= -LARGEST - 1n && exact <= LARGEST) return;
  const written = found === 'number' ? (Number.isInteger(scalar) ? String(exact) : String(scalar)) : '';
  report.add(
    'FIL003',
    [key],
    `\`${key}\` must be ${typeName('integer')}, not ${written || typeName(found)}: ${reader.wrongKind(key, found, written)}`,
    { hint: found === 'string' ? 'write it without quotes' : 'write a whole number, 0 for a new connector' },
  );
}

/** Versions are 64-bit integers. */
const LARGEST = 2n ** 63n - 1n;

/** A whole number as it is written, which may be more than a number here can hold; 0 for everything else. */
function exactInteger({ scalar, source, start, end }: SourceNode): bigint {
  if (!Number.isInteger(scalar)) return 0n;
  return goInteger(source.text.slice(start, end).replaceAll('_', '')) ?? BigInt(Number(scalar));
}

function reportKind(report: Report, reader: EnvelopeReader, key: EnvelopeKey, node: SourceNode): void {
  const wanted = KINDS[key];
  const found = jsonKind(toValue(node));
  if (found === wanted) return;
  const written = found === 'number' || found === 'bool' ? String(node.scalar) : '';
  report.add(
    'FIL003',
    [key],
    `\`${key}\` must be ${typeName(wanted)}, not ${typeName(found)}: ${reader.wrongKind(key, found, written)}`,
    {
      hint:
        wanted === 'object'
          ? `write \`${key}:\` and the settings below it, indented, as \`key: value\` lines`
          : kindHint(found, wanted),
    },
  );
}

const FIELD_HINTS: Readonly<Record<'id' | 'name' | 'type', string>> = {
  id: 'a short word that becomes part of URLs, such as `id: auth0`',
  name: 'the text of the login button, such as `name: Auth0`',
  type: 'such as `type: oidc`',
};
