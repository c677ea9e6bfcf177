import type { FieldRow } from '../row';
import { accessRows } from './access';
import { consoleRows } from './console';
import { databaseRows } from './database';
import { enterpriseServerRows } from './enterprise-server';
import { etcdRows } from './etcd';
import { globalRows } from './global';
import { identityRows } from './identity';
import { jobRows } from './jobs';
import { pachdRows } from './pachd';
import { storageRows } from './storage';

/** Every value that has a field of its own. */
export const fieldRows: readonly FieldRow[] = [
  ...globalRows,
  ...accessRows,
  ...identityRows,
  ...storageRows,
  ...databaseRows,
  ...etcdRows,
  ...pachdRows,
  ...enterpriseServerRows,
  ...jobRows,
  ...consoleRows,
];
