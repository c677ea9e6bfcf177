import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import type { Profile } from '../model/cluster';
import { parseGoDuration } from '../model/go-duration';
import { ISSUER, isLoopbackHost, isUnfilled, normalOrigin, readUrl } from '../model/url-text';
import type { ReleaseTraits } from '../releases/release-traits';
import type { Target } from '../releases/target';
import { listConnectors } from './document-connectors';
import type {
  Client,
  ClientFacts,
  DatabaseConnection,
  DatabaseFacts,
  IssuerFacts,
  IssuerSource,
  LifetimeFacts,
  LoginFacts,
  Placed,
  RoleBinding,
  RoleFacts,
  WrittenIssuer,
} from './facts';
import { roleBindingsAt } from './role-bindings';
import { isOnAt, stringAt } from './scalars';
import { writtenClients } from './written-clients';
import { loginsAtPachd } from './written-logins';

/** Values of the official chart. */
export interface ChartValuesSubject
  extends IssuerFacts, LoginFacts, RoleFacts, DatabaseFacts, LifetimeFacts, ClientFacts {
  readonly kind: 'chart-values';
  readonly root: SourceNode;
  readonly target: Target;
  readonly profile: Profile;
  /** The connector that the chart adds by itself while none is listed; missing where something keeps it out. */
  readonly mockLogin?: ChartMockLogin | undefined;
}

/** The chart's own connector, which lets in everyone who knows its password. */
export interface ChartMockLogin {
  /** What makes it so: `oidc.mockIDP`, or the empty list. */
  readonly path: readonly PathStep[];
  /** Whether `oidc.mockIDP` is written, and not just true by default. */
  readonly isWritten: boolean;
  /** Whether the list is there and empty; otherwise other values may have one. */
  readonly isCertain: boolean;
}

/** Where values of the official chart have the connectors. */
export const VALUES_PLACE = ['oidc', 'upstreamIDPs'] as const;

const ISSUER_PATH: readonly PathStep[] = ['oidc', 'issuerURI'];

const MOCK_PATH: readonly PathStep[] = ['oidc', 'mockIDP'];

const DATABASE: readonly PathStep[] = ['global', 'postgresql'];

const BINDINGS_PATH: readonly PathStep[] = ['pachd', 'pachAuthClusterRoleBindings'];

const CLIENTS_PATH = ['oidc', 'additionalClients'] as const;

/** A list of `oidc`, unless the chart reads a Secret in its place. */
function listRead(
  root: SourceNode,
  [section, key]: typeof VALUES_PLACE | typeof CLIENTS_PATH,
): SourceNode | undefined {
  return stringAt(root, [section, `${key}SecretName`]) === undefined
    ? nodeAt(root, [section, key])
    : undefined;
}

/** The clients that the chart makes itself: pachd, and Console where it runs. That they are one is told elsewhere. */
function ownClients(root: SourceNode): readonly Client[] {
  const pachd = ownClient(root, 'pachd', ['pachd', 'oauthClientID']);
  if (nodeAt(root, ['console', 'enabled'])?.scalar === false) return [pachd];
  const console = ownClient(root, 'console', ['console', 'config', 'oauthClientID']);
  return console.id.value === pachd.id.value ? [pachd] : [pachd, console];
}

/** @param id what the chart takes where nothing is written */
function ownClient(root: SourceNode, id: string, path: readonly PathStep[]): Client {
  const written = stringAt(root, path);
  return {
    id: { value: written ?? id, path },
    isWritten: written !== undefined,
    isPublic: false,
    redirectURIs: [],
    trustedPeers: [],
  };
}

/** The path that the chart gives the issuer. */
const DEX_PATH = '/dex';

/** Where browsers reach a cluster, as far as its values say. */
interface WayIn {
  readonly proxy: boolean;
  readonly section: 'ingress' | 'proxy';
  readonly host: string | undefined;
  readonly tls: boolean;
}

/** Values as rules see them, for the chart of a release. */
export function chartValuesSubject(
  root: SourceNode,
  release: ReleaseTraits,
  { hasMisplacedList = false }: { readonly hasMisplacedList?: boolean } = {},
): ChartValuesSubject {
  const way = wayIn(root, release);
  const written = stringAt(root, ISSUER_PATH);
  const issuerFrom = written === undefined ? issuerSource(way) : undefined;
  const url = written ?? issuerFrom?.url;
  let roleBindings: readonly RoleBinding[] | undefined;
  return {
    kind: 'chart-values',
    root,
    release,
    target: release.connectorTarget,
    profile: profileOfValues(root),
    // What becomes of a list in another place is said there.
    mockLogin: hasMisplacedList ? undefined : mockLogin(root, release),
    issuer: written === undefined ? undefined : writtenIssuer(root, written, way),
    issuerFrom,
    logins: url === undefined ? undefined : loginsAtPachd(url),
    connectors: listConnectors(listRead(root, VALUES_PLACE), VALUES_PLACE),
    servesTls: way.tls,
    get roleBindings() {
      return (roleBindings ??= roleBindingsAt(root, BINDINGS_PATH));
    },
    clients: [...ownClients(root), ...writtenClients(listRead(root, CLIENTS_PATH), CLIENTS_PATH)],
    // A Secret may have others.
    knowsAllClients: false,
    lifetimes: {
      idTokenExpiry: lifetime(root, 'IDTokenExpiry'),
      rotationTokenExpiry: lifetime(root, 'RotationTokenExpiry'),
    },
    get databaseConnections() {
      return databaseConnections(root);
    },
  };
}

/**
 * Whether values are those of a whole cluster, and not a part that is laid over others: they say where data is kept, or are an
 * enterprise server, which keeps none.
 */
export function isWholeCluster(root: SourceNode): boolean {
  return nodeAt(root, ['deployTarget']) !== undefined || isServerAlone(root);
}

/** Whether values are those of an enterprise server. */
function isServerAlone(root: SourceNode): boolean {
  return (
    isOnAt(root, ['enterpriseServer', 'enabled']) && nodeAt(root, ['pachd', 'enabled'])?.scalar === false
  );
}

/** `dev` for values that are for one machine and name no other: the chart's deployTarget LOCAL. */
export function profileOfValues(root: SourceNode): Profile {
  const hosts = ['proxy', 'ingress'].map((section) => stringAt(root, [section, 'host']) ?? 'localhost');
  return stringAt(root, ['deployTarget']) === 'LOCAL' && hosts.every(isLoopbackHost) ? 'dev' : 'production';
}

function wayIn(root: SourceNode, { usesProxyByDefault }: ReleaseTraits): WayIn {
  const proxy = (nodeAt(root, ['proxy', 'enabled'])?.scalar ?? usesProxyByDefault) === true;
  const section = isOnAt(root, ['ingress', 'enabled']) ? 'ingress' : 'proxy';
  return {
    proxy,
    section,
    host: section === 'ingress' || proxy ? stringAt(root, [section, 'host']) : undefined,
    tls: isOnAt(root, [section, 'tls', 'enabled']),
  };
}

function writtenIssuer(root: SourceNode, url: string, { proxy }: WayIn): WrittenIssuer | undefined {
  if (isUnfilled(url) || !ISSUER.test(normalOrigin(readUrl(url)))) return undefined;
  return {
    url,
    path: ISSUER_PATH,
    ...(proxy ? { routedBy: 'proxy', isRefusedByChart: true } : {}),
    // A member has that of its server, and a server is reached at ports of its own.
    ...(isServerAlone(root) || isOnAt(root, ['pachd', 'activateEnterpriseMember'])
      ? {}
      : { derivedFrom: 'proxy.host' }),
    isAlone: true,
  };
}

/** Without TLS of its own a cluster may be behind something that has it, and nothing tells the issuer. */
function issuerSource({ section, host, tls }: WayIn): IssuerSource | undefined {
  if (host === undefined || !tls || isUnfilled(host)) return undefined;
  return { url: `https://${host}${DEX_PATH}`, host: { value: host, path: [section, 'host'] } };
}

function mockLogin(root: SourceNode, release: ReleaseTraits): ChartMockLogin | undefined {
  const list = nodeAt(root, VALUES_PLACE);
  const isCertain = list !== undefined && (list.scalar === null || list.items?.length === 0);
  const mock = nodeAt(root, MOCK_PATH);
  const isKeptOut =
    mock?.scalar === false || stringAt(root, ['oidc', 'upstreamIDPsSecretName']) !== undefined;
  const isPossible = isCertain || (list === undefined && activatesAuth(root, release));
  if (isKeptOut || !isPossible) return undefined;
  const whole = isServerAlone(root) ? ['enterpriseServer', 'enabled'] : ['deployTarget'];
  const cause = isCertain ? VALUES_PLACE : whole;
  return { path: mock ? MOCK_PATH : cause, isWritten: mock !== undefined, isCertain };
}

/** Whether the values are those of a whole cluster in which people log in through its own Dex. */
function activatesAuth(root: SourceNode, { needsLicense }: ReleaseTraits): boolean {
  const isWhole = stringAt(root, ['deployTarget']) !== undefined || isServerAlone(root);
  const hasLicense = ['enterpriseLicenseKey', 'enterpriseLicenseKeySecretName'].some(
    (key) => stringAt(root, ['pachd', key]) !== undefined,
  );
  const isMember = isOnAt(root, ['pachd', 'activateEnterpriseMember']);
  const isOff = nodeAt(root, ['pachd', 'activateAuth'])?.scalar === false;
  return isWhole && !isMember && !isOff && (hasLicense || !needsLicense);
}

/** The connection of pg-bouncer, where its mode is written: with that of the chart it takes any server. */
function databaseConnections(root: SourceNode): readonly DatabaseConnection[] {
  const path = [...DATABASE, 'postgresqlSSL'];
  const mode = stringAt(root, path);
  if (mode === undefined) return [];
  const host = stringAt(root, [...DATABASE, 'postgresqlHost']);
  // A host of another network has a finding of its own where the bundled server runs.
  const isOther = nodeAt(root, ['postgresql', 'enabled'])?.scalar === false || host?.includes('.') === true;
  return [
    {
      client: 'pg-bouncer',
      sslMode: { value: mode, path },
      isModeGiven: true,
      host,
      isInternal: !isOther && !isOnAt(root, ['postgresql', 'tls', 'enabled']),
      externalKey: 'postgresql.enabled: false with a server of your own',
      hasAuthority: stringAt(root, [...DATABASE, 'postgresqlSSLCACert']) !== undefined,
      authorityKey: 'global.postgresql.postgresqlSSLCACert',
    },
  ];
}

function lifetime(root: SourceNode, key: string): Placed<string> | undefined {
  const path = ['oidc', key];
  const value = stringAt(root, path);
  return value === undefined || 'error' in parseGoDuration(value) ? undefined : { value, path };
}
