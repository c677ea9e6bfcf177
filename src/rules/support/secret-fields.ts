import type { PathStep } from '../../document/source-node';
import type { ClusterDocument, SecretValue } from '../../generated/cluster-document';
import { oncePer } from '../../forms/once-per';
import { keycloakConnectorID } from '../../model/resolve-keycloak';
import { documentConnectors } from '../../subjects/document-connectors';

/** A field of a document that holds a secret and is there. */
export interface SecretField {
  readonly path: readonly PathStep[];
  readonly value: SecretValue;
  /** Whether the secret is made for this cluster, so that pachkit can make it; others come from somewhere else. */
  readonly isOurs: boolean;
}

/** Fields that hold secrets outside of connectors, `[]` for every position in a list, and whether pachkit can make them. */
export const SECRET_FIELDS: Readonly<Record<string, { readonly isOurs: boolean }>> = {
  'auth.rootToken': { isOurs: true },
  'auth.clientSecret': { isOurs: true },
  'enterprise.licenseKey': { isOurs: false },
  'enterprise.secret': { isOurs: true },
  'enterprise.member.serverToken': { isOurs: false },
  'identity.clients[].secret': { isOurs: true },
  'auth0.application.clientSecret': { isOurs: true },
  'auth0.users[].password': { isOurs: true },
  'keycloak.users[].password': { isOurs: true },
  'dev.users[].password': { isOurs: true },
  'access.tls.newSecret.key': { isOurs: false },
  'pachd.tls.newSecret.key': { isOurs: false },
  'enterpriseServer.tls.newSecret.key': { isOurs: false },
  'storage.s3.credentials.id': { isOurs: false },
  'storage.s3.credentials.secret': { isOurs: false },
  'storage.s3.credentials.token': { isOurs: false },
  'storage.minio.credentials.id': { isOurs: false },
  'storage.minio.credentials.secret': { isOurs: false },
  'storage.gcs.credentials': { isOurs: false },
  'storage.azure.key': { isOurs: false },
  'database.internal.password': { isOurs: true },
  'database.internal.rootPassword': { isOurs: true },
  'database.external.password': { isOurs: false },
  'dex.storage.postgres.password': { isOurs: false },
  'dex.staticPasswords[].hash': { isOurs: false },
  'console.clientSecret': { isOurs: true },
  'secrets.encryptionKey': { isOurs: true },
};

/** Every secret that the document speaks of, those of connectors last. */
export const secretFields = oncePer((document: ClusterDocument): readonly SecretField[] => [
  ...ownSecrets(document),
  ...connectorSecrets(document),
]);

function ownSecrets(document: ClusterDocument): SecretField[] {
  return PATTERNS.flatMap(({ steps, isOurs }) =>
    expand(document, steps, []).map(({ path, value }) => ({ path, value: value as SecretValue, isOurs })),
  );
}

const PATTERNS = Object.entries(SECRET_FIELDS).map(([pattern, { isOurs }]) => ({
  steps: pattern.replaceAll('[]', '.[]').split('.'),
  isOurs,
}));

/** The secrets in the configurations of connectors, in whatever form they are given. */
export const connectorSecrets = oncePer((document: ClusterDocument): readonly SecretField[] => {
  const { keycloak } = document;
  return documentConnectors(document).flatMap((connector) => {
    // Keycloak imports the client with the secret of its section.
    const isOurs =
      connector.facts.mock || (keycloak !== undefined && connector.id === keycloakConnectorID(keycloak));
    return connector.facts.secretKeys.flatMap((key) => {
      const keys = key.split('.');
      const value = connector.value(...keys);
      return value === undefined || value === null
        ? []
        : [{ path: connector.at(...keys), value: value as SecretValue, isOurs }];
    });
  });
});

function expand(
  value: unknown,
  steps: readonly string[],
  path: readonly PathStep[],
): { path: readonly PathStep[]; value: unknown }[] {
  const [step, ...rest] = steps;
  if (step === undefined) return value === undefined ? [] : [{ path, value }];
  if (step === '[]')
    return Array.isArray(value) ? value.flatMap((item, index) => expand(item, rest, [...path, index])) : [];
  const inner = (value as Record<string, unknown> | undefined)?.[step];
  return inner === undefined ? [] : expand(inner, rest, [...path, step]);
}
