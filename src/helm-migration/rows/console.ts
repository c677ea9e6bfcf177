import { count, flag, inverted, json, rowsOf, text, type FieldRow } from '../row';
import { imageRows, placementRows, serviceRows, whereOn } from './pod';

const off = whereOn('console.enabled');

/** Console. Its secret and its URLs are not here. */
export const consoleRows: readonly FieldRow[] = [
  { path: 'console.enabled', to: 'console.enabled', as: flag },
  ...rowsOf('console', 'console', { resources: [json] }, { idle: off }),
  ...rowsOf(
    'console.config',
    'console',
    {
      oauthClientID: [text, 'clientID'],
      disableTelemetry: [inverted, 'telemetry'],
      graphqlPort: [count, 'port'],
      reactAppRuntimeRefetchInterval: [count, 'refetchInterval'],
    },
    { idle: off },
  ),
  ...imageRows('console', 'console', off),
  ...serviceRows('console', 'console', ['type', 'annotations', 'labels'], off),
  ...placementRows('console', 'console', ['annotations', 'podLabels', 'nodeSelector', 'tolerations'], off),
];
