import type { PathStep } from '../document/source-node';
import { isClusterHost, readUrl } from '../model/url-text';
import { clusterDatabases } from './cluster-databases';
import { hasRoutes, isMember, isReachedByHttps } from './cluster-reach';
import { documentConnectors } from './document-connectors';
import type { Client, IssuerSource, Logins, Placed, RoleBinding, WrittenIssuer } from './facts';
import { referencesInDocument } from './literal-references';
import type { CheckedCluster, ClusterSubject } from './subject';

const ISSUER_PATH: readonly PathStep[] = ['access', 'urls', 'issuer'];

/** A cluster as rules see it. What only a few of them ask for is worked out when they do. */
export function clusterSubject(checked: CheckedCluster): ClusterSubject {
  const { document, cluster } = checked;
  let roleBindings: readonly RoleBinding[] | undefined;
  let clients: readonly Client[] | undefined;
  return {
    ...checked,
    kind: 'cluster',
    release: cluster.release,
    hasProfile: true,
    servesTls: isReachedByHttps(cluster),
    get issuer() {
      return issuerOf(checked);
    },
    get issuerFrom() {
      return issuerSource(checked);
    },
    get logins() {
      return loginsOf(checked);
    },
    get connectors() {
      return documentConnectors(document);
    },
    get roleBindings() {
      return (roleBindings ??= Object.entries(document.auth?.roleBindings ?? {}).map(roleBinding));
    },
    knowsAllClients: !cluster.identity.clientsFrom,
    get clients() {
      return (clients ??= clientsOf(checked));
    },
    allowedOrigins: placedItems(cluster.dex?.web.allowedOrigins ?? [], ['dex', 'web', 'allowedOrigins']),
    users: (cluster.dex?.staticPasswords ?? []).map(({ email }, index) => ({
      value: email,
      path: userPath(document, index),
    })),
    hasPasswordDatabase: (cluster.dex?.staticPasswords.length ?? 0) > 0,
    passwordDatabaseKey: 'staticPasswords',
    mayStoreConnectors: false,
    passwordConnector: placed(cluster.dex?.oauth2.passwordConnector, ['dex', 'oauth2', 'passwordConnector']),
    get connectorIDs() {
      return (document.identity?.connectors ?? []).map(({ id, type }, index) => ({
        value: id,
        path: ['identity', 'connectors', index, 'id'],
        type,
      }));
    },
    get browserUrls() {
      return browserUrls(checked);
    },
    get literalReferences() {
      return referencesInDocument(checked);
    },
    lifetimes: {
      idTokenExpiry: placed(cluster.identity.idTokenExpiry, ['identity', 'idTokenExpiry']),
      rotationTokenExpiry: placed(cluster.identity.rotationTokenExpiry, ['identity', 'rotationTokenExpiry']),
    },
    get databaseConnections() {
      return clusterDatabases(checked);
    },
  };
}

/** Those of `dev.users` come after those of Dex's own section. */
function userPath({ dex }: CheckedCluster['document'], index: number): readonly PathStep[] {
  const own = dex?.staticPasswords?.length ?? 0;
  return index < own ? ['dex', 'staticPasswords', index, 'email'] : ['dev', 'users', index - own, 'email'];
}

function issuerOf({ document, cluster }: CheckedCluster): WrittenIssuer | undefined {
  const url = document.access?.urls?.issuer;
  if (url === undefined) return undefined;
  // A member's issuer is elsewhere.
  const isRouted = hasRoutes(cluster) && !isMember(cluster);
  return {
    url,
    path: ISSUER_PATH,
    ...(isRouted ? { routedBy: cluster.access.via === 'ingress' ? 'ingress' : 'proxy' } : {}),
    derivedFrom: 'access.host',
    isAlone: true,
  };
}

function issuerSource({ document, cluster }: CheckedCluster): IssuerSource | undefined {
  const { host, port } = cluster.access;
  if (host === undefined || document.access?.urls?.issuer !== undefined) return undefined;
  return {
    url: cluster.urls.issuer,
    host: { value: host, path: ['access', 'host'] },
    ...(port !== undefined && hasRoutes(cluster) ? { port: ['access', 'port'] } : {}),
  };
}

function loginsOf({ document, cluster }: CheckedCluster): Logins | undefined {
  if (isMember(cluster)) return undefined;
  const { issuer, issuerCallback, callback } = cluster.urls;
  return {
    issuer,
    issuerCallback,
    callback,
    isDerived: true,
    isOverridden: document.access?.urls?.callback !== undefined,
    // A standalone Dex does not know the switch.
    knowsSwitch: !cluster.dex,
  };
}

function roleBinding([subject, roles]: [string, readonly string[]]): RoleBinding {
  const path = ['auth', 'roleBindings', subject];
  return { subject, path, roles: roles.map((value, index) => ({ value, path: [...path, index] })) };
}

function browserUrls({ document }: CheckedCluster): readonly Placed<string>[] {
  return (
    Object.entries(document.access?.urls ?? {})
      // Only pods go to an issuer inside the cluster; browsers have access.urls.userAccessibleIssuer.
      .filter(([name, url]) => !(name === 'issuer' && isClusterHost(readUrl(url).host)))
      .map(([name, value]) => ({ value, path: ['access', 'urls', name] }))
  );
}

function placed(value: string | undefined, path: readonly PathStep[]): Placed<string> | undefined {
  return value === undefined ? undefined : { value, path };
}

/** The strings of a list, each at its place. */
function placedItems(values: readonly string[], path: readonly PathStep[]): readonly Placed<string>[] {
  return values.map((value, index) => ({ value, path: [...path, index] }));
}

/** pachd, Console where it runs, and the clients of the document, in this order. */
function clientsOf({ document, cluster }: CheckedCluster): readonly Client[] {
  const {
    identity,
    console: { enabled, clientID },
  } = cluster;
  const pachd: Client = {
    id: { value: document.auth?.clientID ?? 'pachd', path: ['auth', 'clientID'] },
    isWritten: document.auth?.clientID !== undefined,
    isPublic: false,
    redirectURIs: [],
    trustedPeers: placedItems(identity.trustedPeers, ['identity', 'trustedPeers']),
  };
  const ofConsole: Client = {
    id: { value: clientID, path: ['console', 'clientID'] },
    isWritten: document.console?.clientID !== undefined,
    isPublic: false,
    redirectURIs: [],
    trustedPeers: [],
  };
  const others = identity.clients.map((client, index): Client => {
    const path = ['identity', 'clients', index];
    return {
      id: { value: client.id, path: [...path, 'id'] },
      isWritten: true,
      isPublic: document.identity?.clients?.[index]?.public === true,
      redirectURIs: placedItems(client.redirectURIs, [...path, 'redirectURIs']),
      trustedPeers: placedItems(client.trustedPeers, [...path, 'trustedPeers']),
    };
  });
  return [pachd, ...(enabled ? [ofConsole] : []), ...others];
}
