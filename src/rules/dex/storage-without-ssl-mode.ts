import { formatPath } from '../../document/source-node';
import type { DatabaseConnection } from '../../subjects/facts';
import type { Rule } from '../rule';

export const storageSslMode: Rule<'cluster' | 'dex-config'> = {
  code: 'DEX304',
  severity: 'warning',
  reads: ['cluster', 'dex-config'],
  documentsAlone: 'standalone',
  title: 'Connection to the database without a TLS mode',
  reason:
    'Dex itself demands a certificate that the system trusts and that names the host (verify-full), which is the usual first failure: a Postgres in the cluster rarely has one. The modes allow and prefer of pg-bouncer do not exist for it. Where a cluster document does not say, pachkit writes require: encrypted, with any certificate. Unix sockets have no encryption.',
  remedy:
    'Say it: dex.storage.postgres.sslMode, or database.sslMode with a mode that Dex knows too; in a file of Dex storage.config.ssl: { mode: disable }, or require, or verify-full with the file of the authority in caFile.',
  *check({ databaseConnections }) {
    for (const connection of databaseConnections) {
      const { client, isModeGiven, isInternal, host = 'Postgres', sslMode } = connection;
      if (client !== 'Dex' || isModeGiven || isInternal) continue;
      yield {
        path: sslMode.path,
        message: `Nothing says how Dex connects to ${host}, so it demands ${demandOf(connection)}`,
        hint: `set ${formatPath(sslMode.path)} to disable, require, verify-ca or verify-full`,
      };
    }
  },
};

function demandOf({ sslMode }: DatabaseConnection): string {
  return sslMode.value === 'verify-full'
    ? 'a certificate of Postgres that the system trusts and that names the host (verify-full); a Postgres in the cluster rarely has one'
    : 'TLS, with whatever certificate: a server without fails with `pq: SSL is not enabled on the server`';
}
