import type { StorageBackend } from './cluster';

/** Annotation by which a service account stands for a role or an identity of the cloud that the bucket is in. */
export const IDENTITY_ANNOTATIONS: Readonly<Record<StorageBackend['kind'], string | undefined>> = {
  local: undefined,
  minio: undefined,
  s3: 'eks.amazonaws.com/role-arn',
  gcs: 'iam.gke.io/gcp-service-account',
  azure: 'azure.workload.identity/client-id',
};

/** Label without which the webhook of Azure leaves a pod alone, whatever its service account stands for; a string. */
export const AZURE_IDENTITY_LABEL = 'azure.workload.identity/use';
