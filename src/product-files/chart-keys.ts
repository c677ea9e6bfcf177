import { certainly } from '../diagnostics/suggest';

/**
 * The keys of mappings in values of the official chart: those of 2.2.8, 2.11.6 and 2.12.0-rc.3 together. A mapping that is
 * not here, such as `pachd.annotations`, may have any key.
 */
const KEYS: Readonly<Record<string, string>> = {
  '': 'deployTarget global console etcd enterpriseServer ingress pachd pgbouncer postgresql cloudsqlAuthProxy oidc pachw kubeEventTail testConnection proxy preflightCheckJob restoreSnapshot loki-stack determined',
  global: 'postgresql imagePullSecrets customCaCerts proxy noProxy securityContexts image',
  'global.image': 'registry',
  'global.postgresql':
    'postgresqlUsername postgresqlPassword postgresqlExistingSecretName postgresqlExistingSecretKey postgresqlDatabase postgresqlHost postgresqlPort postgresqlSSL postgresqlSSLCACert postgresqlSSLSecret identityDatabaseFullNameOverride postgresqlPostgresPassword postgresqlAuthType ssl',
  'global.securityContexts': 'enabled',
  console:
    'enabled annotations image nodeSelector tolerations podLabels resources config service priorityClassName',
  'console.config':
    'reactAppRuntimeIssuerURI oauthRedirectURI oauthClientID oauthClientSecret oauthClientSecretSecretName graphqlPort pachdAddress disableTelemetry reactAppRuntimeRefetchInterval',
  etcd: 'affinity annotations dynamicNodes image maxTxnOps nodeSelector podLabels resources storageClass storageSize service securityContext tolerations priorityClassName inMemory',
  ingress: 'enabled annotations host uriHttpsProtoOverride tls',
  'ingress.tls': 'enabled secretName newSecret',
  oidc: 'issuerURI requireVerifiedEmail IDTokenExpiry RotationTokenExpiry userAccessibleOauthIssuerHost upstreamIDPs upstreamIDPsSecretName dexCredentialSecretName mockIDP additionalClients additionalClientsSecretName',
  pachd:
    'enabled affinity annotations clusterDeploymentID configJob goMaxProcs image logFormat logLevel lokiDeploy lokiLogging metrics nodeSelector podLabels replicas resources securityContext requireCriticalServersOnly externalService service activateEnterprise activateEnterpriseMember activateAuth enterpriseLicenseKey enterpriseLicenseKeySecretName rootToken rootTokenSecretName enterpriseSecret enterpriseSecretSecretName oauthClientID oauthClientSecret oauthClientSecretSecretName oauthRedirectURI enterpriseRootToken enterpriseRootTokenSecretName enterpriseServerAddress enterpriseCallbackAddress localhostIssuer pachAuthClusterRoleBindings serviceAccount storage ppsWorkerGRPCPort storageGCPeriod storageChunkGCPeriod tls tolerations worker rbac preflightChecks goMemLimit gcPercent disableLogSampling developmentLogger sqlQueryLogs lokiHost lokiPort priorityClassName enterpriseServerToken enterpriseServerTokenSecretName additionalTrustedPeers ppsWorkerPreprocessing defaultPipelineCPURequest defaultPipelineMemoryRequest defaultPipelineStorageRequest defaultSidecarCPURequest defaultSidecarMemoryRequest defaultSidecarStorageRequest determined readinessProbe livenessProbe startupProbe environment',
  'pachd.externalService': 'enabled loadBalancerIP apiGRPCPort s3GatewayPort annotations',
  'pachd.service': 'labels type annotations apiGRPCPort prometheusPort oidcPort identityPort s3GatewayPort',
  'pachd.serviceAccount': 'create additionalAnnotations name',
  'pachd.storage':
    'backend amazon google local microsoft minio putFileConcurrencyLimit uploadConcurrencyLimit compactionShardSizeThreshold compactionShardCountThreshold storageURL memoryThreshold levelFactor maxFanIn maxOpenFileSets diskCacheSize memoryCacheSize gocdkEnabled',
  'pachd.storage.amazon':
    'bucket cloudFrontDistribution customEndpoint disableSSL id logOptions maxUploadParts verifySSL partSize region retries reverse secret timeout token uploadACL',
  'pachd.storage.google': 'bucket cred',
  'pachd.storage.microsoft': 'container id secret',
  'pachd.storage.minio': 'bucket endpoint id secret secure signature',
  'pachd.tls': 'enabled secretName newSecret',
  'pachd.worker': 'image serviceAccount',
  'pachd.worker.serviceAccount': 'create additionalAnnotations name',
  pachw:
    'inheritFromPachd minReplicas maxReplicas resources affinity nodeSelector tolerations annotations podLabels priorityClassName',
  pgbouncer:
    'service annotations nodeSelector tolerations resources maxConnections defaultPoolSize priorityClassName image',
  proxy:
    'enabled host replicas image resources labels annotations nodeSelector tolerations priorityClassName service tls',
  'proxy.service':
    'type loadBalancerIP httpPort httpsPort httpNodePort httpsNodePort annotations labels legacyPorts externalTrafficPolicy',
  'proxy.tls': 'enabled secretName secret',
  cloudsqlAuthProxy:
    'connectionName serviceAccount iamLogin port enabled image nodeSelector tolerations podLabels resources service priorityClassName privateIp',
};

/** The least length of a key of which the name alone tells what is meant by it in another mapping. */
const TELLING_LENGTH = 8;

function keysOf(path: string): readonly string[] | undefined {
  return Object.hasOwn(KEYS, path) ? KEYS[path]?.split(' ') : undefined;
}

/** Whether a mapping is one that the charts know all keys of. */
export function isChartSection(path: readonly string[]): boolean {
  return keysOf(path.join('.')) !== undefined;
}

/** What is meant by a key that no chart has. */
export interface MeantValue {
  /** Its place in the values. */
  readonly path: string;
  /** The name to write in its place, where only the name is wrong. */
  readonly renameTo?: string;
}

/**
 * What is meant by a key of a mapping of chart values; undefined for keys that a chart has, and for those of which that
 * cannot be told: releases in between had keys of their own.
 */
export function meantValue(section: readonly string[], key: string): MeantValue | undefined {
  const at = section.join('.');
  const known = keysOf(at);
  if (known === undefined || known.includes(key)) return undefined;
  const place = (name: string): string => [...section, name].join('.');
  const name = certainly(key, known);
  if (name !== undefined) return { path: place(name), renameTo: name };
  // A dot in a key of YAML is no step into a mapping, as it is in helm --set.
  const steps = place(key).split('.');
  if (key.includes('.') && keysOf(steps.slice(0, -1).join('.'))?.includes(steps.at(-1) ?? ''))
    return { path: steps.join('.') };
  if (key.length < TELLING_LENGTH) return undefined;
  // Only above or below: another section has keys of the same name for itself.
  const elsewhere = Object.keys(KEYS).filter(
    (other) =>
      other !== '' &&
      (other.startsWith(`${at}.`) || at.startsWith(`${other}.`)) &&
      keysOf(other)?.includes(key),
  );
  return elsewhere.length === 1 ? { path: `${elsewhere[0]}.${key}` } : undefined;
}
