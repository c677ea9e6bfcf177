import type { StorageBackend } from './cluster';
import { isUnfilled } from './url-text';

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

/** A form that the cloud takes what stands for a role or an identity in, and an example of it. */
interface IdentityForm {
  readonly form: RegExp;
  readonly what: string;
  readonly example: string;
}

const IDENTITY_FORMS: Readonly<Record<string, IdentityForm>> = {
  'eks.amazonaws.com/role-arn': {
    form: /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/,
    what: 'the ARN of a role',
    example: 'arn:aws:iam::123456789012:role/pachyderm',
  },
  'iam.gke.io/gcp-service-account': {
    form: /^[a-z0-9][a-z0-9-]*@[a-z0-9.-]+\.gserviceaccount\.com$/,
    what: 'the e-mail address of a service account of Google',
    example: 'pachyderm@acme.iam.gserviceaccount.com',
  },
  'azure.workload.identity/client-id': {
    form: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    what: 'the client ID of an identity, a UUID',
    example: '00000000-0000-0000-0000-000000000000',
  },
};

/** What an annotation has to be, where it is not; undefined where it is, or where something is filled in later. */
export function wrongIdentity(annotation: string, value: string): IdentityForm | undefined {
  const form = Object.hasOwn(IDENTITY_FORMS, annotation) ? IDENTITY_FORMS[annotation] : undefined;
  return form === undefined || isUnfilled(value) || form.form.test(value) ? undefined : form;
}
