import type net from 'node:net';
import tls from 'node:tls';
import { Client, ResultCodeError } from 'ldapts';
import {
  beginTls,
  connectionOptions,
  handshakeProblem,
  sightingOf,
  type TlsOptions,
  type TlsSighting,
} from './certificate';
import { NetworkProblem } from './problems';

/** How a connection to a directory is secured. */
export type DirectoryTls = 'never' | 'at once' | 'by StartTLS';

/** What go-ldap calls results, by their code. */
const RESULTS: Readonly<Record<number, string>> = {
  1: 'Operations Error',
  2: 'Protocol Error',
  3: 'Time Limit Exceeded',
  4: 'Size Limit Exceeded',
  7: 'Auth Method Not Supported',
  8: 'Strong Auth Required',
  10: 'Referral',
  13: 'Confidentiality Required',
  16: 'No Such Attribute',
  18: 'Inappropriate Matching',
  32: 'No Such Object',
  34: 'Invalid DN Syntax',
  48: 'Inappropriate Authentication',
  49: 'Invalid Credentials',
  50: 'Insufficient Access Rights',
  51: 'Busy',
  52: 'Unavailable',
  53: 'Unwilling To Perform',
};

/** A result of a directory that is not success. */
export interface DirectoryRefusal {
  readonly code: number;
  /** As Dex's page and log show it: `LDAP Result Code 49 "Invalid Credentials"`. */
  readonly quote: string;
  /** What the directory says besides; Active Directory tells the reason there. */
  readonly detail: string;
}

/** The result that a directory refused something with; undefined for any other error. */
export function refusalIn(error: unknown): DirectoryRefusal | undefined {
  if (!(error instanceof ResultCodeError)) return undefined;
  const name = RESULTS[error.code] ?? 'Other';
  return { code: error.code, quote: `LDAP Result Code ${error.code} "${name}"`, detail: error.message };
}

/** Switches an open connection to TLS as LDAP does, and takes whatever certificate comes. */
export async function startTls(
  socket: net.Socket,
  { host, authorities, now }: TlsOptions,
  signal: AbortSignal,
): Promise<TlsSighting> {
  let secure: tls.TLSSocket | undefined;
  const client = clientOn(socket, (options) => {
    secure = tls.connect({ ...options, ...connectionOptions(host, authorities) });
    secure.setMaxListeners(20);
    return secure;
  });
  try {
    await untilAborted(client.startTLS(), signal);
  } catch (error) {
    socket.destroy();
    const refusal = refusalIn(error);
    if (refusal)
      throw new NetworkProblem(
        'tls',
        `the directory refuses StartTLS: \`${refusal.quote}\` ${refusal.detail}`.trim(),
      );
    if (isClosed(error))
      throw new NetworkProblem(
        'tls',
        'the directory closes the connection when it is asked for StartTLS; ports such as 636 have TLS from the start',
        'ECONNRESET',
      );
    throw handshakeProblem(error);
  }
  if (secure === undefined) throw new NetworkProblem('tls', 'the directory does not begin TLS');
  return sightingOf(secure, host, now);
}

/** A client of a directory on an open connection, which is secured first. It throws {@link NetworkProblem}s. */
export async function openDirectory(
  socket: net.Socket,
  mode: DirectoryTls,
  options: TlsOptions & { readonly isVerified: boolean },
  signal: AbortSignal,
): Promise<Client> {
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  if (mode === 'never') return clientOn(socket);
  const { socket: secure, faults } = await (mode === 'at once' ? beginTls : startTls)(
    socket,
    options,
    signal,
  );
  if (options.isVerified && faults.length > 0) {
    secure.destroy();
    throw new NetworkProblem('tls', 'nothing is sent there, for its certificate is not to be trusted');
  }
  return clientOn(secure);
}

/** Runs something that a directory is asked, and tells a closed connection as what it is. */
export async function askDirectory<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await untilAborted(answer, signal);
  } catch (error) {
    if (error instanceof ResultCodeError || error instanceof NetworkProblem) throw error;
    if (isClosed(error))
      throw new NetworkProblem('http', 'the directory closes the connection', 'ECONNRESET');
    throw error;
  }
}

/** The library says so with the names of its classes. */
function isClosed(error: unknown): boolean {
  return /^(Connection closed|Socket error)/.test((error as Error).message);
}

function clientOn(
  socket: net.Socket,
  createSecureConnection?: (options: tls.ConnectionOptions) => tls.TLSSocket,
): Client {
  return new Client({
    url: 'ldap://directory',
    strictDN: false,
    createConnection: () => socket,
    ...(createSecureConnection
      ? { createSecureConnection: createSecureConnection as unknown as typeof tls.connect }
      : {}),
  });
}

function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    answer.then(resolve, reject);
  });
}
