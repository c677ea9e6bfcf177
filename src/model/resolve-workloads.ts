import type { ClusterDocument } from '../generated/cluster-document';
import { AZURE_IDENTITY_LABEL, IDENTITY_ANNOTATIONS } from './cloud-identity';
import type { AccessVia, Console, Etcd, Pachd, Pachw, Placement, ServiceAccount } from './cluster';
import { defined } from './defined';
import { resolveNewCertificate } from './resolve-certificate';
import type { ResolveContext } from './resolve-context';
import {
  resolveImage,
  resolvePlacement,
  resolvePorts,
  resolveResources,
  resolveService,
} from './resolve-pod';

/** pachd; `via` decides the type of its Service where the document does not. */
export function resolvePachd(context: ResolveContext, via: AccessVia): Pachd {
  const { document, release } = context;
  const given = document.pachd ?? {};
  return defined({
    replicas: given.replicas ?? 1,
    image: resolveImage(context, release.images.pachd, given.image),
    resources: resolveResources(given.resources),
    placement: withAzureIdentity(resolvePlacement(given.placement), document, given.serviceAccount),
    serviceAccount: resolveServiceAccount('pachyderm', given.serviceAccount),
    worker: {
      // Without a tag of their own, workers follow pachd's: the two have to be of one release.
      image: resolveImage(
        context,
        release.images.worker,
        // The images of pipelines are pulled as this says too: not at each start.
        defined({ tag: given.image?.tag, pullPolicy: 'IfNotPresent', ...given.worker?.image }),
      ),
      serviceAccount: resolveServiceAccount('pachyderm-worker', given.worker?.serviceAccount),
    },
    service: {
      type: given.service?.type ?? (via === 'nodePort' ? 'NodePort' : 'ClusterIP'),
      ports: resolvePorts(document),
      annotations: given.service?.annotations ?? {},
      labels: given.service?.labels ?? {},
    },
    externalService:
      given.externalService &&
      defined({
        ports: {
          grpc: given.externalService.ports?.grpc ?? 30650,
          s3: given.externalService.ports?.s3 ?? 30600,
        },
        loadBalancerIP: given.externalService.loadBalancerIP,
        annotations: given.externalService.annotations ?? {},
      }),
    rbac: given.rbac ?? true,
    logLevel: given.logLevel ?? 'info',
    metrics: defined({ enabled: given.metrics?.enabled ?? true, endpoint: given.metrics?.endpoint }),
    goMaxProcs: given.goMaxProcs,
    goMemLimit: given.goMemLimit,
    gcPercent: given.gcPercent,
    tls:
      given.tls &&
      defined({
        secretName: given.tls.secretName,
        customCertificateAuthority: given.tls.customCertificateAuthority ?? false,
        newSecret: resolveNewCertificate(context, ['pachd', 'tls', 'newSecret'], given.tls.newSecret),
      }),
    requireCriticalServersOnly: given.requireCriticalServersOnly ?? false,
    preflightChecks: given.preflightChecks ?? true,
    configJobAnnotations: given.configJob?.annotations ?? {},
    probes: {
      readiness: given.probes?.readiness ?? {},
      liveness: given.probes?.liveness ?? {},
      startup: given.probes?.startup ?? {},
    },
    environment: given.environment ?? {},
  });
}

/** pachw, which takes resources, placement and environment over from pachd where it has none of its own. */
export function resolvePachw({ document }: ResolveContext, pachd: Pachd): Pachw {
  const given = document.pachw ?? {};
  return {
    minReplicas: given.minReplicas ?? 0,
    maxReplicas: given.maxReplicas ?? 1,
    resources: given.resources === undefined ? pachd.resources : resolveResources(given.resources),
    placement:
      given.placement === undefined
        ? pachd.placement
        : withAzureIdentity(resolvePlacement(given.placement), document, pachd.serviceAccount),
    environment: given.environment ?? pachd.environment,
  };
}

/** The label that lets a pod have the identity of its service account, where the bucket is opened with that. */
function withAzureIdentity(
  placement: Placement,
  { storage }: ClusterDocument,
  account: Partial<Pick<ServiceAccount, 'annotations'>> = {},
): Placement {
  const annotation = IDENTITY_ANNOTATIONS.azure ?? '';
  if (!storage?.azure || storage.azure.key !== undefined || !account.annotations?.[annotation])
    return placement;
  return { ...placement, labels: { [AZURE_IDENTITY_LABEL]: 'true', ...placement.labels } };
}

/** The port of Console that the proxy leads to. */
export const CONSOLE_PORT = 4000;

export function resolveConsole(context: ResolveContext): Console {
  const given = context.document.console ?? {};
  // An enterprise server has no pipelines to show: Console would look for a pachd that is not there.
  const enabled = given.enabled ?? context.document.enterpriseServer === undefined;
  return defined({
    enabled,
    clientID: given.clientID ?? 'console',
    // A Console that does not run needs no secret, and none is generated for it.
    clientSecret: context.secret(
      ['console', 'clientSecret'],
      enabled
        ? given.clientSecret
        : { existing: { name: 'pachyderm-console-secret', key: 'OAUTH_CLIENT_SECRET' } },
    ),
    telemetry: given.telemetry ?? true,
    port: given.port ?? CONSOLE_PORT,
    refetchInterval: given.refetchInterval,
    customCertificateAuthority:
      given.customCertificateAuthority ?? context.document.pachd?.tls?.customCertificateAuthority ?? false,
    image: resolveImage(context, context.release.images.console, given.image),
    service: resolveService(given.service, 30080),
    resources: resolveResources(given.resources),
    placement: resolvePlacement(given.placement),
  });
}

export function resolveEtcd(context: ResolveContext): Etcd {
  const given = context.document.etcd ?? {};
  return defined({
    size: String(given.size ?? '10Gi'),
    storageClass: given.storageClass,
    inMemory: given.inMemory ?? false,
    replicas: given.replicas ?? 1,
    maxTxnOps: given.maxTxnOps ?? 10_000,
    image: resolveImage(context, context.release.images.etcd, given.image),
    service: resolveService(given.service, 32379),
    resources: resolveResources(given.resources),
    placement: resolvePlacement(given.placement),
  });
}

/** A service account of the document with its defaults. */
export function resolveServiceAccount(
  defaultName: string,
  given: { name?: string; create?: boolean; annotations?: Record<string, string> } = {},
): ServiceAccount {
  return {
    name: given.name ?? defaultName,
    create: given.create ?? true,
    annotations: given.annotations ?? {},
  };
}
