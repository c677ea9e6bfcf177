import { formatPath } from '../../document/source-node';
import { reachedHost } from '../../subjects/cluster-reach';
import { secretFields } from '../support/secret-fields';
import { isLoopbackHost } from '../../model/url-text';
import type { Rule } from '../rule';
import { isWellKnownPassword } from './well-known-passwords';

export const wellKnownDatabasePassword: Rule = {
  code: 'PRO005',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Database password that everyone knows',
  reason:
    'The official charts give the users of PostgreSQL passwords that are printed in their source, such as insecure-user-password. The database holds the tokens of pachd and the connectors of Dex with their secrets.',
  remedy: 'Use a password of your own, or { generate: {} }.',
  *check({ document, cluster }) {
    const host = reachedHost(cluster);
    // Outside of dev every plain text is refused; the strings of variables and files are looked at when they are read.
    if (cluster.profile !== 'dev' || host === undefined || isLoopbackHost(host)) return;
    for (const { path, value } of secretFields(document))
      if (path[0] === 'database' && typeof value === 'string' && isWellKnownPassword(value))
        yield {
          path,
          severity: 'warning',
          message: `${formatPath(path)} is a password that everyone tries first, and the cluster is reached at ${host}`,
          hint:
            path[1] === 'internal'
              ? 'remove the line, so that one is generated'
              : 'use a password of your own',
        };
  },
};
