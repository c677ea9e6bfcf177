/** Fields, or values of the chart, that say what a key says; or what to do instead. */
export type KeyAdvice = readonly string[] | string;

export type KeyRows = readonly (readonly [names: RegExp, advice: KeyAdvice])[];

/** Keys that people look for in a section and that it does not have, by section: `''` is the whole. */
export type KeyTable = Readonly<Record<string, KeyRows>>;

/** What a table says of a key of a section; undefined where it says nothing. */
export function adviceIn(table: KeyTable, section: string, key: string): KeyAdvice | undefined {
  const rows = Object.hasOwn(table, section) ? table[section] : undefined;
  return rows?.find(([names]) => names.test(key))?.[1];
}

/** Every row of a table, with its section. */
export function rowsIn(table: KeyTable): [section: string, names: RegExp, advice: KeyAdvice][] {
  return Object.entries(table).flatMap(([section, rows]) =>
    rows.map(([names, advice]): [string, RegExp, KeyAdvice] => [section, names, advice]),
  );
}
