import type { Rule } from '../rule';

export const unverifiableStorage: Rule = {
  code: 'DEX305',
  severity: 'error',
  reads: ['cluster'],
  title: 'Connection to the database that cannot be made as demanded',
  reason:
    'The PostgreSQL server that pachkit writes manifests for serves no TLS, so that every mode but disable fails. With verify-ca and verify-full Dex trusts the authorities of its image, unless database.sslCertificateAuthority names others.',
  remedy:
    'Leave sslMode out with the server in the namespace; give database.sslCertificateAuthority with one of your own.',
  *check({ document, cluster: { dex, database } }) {
    if (dex?.storage.type !== 'postgres') return;
    const { sslMode, certificateAuthority, host } = dex.storage;
    const given = document.dex?.storage?.postgres;
    const isOther = given?.host !== undefined;
    const path =
      given?.sslMode === undefined ? ['database', 'sslMode'] : ['dex', 'storage', 'postgres', 'sslMode'];
    if (database.internal && !isOther && sslMode !== 'disable')
      yield {
        path,
        message: `The server in the namespace serves no TLS, and Dex does not start with sslMode: ${sslMode}: \`pq: SSL is not enabled on the server\``,
        hint: 'remove the line, or use database.external',
      };
    else if (sslMode.startsWith('verify-') && certificateAuthority === undefined)
      yield {
        path,
        severity: 'warning',
        message: `Dex trusts the public authorities alone for ${host}; a certificate of another fails with \`x509: certificate signed by unknown authority\``,
        hint: isOther
          ? 'use sslMode: require, unless a public authority has signed the certificate'
          : "add database.sslCertificateAuthority, the PEM text of the authority's certificate",
      };
  },
};
