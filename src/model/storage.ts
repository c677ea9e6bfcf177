import type { SecretReference } from './secret';
import type { ComponentService, Image, Placement, Resources } from './workloads';

export interface Storage {
  readonly backend: StorageBackend;
  /** URL of the bucket; missing for local storage and for releases that do not know it. */
  readonly url?: string;
  readonly uploadConcurrencyLimit: number;
  readonly putFileConcurrencyLimit: number;
}

export type StorageBackend = LocalStorage | S3Storage | MinioStorage | GcsStorage | AzureStorage;

export interface LocalStorage {
  readonly kind: 'local';
  readonly hostPath: string;
  readonly requireRoot: boolean;
}

export interface S3Storage {
  readonly kind: 's3';
  /** Missing where the URL of the bucket is given instead. */
  readonly bucket?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly disableSSL: boolean;
  readonly verifySSL: boolean;
  readonly credentials?: {
    readonly id: SecretReference;
    readonly secret: SecretReference;
    readonly token?: SecretReference;
  };
  readonly cloudFrontDistribution?: string;
  readonly uploadACL: string;
  readonly timeout: string;
  readonly retries: number;
  readonly partSizeBytes: number;
  readonly maxUploadParts: number;
}

export interface MinioStorage {
  readonly kind: 'minio';
  readonly bucket: string;
  /** Host and port. */
  readonly endpoint: string;
  readonly secure: boolean;
  readonly signature?: string;
  readonly credentials: { readonly id: SecretReference; readonly secret: SecretReference };
}

export interface GcsStorage {
  readonly kind: 'gcs';
  /** Missing where the URL of the bucket is given instead. */
  readonly bucket?: string;
  readonly credentials?: SecretReference;
}

export interface AzureStorage {
  readonly kind: 'azure';
  /** Missing where the URL of the container is given instead. */
  readonly container?: string;
  readonly account: string;
  /** Missing where pods have an identity of Azure instead. */
  readonly key?: SecretReference;
}

export interface Database {
  /** Missing when an external server is used. */
  readonly internal?: {
    readonly size: string;
    readonly storageClass?: string;
    readonly password: SecretReference;
    readonly rootPassword: SecretReference;
    readonly image: Image;
    readonly service: ComponentService;
    readonly resources: Resources;
    readonly placement: Placement;
  };
  /** The Cloud SQL Auth Proxy; missing when nothing is in front of the server. */
  readonly cloudSqlProxy?: {
    readonly connectionName: string;
    readonly serviceAccount?: string;
    readonly privateIP: boolean;
    /** Port of the container. */
    readonly port: number;
    /** Registry, repository and tag. */
    readonly image: string;
    /** Missing for Kubernetes' own choice. */
    readonly imagePullPolicy?: string;
    readonly service: ComponentService;
    readonly resources: Resources;
    readonly placement: Placement;
  };
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Missing where a proxy in front of the server logs in with a cloud identity. */
  readonly password?: SecretReference;
  readonly name: string;
  readonly identityName: string;
  readonly authType: string;
  readonly sslMode: string;
  readonly sslCertificateAuthority?: string;
  readonly sslSecretName?: string;
  readonly pgBouncer: {
    readonly maxConnections: number;
    readonly poolSize: number;
    readonly image: Image;
    readonly service: ComponentService;
    readonly resources: Resources;
    readonly placement: Placement;
  };
}
