import { oncePer } from '../forms/once-per';
import { isConfidential } from './confidential-client';
import { activeAuth, sharesEnterpriseSecret } from './auth-state';
import type { Cluster } from './cluster';
import {
  BOOTSTRAP_CONFIG_SECRET,
  DATABASE_AUTHORITY,
  DEV_DIRECTORY_FILES,
  DEX_CONFIGURATION,
  PLACES,
  type Place,
} from './secret-places';
import type { SecretReference } from './secret';
import { tlsPlaces, tlsSecrets } from './tls-secrets';
import { isStorageSecretSupplied, STORAGE_SECRET, storageSettings } from './storage-settings';

/**
 * The Secrets that the manifests of a cluster have, each with its keys, known without making the manifests. A Secret that
 * would be left without keys is not written, except that of the storage. Of a standalone Dex's Secret only the key of its
 * configuration file is listed; the others are variables whose names follow from the connectors.
 * `withTls: false` leaves out those with certificates of the document.
 */
export function writtenSecrets(
  cluster: Cluster,
  { withTls = true } = {},
): Readonly<Record<string, readonly string[]>> {
  return withTls ? allSecrets(cluster) : secretsOf(cluster, withTls);
}

/** Several rules look at them. */
const allSecrets = oncePer((cluster: Cluster) => secretsOf(cluster, true));

function secretsOf(cluster: Cluster, withTls: boolean): Readonly<Record<string, readonly string[]>> {
  const places: Place[] = [
    ...(cluster.release.bootstrap === 'job' ? bootstrapConfigPlaces(cluster) : environmentPlaces(cluster)),
    ...written(cluster.deploymentID, PLACES.deploymentID),
    ...(cluster.console.enabled ? written(cluster.console.clientSecret, PLACES.consoleClientSecret) : []),
    ...written(cluster.database.password, PLACES.databasePassword),
    ...written(cluster.database.internal?.rootPassword, PLACES.databaseRootPassword),
    ...(cluster.database.sslCertificateAuthority === undefined ? [] : [DATABASE_AUTHORITY]),
    ...(cluster.dex ? [DEX_CONFIGURATION] : []),
    ...(cluster.dev?.keptIn === 'directory' ? Object.values(DEV_DIRECTORY_FILES) : []),
    ...(withTls ? tlsSecrets(cluster) : []).flatMap(({ name }) => tlsPlaces(name)),
  ];
  const secrets: Record<string, string[]> = {};
  if (!isStorageSecretSupplied(cluster) && !cluster.enterpriseServer)
    secrets[STORAGE_SECRET] = storageSettings(cluster).flatMap(([key, value]) =>
      typeof value === 'string' || value.kind === 'literal' ? [key] : [],
    );
  for (const { name, key } of places) (secrets[name] ??= []).push(key);
  return secrets;
}

function written(reference: SecretReference | undefined, place: Place): Place[] {
  return reference?.kind === 'literal' ? [place] : [];
}

/** Secrets of releases whose pachd bootstraps itself. */
function environmentPlaces(cluster: Cluster): Place[] {
  const { dex, enterprise, identity } = cluster;
  const auth = activeAuth(cluster);
  return [
    ...(auth
      ? [
          ...written(auth.rootToken, PLACES.rootToken),
          PLACES.authConfig,
          ...written(auth.clientSecret, PLACES.pachdClientSecret),
          ...(auth.roleBindings ? [PLACES.roleBindings] : []),
        ]
      : []),
    ...written(enterprise?.licenseKey, PLACES.licenseKey),
    ...(enterprise && sharesEnterpriseSecret(enterprise)
      ? written(enterprise.secret, PLACES.enterpriseSecret)
      : []),
    ...written(enterprise?.member?.serverToken, PLACES.enterpriseServerToken),
    ...(dex || identity.connectorsFrom || identity.connectors.length === 0 ? [] : [PLACES.connectors]),
    ...(dex || identity.clientsFrom ? [] : clientPlaces(cluster)),
  ];
}

function clientPlaces({ identity }: Cluster): Place[] {
  const clients = identity.clients.filter(isConfidential);
  if (clients.length > 0 && clients.every(({ secret }) => secret.kind === 'literal')) return [PLACES.clients];
  return clients.flatMap(({ secret }, index) => written(secret, clientSecretPlace(index)));
}

/** Where the secret of one of several clients is when that of another is in a Secret of the user's. */
export function clientSecretPlace(index: number): Place {
  return { name: PLACES.clients.name, key: `client-secret-${index + 1}` };
}

/** The files of the bootstrap Job. Of a secret that exists already they hold the name of a variable, so all are written. */
function bootstrapConfigPlaces(cluster: Cluster): Place[] {
  const { dex, enterprise, identity } = cluster;
  if (!enterprise) return [];
  const auth = activeAuth(cluster);
  const hasConnectors = identity.connectorsFrom !== undefined || identity.connectors.length > 0;
  const keys = [
    ...(enterprise.member
      ? ['enterpriseServerAddress', 'enterpriseRootToken', 'enterpriseClusters', 'enterpriseConfig']
      : [...(enterprise.licenseKey ? ['license'] : []), 'enterpriseSecret']),
    ...(auth
      ? [
          ...(enterprise.member || dex ? [] : ['identityServiceConfig', ...(hasConnectors ? ['idps'] : [])]),
          'authConfig',
          'oidcClients',
          'rootToken',
          ...(auth.roleBindings ? ['clusterRoleBindings'] : []),
        ]
      : []),
  ];
  return keys.map((key) => ({ name: BOOTSTRAP_CONFIG_SECRET, key }));
}
