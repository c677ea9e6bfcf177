import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { ClusterUrls } from '../../src/model/urls';
import { clusterOf } from '../support/cluster-of';

export type Access = NonNullable<ClusterDocument['access']>;

export const urlsOf = (release: string, access?: Access, more: Partial<ClusterDocument> = {}): ClusterUrls =>
  clusterOf({ release, ...(access ? { access } : {}), ...more }).urls;

/** What of the URLs stands in the objects of a cluster, in the order of the columns below. */
export function columnsOf(urls: ClusterUrls): unknown[] {
  const {
    issuer,
    pachdRedirect,
    consoleRedirect,
    consoleIssuer,
    userAccessibleIssuer,
    localhostIssuer,
    callback,
  } = urls;
  return [
    issuer,
    pachdRedirect,
    consoleRedirect,
    consoleIssuer,
    userAccessibleIssuer,
    localhostIssuer,
    callback,
  ];
}

export const PACHD = '/authorization-code/callback';
export const CONSOLE = '/oauth/callback/?inline=true';
export const TLS = { secretName: 'tls' };

export const eraB = ['2.3.0', '2.3.5'];
export const localhostAtPort80 = ['2.6.0', '2.7.0', '2.11.6', '2.12.0-rc.3'];
