import type { StorageBackend } from './cluster';
import { isUnfilled } from './url-text';

/** What a service account stands for in a cloud, by the annotation that says it. */
interface CloudIdentity {
  readonly annotation: string;
  readonly form: RegExp;
  readonly what: string;
  readonly example: string;
}

/** By the storage backend that the identity opens the bucket of. */
const IDENTITIES: Readonly<Partial<Record<StorageBackend['kind'], CloudIdentity>>> = {
  s3: {
    annotation: 'eks.amazonaws.com/role-arn',
    form: /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/,
    what: 'the ARN of a role',
    example: 'arn:aws:iam::123456789012:role/pachyderm',
  },
  gcs: {
    annotation: 'iam.gke.io/gcp-service-account',
    form: /^[a-z0-9][a-z0-9-]*@[a-z0-9.-]+\.gserviceaccount\.com$/,
    what: 'the e-mail address of a service account of Google',
    example: 'pachyderm@acme.iam.gserviceaccount.com',
  },
  azure: {
    annotation: 'azure.workload.identity/client-id',
    form: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    what: 'the client ID of an identity, a UUID',
    example: '00000000-0000-0000-0000-000000000000',
  },
};

/** Annotation by which a service account stands for a role or an identity of the cloud that the bucket is in. */
export const IDENTITY_ANNOTATIONS: Readonly<Record<StorageBackend['kind'], string | undefined>> = {
  local: undefined,
  minio: undefined,
  s3: IDENTITIES.s3?.annotation,
  gcs: IDENTITIES.gcs?.annotation,
  azure: IDENTITIES.azure?.annotation,
};

/** Label without which the webhook of Azure leaves a pod alone, whatever its service account stands for; a string. */
export const AZURE_IDENTITY_LABEL = 'azure.workload.identity/use';

/** What an annotation has to be, where it is not; undefined where it is, or where something is filled in later. */
export function wrongIdentity(annotation: string, value: string): CloudIdentity | undefined {
  const identity = Object.values(IDENTITIES).find((each) => each.annotation === annotation);
  return identity === undefined || isUnfilled(value) || identity.form.test(value) ? undefined : identity;
}
