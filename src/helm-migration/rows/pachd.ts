import { count, flag, json, rowsOf, strings, text, type FieldRow } from '../row';
import { imageRows, placementRows, whereOn } from './pod';

const PROBE = {
  initialDelaySeconds: [count],
  periodSeconds: [count],
  timeoutSeconds: [count],
  successThreshold: [count],
  failureThreshold: [count],
} as const;

const ACCOUNT = { name: [text], create: [flag], additionalAnnotations: [strings, 'annotations'] } as const;

/** pachd and its workers. What becomes an environment variable, and what pachw takes over, is not here. */
export const pachdRows: readonly FieldRow[] = [
  ...rowsOf('pachd', 'pachd', {
    replicas: [count],
    resources: [json],
    logLevel: [text],
    goMaxProcs: [count],
    requireCriticalServersOnly: [flag],
    'metrics.enabled': [flag, 'metrics.enabled'],
    'metrics.endpoint': [text, 'metrics.endpoint'],
    'rbac.create': [flag, 'rbac'],
    'configJob.annotations': [strings, 'configJob.annotations'],
  }),
  ...rowsOf('pachd', 'pachd', {
    goMemLimit: [text],
    gcPercent: [count],
    'preflightChecks.enabled': [flag, 'preflightChecks'],
  }),
  ...imageRows('pachd', 'pachd'),
  ...placementRows('pachd', 'pachd', ['annotations', 'podLabels', 'nodeSelector', 'tolerations', 'affinity']),
  ...rowsOf('pachd.serviceAccount', 'pachd.serviceAccount', ACCOUNT),
  ...rowsOf('pachd.worker.serviceAccount', 'pachd.worker.serviceAccount', ACCOUNT),
  ...imageRows('pachd.worker', 'pachd.worker'),
  ...rowsOf('pachd.service', 'pachd.service', { annotations: [strings], labels: [strings] }),
  ...rowsOf('pachd.service', 'pachd.service.ports', {
    apiGRPCPort: [count, 'grpc'],
    oidcPort: [count, 'oidc'],
    identityPort: [count, 'identity'],
    s3GatewayPort: [count, 's3'],
    prometheusPort: [count, 'metrics'],
  }),
  ...(['readiness', 'liveness', 'startup'] as const).flatMap((probe) =>
    rowsOf(`pachd.${probe}Probe`, `pachd.probes.${probe}`, PROBE),
  ),
  { path: 'pachd.tls.secretName', to: 'pachd.tls.secretName', as: text, idle: whereOn('pachd.tls.enabled') },
  ...rowsOf(
    'pachd.externalService',
    'pachd.externalService',
    {
      loadBalancerIP: [text],
      annotations: [strings],
      apiGRPCPort: [count, 'ports.grpc'],
      s3GatewayPort: [count, 'ports.s3'],
    },
    { idle: whereOn('pachd.externalService.enabled') },
  ),
  ...rowsOf('pachw', 'pachw', { minReplicas: [count], maxReplicas: [count] }),
  { path: 'pachd.additionalTrustedPeers', to: 'identity.trustedPeers', as: json },
];
