import { SKIP_CALLBACK_CHECK } from '../../model/resolve-identity';
import type { PathStep } from '../../document/source-node';
import type { ClusterUrls, UrlOverrides } from '../../model/urls';
import { hasRoutes, isMember, reachedHost, urlsWithoutOverrides } from '../../subjects/cluster-reach';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { replaceText, withFix } from '../support/replace-text';
import { haveSameOrigin, isClusterHost, isLoopbackHost, normalOrigin, readUrl } from '../../model/url-text';
import type { Finding, Rule, RuleContext } from '../rule';
import { DEX_PATH, missesDex } from './issuer-without-dex';

type OverrideName = keyof UrlOverrides;

/** A URL that the document sets, and what it has to agree with. */
interface Override {
  /** What goes to the URL, as the beginning of a sentence. */
  readonly use: string;
  /** The URL in its place if nothing were set. */
  readonly derived: (urls: ClusterUrls) => string;
  /** Whether an enterprise server's Dex decides about it, not this cluster. */
  readonly isOfDex: boolean;
  /** The path that someone answers at; missing where any path will do. */
  readonly path?: {
    readonly expected: (context: RuleContext) => string;
    readonly server: string;
    /** Whether a slash at the end makes no difference. */
    readonly slashIsFree?: boolean;
  };
  /** Only scheme, host and port are taken of it. */
  readonly isOrigin?: boolean;
}

const OVERRIDES: Readonly<Record<Exclude<OverrideName, 'issuer'>, Override>> = {
  callback: {
    use: 'Identity providers send browsers back to',
    derived: ({ callback }) => callback,
    isOfDex: true,
    path: { expected: callbackPath, server: 'Dex' },
  },
  pachdRedirect: {
    use: 'After a pachctl login Dex sends browsers to',
    derived: ({ pachdRedirect }) => pachdRedirect,
    isOfDex: false,
    path: { expected: () => '/authorization-code/callback', server: 'pachd' },
  },
  consoleRedirect: {
    use: 'After a Console login Dex sends browsers to',
    derived: ({ consoleRedirect }) => consoleRedirect,
    isOfDex: false,
    path: { expected: () => '/oauth/callback/', server: 'Console', slashIsFree: true },
  },
  userAccessibleIssuer: {
    use: 'The login URLs that pachd hands out begin with',
    derived: ({ consoleIssuer }) => consoleIssuer,
    isOfDex: true,
    isOrigin: true,
  },
  consoleIssuer: {
    use: 'For a login, Console sends browsers to',
    derived: ({ consoleIssuer }) => consoleIssuer,
    isOfDex: true,
    isOrigin: true,
  },
};

export const disagreeingUrl: Rule = {
  code: 'ACC006',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Overridden URL that no longer agrees with the others',
  reason:
    'A login passes through five URLs, which pachkit derives from access so that they agree. A URL that is set in access.urls stays as it is, and the places that are derived do not know of it: browsers end at a host or a path where no one answers, or Dex refuses the callback with "expected callback URL … did not match the URL in the config …".',
  remedy: 'Remove the override, or set the other places that the message names along with it.',
  *check(context) {
    const urls = context.document.access?.urls ?? {};
    const derived = urlsWithoutOverrides(context);
    yield* issuer(context, urls, derived);
    for (const [name, override] of Object.entries(OVERRIDES)) {
      const url = urls[name as OverrideName];
      if (url === undefined || (override.isOfDex && isMember(context.cluster))) continue;
      const at = place(name);
      yield* wrongPath(context, override, at, url);
      if (reachedHost(context.cluster) !== undefined) yield* wrongHost(override, at, url, derived);
    }
    yield* refusedCallback(context, urls);
  },
};

/** Of an issuer that misses Dex another finding says what to write, and the callback URL follows from that. */
function callbackPath({ cluster, issuer }: RuleContext): string {
  return issuer && missesDex(issuer) ? `${DEX_PATH}/callback` : readUrl(cluster.urls.issuerCallback).path;
}

function place(name: string): readonly PathStep[] {
  return ['access', 'urls', name];
}

function* wrongHost(
  { use, derived }: Override,
  path: readonly PathStep[],
  url: string,
  urls: ClusterUrls,
): Iterable<Finding> {
  const expected = derived(urls);
  // Behind ports of nodes, Console is reached through a forwarded port; or through something that pachkit does not know.
  if (isLoopbackHost(readUrl(expected).host) || haveSameOrigin(url, expected)) return;
  yield {
    path,
    message: `${use} ${url}, but the cluster is reached at ${readUrl(expected).origin}`,
    hint: `remove the line; then it is ${expected}`,
  };
}

function* wrongPath(
  context: RuleContext,
  { use, path: wanted, isOrigin }: Override,
  path: readonly PathStep[],
  url: string,
): Iterable<Finding> {
  const given = readUrl(url);
  if (isOrigin && given.path !== '') {
    const isBare = context.cluster.release.userAccessibleIssuerForm === 'host';
    yield {
      path,
      severity: isBare ? 'error' : 'warning',
      message: `${use} ${url}, of which only scheme, host and port may be given${isBare ? '; with a path the login URL leads nowhere' : '; the path is that of the issuer'}`,
      hint: `write ${given.origin}`,
      ...withFix(replaceText(context.root, path, given.origin, 'Remove the path')),
    };
  }
  if (!wanted) return;
  const expected = wanted.expected(context);
  if (given.path === expected || (wanted.slashIsFree && `${given.path}/` === expected)) return;
  yield {
    path,
    severity: hasRoutes(context.cluster) ? 'error' : 'warning',
    message: `${use} ${url}, but ${wanted.server} answers at ${expected} and nowhere else`,
    hint: `write ${given.origin}${expected}${given.query}, or remove the line`,
  };
}

function* issuer({ cluster }: RuleContext, urls: UrlOverrides, derived: ClusterUrls): Iterable<Finding> {
  const given = urls.issuer;
  if (given === undefined || isMember(cluster) || urls.userAccessibleIssuer !== undefined) return;
  const url = readUrl(given);
  if (reachedHost(cluster) === undefined) {
    yield* issuerAlone(given, urls, derived);
    return;
  }
  if (haveSameOrigin(given, derived.consoleIssuer)) return;
  const reached = readUrl(derived.consoleIssuer).origin;
  const isInside = isClusterHost(url.host) && !isLoopbackHost(url.host);
  yield {
    path: place('issuer'),
    severity: isInside ? 'error' : 'warning',
    message: isInside
      ? `The login URLs that pachd hands out would begin with ${url.origin}, a name that only pods know`
      : `Browsers would log in at ${url.origin}, the issuer, but the cluster is reached at ${reached}`,
    hint: `remove the line; then the issuer is ${derived.issuer}. Or add access.urls.userAccessibleIssuer: ${reached}`,
  };
}

/** A public issuer with everything else on localhost. */
function* issuerAlone(given: string, urls: UrlOverrides, derived: ClusterUrls): Iterable<Finding> {
  const { host } = readUrl(given);
  const isPublic = !isLoopbackHost(host) && !isClusterHost(host);
  if (!isPublic || urls.pachdRedirect !== undefined) return;
  yield {
    path: place('issuer'),
    message: `Browsers log in at ${normalOrigin(readUrl(given))}, and Dex then sends them to ${derived.pachdRedirect}: without access.host everything but the issuer is on localhost`,
    hint: `give access.host: ${host} in place of the issuer`,
  };
}

/** A callback that Dex does not derive from its issuer, with connectors for which it insists on that. */
function* refusedCallback(context: RuleContext, urls: UrlOverrides): Iterable<Finding> {
  const { document, cluster, issuer } = context;
  const { callback, issuerCallback } = cluster.urls;
  if (urls.callback === undefined || callback === issuerCallback || isMember(cluster)) return;
  if (issuer && missesDex(issuer)) return;
  const refused = documentConnectors(document).filter(
    (connector) =>
      connector.text('redirectURI') === undefined &&
      (insists(connector) || (cluster.dex !== undefined && connector.facts.callback === 'strict')),
  );
  if (refused.length === 0) return;
  yield {
    path: place('callback'),
    severity: 'error',
    message: `Dex derives another callback URL from its issuer ${cluster.urls.issuer}, and every login through ${refused.map(({ id }) => `"${id}"`).join(', ')} ends in "Login error.": \`expected callback URL "${issuerCallback}" did not match the URL in the config "${callback}"\``,
    hint: `remove the line and give access.host, or write ${issuerCallback}`,
  };
}

function insists(connector: DocumentConnector): boolean {
  return (
    connector.facts.callback === 'strict' &&
    (connector.type !== 'oidc' || connector.value(SKIP_CALLBACK_CHECK) === false)
  );
}
