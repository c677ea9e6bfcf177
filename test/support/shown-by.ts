/** Rows of a string as it was written, and as it is shown; those of one string are shown as they are. */
export type Rows = readonly (readonly [written: string, shown?: string])[];

/** A test for each row: what the string is shown as, which is as long. */
export const shownBy = (mask: (text: string) => string, rows: Rows): void =>
  test.each(rows.map(([written, shown = written]) => [written, shown]))('%s', (written, shown) => {
    expect(mask(written)).toBe(shown);
    expect(shown).toHaveLength(written.length);
  });
