import { backendsOf, type BackendName } from '../constructs/envoy/backends';
import { returnSubjects } from '../doctor/chain';
import { toPointer } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { DEX_PORT } from '../model/standalone';
import { askedPort, readUrl } from '../model/url-text';
import { NOWHERE } from '../doctor/world';
import { secretName } from './data-parts';
import type { Arrow, Part, Scene } from './picture';

/** Id of the part that every request from outside comes in at. */
export const ENTRANCE = 'entrance';

/** Id of pachd, or of what runs in its place. */
export const SERVER = 'pachd';

/** `HTTPS 443`, of a URL. */
export function protocolOf(url: string): string {
  const parts = readUrl(url);
  const name = { grpc: 'gRPC', grpcs: 'gRPC with TLS' }[parts.scheme] ?? parts.scheme.toUpperCase();
  return `${name} ${askedPort(parts)}`.trim();
}

/** Those who log in, the way in, and the programs of the cluster that take part in a login. */
export function loginScene(cluster: Cluster): Scene {
  const scenes = [people(cluster), entrance(cluster), servers(cluster), asks(cluster)];
  return { parts: scenes.flatMap(({ parts }) => parts), arrows: scenes.flatMap(({ arrows }) => arrows) };
}

function people({ console, auth, urls, enterprise }: Cluster): Scene {
  const logsIn = auth !== undefined;
  const dexIsElsewhere = enterprise?.member !== undefined;
  return {
    parts: [
      { id: 'browser', kind: 'people', title: 'Browsers', lines: [], places: [] },
      { id: 'pachctl', kind: 'people', title: 'pachctl', lines: [], places: [] },
    ],
    arrows: [
      ...(console.enabled
        ? [
            {
              from: 'browser',
              to: ENTRANCE,
              what: 'opens Console',
              address: urls.console,
              protocol: protocolOf(urls.console),
              places: ['/access/host', '/access/port'],
            },
          ]
        : []),
      ...(logsIn
        ? [
            {
              from: 'browser',
              to: dexIsElsewhere ? 'dex' : ENTRANCE,
              what: 'logs in at Dex',
              address: urls.browserIssuer,
              protocol: protocolOf(urls.browserIssuer),
              places: [
                '/access/host',
                '/access/port',
                '/access/urls/issuer',
                '/access/urls/userAccessibleIssuer',
              ],
            },
          ]
        : []),
      {
        from: 'pachctl',
        to: ENTRANCE,
        what: 'calls the API',
        address: urls.pachd,
        protocol: protocolOf(urls.pachd),
        places: ['/access/host', '/access/port'],
      },
    ],
  };
}

const ENTRANCES: Readonly<Record<Cluster['access']['via'], string>> = {
  proxy: 'Proxy (Envoy)',
  ingress: 'Ingress',
  nodePort: 'Ports of nodes',
  portForward: 'Forwarded ports of this machine',
};

function entrance(cluster: Cluster): Scene {
  const { access } = cluster;
  const isIngress = access.via === 'ingress';
  const isThroughProxy = access.via === 'proxy' || (isIngress && access.ingress.through === 'proxy');
  const { tls } = access;
  const certificate =
    tls === undefined
      ? []
      : tls.offloaded
        ? ['TLS ends in front of it']
        : [
            `certificate: ${tls.secretName === undefined ? "the controller's own" : `Secret ${tls.secretName}`}`,
          ];
  const first: Part = {
    id: ENTRANCE,
    kind: 'entrance',
    title: ENTRANCES[access.via],
    lines: [...(access.host === undefined ? [] : [access.host]), ...certificate],
    places: ['/access', '/access/tls'],
  };
  const proxy: Part[] =
    isIngress && isThroughProxy
      ? [{ id: 'proxy', kind: 'entrance', title: ENTRANCES.proxy, lines: [], places: ['/access/proxy'] }]
      : [];
  const last = proxy[0]?.id ?? ENTRANCE;
  return {
    parts: [first, ...proxy],
    arrows: [
      ...proxy.map(({ id }) => ({
        from: ENTRANCE,
        to: id,
        what: 'everything',
        protocol: `HTTP ${access.proxy.service.httpPort}`,
        places: [],
      })),
      ...inside(cluster, isThroughProxy).map((arrow) => ({ ...arrow, from: last })),
    ],
  };
}

/** From the way in to each program, with what leads there. */
function inside(cluster: Cluster, isThroughProxy: boolean): Omit<Arrow, 'from'>[] {
  const { access, auth, console, dex, enterprise, pachd, urls, release } = cluster;
  const isForwarded = access.via === 'portForward' || access.via === 'nodePort';
  const backends = backendsOf(release, dex !== undefined);
  const behind = (name: BackendName, otherwise: number): number =>
    (isThroughProxy ? backends.find((each) => each.name === name)?.port : undefined) ?? otherwise;
  const { ports } = pachd.service;
  const path = (url: string): string => (isForwarded ? url : readUrl(url).path);
  const leadsToDex = auth !== undefined && enterprise?.member === undefined;
  return [
    ...(console.enabled
      ? [
          {
            to: 'console',
            what: 'Console',
            address: path(urls.console) || '/',
            protocol: `HTTP ${behind('console', console.port)}`,
            places: [],
          },
        ]
      : []),
    ...(leadsToDex
      ? [
          {
            to: 'dex',
            what: 'login page',
            address: path(urls.browserIssuer) || '/',
            protocol: `HTTP ${dex ? DEX_PORT : behind('pachd-identity', ports.identity)}`,
            places: [],
          },
        ]
      : []),
    {
      to: SERVER,
      what: auth === undefined ? 'API' : 'API, and logins of pachctl',
      ...(auth === undefined ? {} : { address: path(urls.pachdRedirect) }),
      protocol: `gRPC ${behind('pachd-grpc', ports.grpc)}${auth === undefined ? '' : `, HTTP ${behind('pachd-oidc', ports.oidc)}`}`,
      places: [],
    },
  ];
}

function servers(cluster: Cluster): Scene {
  const { auth, console, dex, enterprise, enterpriseServer, identity, pachd, release, urls } = cluster;
  const member = enterprise?.member;
  const parts: Part[] = [
    ...(console.enabled
      ? [
          {
            id: 'console',
            kind: 'server' as const,
            title: 'Console',
            lines:
              auth === undefined
                ? []
                : [`client ${console.clientID}`, ...secretName('console.clientSecret', console.clientSecret)],
            places: ['/console'],
          },
        ]
      : []),
    {
      id: SERVER,
      kind: 'server',
      title: enterpriseServer ? 'Enterprise server' : 'pachd',
      lines: [
        `release ${release.version.text}`,
        ...(enterpriseServer || pachd.replicas === 1 ? [] : [`${pachd.replicas} replicas`]),
        ...(auth === undefined
          ? ['no login: auth.enabled is false']
          : [`client ${auth.clientID}`, ...secretName('auth.clientSecret', auth.clientSecret)]),
      ],
      places: ['/pachd', '/auth', '/dev/users', '/enterprise', '/enterpriseServer', '/release', '/profile'],
    },
  ];
  if (auth !== undefined)
    parts.push({
      id: 'dex',
      kind: 'identity',
      title: dex ? 'Dex' : member ? 'Dex of the enterprise server' : 'Dex, inside pachd',
      lines: [
        `issuer ${urls.issuer}`,
        ...(dex ? [`storage ${dex.storage.type}`] : []),
        ...(dex && dex.staticPasswords.length > 0 ? [`passwords of ${dex.staticPasswords.length}`] : []),
        ...(identity.connectorsFrom ? [`connectors: Secret ${identity.connectorsFrom.name}`] : []),
        ...(identity.clientsFrom ? [`clients: Secret ${identity.clientsFrom.name}`] : []),
      ],
      places: ['/identity', '/dex', '/access/urls/issuer'],
    });
  const arrows: Arrow[] = member
    ? [
        {
          from: SERVER,
          to: 'dex',
          what: 'is a member of',
          address: member.serverAddress,
          protocol: protocolOf(member.serverAddress),
          places: ['/enterprise/member'],
        },
      ]
    : [];
  return { parts, arrows };
}

/** Who asks Dex about a login, and where Dex sends browsers back to. */
function asks(cluster: Cluster): Scene {
  const { auth, console, identity, release, urls } = cluster;
  if (auth === undefined) return { parts: [], arrows: [] };
  const arrows: Arrow[] = [];
  const places = ['/access/urls/issuer', '/access/localhostIssuer'];
  const question = { to: 'dex', what: 'asks who has logged in', address: urls.issuer, places };
  // Inside the Pod, where the port of the Service does not count.
  const identityPort = backendsOf(release).find(({ name }) => name === 'pachd-identity')?.port ?? '';
  if (console.enabled) arrows.push({ ...question, from: 'console', protocol: protocolOf(urls.issuer) });
  arrows.push({
    ...question,
    from: SERVER,
    ...(urls.localhostIssuer
      ? { protocol: `HTTP ${identityPort}`, lines: ['of its own Dex, past the network'] }
      : { protocol: protocolOf(urls.issuer) }),
  });
  for (const { title, url, path } of returnSubjects(cluster, NOWHERE)) {
    const isConsole = title === 'Console';
    arrows.push({
      from: 'dex',
      to: isConsole ? 'console' : SERVER,
      what: 'sends browsers back',
      address: url,
      protocol: protocolOf(url),
      isByBrowser: true,
      places: [
        isConsole ? '/access/urls/consoleRedirect' : '/access/urls/pachdRedirect',
        ...(path.length > 1 ? [toPointer(path)] : []),
      ],
    });
  }
  const clients = identity.clients.map((client, index): { part: Part; arrow: Arrow } => ({
    part: {
      id: `client${index}`,
      kind: 'outside',
      title: client.name,
      lines: [`client ${client.id}`, ...secretName('client secret', client.secret)],
      places: [`/identity/clients/${index}`],
    },
    arrow: {
      from: 'dex',
      to: `client${index}`,
      what: 'sends browsers back',
      ...(client.redirectURIs[0] === undefined
        ? {}
        : { address: client.redirectURIs[0], protocol: protocolOf(client.redirectURIs[0]) }),
      lines: client.redirectURIs.length > 1 ? [`and ${client.redirectURIs.length - 1} more`] : [],
      isByBrowser: true,
      places: [`/identity/clients/${index}/redirectURIs`, `/identity/clients/${index}/url`],
    },
  }));
  return {
    parts: clients.map(({ part }) => part),
    arrows: [...arrows, ...clients.map(({ arrow }) => arrow)],
  };
}
