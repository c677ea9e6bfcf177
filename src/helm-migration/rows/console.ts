import { flag, inverted, json, rowsOf, text, type FieldRow } from '../row';
import { imageRows, placementRows, whereOn } from './pod';

const off = whereOn('console.enabled');

/** Console. Its secret and its URLs are not here. */
export const consoleRows: readonly FieldRow[] = [
  { path: 'console.enabled', to: 'console.enabled', as: flag },
  ...rowsOf('console', 'console', { resources: [json] }, { idle: off }),
  ...rowsOf(
    'console.config',
    'console',
    { oauthClientID: [text, 'clientID'], disableTelemetry: [inverted, 'telemetry'] },
    { idle: off },
  ),
  ...imageRows('console', 'console', off),
  ...placementRows('console', 'console', ['annotations', 'podLabels', 'nodeSelector', 'tolerations'], off),
];
