import { connectorType, isConnectorType } from '../connectors/connector-types';
import type { Document } from '../document/document';
import { isMapping } from '../document/is-mapping';
import { nodeAt, type PathStep } from '../document/source-node';
import type { Cluster, ConfigMapping, ConfigValue, Connector } from '../model/cluster';
import { Secret } from '../model/secret';
import { isLoopbackHost } from '../model/url-text';
import { configText } from './config-text';
import { endpointOf } from './network/http';
import { certificatesIn } from './network/trust';
import { providerFacts, type ProviderFacts } from './providers/facts';
import type {
  ConnectorSubject,
  DirectorySubject,
  IssuerSubject,
  ProviderSubject,
  ReturnSubject,
  TlsExpectation,
} from './subjects';
import type { World } from './world';

/** Dex, as browsers reach it. */
export function issuerSubject(cluster: Cluster, world: World): IssuerSubject {
  const { urls } = cluster;
  const endpoint = endpointOf(urls.browserIssuer);
  return {
    title: 'Dex',
    address: `${endpoint.host}:${endpoint.port}`,
    path: cluster.access.host === undefined ? ['access'] : ['access', 'host'],
    effect: 'no login begins',
    ...openingOf(cluster, endpoint.host, world),
    world,
    endpoint,
    tls: frontTls(cluster, endpoint.isHttps, world),
    cluster,
    known: {},
  };
}

/**
 * Dex, as Pods reach it: at its issuer, which may be another host than browsers know it by. Nothing where pachd asks its own
 * Dex past the network, and no Console asks.
 */
export function issuerFromPods(cluster: Cluster, world: World): IssuerSubject[] {
  const { urls, console } = cluster;
  const { host } = endpointOf(urls.issuer);
  if (urls.localhostIssuer && (!console.enabled || isLoopbackHost(host))) return [];
  const asPodsSeeIt = { ...cluster, urls: { ...urls, browserIssuer: urls.issuer } };
  const who = urls.localhostIssuer ? 'Console' : console.enabled ? 'pachd and Console' : 'pachd';
  return [
    {
      ...issuerSubject(asPodsSeeIt, world),
      effect: `no login ends: ${who} cannot ask Dex who has logged in`,
    },
  ];
}

/** Where pachd and Console take browsers back, when that is another host or port than Dex is at, and where it is not. */
export function returnSubjects(cluster: Cluster, world: World): ReturnSubject[] {
  const { urls, console, auth } = cluster;
  const places: { title: string; url: string; isThere: boolean; path: PathStep[] }[] = [
    { title: 'pachd', url: urls.pachdRedirect, isThere: auth !== undefined, path: ['access'] },
    {
      title: 'Console',
      url: urls.consoleRedirect,
      isThere: console.enabled && auth !== undefined,
      path: ['console'],
    },
  ];
  return places
    .filter(({ isThere }) => isThere)
    .map(({ title, url, path }) => {
      const endpoint = endpointOf(url);
      return {
        title,
        url,
        address: `${endpoint.host}:${endpoint.port}`,
        path,
        effect: `browsers that come back from a login find no ${title}`,
        ...openingOf(cluster, endpoint.host, world),
        world,
        endpoint,
        tls: frontTls(cluster, endpoint.isHttps, world),
      };
    });
}

/** Ports of this machine are open while something forwards them. */
function openingOf({ namespace }: Cluster, host: string, { routes }: World): { opening?: string } {
  return isLoopbackHost(host) && !routes.tunnel
    ? {
        opening: `open the way in first: pachctl port-forward --namespace ${namespace}, or the kubectl port-forward that pachkit synth prints under "next"`,
      }
    : {};
}

function frontTls({ access: { tls } }: Cluster, isHttps: boolean, { trust }: World): TlsExpectation {
  return {
    begins: isHttps ? 'at once' : 'never',
    isVerified: true,
    authorities: trust.authorities,
    certificateHint:
      tls?.secretName === undefined
        ? 'it is that of what ends TLS in front of the cluster'
        : `it is in the Secret ${tls.secretName}`,
    trustHint:
      'let an authority that browsers, pachd and Console trust sign it; --ca FILE names one that all of them trust',
  };
}

/** A connector with what its type says about how it is asked. */
export type ConnectorPlan =
  | { readonly kind: 'provider'; readonly subject: ProviderSubject }
  | { readonly kind: 'directory'; readonly subject: DirectorySubject }
  | { readonly kind: 'saml' | 'header' | 'form'; readonly subject: ConnectorSubject };

/** The connectors of a cluster, each with the place where the document has it. */
export function connectorPlans(
  cluster: Cluster,
  document: Document,
  issuer: IssuerSubject,
  world: World,
): ConnectorPlan[] {
  return cluster.identity.connectors.map((connector, index) => {
    const written = nodeAt(document.root, ['identity', 'connectors', index]);
    const place: readonly PathStep[] = written ? ['identity', 'connectors', index] : ['auth0'];
    const at = (key: string): readonly PathStep[] => (written ? [...place, 'config', key] : auth0Place(key));
    return planOf(connector, { cluster, connector, issuer, world, place, at });
  });
}

/** Where the section auth0 has what a key of its connector is made from. */
function auth0Place(key: string): readonly PathStep[] {
  const places: Readonly<Record<string, readonly PathStep[]>> = {
    issuer: ['auth0', 'domain'],
    clientID: ['auth0', 'application', 'clientID'],
    clientSecret: ['auth0', 'application', 'clientSecret'],
  };
  return places[key] ?? ['auth0'];
}

/** What the subjects of every connector have. */
type Shared = Pick<ConnectorSubject, 'world' | 'cluster' | 'connector' | 'issuer' | 'place' | 'at'>;

function planOf(connector: Connector, shared: Shared): ConnectorPlan {
  const { type } = connector;
  if (type === 'ldap') return { kind: 'directory', subject: directory(connector, shared) };
  const facts = isConnectorType(type) ? providerFacts[type] : undefined;
  if (facts) return { kind: 'provider', subject: provider(connector, facts, shared) };
  switch (connectorType(type)?.callback) {
    // Browsers carry what Dex and the provider say to each other.
    case 'saml':
      return {
        kind: 'saml',
        subject: otherServer(connector, 'ssoURL', { ...shared, world: shared.issuer.world }),
      };
    case 'header':
      return { kind: 'header', subject: dexAlone(connector, shared) };
    default: {
      const key = ['baseURL', 'keystoneHost'].find((each) => connector.config[each] !== undefined);
      const subject = key === undefined ? dexAlone(connector, shared) : otherServer(connector, key, shared);
      return { kind: 'form', subject };
    }
  }
}

function provider({ config, id, type }: Connector, facts: ProviderFacts, shared: Shared): ProviderSubject {
  const url = facts.discoveryURL?.(config) ?? facts.authorizationURL(config, undefined) ?? '';
  const endpoint = endpointIn(url);
  return {
    ...shared,
    title: `the provider of ${id}`,
    address: `${endpoint.host}:${endpoint.port}`,
    path: shared.at(facts.hostKey),
    effect: connectorType(type)?.opensNetworkAtStart
      ? 'Dex does not start, and no one logs in, with whatever connector'
      : `no one logs in with ${id}`,
    endpoint,
    tls: providerTls(config, endpoint.isHttps, shared.world),
    facts,
    known: {},
  };
}

/** A connector that Dex asks at a URL of its settings. */
function otherServer({ config, id }: Connector, key: string, shared: Shared): ConnectorSubject {
  const endpoint = endpointIn(configText(config, key));
  return {
    ...shared,
    title: `the provider of ${id}`,
    address: `${endpoint.host}:${endpoint.port}`,
    path: shared.at(key),
    effect: `no one logs in with ${id}`,
    endpoint,
    tls: providerTls(config, endpoint.isHttps, shared.world),
  };
}

/** A connector for which Dex asks no one. */
function dexAlone({ id }: Connector, shared: Shared): ConnectorSubject {
  const { address, endpoint, tls } = shared.issuer;
  return {
    ...shared,
    title: 'Dex',
    address,
    path: shared.place,
    effect: `no one logs in with ${id}`,
    endpoint,
    tls,
  };
}

/** The endpoint of a URL that a document has; what is not a URL has no host. */
function endpointIn(url: string): IssuerSubject['endpoint'] {
  return URL.canParse(url) ? endpointOf(url) : { host: '', port: 443, isHttps: true };
}

function providerTls(config: ConfigMapping, isHttps: boolean, { trust }: World): TlsExpectation {
  const given = [config['rootCAs'], config['rootCA'], config['rootCAData']].flat();
  const own = given.flatMap((each) => (typeof each === 'string' ? inlineCertificates(each) : []));
  const file = given.find((each) => typeof each === 'string' && inlineCertificates(each).length === 0);
  return {
    begins: isHttps ? 'at once' : 'never',
    isVerified: config['insecureSkipVerify'] !== true && config['insecureCA'] !== true,
    authorities: own.length === 0 ? trust.authorities : [...trust.authorities, ...own],
    ...(trust.authorities.length > trust.withoutOption.length && file === undefined
      ? { withoutOption: [...trust.withoutOption, ...own] }
      : {}),
    ...(typeof file === 'string' ? { fileInContainer: file } : {}),
    certificateHint: 'it is that of the provider',
    trustHint: 'give the certificate of the authority to the connector, with rootCAs, or to the image of Dex',
  };
}

/** Certificates that are in the document itself, as PEM text or base64 of it. */
function inlineCertificates(value: string): string[] {
  const plain = certificatesIn(value);
  return plain.length > 0 ? plain : certificatesIn(Buffer.from(value, 'base64').toString('latin1'));
}

function directory({ id, config }: Connector, shared: Shared): DirectorySubject {
  const isPlain = config['insecureNoSSL'] === true;
  const begins = isPlain ? 'never' : config['startTLS'] === true ? 'by StartTLS' : 'at once';
  const [, bracketed, name = '', port] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(configText(config, 'host')) ?? [];
  const host = bracketed ?? name;
  const bindPW = config['bindPW'];
  const isUnknown = bindPW !== undefined && !(bindPW instanceof Secret && bindPW.reveal() !== '');
  const endpoint = { host, port: port === undefined ? (isPlain ? 389 : 636) : Number(port), isHttps: false };
  const { trustHint, ...tls } = providerTls(config, true, shared.world);
  return {
    ...shared,
    title: `the directory of ${id}`,
    address: `${endpoint.host}:${endpoint.port}`,
    path: shared.at('host'),
    effect: `no one logs in with ${id} (\`Login error: failed to connect\`)`,
    endpoint,
    tls: {
      ...tls,
      begins,
      certificateHint: 'it is that of the directory',
      trustHint: trustHint.replace('rootCAs', 'rootCAData'),
    },
    settings: {
      bindDN: configText(config, 'bindDN'),
      ...(isUnknown || bindPW === undefined ? {} : { bindPW: bindPW }),
      userSearch: mapping(config['userSearch']),
      groupSearch: mapping(config['groupSearch']),
    },
  };
}

function mapping(value: ConfigValue | undefined): ConfigMapping {
  return isMapping(value) ? value : {};
}
