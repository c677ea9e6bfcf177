/** Fields, or values of the chart, that say what a key says; or what to do instead. */
export type KeyAdvice = readonly string[] | string;

/** With what an advice in words puts into the place of the key: keys of the same section, which are not missing then. */
export type KeyRows = readonly (readonly [names: RegExp, advice: KeyAdvice, standsFor?: readonly string[]])[];

/** Keys that people look for in a section and that it does not have, by section: `''` is the whole. */
export type KeyTable = Readonly<Record<string, KeyRows>>;

/** What a table says of a key of a section; undefined where it says nothing. */
export function adviceIn(table: KeyTable, section: string, key: string): KeyAdvice | undefined {
  return rowIn(table, section, key)?.[1];
}

/** The keys of the same section that the advice is to write; empty where it says nothing of those. */
export function meantIn(table: KeyTable, section: string, key: string): readonly string[] {
  const [, advice = [], standsFor = []] = rowIn(table, section, key) ?? [];
  const before = section === '' ? '' : `${section}.`;
  const fields = typeof advice === 'string' ? [] : advice;
  return [
    ...standsFor,
    ...fields
      .filter((field) => field.startsWith(before) && !field.slice(before.length).includes('.'))
      .map((field) => field.slice(before.length)),
  ];
}

function rowIn(table: KeyTable, section: string, key: string): KeyRows[number] | undefined {
  const rows = Object.hasOwn(table, section) ? table[section] : undefined;
  return rows?.find(([names]) => names.test(key));
}

/** Every row of a table, with its section. */
export function rowsIn(
  table: KeyTable,
): [section: string, names: RegExp, advice: KeyAdvice, standsFor: readonly string[]][] {
  return Object.entries(table).flatMap(([section, rows]) =>
    rows.map(([names, advice, standsFor = []]): ReturnType<typeof rowsIn>[number] => [
      section,
      names,
      advice,
      standsFor,
    ]),
  );
}
