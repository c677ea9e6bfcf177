/** A call that Auth0 refuses, and how. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly kind: string,
    message: string,
    readonly errorCode?: string,
  ) {
    super(message);
  }
}
