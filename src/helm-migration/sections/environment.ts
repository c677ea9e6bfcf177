import type { JsonValue } from '../../document/source-node';
import { chartDefault } from '../chart-defaults';
import type { ImportContext } from '../context';
import { isEmpty, isSame, type JsonMapping } from '../json';
import { isRead, NO_PACHD, type Section } from '../row';
import { backendOf } from '../rows/storage';

/** A value that the chart hands on as an environment variable, for which a document has no field of its own. */
export interface VariableRow {
  readonly path: string;
  readonly name: string;
  /** Whether pachw gets it too. */
  readonly pachw?: true;
  /** What stands for true; other values stand for themselves. */
  readonly whenTrue?: string;
}

/** The variables of pachd, and which of them pachw has, from the templates of 2.2.8, 2.11.6 and 2.12.0-rc.3. */
export const variableRows: readonly VariableRow[] = [
  { path: 'pachd.logFormat', name: 'LOG_FORMAT' },
  { path: 'pachd.ppsWorkerGRPCPort', name: 'PPS_WORKER_GRPC_PORT' },
  { path: 'pachd.ppsWorkerPreprocessing', name: 'PPS_WORKER_PREPROCESSING' },
  { path: 'pachd.storage.gocdkEnabled', name: 'GOCDK_ENABLED', pachw: true },
  { path: 'pachw.inSidecars', name: 'PACHW_IN_SIDECARS' },
  { path: 'pachd.storageGCPeriod', name: 'STORAGE_GC_PERIOD', pachw: true },
  { path: 'pachd.storageChunkGCPeriod', name: 'STORAGE_CHUNK_GC_PERIOD', pachw: true },
  { path: 'pachd.developmentLogger', name: 'PACHYDERM_DEVELOPMENT_LOGGER', pachw: true, whenTrue: '1' },
  { path: 'pachd.disableLogSampling', name: 'PACHYDERM_DISABLE_LOG_SAMPLING', pachw: true, whenTrue: '1' },
  { path: 'pachd.sqlQueryLogs', name: 'POSTGRES_QUERY_LOGGING', pachw: true, whenTrue: '1' },
  { path: 'global.postgresql.ssl', name: 'POSTGRES_SSL', whenTrue: 'require' },
  ...Object.entries({
    compactionShardSizeThreshold: 'COMPACTION_SHARD_SIZE_THRESHOLD',
    compactionShardCountThreshold: 'COMPACTION_SHARD_COUNT_THRESHOLD',
    memoryThreshold: 'MEMORY_THRESHOLD',
    levelFactor: 'LEVEL_FACTOR',
    maxFanIn: 'COMPACTION_MAX_FANIN',
    maxOpenFileSets: 'FILESETS_MAX_OPEN',
    diskCacheSize: 'DISK_CACHE_SIZE',
    memoryCacheSize: 'MEMORY_CACHE_SIZE',
  }).map(([value, name]) => ({
    path: `pachd.storage.${value}`,
    name: `STORAGE_${name}`,
    pachw: true as const,
  })),
  ...['Pipeline', 'Sidecar'].flatMap((whose) =>
    ['CPU', 'Memory', 'Storage'].map((what) => ({
      path: `pachd.default${whose}${what}Request`,
      name: `${whose.toUpperCase()}_DEFAULT_${what.toUpperCase()}_REQUEST`,
    })),
  ),
];

/** Settings of S3 that are in the Secret of the storage, which pods read as variables too. */
export const amazonRows: readonly VariableRow[] = [
  { path: 'pachd.storage.amazon.logOptions', name: 'OBJ_LOG_OPTS', pachw: true },
  { path: 'pachd.storage.amazon.reverse', name: 'REVERSE', pachw: true },
];

/** Values that become variables: `pachd.environment`, and `pachw.environment` where the chart gives pachw fewer of them. */
export const environment: Section = {
  carry(context) {
    if (context.isEnterpriseServer) {
      for (const { path } of [...variableRows, ...amazonRows])
        context.say(path, 'idle', { message: NO_PACHD });
      return;
    }
    const pachd: JsonMapping = {};
    const pachw: JsonMapping = {};
    for (const row of variableRows) carryVariable(context, row, pachd, pachw);
    for (const row of amazonRows)
      if (backendOf(context.values) === 'AMAZON') carryVariable(context, row, pachd, pachw);
      else context.say(row.path, 'idle', { message: 'the storage backend is not AMAZON' });
    if (isEmpty(pachd)) return;
    context.set('pachd.environment', pachd);
    if (context.release.hasPachw && !isSame(pachd, pachw)) context.set('pachw.environment', pachw);
  },
};

function carryVariable(
  context: ImportContext,
  row: VariableRow,
  pachd: JsonMapping,
  pachw: JsonMapping,
): void {
  const { values, release } = context;
  if (!values.isSet(row.path) || !isRead(row.path, release)) return;
  const value = values.get(row.path);
  if (isSame(asWritten(value), asWritten(chartDefault(release, row.path))))
    return context.say(row.path, 'default');
  const written = row.whenTrue === undefined ? asWritten(value) : values.isTrue(row.path) ? row.whenTrue : '';
  if (isEmpty(value) && chartDefault(release, row.path) !== undefined && typeof value !== 'boolean')
    return context.say(row.path, 'not-carried', {
      message: `the chart leaves ${row.name} out, and pachd then has a default of its own; a document always has the variable`,
    });
  pachd[row.name] = written;
  if (row.pachw) pachw[row.name] = written;
  context.say(row.path, 'carried', { field: `pachd.environment.${row.name}` });
}

/** As a template writes it in quotes. */
function asWritten(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
