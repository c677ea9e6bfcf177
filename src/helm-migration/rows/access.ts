import { count, flag, json, rowsOf, strings, text, type FieldRow } from '../row';
import { imageRows, whereOn } from './pod';

const noProxy = whereOn('proxy.enabled');
const more = { idle: noProxy };

/** Ports of older clients. 0, which the document does not write, is none. */
const LEGACY_PORTS = {
  console: [count],
  grpc: [count],
  s3Gateway: [count, 's3'],
  oidc: [count],
  identity: [count],
  metrics: [count],
} as const;

/** Details of the proxy and of the Ingress. Which of them leads to the cluster, under which URLs, is not here. */
export const accessRows: readonly FieldRow[] = [
  {
    path: 'ingress.annotations',
    to: 'access.ingress.annotations',
    as: strings,
    idle: whereOn('ingress.enabled'),
  },
  ...rowsOf('proxy', 'access.proxy', { replicas: [count], resources: [json] }, more),
  ...imageRows('proxy', 'access.proxy', noProxy),
  ...rowsOf(
    'proxy',
    'access.proxy.placement',
    {
      labels: [strings],
      annotations: [strings],
      nodeSelector: [strings],
      tolerations: [json],
      priorityClassName: [text],
    },
    more,
  ),
  ...rowsOf(
    'proxy.service',
    'access.proxy.service',
    {
      type: [text],
      httpPort: [count],
      httpsPort: [count],
      httpNodePort: [count],
      httpsNodePort: [count],
      loadBalancerIP: [text],
      externalTrafficPolicy: [text],
      annotations: [strings],
      labels: [strings],
    },
    more,
  ),
  ...rowsOf('proxy.service.legacyPorts', 'access.proxy.service.legacyPorts', LEGACY_PORTS, more),
  { path: 'oidc.requireVerifiedEmail', to: 'auth.requireVerifiedEmail', as: flag },
];
