/** Why Helm cannot parse an argument, and where in it. */
export class SetProblem extends Error {
  constructor(
    /** In words of ours, as a clause; names of keys only as `quoted`. */
    readonly reason: string,
    readonly start: number,
    readonly end: number,
    /** What Helm prints. */
    readonly says?: string,
    readonly hint?: string,
  ) {
    super(reason);
  }
}
