import type { DatabaseConnection } from '../../subjects/facts';

/** Modes with which a client gives up on a server without TLS. */
const DEMANDING = ['require', 'verify-ca', 'verify-full'];

/** Whether a connection demands TLS of the server that is installed along with the cluster, which serves none. */
export function demandsMissingTls({ isInternal, sslMode }: DatabaseConnection): boolean {
  return isInternal && DEMANDING.includes(sslMode.value);
}

/** Whether a connection compares the server's certificate with authorities, and was given none. */
export function lacksAuthority({ sslMode, isModeGiven, hasAuthority }: DatabaseConnection): boolean {
  return isModeGiven && sslMode.value.startsWith('verify-') && !hasAuthority;
}
