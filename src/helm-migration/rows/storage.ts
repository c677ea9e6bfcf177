import { count, endpoint, flag, quotedCount, rowsOf, text, type FieldRow, type Idle } from '../row';
import type { ChartValues } from '../values';

/** Names of backends in values, and the section of the document. */
export const BACKENDS: Readonly<Record<string, 'local' | 's3' | 'minio' | 'gcs' | 'azure'>> = {
  LOCAL: 'local',
  AMAZON: 's3',
  GOOGLE: 'gcs',
  MICROSOFT: 'azure',
  MINIO: 'minio',
};

/** Targets that name a backend; with others values have to name one themselves. */
const TARGETS: ReadonlySet<string> = new Set(['LOCAL', 'AMAZON', 'GOOGLE', 'MICROSOFT']);

/** The backend as the chart finds it: the one that is named, else that of the target. Empty when there is none. */
export function backendOf(values: ChartValues): string {
  const named = values.text('pachd.storage.backend');
  if (named !== '') return named;
  const target = values.text('deployTarget');
  return TARGETS.has(target) ? target : '';
}

const whereBackend =
  (name: string): Idle =>
  (values) =>
    backendOf(values) === name ? undefined : `the storage backend is ${backendOf(values) || 'not set'}`;

/** Settings of the storage backends, and limits of all. Credentials and the URL are not here. */
export const storageRows: readonly FieldRow[] = [
  ...rowsOf('pachd.storage.local', 'storage.local', { requireRoot: [flag] }, { idle: whereBackend('LOCAL') }),
  ...rowsOf(
    'pachd.storage.amazon',
    'storage.s3',
    {
      bucket: [text],
      region: [text],
      customEndpoint: [endpoint, 'endpoint'],
      disableSSL: [flag],
      verifySSL: [flag],
      cloudFrontDistribution: [text],
      uploadACL: [text],
      timeout: [text],
      retries: [count],
      partSize: [quotedCount, 'partSizeBytes'],
      maxUploadParts: [count],
    },
    { idle: whereBackend('AMAZON') },
  ),
  ...rowsOf('pachd.storage.google', 'storage.gcs', { bucket: [text] }, { idle: whereBackend('GOOGLE') }),
  ...rowsOf(
    'pachd.storage.microsoft',
    'storage.azure',
    { container: [text] },
    { idle: whereBackend('MICROSOFT') },
  ),
  ...rowsOf(
    'pachd.storage.microsoft',
    'storage.azure',
    { id: [text, 'account'] },
    { idle: whereBackend('MICROSOFT') },
  ),
  ...rowsOf('pachd.storage', 'storage', {
    uploadConcurrencyLimit: [count],
    putFileConcurrencyLimit: [count],
  }),
];
