import { count, flag, json, rowsOf, type FieldRow } from '../row';
import { imageRows, placementRows, whereOn } from './pod';

/** The Jobs that run pachd's program once. Whether they run is not here. */
export const jobRows: readonly FieldRow[] = [
  ...jobOf('preflightCheckJob', 'preflightJob'),
  ...jobOf('restoreSnapshot', 'restoreSnapshot'),
  ...rowsOf(
    'restoreSnapshot',
    'restoreSnapshot',
    { snapshot_id: [count, 'snapshotID'] },
    { idle: whereOn('restoreSnapshot.enabled') },
  ),
];

function jobOf(from: string, to: string): FieldRow[] {
  const off = whereOn(`${from}.enabled`);
  return [
    ...imageRows(from, to, off),
    ...rowsOf(
      from,
      to,
      { resources: [json], sqlQueryLogs: [flag], disableLogSampling: [flag] },
      { idle: off },
    ),
    ...placementRows(from, to, ['annotations', 'podLabels', 'nodeSelector', 'tolerations', 'affinity'], off),
  ];
}
