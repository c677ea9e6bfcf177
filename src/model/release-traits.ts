import type { Resources } from './cluster';
import { isInRange, pickByRelease, type ReleaseRange, type ReleaseVersion } from './release';

/**
 * How the cluster is bootstrapped. `job`: a Job reads the Secret pachyderm-bootstrap-config and calls pachd (to 2.2).
 * `environment`: pachd bootstraps itself at every start from its environment (from 2.3).
 */
export type Bootstrap = 'job' | 'environment';

/** What differs between releases of Pachyderm. Constructs and rules ask for a trait and never compare versions. */
export interface ReleaseTraits {
  readonly version: ReleaseVersion;
  readonly bootstrap: Bootstrap;
  /** How a connector carries its settings inside secrets: a JSON string (to 2.2) or a mapping (from 2.3). */
  readonly connectorForm: 'jsonConfig' | 'config';
  /** Which Dex runs, as a target of the connector facts, such as `pachyderm@2.11`. */
  readonly connectorTarget: `pachyderm@2.${number}`;
  /** Whether the Dex inside pachd has the database tables of Dex itself (from 2.7), or one more column (to 2.6). */
  readonly identityTablesAreOriginal: boolean;
  /** Whether authentication needs an enterprise license (to 2.11). */
  readonly needsLicense: boolean;
  /** Whether the Envoy proxy exists (from 2.3). */
  readonly hasProxy: boolean;
  /** Whether the official chart switches the proxy on unless told otherwise (from 2.5). */
  readonly usesProxyByDefault: boolean;
  /** Whether a proxy without a host is reached as plain `localhost` (from 2.6), not through the old ports. */
  readonly proxyIsReachedAsLocalhost: boolean;
  /** The form of `user_accessible_issuer_host`: bare host and port (to 2.3.5) or a URL (from 2.3.6). */
  readonly userAccessibleIssuerForm: 'host' | 'url';
  /** Whether `user_accessible_issuer_host` and `localhost_issuer` are left out and false behind an ingress (to 2.2). */
  readonly ingressIssuerIsReachable: boolean;
  readonly hasPachw: boolean;
  /** Whether pods take security contexts for container and pod (from 2.3); before, only the pod's user. */
  readonly hasContainerSecurityContexts: boolean;
  /** User and group that pachd runs as. */
  readonly pachdUserID: number;
  /** Registry in front of images: none before 2.8. */
  readonly defaultRegistry: string;
  readonly images: ReleaseImages;
  readonly pgBouncer: PgBouncerTraits;
  /** `sslmode` of pg-bouncer towards the server unless the document says. */
  readonly defaultSslMode: 'disable' | 'prefer';
  /** Whether the release's Envoy knows the operators of the JSON access log (1.29, from 2.9; not 1.24). */
  readonly envoy: { readonly logsAsJson: boolean };
  readonly etcd: { readonly startsThroughShell: boolean; readonly hasProbes: boolean };
  readonly console: { readonly hasProbes: boolean; readonly hasPublicHost: boolean };
  readonly postgresWaitsForInitialization: boolean;
  /** The Cloud SQL Auth Proxy: version 2 takes its settings from variables (from 2.9), version 1 from its command line. */
  readonly cloudSqlProxy: { readonly isVersion2: boolean; readonly usesPrivateAddress: boolean };
  readonly lokiByDefault: boolean;
  /** Whether pachd opens the bucket by URL (from 2.9) or by the keys of the storage secret. */
  readonly usesStorageUrl: boolean;
  readonly storageSecretKeys: {
    readonly awsSdk: boolean;
    readonly googleApplicationCredentials: boolean;
    readonly microsoft: boolean;
    readonly azure: boolean;
  };
  readonly pachd: PachdTraits;
  /** Roles that may be bound on the cluster. */
  readonly roles: readonly string[];
  /** Whether there are projects, and with them `pipeline:PROJECT/NAME` and the role projectCreator (from 2.5). */
  readonly hasProjects: boolean;
}

/** Images by component, without registry. */
export interface ReleaseImages {
  readonly pachd: string;
  readonly worker: string;
  readonly console: string;
  readonly etcd: string;
  readonly pgBouncer: string;
  readonly postgres: string;
  readonly envoy: string;
  readonly configPod: string;
  /** With its registry, which the official chart does not replace. */
  readonly cloudSqlProxy: string;
}

export interface PgBouncerTraits {
  readonly maxConnections: number;
  readonly poolSize: number;
  readonly hasProbes: boolean;
  readonly writableFolders: boolean;
  readonly passesDatabaseAndAuthType: boolean;
  /** What it asks for unless the document says; the official chart sets it in 2.2 only. */
  readonly resources: Resources;
}

export interface PachdTraits {
  readonly hasArchivePort: boolean;
  readonly hasTemporaryVolume: boolean;
  /** Whether liveness and startup probes exist; before, only readiness. */
  readonly hasLivenessProbe: boolean;
  /** Whether pods say themselves that the service account token is mounted, which the account switches off. */
  readonly mountsTokenInPod: boolean;
  readonly watchesEvents: boolean;
}

/** The traits of a release. */
export function releaseTraits(version: ReleaseVersion): ReleaseTraits {
  const has = (range: ReleaseRange): boolean => isInRange(version, range);
  return {
    version,
    bootstrap: has({ before: '2.3' }) ? 'job' : 'environment',
    connectorForm: has({ before: '2.3' }) ? 'jsonConfig' : 'config',
    connectorTarget: `pachyderm@2.${version.minor}`,
    identityTablesAreOriginal: has({ since: '2.7' }),
    needsLicense: has({ before: '2.12' }),
    hasProxy: has({ since: '2.3' }),
    usesProxyByDefault: has({ since: '2.5' }),
    proxyIsReachedAsLocalhost: has({ since: '2.6' }),
    userAccessibleIssuerForm: has({ since: '2.3.6' }) ? 'url' : 'host',
    ingressIssuerIsReachable: has({ before: '2.3' }),
    hasPachw: has({ since: '2.5' }),
    hasContainerSecurityContexts: has({ since: '2.3' }),
    pachdUserID: has({ since: '2.12' }) ? 65532 : 1000,
    defaultRegistry: has({ since: '2.8' }) ? 'docker.io' : '',
    images: imagesOf(version),
    pgBouncer: {
      maxConnections: has({ since: '2.8' }) ? 100_000 : 1_000,
      poolSize: has({ since: '2.8' }) ? 80 : 20,
      hasProbes: has({ since: '2.3' }),
      writableFolders: has({ since: '2.3' }),
      passesDatabaseAndAuthType: has({ since: '2.3' }),
      resources: has({ before: '2.3' }) ? { requests: { cpu: '250m', memory: '256M' } } : {},
    },
    defaultSslMode: has({ since: '2.9' }) ? 'prefer' : 'disable',
    envoy: { logsAsJson: has({ since: '2.9' }) },
    etcd: { startsThroughShell: has({ before: '2.3' }), hasProbes: has({ since: '2.3' }) },
    console: { hasProbes: has({ since: '2.3' }), hasPublicHost: has({ since: '2.7' }) },
    postgresWaitsForInitialization: has({ before: '2.3' }),
    cloudSqlProxy: { isVersion2: has({ since: '2.9' }), usesPrivateAddress: has({ since: '2.9' }) },
    lokiByDefault: has({ since: '2.3' }),
    usesStorageUrl: has({ since: '2.9' }),
    storageSecretKeys: {
      awsSdk: has({ since: '2.5' }),
      googleApplicationCredentials: has({ since: '2.5' }),
      microsoft: has({ before: '2.12' }),
      azure: has({ since: '2.5' }),
    },
    pachd: {
      hasArchivePort: has({ since: '2.6' }),
      hasTemporaryVolume: has({ since: '2.3' }),
      hasLivenessProbe: has({ since: '2.4' }),
      mountsTokenInPod: has({ since: '2.3' }),
      watchesEvents: has({ since: '2.11' }),
    },
    roles: ROLES.filter(has).map((role) => role.name),
    hasProjects: has({ since: '2.5' }),
  };
}

/** Roles of Pachyderm that can be bound on the cluster, with the release each came with. */
const ROLES: readonly (ReleaseRange & { readonly name: string })[] = [
  { name: 'clusterAdmin' },
  { name: 'debugger' },
  { name: 'idpAdmin' },
  { name: 'identityAdmin' },
  { name: 'jobAdmin', since: '2.12' },
  { name: 'licenseAdmin' },
  { name: 'lokiLogReader', since: '2.6' },
  { name: 'oidcAppAdmin' },
  { name: 'pachdLogReader' },
  { name: 'projectCreator', since: '2.5' },
  { name: 'projectOwner', since: '2.5' },
  { name: 'projectViewer', since: '2.5' },
  { name: 'projectWriter', since: '2.5' },
  { name: 'repoOwner' },
  { name: 'repoReader' },
  { name: 'repoWriter' },
  { name: 'robotUser' },
  { name: 'secretAdmin' },
];

function imagesOf(version: ReleaseVersion): ReleaseImages {
  return {
    pachd: `pachyderm/pachd:${version.text}`,
    worker: `pachyderm/worker:${version.text}`,
    // Console was released on its own until 2.8; the charts of those releases pin its tag to the first build for them.
    console: pickByRelease(version, [
      { value: `pachyderm/haberdashery:${version.text}-1` },
      { since: '2.9', value: `pachyderm/haberdashery:${version.text}` },
    ]),
    etcd: pickByRelease(version, [
      { value: 'pachyderm/etcd:v3.5.1' },
      { since: '2.3', value: 'pachyderm/etcd:v3.5.5' },
      { since: '2.10', value: 'pachyderm/etcd:v3.5.12' },
    ]),
    pgBouncer: pickByRelease(version, [
      { value: 'bitnami/pgbouncer:1.16.1-debian-10-r82' },
      { since: '2.3', value: 'pachyderm/pgbouncer:1.16.2' },
    ]),
    postgres: pickByRelease(version, [
      { value: 'bitnami/postgresql:13.3.0' },
      { since: '2.3', value: 'pachyderm/postgresql:13.3.0' },
    ]),
    envoy: pickByRelease(version, [
      { value: 'envoyproxy/envoy-distroless:v1.24.1' },
      { since: '2.9', value: 'envoyproxy/envoy-distroless:v1.29.3' },
    ]),
    configPod: 'pachyderm/config-pod:0.5',
    cloudSqlProxy: pickByRelease(version, [
      { value: 'gcr.io/cloudsql-docker/gce-proxy:1.23.0' },
      { since: '2.9', value: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.8.2' },
    ]),
  };
}
