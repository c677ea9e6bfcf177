import net from 'node:net';
import tls from 'node:tls';
import { oncePer } from '../../forms/once-per';
import { networkProblem, NetworkProblem } from './problems';

/** What a server showed of itself when TLS began. */
export interface TlsSighting {
  readonly socket: tls.TLSSocket;
  /** `TLSv1.3`. */
  readonly protocol: string;
  readonly certificate: SeenCertificate;
  /** Why a client refuses it, the worst first; empty when every client takes it. */
  readonly faults: readonly CertificateFault[];
}

export interface SeenCertificate {
  /** Whose it is: the common name, or the first name. */
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses that it is for. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
}

export type CertificateFault =
  | { readonly kind: 'expired' | 'not-yet-valid' | 'other-name' }
  /** `isSelfSigned`: the server is its own authority; `lacksIntermediate`: it does not show who signed its certificate. */
  | { readonly kind: 'untrusted'; readonly isSelfSigned: boolean; readonly lacksIntermediate: boolean };

export interface TlsOptions {
  /** Name that the certificate has to be for. */
  readonly host: string;
  readonly authorities: readonly string[];
  /** Point in time to judge validity at, in milliseconds. */
  readonly now: number;
}

/** Begins TLS on an open connection and takes whatever certificate comes, to say what is wrong with it. */
export function beginTls(
  socket: net.Socket,
  { host, authorities, now }: TlsOptions,
  signal: AbortSignal,
): Promise<TlsSighting> {
  return new Promise((resolve, reject) => {
    const secure = tls.connect({ socket, ...connectionOptions(host, authorities) });
    const fail = (error: unknown): void => {
      secure.destroy();
      socket.destroy();
      reject(handshakeProblem(error));
    };
    const closed = (): void => fail(closedEarly());
    secure.once('error', fail);
    secure.once('close', closed);
    signal.addEventListener('abort', () => fail(signal.reason), { once: true });
    secure.once('secureConnect', () => {
      secure.removeListener('error', fail);
      secure.removeListener('close', closed);
      secure.on('error', () => secure.destroy());
      resolve(sightingOf(secure, host, now));
    });
  });
}

/** Options of a connection that takes every certificate. */
export function connectionOptions(host: string, authorities: readonly string[]): tls.ConnectionOptions {
  return {
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    secureContext: contextOf(authorities),
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  };
}

/** What a server has shown on a connection that TLS has begun on. */
export function sightingOf(secure: tls.TLSSocket, host: string, now: number): TlsSighting {
  const peer = secure.getPeerCertificate(true);
  const certificate = certificateOf(peer);
  return {
    socket: secure,
    protocol: secure.getProtocol() ?? 'TLS',
    certificate,
    faults: faultsOf(secure, peer, certificate, host, now),
  };
}

function closedEarly(code?: string): NetworkProblem {
  const text = 'the other side closes the connection when TLS begins';
  return new NetworkProblem('tls', code === undefined ? text : `${text} (${code})`, code);
}

/** Parsing all authorities takes longer than a handshake, so it is done once. */
const contextOf = oncePer((authorities: readonly string[]) =>
  tls.createSecureContext({ ca: [...authorities] }),
);

/** OpenSSL says `wrong version number` to anything that is not TLS. */
export function handshakeProblem(error: unknown): NetworkProblem {
  const { code, message } = error as NodeJS.ErrnoException;
  if (
    code === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
    code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG' ||
    code === 'EPROTO'
  )
    return new NetworkProblem('tls', `the other side does not speak TLS (${code})`, code);
  if (code === 'ECONNRESET' || code === 'EPIPE') return closedEarly(code);
  if (code?.startsWith('ERR_SSL_')) return new NetworkProblem('tls', `TLS fails: ${message.trim()}`, code);
  return networkProblem('tls', error);
}

function certificateOf(peer: tls.PeerCertificate): SeenCertificate {
  const names = (peer.subjectaltname ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
    .filter((name) => name !== '');
  return {
    subject: single(peer.subject?.CN) ?? names[0] ?? 'no name',
    issuer: single(peer.issuer?.CN) ?? single(peer.issuer?.O) ?? 'no name',
    names,
    validFrom: new Date(peer.valid_from),
    validTo: new Date(peer.valid_to),
  };
}

/** A certificate may give a name several times. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function faultsOf(
  secure: tls.TLSSocket,
  peer: tls.DetailedPeerCertificate,
  { validFrom, validTo }: SeenCertificate,
  host: string,
  now: number,
): CertificateFault[] {
  const faults: CertificateFault[] = [];
  if (now > validTo.getTime()) faults.push({ kind: 'expired' });
  if (now < validFrom.getTime()) faults.push({ kind: 'not-yet-valid' });
  if (tls.checkServerIdentity(host, peer)) faults.push({ kind: 'other-name' });
  const verdict = String((secure.authorizationError as Error | string | null) ?? '');
  const aboutTime = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/.test(verdict);
  if (verdict !== '' && !aboutTime && !secure.authorized)
    faults.push({
      kind: 'untrusted',
      isSelfSigned: /DEPTH_ZERO_SELF_SIGNED/.test(verdict),
      lacksIntermediate:
        /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/.test(verdict) &&
        (peer.issuerCertificate === undefined ||
          peer.issuerCertificate.fingerprint256 === peer.fingerprint256),
    });
  return faults;
}
