import type { Diagnostic } from '../diagnostics/diagnostic';
import {
  fromPointer,
  nodeAt,
  valueNode,
  type JsonValue,
  type PathStep,
  type SourceNode,
} from '../document/source-node';
import { withoutSlash } from '../forms/without-slash';
import { chartFact } from '../helm-values/facts';
import { fieldsOfChartValue } from '../schema/chart-fields';
import { checkField } from '../schema/check-field';
import { standIn } from '../schema/stand-in';
import { VALUES_PLACE } from '../subjects/chart-values';
import { likelyKey, meantValue } from './chart-keys';
import { targetMeant } from './deploy-targets';

/** Where what stands in a place that the chart does not read belongs, by the codes that say so. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  FIL010: VALUES_PLACE,
  FIL016: ['oidc', 'additionalClients'],
};

/** Codes of values that cannot be what they are. */
const WRONG_VALUES: ReadonlySet<string> = new Set([
  'ACC004',
  'DEX103',
  'FIL003',
  'FIL024',
  'SCH003',
  'SCH004',
  'SCH005',
]);

/**
 * What of the findings in values does not follow from slips: it is found as well where those are read as they were probably meant,
 * a key with a swapped letter as the known one. Slips themselves are among them.
 */
export function withoutConsequences(
  root: SourceNode,
  found: readonly Diagnostic[],
  check: (root: SourceNode) => readonly Diagnostic[],
): Diagnostic[] {
  if (found.length < 2) return [...found];
  const slips = new Set<Diagnostic>();
  const asMeant = found.reduce((values, finding) => {
    const corrected = finding.severity === 'error' ? correct(values, finding) : undefined;
    if (corrected) slips.add(finding);
    return corrected ?? values;
  }, root);
  if (slips.size === 0) return [...found];
  const other = new Set(check(asMeant).map(placeOf));
  return found.filter((finding) => slips.has(finding) || other.has(placeOf(finding)));
}

function placeOf({ code, location: { file, range } }: Diagnostic): string {
  return JSON.stringify([code, file, range]);
}

/** Values without one slip; undefined where it is not known what was meant. */
function correct(root: SourceNode, finding: Diagnostic): SourceNode | undefined {
  const path = fromPointer(finding.path);
  const node = nodeAt(root, path);
  const key = path.at(-1);
  if (!node || key === undefined) return undefined;
  const to = placeMeant(path, node, finding);
  if (to) return nodeAt(root, to) ? undefined : put(without(root, path), to, node);
  if (finding.code === 'FIL025' && path.join('.') === 'deployTarget') {
    const target = targetMeant(String(node.scalar));
    return target === undefined
      ? undefined
      : put(root, path, { ...valueNode(target, node), isDerived: true });
  }
  if (!WRONG_VALUES.has(finding.code)) return undefined;
  // The chart derives an issuer.
  if (finding.code === 'ACC004' || path.join('.') === 'oidc.issuerURI') return without(root, path);
  const value = valueMeant(path, node);
  return value === undefined ? undefined : put(root, path, { ...valueNode(value, node), isDerived: true });
}

function placeMeant(
  path: readonly string[],
  node: SourceNode,
  { code, fix, data }: Diagnostic,
): readonly string[] | undefined {
  const place = PLACES[code];
  if (place) return place;
  const section = path.slice(0, -1);
  const { keyStart = 0, keyEnd = 0, source } = node;
  const { range } = source.locate(keyStart, keyEnd);
  if (fix && range && fix.range.line === range.line && fix.range.column === range.column)
    return [...section, fix.replacement.replace(/["']/g, '')];
  const meantKey = data?.['meantKey'];
  if (typeof meantKey === 'string') return [...section, meantKey];
  if (code !== 'FIL020') return undefined;
  const key = path.at(-1) ?? '';
  const meant = meantValue(section, key)?.path;
  if (meant !== undefined) return meant.split('.');
  const likely = likelyKey(section, key);
  return likely === undefined ? undefined : [...section, likely];
}

/** A value of the kind and the form that is wanted, made of one that is not; undefined where none can be made of it. */
function valueMeant(path: readonly string[], node: SourceNode): JsonValue | undefined {
  const name = path.join('.');
  const { scalar } = node;
  const [field] = fieldsOfChartValue(name) ?? [name];
  const isFit = (value: JsonValue): boolean =>
    field === undefined || checkField(valueNode(value, node), field.split('.'), path).length === 0;
  switch (chartFact(name)?.type) {
    case 'boolean':
      return scalar === undefined ? undefined : /^(true|yes|on|y|1)$/i.test(String(scalar));
    case 'integer':
      return Number.isInteger(Number(scalar)) && isFit(Number(scalar))
        ? Number(scalar)
        : standIn(field?.split('.') ?? []);
    case 'array':
      return typeof scalar === 'string' ? scalar.split(/[\s,]+/) : undefined;
    case 'section':
    case 'object':
      return undefined;
    default: {
      if (scalar === undefined || scalar === null) return undefined;
      if (typeof scalar === 'string' && /^(true|false)$/i.test(scalar))
        return scalar.toLowerCase() === 'true';
      const meant = formsOf(String(scalar)).find((each) => each !== scalar && isFit(each));
      return meant ?? (field === undefined ? undefined : standIn(field.split('.')));
    }
  }
}

/** A string without what people put around it by mistake. */
function formsOf(text: string): string[] {
  const trimmed = text.trim();
  const withoutScheme = trimmed.slice(trimmed.indexOf('://') < 0 ? 0 : trimmed.indexOf('://') + 3);
  const [host = ''] = withoutScheme.split(/[/?#]/, 1);
  const [word = ''] = trimmed.split(/\s/, 1);
  return [
    trimmed,
    withoutSlash(trimmed),
    withoutScheme,
    host,
    host.replace(/:\d{1,5}$/, ''),
    word,
    trimmed.toLowerCase(),
  ];
}

function without(node: SourceNode, [step, ...rest]: readonly PathStep[]): SourceNode {
  if (step === undefined) return node;
  const child = nodeAt(node, [step]);
  if (!child) return node;
  if (node.items)
    return {
      ...node,
      items: node.items.flatMap((item) =>
        item !== child ? [item] : rest.length === 0 ? [] : [without(child, rest)],
      ),
    };
  const entries = new Map(node.entries);
  if (rest.length === 0) entries.delete(String(step));
  else entries.set(String(step), without(child, rest));
  return { ...node, entries };
}

function put(node: SourceNode, [step, ...rest]: readonly PathStep[], value: SourceNode): SourceNode {
  if (step === undefined) return value;
  if (node.items)
    return {
      ...node,
      items: node.items.map((item, index) => (index === Number(step) ? put(item, rest, value) : item)),
    };
  const key = String(step);
  const { source, start } = node;
  const child = node.entries?.get(key) ?? { source, start, end: start, entries: new Map() };
  return { ...node, entries: new Map(node.entries).set(key, put(child, rest, value)) };
}
