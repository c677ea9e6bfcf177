/** Calls at once; as many as there are connections. */
const AT_ONCE = 8;

/** Results of an asynchronous function for all values, in their order, a few of them at the same time. */
export async function concurrently<T, R>(
  values: readonly T[],
  run: (value: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(values.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < values.length; index = next++)
      results[index] = await run(values[index] as T, index);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, values.length) }, worker));
  return results;
}
