/** A table whose rows are built when they are asked for: a run needs few of the large tables of facts, and all of none. */
export function builtOnUse<Name extends string, Row>(
  rows: Readonly<Record<Name, () => Row>>,
): Readonly<Record<Name, Row>> {
  const table = {} as Record<Name, Row>;
  for (const name of Object.keys(rows) as Name[])
    Object.defineProperty(table, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = rows[name]();
        Object.defineProperty(table, name, { value, enumerable: true });
        return value;
      },
    });
  return table;
}
