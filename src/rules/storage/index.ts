import type { AnyRule } from '../rule';
import { credentialsOutOfReach } from './credentials-out-of-reach';
import { directoryWithoutSlash } from './directory-without-slash';
import { durableStorage } from './storage-of-one-node';
import { etcdInMemory } from './etcd-in-memory';
import { evenEtcd } from './even-etcd';
import { ignoredWorkloadFields } from './ignored-workload-fields';
import { oneBackend } from './several-backends';
import { pachwReplicas } from './unscalable-pachw';
import { s3WithoutRegion } from './s3-without-region';
import { storageUrl } from './unfitting-storage-url';
import { twoDatabases } from './two-databases';
import { unusableStorageSecret } from './unusable-storage-secret';
import { unusableRestore } from './unusable-restore';
import { unknownToCloudSql } from './unknown-to-cloud-sql';
import { unverifiableDatabase } from './unverifiable-database';
import { azureIdentityLabel } from './azure-identity-label';
import { azureWithoutKey } from './azure-without-key';
import { externalDatabaseLogin } from './incomplete-database-login';
import { iamDatabaseUser } from './iam-database-user';
import { minioNotInRelease } from './minio-not-in-release';
import { missingBucket } from './missing-bucket';
import { oneSidedIdentity } from './one-sided-identity';

/** Rules about where state is kept (`storage`, `database`, `etcd`, `pachw`), in the order of their codes. */
export const storageRules: readonly AnyRule[] = [
  oneBackend,
  durableStorage,
  s3WithoutRegion,
  storageUrl,
  twoDatabases,
  evenEtcd,
  pachwReplicas,
  unverifiableDatabase,
  credentialsOutOfReach,
  unusableStorageSecret,
  oneSidedIdentity,
  azureIdentityLabel,
  azureWithoutKey,
  missingBucket,
  externalDatabaseLogin,
  iamDatabaseUser,
  minioNotInRelease,
  ignoredWorkloadFields,
  etcdInMemory,
  unusableRestore,
  unknownToCloudSql,
  directoryWithoutSlash,
];
