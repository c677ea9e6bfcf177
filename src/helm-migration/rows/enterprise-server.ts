import { count, json, rowsOf, strings, text, type FieldRow } from '../row';
import { imageRows, placementRows, whereOn } from './pod';

/** The enterprise server. Whether the release is one, and its certificate, is not here. */
export const enterpriseServerRows: readonly FieldRow[] = [
  ...imageRows('enterpriseServer', 'enterpriseServer'),
  ...rowsOf('enterpriseServer', 'enterpriseServer', { resources: [json] }),
  ...placementRows('enterpriseServer', 'enterpriseServer', [
    'annotations',
    'podLabels',
    'nodeSelector',
    'tolerations',
    'affinity',
  ]),
  ...rowsOf('enterpriseServer.service', 'enterpriseServer.service', {
    labels: [strings],
    apiGRPCPort: [count, 'ports.grpc'],
    oidcPort: [count, 'ports.oidc'],
    identityPort: [count, 'ports.identity'],
    prometheusPort: [count, 'ports.metrics'],
  }),
  {
    path: 'enterpriseServer.tls.secretName',
    to: 'enterpriseServer.tls.secretName',
    as: text,
    idle: whereOn('enterpriseServer.tls.enabled'),
  },
];
