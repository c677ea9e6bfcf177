import { isMapping } from '../document/is-mapping';
import type { JsonValue } from '../document/source-node';
import { chartFact, isDead, isInChart } from '../helm-values/facts';
import type { ReleaseTraits } from '../releases/release-traits';
import { chartDefault } from './chart-defaults';
import type { ImportContext } from './context';
import { isEmpty, isSame } from './json';
import type { ChartValues } from './values';
import { withoutSlash } from '../forms/without-slash';

/** Turns a value of the chart into a value of the document, and back. */
export interface Codec {
  /** Undefined for a value that cannot be meant. */
  carry(value: JsonValue): JsonValue | undefined;
  restore(value: JsonValue): JsonValue;
}

const same = (value: JsonValue): JsonValue => value;

/** What is the same in both. */
export const json: Codec = { carry: same, restore: same };

/** A string. Charts take a number for what it is written as. */
export const text: Codec = {
  carry: (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  restore: same,
};

/** A whole number, which values may have in quotes. */
export const count: Codec = { carry: asNumber, restore: same };

/** A whole number that the chart wants in quotes. */
export const quotedCount: Codec = {
  carry: asNumber,
  restore: (value) => (typeof value === 'number' ? String(value) : value),
};

function asNumber(value: JsonValue): JsonValue {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
}

/** True or false, which values may have in quotes. */
export const flag: Codec = {
  carry: (value) => (value === 'true' ? true : value === 'false' || value === null ? false : value),
  restore: same,
};

/** True where the document says false, and the other way round. */
export const inverted: Codec = {
  carry: (value) => !(flag.carry(value) === true),
  restore: (value) => value !== true,
};

/** A mapping of strings. */
export const strings: Codec = {
  carry: (value) =>
    isMapping(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, text.carry(inner) ?? '']))
      : value,
  restore: same,
};

/** `docker.io/`, which the document writes without the slash, and which images without a registry are of. */
export const registry: Codec = {
  carry: (value) => (typeof value === 'string' ? withoutSlash(value) || 'docker.io' : value),
  restore: (value) => (typeof value === 'string' ? `${value}/` : value),
};

/** The address of a server, which the document has without a scheme. */
export const endpoint: Codec = {
  carry: (value) => (typeof value === 'string' ? withoutSlash(value.replace(/^https?:\/\//i, '')) : value),
  restore: same,
};

/** Why a value has no effect beside the others; undefined where it has one. */
export type Idle = (values: ChartValues) => string | undefined;

/** A value of the chart that one field of the document says. */
export interface FieldRow {
  /** Its path in the values. */
  readonly path: string;
  /** The field of the document, which has the same default. */
  readonly to: string;
  readonly as: Codec;
  readonly idle?: Idle;
}

/** Values of the chart that fields of the document say together, or in another way. */
export interface Section {
  /** Reads values, and sets fields. */
  carry(context: ImportContext): void;
}

/** Sections that an enterprise server does not use; the Job that bootstraps it takes its annotations from one of them. */
const PACHD_SECTION = /^(pachd(?!\.configJob\b)|pachw|storage|loki)\b/;

/** Why those have no effect there. */
export const NO_PACHD = 'pachd.enabled is false';

/** Carries the values that have a field of their own. */
export function carryRows(rows: readonly FieldRow[], context: ImportContext): void {
  for (const row of rows) carryRow(row, context);
}

function carryRow(row: FieldRow, context: ImportContext): void {
  const { values, release } = context;
  const { path, to } = row;
  if (!values.isSet(path) || !isRead(path, release)) return;
  const value = values.get(path);
  const idle = idleInTopology(to, context) ?? row.idle?.(values);
  if (idle !== undefined) return context.say(path, 'idle', { message: idle });
  if (isDefault(value, chartDefault(release, path), row.as)) return context.say(path, 'default');
  const carried = row.as.carry(value ?? null);
  if (carried === undefined)
    return context.say(path, 'not-carried', { message: 'it has no value of a kind that the chart takes' });
  context.set(to, carried);
  context.say(path, 'carried', { field: to });
}

function idleInTopology(to: string, { isEnterpriseServer }: ImportContext): string | undefined {
  if (isEnterpriseServer) return PACHD_SECTION.test(to) ? NO_PACHD : undefined;
  return to.startsWith('enterpriseServer.') ? 'the release is not an enterprise server' : undefined;
}

/** Whether the templates of a release read a value. */
export function isRead(path: string, { version }: ReleaseTraits): boolean {
  const fact = chartFact(path);
  return fact !== undefined && isInChart(fact, version) && !isDead(fact, version);
}

function isDefault(value: JsonValue | undefined, fallback: JsonValue | undefined, codec: Codec): boolean {
  if (fallback === undefined || isEmpty(fallback)) return isEmpty(value);
  return value !== undefined && isSame(codec.carry(value), codec.carry(fallback));
}

/** Rows of several values of one mapping that become fields of the same or of other names in one section. */
export function rowsOf(
  from: string,
  to: string,
  fields: Readonly<Record<string, readonly [codec: Codec, field?: string]>>,
  more: Pick<FieldRow, 'idle'> = {},
): FieldRow[] {
  return Object.entries(fields).map(([name, [as, field]]) => ({
    path: `${from}.${name}`,
    to: `${to}.${field ?? name.slice(name.lastIndexOf('.') + 1)}`,
    as,
    ...more,
  }));
}
