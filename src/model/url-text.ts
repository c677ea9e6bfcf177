import { fillerOf } from '../forms/filled-in';
import { splitUrl } from './go-path';

/** An http or https URL taken apart as strings: nothing is decoded, lowercased or left out. */
export interface UrlText {
  readonly scheme: string;
  /** Host without port, an IPv6 address with its brackets. */
  readonly host: string;
  /** Empty when there is none. */
  readonly port: string;
  /** Scheme, host and port as they are written: `https://Dex.Example.com:443`. */
  readonly origin: string;
  /** Empty when there is none. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** Takes a URL apart. Works on any text; what is not there is empty. */
export function readUrl(url: string): UrlText {
  const { origin, path, query } = splitUrl(url);
  const match = /^([^:]*):\/\/(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(origin);
  return {
    scheme: (match?.[1] ?? '').toLowerCase(),
    host: match?.[2] ?? '',
    port: match?.[3] ?? '',
    origin,
    path,
    query,
  };
}

/** What an issuer looks like: an http or https URL without user, query and fragment. */
export const ISSUER = /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/;

/** Whether a string is still to be filled in, by a variable, a template or anyone who copied an example. */
export function isUnfilled(text: string): boolean {
  return /[$<]|\{\{/.test(text) || fillerOf(text) !== undefined;
}

/** Whether clients of Dex can send a string as where to come back to: a URL, or a path on the host of the client. */
export function isRedirectURI(text: string): boolean {
  return /^(\/\S*|[A-Za-z][A-Za-z0-9+.-]*:\S+)$/.test(text);
}

/** Whether a string is an http or https URL that can be compared with others as it is. */
export function isComparable(text: string): boolean {
  return /^https?:\/\//.test(text) && !isUnfilled(text);
}

/** The port that is asked: the one of the scheme where none is written; empty where that has none. */
export function askedPort({ scheme, port }: UrlText): string {
  return port === '' ? (DEFAULT_PORTS[scheme] ?? '') : port;
}

/** Whether the port is the one that the scheme has anyway. */
export function hasDefaultPort({ scheme, port }: UrlText): boolean {
  return port !== '' && DEFAULT_PORTS[scheme] === port;
}

/** Scheme, host and port in the one form that browsers give them. */
export function normalOrigin(url: UrlText): string {
  const port = url.port === '' || hasDefaultPort(url) ? '' : `:${url.port}`;
  return `${url.scheme}://${url.host.toLowerCase()}${port}`;
}

/** A URL in the one form in which browsers ask for it. */
export function askedFor(url: string): string {
  const parts = readUrl(url);
  return normalOrigin(parts) + parts.path + parts.query;
}

/** Whether two URLs lead to the same scheme, host and port. */
export function haveSameOrigin(a: string, b: string): boolean {
  return normalOrigin(readUrl(a)) === normalOrigin(readUrl(b));
}

/** Whether a host is the machine of anyone who uses the name. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/**
 * Whether a host is a name that only pods of a Kubernetes cluster know: a Service by its bare name, with its namespace for
 * the Services that Pachyderm has, or in full.
 */
export function isClusterHost(host: string): boolean {
  return /^([a-z0-9-]+|(pachd|pachd-peer|pach-enterprise)\.[a-z0-9-]+|.+\.svc(\.[a-z0-9.-]+)?)$/i.test(host);
}

/** Names below which no public authority signs, and addresses that no public network routes. */
const PRIVATE =
  /\.(local|internal|intranet|lan|corp|home|home\.arpa|test|localhost|svc)$|^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$|^\[f[cd]/i;

/** Whether a host is known on a private network alone: a name of a Kubernetes cluster, one of no public domain, an address. */
export function isPrivateHost(host: string): boolean {
  return isClusterHost(host) || PRIVATE.test(host);
}

/** Whether traffic to a URL can be read on the way: http to a host that is not the machine itself. */
export function isOpenHttp(url: string): boolean {
  const { scheme, host } = readUrl(url);
  return scheme === 'http' && !isLoopbackHost(host);
}

/** Where Dex looks for the discovery document of an issuer, as go-oidc does: a slash at the end is dropped, and only one. */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}
