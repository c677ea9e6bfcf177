import type { ReleaseTraits } from '../../releases/release-traits';

/** What the chart derives its URLs from. */
export interface ChartAccess {
  readonly release: ReleaseTraits;
  readonly hasIngress: boolean;
  readonly hasProxy: boolean;
  readonly isNodePort: boolean;
  readonly isHttps: boolean;
  readonly isMember: boolean;
  /** Host, with a port where it has one; empty for none. */
  readonly host: string;
}

/** The URLs that templates of the chart derive where values have none. */
export interface ChartUrls {
  readonly issuer: string;
  readonly pachdRedirect: string;
  readonly consoleRedirect: string;
  readonly consoleIssuer: string;
  /** Missing where the chart leaves it out. */
  readonly userAccessibleIssuer?: string;
  readonly localhostIssuer: boolean;
}

/**
 * The URLs of the official charts 2.2.8, 2.11.6 and 2.12.0-rc.3, from their templates, right or wrong: where pachkit knows better,
 * an export has to set them. The limits between are from release notes.
 */
export function chartUrls(access: ChartAccess): ChartUrls {
  const { release, isHttps, host, hasIngress, isMember } = access;
  const origin = host === '' ? undefined : `${isHttps ? 'https' : 'http'}://${host}`;
  const fallback = withoutHost(access);
  return {
    issuer: issuerOf(access, origin),
    pachdRedirect: `${origin ?? fallback.pachd}/authorization-code/callback`,
    consoleRedirect: `${origin ?? fallback.console}/oauth/callback/?inline=true`,
    consoleIssuer: origin ?? fallback.consoleIssuer,
    ...userAccessible(access, origin),
    localhostIssuer: !isMember && (!release.hasBootstrapJob || !hasIngress),
  };
}

function issuerOf({ release, hasIngress, hasProxy, isNodePort }: ChartAccess, origin?: string): string {
  if (origin !== undefined && (hasIngress || release.chartKnowsProxyHost)) return `${origin}/dex`;
  if (hasProxy) return 'http://pachd:30658/dex';
  // A port that the Service has not had since 2.2.0.
  return isNodePort ? 'http://pachd:1658' : 'http://pachd:30658';
}

function withoutHost({ release, hasProxy }: ChartAccess): {
  readonly pachd: string;
  readonly console: string;
  readonly consoleIssuer: string;
} {
  return hasProxy && release.proxyIsReachedAsLocalhost
    ? { pachd: 'http://localhost', console: 'http://localhost', consoleIssuer: 'http://localhost:80' }
    : {
        pachd: 'http://localhost:30657',
        console: 'http://localhost:4000',
        consoleIssuer: 'http://localhost:30658',
      };
}

function userAccessible(
  { release, hasIngress, host }: ChartAccess,
  origin?: string,
): Pick<ChartUrls, 'userAccessibleIssuer'> {
  if (release.ingressIssuerIsReachable) return hasIngress ? {} : { userAccessibleIssuer: 'localhost:30658' };
  if (release.userAccessibleIssuerForm === 'host')
    return { userAccessibleIssuer: host === '' ? 'localhost:30658' : host };
  const local = release.proxyIsReachedAsLocalhost ? 'http://localhost' : 'http://localhost:30658';
  return { userAccessibleIssuer: origin ?? local };
}
