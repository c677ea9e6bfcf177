import { imagesOf, type ReleaseImages } from './images';
import { guessReleases, isInRange, parseRelease, type ReleaseRange, type ReleaseVersion } from './release';
import { rolesOf } from './roles';
import { exampleOf, PACHYDERM_LINES } from './pachyderm';
import { dexInside, type PachydermTarget } from './target';

/**
 * How the cluster is bootstrapped. `job`: a Job reads the Secret pachyderm-bootstrap-config and calls pachd. `environment`:
 * pachd bootstraps itself at every start from its environment.
 */
export type Bootstrap = 'job' | 'environment';

/** What only some releases do, by the releases that do it. */
export const RELEASE_FLAGS = {
  /** A Job bootstraps the cluster; elsewhere pachd itself does, from its environment. */
  hasBootstrapJob: { before: '2.3' },
  /** pachctl, not pachd, refuses a `config` that is not a mapping, and pachd decodes strictly with protobuf's own strings. */
  decodesWithProtojson: { since: '2.7' },
  /** The Dex inside pachd has the database tables of Dex itself; before, one more column. */
  identityTablesAreOriginal: { since: '2.7' },
  /** Authentication needs an enterprise license. */
  needsLicense: { before: '2.12' },
  /** The Envoy proxy exists. */
  hasProxy: { since: '2.3' },
  /** The official chart switches the proxy on unless told otherwise. */
  usesProxyByDefault: { since: '2.5' },
  /** A proxy without a host is reached as plain `localhost`, not through the old ports. */
  proxyIsReachedAsLocalhost: { since: '2.6' },
  /** pachd's API is spoken over HTTP with JSON as well, below `/api/`. */
  hasRestApi: { since: '2.8' },
  /** `user_accessible_issuer_host` and `localhost_issuer` are left out and false behind an ingress. */
  ingressIssuerIsReachable: { before: '2.3' },
  hasPachw: { since: '2.5' },
  /** Pods take security contexts for container and pod; before, only the pod's user. */
  hasContainerSecurityContexts: { since: '2.3' },
  postgresWaitsForInitialization: { before: '2.3' },
  lokiByDefault: { since: '2.3' },
  /** pachd opens the bucket by URL; before, by the keys of the storage secret. */
  usesStorageUrl: { since: '2.9' },
  /** pachd has a client of its own for MinIO; elsewhere MinIO is one of the servers that speak S3. */
  hasMinioBackend: { before: '2.10' },
  /** pachd has a mode that tries its migrations. */
  hasPreflightJob: { since: '2.7' },
  /** pachd takes snapshots of its database, and has a mode that restores one. */
  hasSnapshots: { since: '2.12' },
  /** The chart wants the URL of the bucket for every deployment target but LOCAL. */
  chartNeedsStorageUrl: { since: '2.11' },
  /** The chart refuses pachd and an enterprise server in one release. */
  chartKeepsServersApart: { since: '2.3.5', before: '2.12' },
  /** The chart's enterprise server reads Console's client id from the Secret of Console: seen in 2.11.6, and not looked for before 2.11. */
  chartServerReadsConsoleID: { since: '2.11', before: '2.12' },
  /** The chart stops where the bundled Determined has no first password. */
  chartWantsDeterminedPassword: { since: '2.11' },
  /** The chart configures clients of Dex. */
  configuresClients: { since: '2.3' },
  /** The official chart derives the issuer from the name of the proxy; before, from that of the ingress alone. */
  chartKnowsProxyHost: { since: '2.3.6' },
  /** The official chart lets everyone whom the mock login logs in create projects. */
  chartMockCreatesProjects: { since: '2.6' },
  /** There are projects, and with them `pipeline:PROJECT/NAME` and the role projectCreator. */
  hasProjects: { since: '2.5' },
} as const satisfies Readonly<Record<string, ReleaseRange>>;

export type ReleaseFlag = keyof typeof RELEASE_FLAGS;
export type ReleaseFlags = Readonly<Record<ReleaseFlag, boolean>>;

/** What differs between releases of Pachyderm. Constructs and rules ask for a trait and never compare versions. */
export interface ReleaseTraits extends ReleaseFlags {
  readonly version: ReleaseVersion;
  readonly bootstrap: Bootstrap;
  /** How a connector carries its settings inside secrets: a JSON string or a mapping. */
  readonly connectorForm: 'jsonConfig' | 'config';
  /** The Dex inside, as a target of the connector facts, such as `pachyderm@2.11`. */
  readonly connectorTarget: PachydermTarget;
  /** The form of `user_accessible_issuer_host`: bare host and port, or a URL. */
  readonly userAccessibleIssuerForm: 'host' | 'url';
  /** User and group that pachd runs as. */
  readonly pachdUserID: number;
  /** Registry in front of images, or none. */
  readonly defaultRegistry: string;
  readonly images: ReleaseImages;
  readonly pgBouncer: PgBouncerTraits;
  /** `sslmode` of pg-bouncer towards the server unless the document says. */
  readonly defaultSslMode: 'disable' | 'prefer';
  /** Whether the release's Envoy knows the operators of the JSON access log (1.29, not 1.24). */
  readonly envoy: { readonly logsAsJson: boolean };
  readonly etcd: { readonly startsThroughShell: boolean; readonly hasProbes: boolean };
  readonly console: { readonly hasProbes: boolean; readonly hasPublicHost: boolean };
  /** The Cloud SQL Auth Proxy: version 2 takes its settings from variables, version 1 from its command line. */
  readonly cloudSqlProxy: { readonly isVersion2: boolean; readonly usesPrivateAddress: boolean };
  readonly storageSecretKeys: {
    readonly awsSdk: boolean;
    readonly googleApplicationCredentials: boolean;
    readonly microsoft: boolean;
    readonly azure: boolean;
  };
  readonly pachd: PachdTraits;
  /** Roles that may be bound on the cluster. */
  readonly roles: readonly string[];
}

export interface PgBouncerTraits {
  readonly maxConnections: number;
  readonly poolSize: number;
  readonly hasProbes: boolean;
  readonly writableFolders: boolean;
  readonly passesDatabaseAndAuthType: boolean;
  /** What it asks for unless the document says; the official chart sets it in 2.2 only. */
  readonly resources: { readonly requests?: Readonly<Record<string, string>> };
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

/** By text of the release. */
const traitsByRelease = new Map<string, ReleaseTraits>();

/** The traits of a release. */
export function releaseTraits(version: ReleaseVersion): ReleaseTraits {
  const traits = traitsByRelease.get(version.text) ?? traitsOf(version);
  traitsByRelease.set(version.text, traits);
  return traits;
}

function traitsOf(version: ReleaseVersion): ReleaseTraits {
  const has = (range: ReleaseRange): boolean => isInRange(version, range);
  const flags = flagsOf(version);
  return {
    ...flags,
    version,
    bootstrap: flags.hasBootstrapJob ? 'job' : 'environment',
    connectorForm: flags.hasBootstrapJob ? 'jsonConfig' : 'config',
    connectorTarget: dexInside(version),
    userAccessibleIssuerForm: has({ since: '2.3.6' }) ? 'url' : 'host',
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
    cloudSqlProxy: { isVersion2: has({ since: '2.9' }), usesPrivateAddress: has({ since: '2.9' }) },
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
    roles: rolesOf(version),
  };
}

/** The flags of the line of releases that a target stands for, as its newest patch has them. */
export function flagsOfTarget(target: PachydermTarget): ReleaseFlags {
  return flagsOf(newestOf(target));
}

/** The traits of the line of releases that a target stands for, as its newest patch has them. */
export function traitsOfTarget(target: PachydermTarget): ReleaseTraits {
  return releaseTraits(newestOf(target));
}

function newestOf(target: PachydermTarget): ReleaseVersion {
  const text = target.slice(target.indexOf('@') + 1);
  const line = guessReleases(text);
  const newest = line && parseRelease(line.newest);
  if (!newest) throw new Error(`no facts about the releases of ${target}`);
  // Messages name the line: the patch is one that does not exist.
  return { ...newest, text };
}

/** The newest release with the flag that the facts were compared with, or the first of its line. */
export function newestReleaseWith(flag: ReleaseFlag): ReleaseVersion {
  const releases = PACHYDERM_LINES.flatMap(({ minor }) => parseRelease(exampleOf(`2.${minor}`)) ?? []);
  const found = releases.findLast((release) => isInRange(release, RELEASE_FLAGS[flag]));
  if (!found) throw new Error(`no release has ${flag}`);
  return found;
}

function flagsOf(version: ReleaseVersion): ReleaseFlags {
  const flags = Object.entries(RELEASE_FLAGS).map(([name, range]) => [name, isInRange(version, range)]);
  return Object.fromEntries(flags) as ReleaseFlags;
}
