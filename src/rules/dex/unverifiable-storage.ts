import { formatPath } from '../../document/source-node';
import { demandsMissingTls, lacksAuthority } from '../support/database-connection';
import type { Rule } from '../rule';

export const unverifiableStorage: Rule<'cluster' | 'dex-config'> = {
  code: 'DEX305',
  severity: 'error',
  reads: ['cluster', 'dex-config'],
  documentsAlone: 'standalone',
  title: 'Connection to the database that cannot be made as demanded',
  reason:
    'The PostgreSQL server that pachkit writes manifests for serves no TLS, so that every mode but disable fails. With verify-ca and verify-full Dex trusts the authorities of its image, unless database.sslCertificateAuthority, or caFile in a file of Dex, names others. Databases that a cloud or an operator runs mostly have certificates of an authority of their own.',
  remedy:
    'Leave sslMode out with the server in the namespace; give database.sslCertificateAuthority with one of your own. In a file of Dex mount the certificate of the authority and name the file in storage.config.ssl.caFile. When a public authority has signed the certificate, there is nothing to fix.',
  *check({ databaseConnections }) {
    for (const connection of databaseConnections) {
      if (connection.client !== 'Dex') continue;
      const { sslMode, host, externalKey, authorityKey } = connection;
      const { path, value: mode } = sslMode;
      if (demandsMissingTls(connection))
        yield {
          path,
          message: `The server in the namespace serves no TLS, and Dex does not start with sslMode: ${mode}: \`pq: SSL is not enabled on the server\``,
          hint: `remove the line, or use ${externalKey}`,
        };
      else if (lacksAuthority(connection))
        yield {
          path,
          severity: 'warning',
          message: `With ${mode} and no authority given Dex trusts the public ones alone${host === undefined ? '' : ` for ${host}`}; a certificate of another fails with \`x509: certificate signed by unknown authority\``,
          hint: `${authorityKey === undefined ? '' : `add ${authorityKey}, or `}use ${formatPath(path)}: require, unless a public authority has signed the certificate`,
        };
    }
  },
};
