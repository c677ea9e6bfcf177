import type { Rule } from '../rule';

export const unverifiableDatabase: Rule = {
  code: 'STO008',
  severity: 'error',
  reads: ['cluster'],
  title: 'Database connection that cannot be made as demanded',
  reason:
    'With sslMode verify-ca and verify-full pg-bouncer refuses a server whose certificate no authority has signed that it knows, and it knows none of its own. The PostgreSQL server that pachkit writes manifests for serves no TLS, so require and stricter modes never connect to it.',
  remedy:
    'Give database.sslCertificateAuthority along with verify-ca and verify-full; leave sslMode out with the internal server.',
  *check({ cluster: { database } }) {
    const { sslMode } = database;
    const path = ['database', 'sslMode'];
    const verifies = sslMode === 'verify-ca' || sslMode === 'verify-full';
    if (database.internal && (verifies || sslMode === 'require'))
      yield {
        path,
        message: `The internal server serves no TLS, and with sslMode: ${sslMode} pg-bouncer never connects to it`,
        hint: 'remove the line, or use database.external',
      };
    else if (verifies && database.sslCertificateAuthority === undefined)
      yield {
        path,
        message: `pg-bouncer knows no certificate authority, and with sslMode: ${sslMode} it refuses the server's certificate and every connection`,
        hint: "add database.sslCertificateAuthority, the PEM text of the authority's certificate, or use sslMode: require",
      };
  },
};
