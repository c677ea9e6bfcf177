import type { Target } from '../releases/target';
import type { SourceLocation } from '../diagnostics/diagnostic';
import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import { isClusterHost, isComparable, ISSUER, readUrl } from '../model/url-text';
import { listConnectors } from './document-connectors';
import { connectorIDs } from './connector-list';
import type {
  BrowserUrlFacts,
  Client,
  ClientFacts,
  ConnectorIdFacts,
  DatabaseConnection,
  DatabaseFacts,
  IssuerFacts,
  LiteralReferenceFacts,
  LoginFacts,
  OriginFacts,
  Placed,
  UserFacts,
} from './facts';
import { referencesInDexConfig } from './literal-references';
import { stringAt, isOnAt } from './scalars';
import { writtenLogins } from './written-logins';

/** A Dex configuration after its form was checked: its keys in Dex's spelling, what is null left out. */
export interface DexConfigSubject
  extends
    IssuerFacts,
    LoginFacts,
    BrowserUrlFacts,
    ClientFacts,
    OriginFacts,
    UserFacts,
    ConnectorIdFacts,
    DatabaseFacts,
    LiteralReferenceFacts {
  readonly kind: 'dex-config';
  readonly root: SourceNode;
  readonly target: Target;
  readonly file: ServerFile;
  /** The tree before anyone who makes Dex's file of it has put in what is theirs, keys as they are written. */
  readonly written: SourceNode;
  /** Who that is, where it makes a difference to rules. */
  readonly completedBy?: 'argo-cd';
}

/** What Argo CD writes itself, whatever the text says (util/dex/config.go of Argo CD). */
export const WRITTEN_BY_ARGO_CD = ['issuer', 'storage', 'web', 'grpc', 'telemetry'] as const;

/** The file that Dex is started with. */
export interface ServerFile {
  /** Where it is in a ConfigMap or Secret; empty for a file of its own. */
  readonly path: readonly PathStep[];
  readonly name: string;
  /** With comments and all. */
  readonly text: string;
  /** Where a part of the text was written. */
  readonly locate: (start: number, end: number) => SourceLocation;
}

/** What is read of a configuration before anything is asked about it. */
export type CheckedDexConfig = Pick<DexConfigSubject, 'root' | 'written' | 'target' | 'file' | 'completedBy'>;

/** A configuration as rules see it. */
export function dexConfigSubject(checked: CheckedDexConfig): DexConfigSubject {
  const { root } = checked;
  const url = issuerOf(checked);
  const issuer = url === undefined ? undefined : { url, path: ['issuer'], isAlone: false };
  return {
    ...checked,
    kind: 'dex-config',
    issuer,
    logins: url === undefined || !isComparable(url) ? undefined : writtenLogins(url, { knowsSwitch: false }),
    connectors: listConnectors(nodeAt(root, ['connectors']), ['connectors']),
    servesTls: false,
    browserUrls:
      issuer && isForBrowsers(checked, issuer.url) ? [{ value: issuer.url, path: issuer.path }] : [],
    hasProfile: false,
    clients: itemsAt(checked, ['staticClients']).flatMap(clientAt),
    knowsAllClients: itemsAt(checked, ['staticClients']).every((client) => !client.entries?.has('idEnv')),
    allowedOrigins: itemsAt(checked, ALLOWED_ORIGINS).flatMap(({ scalar }, at) =>
      typeof scalar === 'string' ? [{ value: scalar, path: [...ALLOWED_ORIGINS, at] }] : [],
    ),
    users: itemsAt(checked, ['staticPasswords']).flatMap((user, index) =>
      placedString(nodeAt(user, ['email']), ['staticPasswords', index, 'email']),
    ),
    hasPasswordDatabase: mayBeTrueAt(checked, ['enablePasswordDB']),
    databaseConnections: databaseConnections(root),
    get literalReferences() {
      return referencesInDexConfig(this);
    },
    passwordDatabaseKey: 'enablePasswordDB',
    mayStoreConnectors: true,
    passwordConnector: placedString(nodeAt(root, PASSWORD_CONNECTOR), PASSWORD_CONNECTOR)[0],
    connectorIDs: connectorIDs(nodeAt(root, ['connectors']), ['connectors']),
  };
}

const ALLOWED_ORIGINS: readonly PathStep[] = ['web', 'allowedOrigins'];

const PASSWORD_CONNECTOR: readonly PathStep[] = ['oauth2', 'passwordConnector'];

/** One for a string that is not empty, none for anything else. */
function placedString(node: SourceNode | undefined, path: readonly PathStep[]): readonly Placed<string>[] {
  const value = node?.scalar;
  return typeof value === 'string' && value !== '' ? [{ value, path }] : [];
}

function clientAt(client: SourceNode, index: number): readonly Client[] {
  const path = ['staticClients', index];
  const strings = (key: string): readonly Placed<string>[] =>
    (nodeAt(client, [key])?.items ?? []).flatMap((item, at) => placedString(item, [...path, key, at]));
  const written = nodeAt(client, ['public']);
  const isPublic = written === undefined ? false : (written.scalar ?? undefined);
  const [id = { value: '', path: [...path, 'id'] }] = placedString(nodeAt(client, ['id']), [...path, 'id']);
  return [
    {
      id,
      isWritten: true,
      isPublic: typeof isPublic === 'boolean' ? isPublic : undefined,
      redirectURIs: strings('redirectURIs'),
      trustedPeers: strings('trustedPeers'),
    },
  ];
}

/** The text at a path; undefined when there is none, or it is empty, or it is no string. */
export function textAt({ root }: CheckedDexConfig, path: readonly PathStep[]): string | undefined {
  return stringAt(root, path);
}

/** Whether there is `true` at a path. */
export function isTrueAt({ root }: DexConfigSubject, path: readonly PathStep[]): boolean {
  return isOnAt(root, path);
}

/** Whether there is `true` at a path, or what is no boolean, which has its finding already. */
export function mayBeTrueAt(config: CheckedDexConfig, path: readonly PathStep[]): boolean {
  return nodeAt(config.root, path) !== undefined && nodeAt(config.root, path)?.scalar !== false;
}

/** Whether there is a value at a path that Go does not take for none. */
export function isThereAt({ root }: Pick<DexConfigSubject, 'root'>, path: readonly PathStep[]): boolean {
  const node = nodeAt(root, path);
  return node !== undefined && node.scalar !== '' && node.scalar !== null && node.items?.length !== 0;
}

/** Whether more can be said about a section: one of another kind has its finding already. */
export function isMappingOrMissing({ root }: DexConfigSubject, path: readonly PathStep[]): boolean {
  const node = nodeAt(root, path);
  return node === undefined || node.entries !== undefined;
}

export function itemsAt({ root }: CheckedDexConfig, path: readonly PathStep[]): readonly SourceNode[] {
  return nodeAt(root, path)?.items ?? [];
}

/**
 * Whether browsers come from outside to an issuer. Only pods go to one inside the cluster; browsers go through what is in front
 * of Dex. Plain http on a port of its own is how Dex is reached by a port of a node, or a forwarded one, unless the file tells
 * of https elsewhere.
 */
function isForBrowsers(config: CheckedDexConfig, issuer: string): boolean {
  const { scheme, host, port } = readUrl(issuer);
  if (isClusterHost(host)) return false;
  if (scheme !== 'http' || port === '' || port === '80') return true;
  return (
    isThereAt(config, ['web', 'https']) ||
    itemsAt(config, ['connectors']).some((connector) => {
      const redirect = readUrl(stringAt(connector, ['config', 'redirectURI']) ?? '');
      return redirect.scheme === 'https' && redirect.host.toLowerCase() === host.toLowerCase();
    })
  );
}

/** Dex's issuer, when it has the form of one. */
function issuerOf(config: CheckedDexConfig): string | undefined {
  const issuer = textAt(config, ['issuer']);
  return issuer !== undefined && ISSUER.test(issuer) ? issuer : undefined;
}

const SSL: readonly PathStep[] = ['storage', 'config', 'ssl'];

/** How Dex reaches Postgres; nothing when it is by a Unix socket, over which its driver uses no TLS, whatever the mode is. */
function databaseConnections(root: SourceNode): readonly DatabaseConnection[] {
  const host = stringAt(root, ['storage', 'config', 'host']);
  if (stringAt(root, ['storage', 'type']) !== 'postgres' || host?.startsWith('/')) return [];
  const path = [...SSL, 'mode'];
  const mode = stringAt(root, path);
  const hasAuthority = isThereAt({ root }, [...SSL, 'caFile']);
  // A mode that is no string has its finding already.
  if (mode === undefined && isThereAt({ root }, path)) return [];
  return [
    {
      client: 'Dex',
      sslMode: { value: mode ?? 'verify-full', path },
      // An authority is given for the mode that Dex has by default.
      isModeGiven: mode !== undefined || hasAuthority,
      host,
      isInternal: false,
      hasAuthority,
      authorityKey: 'storage.config.ssl.caFile',
    },
  ];
}
