import { connectorIdProblem } from '../connectors/connector-id';
import { connectorTypeNames, connectorTypes, isConnectorType } from '../connectors/connector-types';
import { listed } from '../diagnostics/listed';
import { keyNamed, removeUnknown } from '../forms/keys';
import { jsonKind, kindHint, typeName, type JsonKind } from '../forms/kinds';
import type { Target } from '../releases/target';
import { certainly, isSameWord, suggest } from '../diagnostics/suggest';
import { exactInteger } from '../document/go-yaml';
import { hideAll } from '../document/mask';
import { renameKey } from '../document/rename-key';
import { emptyMapping, toValue, type PathStep, type SourceNode } from '../document/source-node';
import { connectorFacts } from '../generated/connector-facts';
import { Report } from './report';

/** A key beside `config`. */
export type EnvelopeKey = 'id' | 'name' | 'type' | 'version' | 'configVersion' | 'config' | 'jsonConfig';

/** How a product reads what stands around a connector's `config`, and what it does with what it cannot use. */
export interface EnvelopeReader {
  /** The Dex that opens the connectors in the end. */
  readonly target: Target;
  readonly keys: readonly EnvelopeKey[];
  /** Go's decoder of JSON ignores case; that of protocol buffers does. */
  readonly ignoresCase: boolean;
  /** What happens with a key that the reader does not have. */
  unknownKey(key: string): string;
  /** What to do about such a key, where there is more to say than that it must go. */
  readonly unknownKeyHints: Readonly<Record<string, string>>;
  /** Which of those a later version of the reader has. */
  readonly unreleasedKeys?: readonly string[];
  /** The decoder of protocol buffers takes a number in quotes for the number. */
  readonly readsQuotedNumbers?: boolean;
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
  const { strays, written, fields } = sorted;
  const config = fields.get('config');
  const { entries: nested = new Map<string, SourceNode>() } = config ?? {};
  const nothing = written.get('config')?.node;
  const entries = new Map<string, SourceNode>(fields);
  if (strays.size > 0)
    entries.set('config', { ...(config ?? connector), entries: new Map([...strays, ...nested]) });
  else if (nothing?.scalar === null) entries.set('config', emptyMapping(nothing));
  const root: SourceNode = { ...connector, entries };
  const report = new Report(root, base, (path) => {
    const second = String(path[1]);
    if (path[0] === 'config' && strays.has(second) && !nested.has(second)) return path.slice(1);
    return path.map((step, index) => (index === 0 ? (written.get(String(step))?.key ?? step) : step));
  });
  const asItIs = new Report(connector, base, undefined, report.diagnostics);

  for (const [key, name] of sorted.repeated)
    asItIs.add('FIL006', [key], `\`${key}\` is a duplicate in different cases; only one of them counts`, {
      onKey: true,
      hint: `keep one of them, written \`${name}\``,
    });
  for (const [name, { key, node }] of written)
    if (key !== name)
      asItIs.add(
        'FIL005',
        [key],
        `\`${key}\` is written \`${name}\`; it is read all the same here, elsewhere it is not`,
        { onKey: true, severity: 'warning', hint: `write \`${name}\``, fix: renameKey(node, name) },
      );
  for (const [key, node] of sorted.unknown) reportUnknown(asItIs, reader, key, node, fields);
  reportLostNesting(asItIs, reader, sorted);
  reportFields(report, reader, fields);
  return { root, report, hasConfig: config !== undefined };
}

/** A key as it is written, and its value. */
interface WrittenKey {
  readonly key: string;
  readonly node: SourceNode;
}

interface SortedKeys {
  /** By the product's spelling; those that are null are left out, as the product does. */
  readonly fields: ReadonlyMap<EnvelopeKey, SourceNode>;
  /** How each field is written in the file. */
  readonly written: ReadonlyMap<string, WrittenKey>;
  /** Settings of the connector that stand beside `config`. */
  readonly strays: ReadonlyMap<string, SourceNode>;
  readonly unknown: ReadonlyMap<string, SourceNode>;
  /** Spellings that another one overrules, and the key that they are. */
  readonly repeated: ReadonlyMap<string, EnvelopeKey>;
}

function sortKeys({ entries = new Map() }: SourceNode, reader: EnvelopeReader): SortedKeys {
  const written = new Map<EnvelopeKey, WrittenKey>();
  const repeated = new Map<string, EnvelopeKey>();
  const others = new Map<string, SourceNode>();
  for (const [key, node] of entries) {
    const known = reader.ignoresCase ? keyNamed(key, KINDS) : key;
    const name = reader.keys.find((each) => each === known);
    const other = name && written.get(name);
    if (name === undefined) others.set(key, node);
    else if (other && isOverruled({ key, node }, other, name)) repeated.set(key, name);
    else {
      if (other) repeated.set(other.key, name);
      written.set(name, { key, node });
    }
  }
  const fields = new Map<EnvelopeKey, SourceNode>();
  for (const [name, { node }] of written) if (node.scalar !== null) fields.set(name, node);

  const settings = settingsOf(String(fields.get('type')?.scalar));
  const isSetting = (key: string): boolean => settings.some((known) => isSameWord(known, key));
  // With all nesting lost, a word that is neither is a misspelt setting rather than a misspelt key beside them.
  const isLost = !fields.has('config') && [...others.keys()].some(isSetting);
  const strays = new Map<string, SourceNode>();
  const unknown = new Map<string, SourceNode>();
  for (const [key, node] of others) {
    const isOwn = keyNamed(key, reader.unknownKeyHints) ?? certainly(key, reader.keys);
    const isStray = isSetting(key) || (isLost && isOwn === undefined);
    (isStray ? strays : unknown).set(key, node);
  }
  return { fields, written, strays, unknown, repeated };
}

/** Of two spellings of one key Go's decoder takes the last in the order of their bytes; null leaves a string and a number as they are. */
function isOverruled(one: WrittenKey, other: WrittenKey, name: EnvelopeKey): boolean {
  const [isNull, isOtherNull] = [one.node.scalar === null, other.node.scalar === null];
  return name === 'config' || isNull === isOtherNull ? one.key < other.key : isNull;
}

/** What belongs in `config`: the settings of the type or, when that is unknown, of any type. */
function settingsOf(type: string): readonly string[] {
  const types = isConnectorType(type) ? [type] : connectorTypeNames;
  return types.flatMap((name) => Object.keys(connectorFacts[connectorTypes[name].schema].keys));
}

function reportUnknown(
  report: Report,
  reader: EnvelopeReader,
  key: string,
  node: SourceNode,
  fields: ReadonlyMap<string, SourceNode>,
): void {
  const known = keyNamed(key, reader.unknownKeyHints);
  const advice = known && reader.unknownKeyHints[known];
  if (known && reader.unreleasedKeys?.includes(known)) {
    report.add('DEX202', [key], `\`${key}\` is read by no release yet: ${reader.unknownKey(key)}`, {
      onKey: true,
      hint: String(advice),
    });
    return;
  }
  // It may be a secret under a misspelt name.
  if (known === undefined) hideAll(node);
  const free = reader.keys.filter((name) => !fields.has(name));
  const certain = certainly(key, free);
  const meant = certain ?? suggest(key, free);
  report.add('FIL002', [key], `\`${key}\` is not a key of a connector: ${reader.unknownKey(key)}`, {
    onKey: true,
    hint: advice ?? (meant === undefined ? removeUnknown(reader.keys) : `did you mean \`${meant}\`?`),
    fix: certain === undefined ? undefined : renameKey(node, certain),
    ...(meant === undefined ? {} : { data: { meantKey: meant } }),
  });
}

function reportLostNesting(report: Report, reader: EnvelopeReader, sorted: SortedKeys): void {
  const [first, ...others] = sorted.strays.keys();
  if (first === undefined) return;
  const names = listed([first, ...others].map(inBackticks));
  const neighbour = besideStrays(sorted);
  report.add(
    'FIL001',
    [first],
    `The nesting under \`config\` is lost: ${names} ${others.length === 0 ? 'stands' : 'stand'} ${neighbour === undefined ? 'at the top' : `beside \`${neighbour.key}\``} instead of under \`config\`; ${reader.lostNesting(first, sorted.fields.has('config'))}`,
    { onKey: true, hint: nestingHint(report.root, sorted, first, others) },
  );
}

function nestingHint(
  { source, entries = new Map() }: SourceNode,
  sorted: SortedKeys,
  first: string,
  others: readonly string[],
): string {
  const { fields, strays } = sorted;
  if (fields.get('config')?.entries)
    return `move ${[first, ...others].map(inBackticks).join(', ')} under \`config\``;
  const opening = source.text.trimStart().charAt(0);
  if (opening === '{' || opening === '"') {
    const before = [...entries.keys()].filter((key) => !strays.has(key)).map((key) => `"${key}": …`);
    const config = `"config": { "${first}": …${others.length === 0 ? '' : ', …'} }`;
    return `write { ${[...before, config].join(', ')} }${opening === '{' ? '' : ', with braces around the whole'}`;
  }
  const beside = besideStrays(sorted);
  const level = beside === undefined ? '' : `, level with \`${beside.key}:\``;
  const last = others.at(-1);
  const below = last === undefined ? inBackticks(first) : `${inBackticks(first)} to ${inBackticks(last)}`;
  const isDeeper = beside !== undefined && columnOf(entries.get(first)) > columnOf(beside.node);
  return `write a line \`config:\` before \`${first}\`${level}${
    isDeeper
      ? `; ${below} ${last === undefined ? 'is' : 'are'} indented below it already`
      : `, and indent ${below} two spaces deeper than that line`
  }`;
}

/** The key that says where settings stand which are not under `config`: its type, or the first there is. */
function besideStrays({ written }: SortedKeys): WrittenKey | undefined {
  return written.get('type') ?? [...written.values()][0];
}

function inBackticks(key: string): string {
  return `\`${key}\``;
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
  const isQuoted = typeof scalar === 'string' && /^-?(0|[1-9]\d*)$/.test(scalar);
  const exact = isQuoted && reader.readsQuotedNumbers ? BigInt(scalar) : exactInteger(node);
  if (exact === LARGEST)
    report.add(
      'FIL003',
      [key],
      `\`${key}\` is the largest number there is: an update needs the next one, so the connector can only be deleted`,
      { severity: 'warning', hint: 'write a small number, 0 for a new connector' },
    );
  if (exact !== undefined && BigInt.asIntN(64, exact) === exact) return;
  const found = jsonKind(toValue(node));
  const written = found === 'number' ? String(exact ?? scalar) : '';
  report.add(
    'FIL003',
    [key],
    `\`${key}\` must be ${typeName('integer')}, not ${written || typeName(found)}: ${reader.wrongKind(key, found, written)}`,
    { hint: isQuoted ? 'write it without quotes' : 'write a whole number, 0 for a new connector' },
  );
}

/** Versions are 64-bit integers. */
const LARGEST = 2n ** 63n - 1n;

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
