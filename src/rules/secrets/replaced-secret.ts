import { formatPath, type PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import type { Cluster } from '../../model/cluster';
import { BOOTSTRAP_CONFIG_SECRET, PLACES, type Place } from '../../model/secret-places';
import { isGenerated } from '../../model/secret-reader';
import type { Rule } from '../rule';

/** A secret that a running cluster has and keeps, and what happens when the manifests bring another. */
interface KeptSecret {
  readonly path: readonly PathStep[];
  readonly effect: string;
  /** Where the official chart keeps it. */
  readonly place: Place;
  /** Whether the Secret is written for other reasons too, so that a reference to it would not last. */
  readonly isShared: boolean;
  /** What has the value inside of a file that stands there; missing where the key holds the value alone. */
  readonly within?: string;
}

export const replacedSecret: Rule = {
  code: 'SEC016',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Secret of a running cluster that is replaced',
  reason:
    'helmReleaseName says that the cluster runs already, installed by the official chart. What the document does not say is generated anew. PostgreSQL keeps the passwords of its first start, so with other ones pachd and pg-bouncer are locked out of the database (`password authentication failed for user "pachyderm"`). The root token that people and scripts have no longer works. Clients that log people in have their secret from the release: up to 2.2 Dex keeps the old one, and every login fails with invalid_client; later it takes the new one, and clients outside the cluster fail with the old one.',
  remedy:
    'Name the Secret that the chart made, as { existing: { name, key } }, or read its value into an environment variable and give { env: NAME }.',
  *check({ document, cluster }) {
    if (document.helmReleaseName === undefined) return;
    for (const secret of keptSecrets(document, cluster))
      yield {
        ...(isGiven(document, secret.path)
          ? { path: secret.path }
          : { path: ['helmReleaseName'], onKey: true }),
        message: `${formatPath(secret.path)} is generated, and the cluster that runs has one already: ${secret.effect}`,
        hint: hintFor(secret, cluster.namespace),
      };
  },
};

function hintFor({ path, place, isShared, within }: KeptSecret, namespace: string): string {
  const field = formatPath(path);
  if (!isShared) return `write ${field}: { existing: { name: ${place.name}, key: ${place.key} } }`;
  const variable = field.replaceAll(/\W+/g, '_').toUpperCase();
  const command = `kubectl -n ${namespace} get secret ${place.name} -o go-template='{{index .data "${place.key}" | base64decode}}'`;
  return within === undefined
    ? `export ${variable}="$(${command})" and write ${field}: { env: ${variable} }`
    : `write ${field}: { env: ${variable} } and set the variable to ${within} in what this prints: ${command}`;
}

function* keptSecrets(document: ClusterDocument, cluster: Cluster): Iterable<KeptSecret> {
  const { auth, database } = document;
  const isOfJob = cluster.release.bootstrap === 'job';
  if (cluster.database.internal) {
    const path = ['database', 'internal'];
    if (wouldBeGenerated(database?.internal?.password))
      yield {
        path: [...path, 'password'],
        effect: 'PostgreSQL keeps that of its first start, and pachd and pg-bouncer are locked out',
        place: PLACES.databasePassword,
        isShared: false,
      };
    if (wouldBeGenerated(database?.internal?.rootPassword))
      yield {
        path: [...path, 'rootPassword'],
        effect: 'PostgreSQL keeps that of its first start, and the Secret holds one that opens nothing',
        place: PLACES.databaseRootPassword,
        isShared: false,
      };
  }
  if (cluster.auth && wouldBeGenerated(auth?.rootToken))
    yield {
      path: ['auth', 'rootToken'],
      effect: 'anyone who has the old root token can no longer use it',
      place: isOfJob ? { name: BOOTSTRAP_CONFIG_SECRET, key: 'rootToken' } : PLACES.rootToken,
      isShared: isOfJob,
    };
  yield* keptClientSecrets(document, cluster);
  if (document.deploymentID === undefined)
    yield {
      path: ['deploymentID'],
      effect: 'it is counted as another deployment, and an enterprise server does not know it',
      place: PLACES.deploymentID,
      isShared: false,
    };
}

/** Clients of Dex: pachd, Console and those of others, who were told their secret. */
function* keptClientSecrets(document: ClusterDocument, cluster: Cluster): Iterable<KeptSecret> {
  if (!cluster.auth) return;
  const isOfJob = cluster.release.bootstrap === 'job';
  const effect = isOfJob
    ? 'Dex keeps the old one, and logins fail with invalid_client'
    : 'Dex takes the new one when pachd restarts, and logins fail until the client restarts with it too';
  if (wouldBeGenerated(document.auth?.clientSecret))
    yield {
      path: ['auth', 'clientSecret'],
      effect,
      place: isOfJob ? { name: BOOTSTRAP_CONFIG_SECRET, key: 'authConfig' } : PLACES.pachdClientSecret,
      isShared: isOfJob,
      ...(isOfJob ? { within: 'the client_secret' } : {}),
    };
  if (cluster.console.enabled && wouldBeGenerated(document.console?.clientSecret))
    yield {
      path: ['console', 'clientSecret'],
      effect,
      place: PLACES.consoleClientSecret,
      isShared: false,
    };
  for (const [index, { id, secret }] of (document.identity?.clients ?? []).entries())
    if (isGenerated(secret))
      yield {
        path: ['identity', 'clients', index, 'secret'],
        effect: 'its users have the one that they were told, and their logins fail with invalid_client',
        place: isOfJob ? { name: BOOTSTRAP_CONFIG_SECRET, key: 'oidcClients' } : PLACES.clients,
        isShared: true,
        within: `the secret of the client ${id}`,
      };
}

function wouldBeGenerated(value: unknown): boolean {
  return value === undefined || isGenerated(value);
}

function isGiven(document: ClusterDocument, path: readonly PathStep[]): boolean {
  const value = path.reduce<unknown>(
    (inner, step) => (inner as Readonly<Record<PathStep, unknown>> | undefined)?.[step],
    document,
  );
  return value !== undefined;
}
