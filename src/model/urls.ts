import type { AccessVia, PachdPorts } from './cluster';
import { defined } from './defined';
import { dexCallbackUrl, splitUrl } from './go-path';
import type { ReleaseTraits } from '../releases/release-traits';
import { FORWARDED_PORTS } from './service-ports';

/** Every URL of a login. Nothing else in pachkit forms one. */
export interface ClusterUrls {
  /** Dex's issuer: `iss` of its tokens, and where pachd and Console look for its discovery document. */
  readonly issuer: string;
  /** The issuer as browsers reach it: where Dex's login page is. */
  readonly browserIssuer: string;
  /** What Dex itself derives from its issuer and compares with a connector's redirectURI. */
  readonly issuerCallback: string;
  /** Where identity providers send browsers back to; registered there, and the redirectURI of every connector. */
  readonly callback: string;
  /** Where Dex sends browsers after a pachctl login. */
  readonly pachdRedirect: string;
  /** Where Dex sends browsers after a Console login. */
  readonly consoleRedirect: string;
  /** `user_accessible_issuer_host` in the form of the release; missing where browsers reach the issuer itself. */
  readonly userAccessibleIssuer?: string;
  /** The issuer without its path as browsers reach it, for Console. */
  readonly consoleIssuer: string;
  /** Whether pachd sends requests for the issuer's host to its own Dex on localhost:1658. */
  readonly localhostIssuer: boolean;
  /** Where people open Console. */
  readonly console: string;
  /** Address that pachctl connects to. */
  readonly pachd: string;
  /** The public host, with the port where browsers use another than the scheme's; missing when there is none. */
  readonly publicHost?: string;
}

/** What the URLs are derived from. */
export interface UrlInput {
  readonly release: ReleaseTraits;
  readonly via: AccessVia;
  /** Whether an ingress leads to the proxy, and the proxy is what browsers reach otherwise. */
  readonly throughProxy: boolean;
  readonly host?: string;
  /** Port that browsers use; missing for the default of the scheme. */
  readonly port?: number;
  readonly https: boolean;
  readonly ports: Pick<PachdPorts, 'grpc' | 'oidc' | 'identity'>;
  /** The Service of pachd. @default 'pachd' */
  readonly serviceName?: string;
  readonly isMember: boolean;
  readonly localhostIssuer?: boolean;
  /** Ports of the standalone Dex: of its Service, and of the nodes; missing when Dex runs inside pachd. */
  readonly standaloneDex?: { readonly port: number; readonly nodePort: number };
  readonly overrides: UrlOverrides;
}

/** URLs that a document sets itself. */
export interface UrlOverrides {
  readonly issuer?: string;
  readonly callback?: string;
  readonly pachdRedirect?: string;
  readonly consoleRedirect?: string;
  readonly userAccessibleIssuer?: string;
  readonly consoleIssuer?: string;
}

const PACHD_REDIRECT_PATH = '/authorization-code/callback';
const CONSOLE_REDIRECT_PATH = '/oauth/callback/?inline=true';

/**
 * Derives every URL of a login from how the cluster is reached. Results equal those of the official charts 2.2.8, 2.11.6
 * and 2.12.0-rc.3, except where a login could not work with them; docs/decisions/differences-from-the-official-chart.md
 * lists those.
 */
export function deriveUrls(input: UrlInput): ClusterUrls {
  const { overrides } = input;
  const scheme = input.https ? 'https' : 'http';
  const bases = basesOf(input, scheme);

  const issuer = overrides.issuer ?? bases.issuer;
  const issuerCallback = dexCallbackUrl(issuer);
  // Where browsers find what is at the issuer: the same path on the host that browsers know.
  const browserOrigin =
    overrides.userAccessibleIssuer ??
    (overrides.issuer === undefined ? bases.browserOrigin : splitUrl(issuer).origin);
  const browserIssuer = `${splitUrl(browserOrigin).origin}${splitUrl(issuer).path}`;
  // Only the Dex inside pachd can be told to take a redirectURI that differs from its issuer.
  const callback =
    overrides.callback ?? (input.standaloneDex ? issuerCallback : dexCallbackUrl(browserIssuer));

  return defined({
    issuer,
    browserIssuer,
    issuerCallback,
    callback,
    pachdRedirect: overrides.pachdRedirect ?? bases.pachdOrigin + PACHD_REDIRECT_PATH,
    consoleRedirect: overrides.consoleRedirect ?? bases.consoleOrigin + CONSOLE_REDIRECT_PATH,
    userAccessibleIssuer: userAccessibleIssuerOf(input, browserOrigin),
    consoleIssuer:
      overrides.consoleIssuer ?? (overrides.issuer === undefined ? bases.consoleIssuer : browserOrigin),
    localhostIssuer:
      input.localhostIssuer ?? !(input.isMember || input.standaloneDex || isReachableByPods(input)),
    console: `${bases.consoleOrigin}/`,
    pachd: bases.pachdAddress,
    publicHost: publicHostOf(input),
  });
}

/** What pachd and Console form the addresses of downloads from; without a host only another port than 80 needs one. */
function publicHostOf({ via, host, port }: UrlInput): string | undefined {
  if (via !== 'proxy' && via !== 'ingress') return undefined;
  return host === undefined && port === undefined ? undefined : authorityAt(host ?? 'localhost', port);
}

/** Whether the chart of the release counts on pods reaching the issuer as browsers do: 2.2 behind an ingress. */
function isReachableByPods({ release, via }: UrlInput): boolean {
  return release.ingressIssuerIsReachable && via === 'ingress';
}

function userAccessibleIssuerOf(input: UrlInput, browserOrigin: string): string | undefined {
  if (input.overrides.userAccessibleIssuer === undefined && isReachableByPods(input)) return undefined;
  return input.release.userAccessibleIssuerForm === 'url' ? browserOrigin : withoutScheme(browserOrigin);
}

interface Bases {
  readonly issuer: string;
  /** Scheme, host and port at which browsers reach the issuer. */
  readonly browserOrigin: string;
  readonly pachdOrigin: string;
  readonly consoleOrigin: string;
  readonly consoleIssuer: string;
  readonly pachdAddress: string;
}

function basesOf(input: UrlInput, scheme: string): Bases {
  const { via, host, ports, release } = input;
  const isBehindOneHost = via === 'ingress' || via === 'proxy';
  if (isBehindOneHost && host !== undefined) {
    const origin = originAt(scheme, host, input.port);
    // Between 2.3.0 and 2.3.5 the chart does not put the proxy's host into the issuer, and pachd cannot change the scheme
    // of the login URL; an issuer at the public host works with those releases too.
    return { ...behindOneHost(input, origin, host), issuer: `${origin}/dex` };
  }

  // Through the Service: its port is the same with type NodePort since 2.2.0, although the official chart still says
  // http://pachd:1658 there, a port that the Service does not have, so that Console could never log anyone in.
  const internalOrigin = input.standaloneDex
    ? `http://dex:${input.standaloneDex.port}`
    : `http://${input.serviceName ?? 'pachd'}:${ports.identity}`;
  if (isBehindOneHost) {
    const issuer = `${internalOrigin}/dex`;
    if (!release.proxyIsReachedAsLocalhost) return { ...portForwarded(input), issuer };
    const origin = originAt(scheme, 'localhost', input.port);
    const consoleIssuer = originAt(scheme, 'localhost', publicPort(input));
    return { ...behindOneHost(input, origin, 'localhost'), issuer, consoleIssuer };
  }

  const path = input.standaloneDex ? '/dex' : '';
  if (via === 'nodePort' && host !== undefined) {
    // A node's address is reachable for browsers and pods alike, so one issuer serves both.
    const origin = originAt('http', host, input.standaloneDex?.nodePort ?? ports.identity);
    return {
      issuer: origin + path,
      browserOrigin: origin,
      pachdOrigin: originAt('http', host, ports.oidc),
      consoleOrigin: originAt('http', 'localhost', FORWARDED_PORTS.console),
      consoleIssuer: origin,
      pachdAddress: originAt('grpc', host, ports.grpc),
    };
  }
  const local = via === 'nodePort' ? onLocalhost(ports, input.standaloneDex?.nodePort) : portForwarded(input);
  return { ...local, issuer: internalOrigin + path };
}

/** Everything is reached at one host, and told apart by path. */
function behindOneHost(input: UrlInput, origin: string, host: string): Omit<Bases, 'issuer'> {
  return {
    browserOrigin: origin,
    pachdOrigin: origin,
    consoleOrigin: origin,
    consoleIssuer: origin,
    // An ingress that leads to the services has no rule for gRPC.
    pachdAddress: input.throughProxy
      ? originAt(input.https ? 'grpcs' : 'grpc', host, publicPort(input))
      : originAt('grpc', 'localhost', FORWARDED_PORTS.grpc),
  };
}

function publicPort(input: UrlInput): number {
  return input.port ?? (input.https ? 443 : 80);
}

function originAt(scheme: string, host: string, port: number | undefined): string {
  return `${scheme}://${authorityAt(host, port)}`;
}

/** Host and port; an IPv6 address in brackets, which tell its colons from that of the port. */
function authorityAt(host: string, port: number | undefined): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
}

/** What `pachctl port-forward` opens on the user's machine; a standalone Dex takes `kubectl port-forward service/dex`. */
function portForwarded({ standaloneDex }: UrlInput): Omit<Bases, 'issuer'> {
  return onLocalhost(FORWARDED_PORTS, standaloneDex?.port);
}

/** Ports of this machine: forwarded ones, or those of a node that runs on it. */
function onLocalhost(ports: UrlInput['ports'], dexPort = ports.identity): Omit<Bases, 'issuer'> {
  const dexOrigin = originAt('http', 'localhost', dexPort);
  return {
    // From 2.6 on the official chart says http://localhost here too, where nothing listens without the proxy.
    browserOrigin: dexOrigin,
    pachdOrigin: originAt('http', 'localhost', ports.oidc),
    consoleOrigin: originAt('http', 'localhost', FORWARDED_PORTS.console),
    consoleIssuer: dexOrigin,
    pachdAddress: originAt('grpc', 'localhost', ports.grpc),
  };
}

function withoutScheme(url: string): string {
  return url.replace(/https?:\/\//, '');
}
