/** What an action returns; undefined where it throws, as questions to the file system do about what is not there. */
export function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
