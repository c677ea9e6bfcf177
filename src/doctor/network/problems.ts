/** What a connection failed at. */
export type NetworkStep = 'dns' | 'tcp' | 'tls' | 'http';

/** A connection or a request that failed. Its message says what was seen, as a phrase. */
export class NetworkProblem extends Error {
  constructor(
    readonly step: NetworkStep,
    message: string,
    /** Node's own code: `ECONNREFUSED`. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/** What the codes of Node say to people. */
const TEXTS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such name',
  EAI_AGAIN: 'the name server does not answer',
  EAI_NODATA: 'the name has no address',
  ECONNREFUSED: 'the connection is refused: nothing listens there, or a firewall rejects it',
  ECONNRESET: 'the other side closes the connection',
  EPIPE: 'the other side closes the connection',
  EHOSTUNREACH: 'no route leads to the host',
  ENETUNREACH: 'no route leads to the network',
  EADDRNOTAVAIL: 'no route leads to the address',
  ETIMEDOUT: 'no answer',
};

/** An error of Node in words, with its code. */
export function networkProblem(step: NetworkStep, error: unknown): NetworkProblem {
  if (error instanceof NetworkProblem) return error;
  // Several addresses that were tried one after the other come with an error each.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  const { code, message } = first as NodeJS.ErrnoException;
  const text = code === undefined ? undefined : TEXTS[code];
  return new NetworkProblem(step, text === undefined ? message : `${text} (${code})`, code);
}
