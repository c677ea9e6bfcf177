/** An id that an earlier item of a list has too. */
export interface RepeatedId {
  readonly index: number;
  readonly id: string;
  /** The index of the first item with the id. */
  readonly first: number;
}

/** The ids that are there before; what is not a string, or is empty, is skipped. */
export function repeatedIds(ids: readonly unknown[], foldCase = false): RepeatedId[] {
  const firsts = new Map<string, number>();
  const repeated: RepeatedId[] = [];
  for (const [index, id] of ids.entries()) {
    if (typeof id !== 'string' || id === '') continue;
    const key = foldCase ? id.toLowerCase() : id;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, index);
    else repeated.push({ index, id, first });
  }
  return repeated;
}
