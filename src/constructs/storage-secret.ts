import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import type { ExistingSecret } from '../model/secret';
import {
  GOOGLE_CREDENTIALS_KEY,
  GOOGLE_CREDENTIALS_PATH,
  GOOGLE_CREDENTIALS_VARIABLE,
  isStorageSecretSupplied,
  STORAGE_SECRET,
  storageSettings,
} from '../model/storage-settings';
import { plainVariable, secretVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { revealed, type SecretData } from './support/secret-data';

/** What the storage settings are made of. */
export type StorageSecretProps = Pick<Cluster, 'namespace' | 'release' | 'storage'>;

/**
 * The Secret `pachyderm-storage-secret`, every key of which is a variable of pachd, of pachw and of the pods of pipelines.
 * Credentials that are in another Secret of the namespace cannot be in it: they are variables of pachd and pachw alone
 * (see {@link storageVariables}). Where the credentials are in a Secret of this very name, nothing is written.
 */
export class StorageSecret extends Construct {
  constructor(scope: Construct, id: string, cluster: StorageSecretProps) {
    super(scope, id);
    if (isStorageSecretSupplied(cluster)) return;
    new k8s.KubeSecret(this, 'secret', {
      metadata: {
        name: STORAGE_SECRET,
        namespace: cluster.namespace,
        labels: { app: STORAGE_SECRET, suite: 'pachyderm' },
      },
      stringData: revealed(storageSecretData(cluster)),
    });
  }
}

/** Data of the Secret; empty for local storage. */
export function storageSecretData(cluster: Pick<Cluster, 'release' | 'storage'>): SecretData {
  if (isStorageSecretSupplied(cluster)) return {};
  return Object.fromEntries(
    storageSettings(cluster).flatMap(([key, value]) =>
      typeof value === 'string' || value.kind === 'literal' ? [[key, value]] : [],
    ),
  );
}

/** The settings that no Secret of pachkit's holds, as variables of pachd and pachw. */
export function storageVariables(cluster: Pick<Cluster, 'release' | 'storage'>): k8s.EnvVar[] {
  const supplied = isStorageSecretSupplied(cluster);
  const variables = storageSettings(cluster).flatMap(([name, value]) => {
    if (typeof value === 'string') return supplied ? [plainVariable(name, value)] : [];
    if (value.kind === 'literal' || (value.name === STORAGE_SECRET && value.key === name)) return [];
    return [secretVariable(name, value.name, value.key)];
  });
  // Not in the Secret, from which the pods of pipelines would take a path that leads nowhere.
  if (googleCredentialsElsewhere(cluster) && cluster.release.storageSecretKeys.googleApplicationCredentials)
    variables.push(plainVariable(GOOGLE_CREDENTIALS_VARIABLE, GOOGLE_CREDENTIALS_PATH));
  return variables;
}

/** Google's credentials where they are in a Secret of the namespace that has to be mounted beside the storage secret. */
export function googleCredentialsElsewhere({
  storage,
}: Pick<Cluster, 'storage'>): ExistingSecret | undefined {
  const { backend } = storage;
  if (backend.kind !== 'gcs' || backend.credentials?.kind !== 'existing') return undefined;
  const { credentials } = backend;
  return credentials.name === STORAGE_SECRET && credentials.key === GOOGLE_CREDENTIALS_KEY
    ? undefined
    : credentials;
}
