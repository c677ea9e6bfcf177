import { demandsMissingTls, lacksAuthority } from '../support/database-connection';
import type { Rule } from '../rule';

export const unverifiableDatabase: Rule<'cluster' | 'chart-values'> = {
  code: 'STO008',
  severity: 'error',
  reads: ['cluster', 'chart-values'],
  title: 'Database connection that cannot be made as demanded',
  reason:
    'With sslMode verify-ca and verify-full pg-bouncer refuses a server whose certificate no authority has signed that it knows, and it knows none of its own. The PostgreSQL server that is installed along with the cluster serves no TLS, so require and stricter modes never connect to it.',
  remedy:
    'Give database.sslCertificateAuthority along with verify-ca and verify-full; leave sslMode out with the internal server. In values of the chart these are postgresqlSSLCACert and postgresqlSSL of global.postgresql.',
  *check({ databaseConnections }) {
    for (const connection of databaseConnections) {
      if (connection.client !== 'pg-bouncer') continue;
      const { sslMode, externalKey, authorityKey } = connection;
      const key = String(sslMode.path.at(-1));
      const mode = `${key}: ${sslMode.value}`;
      if (demandsMissingTls(connection))
        yield {
          path: sslMode.path,
          message: `The internal server serves no TLS, and with ${mode} pg-bouncer never connects to it`,
          hint: `remove the line, or use ${externalKey}`,
        };
      else if (lacksAuthority(connection))
        yield {
          path: sslMode.path,
          message: `pg-bouncer knows no certificate authority, and with ${mode} it refuses the server's certificate and every connection`,
          hint: `add ${authorityKey}, the PEM text of the authority's certificate, or use ${key}: require`,
        };
    }
  },
};
