import type { Rule } from '../rule';

export const storageSslMode: Rule = {
  code: 'DEX304',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Connection to the database silently on encryption',
  reason:
    'Dex itself demands a certificate that the system trusts and that names the host (verify-full), which is the usual first failure. The modes allow and prefer of pg-bouncer do not exist for it. Where the document does not say, pachkit writes require: encrypted, with any certificate.',
  remedy: 'Say it: dex.storage.postgres.sslMode, or database.sslMode with a mode that Dex knows too.',
  *check({ document, cluster: { dex, database } }) {
    if (dex?.storage.type !== 'postgres') return;
    const given = document.dex?.storage?.postgres ?? {};
    const isInternal = given.host === undefined && database.internal !== undefined;
    const isSaid =
      given.sslMode !== undefined || (given.host === undefined && dex.storage.sslMode === database.sslMode);
    if (isInternal || isSaid) return;
    yield {
      path: ['dex', 'storage', 'postgres', 'sslMode'],
      message: `Nothing says how Dex connects to ${dex.storage.host}, so it demands TLS, with whatever certificate: a server without fails with \`pq: SSL is not enabled on the server\``,
      hint: 'set dex.storage.postgres.sslMode to disable, require, verify-ca or verify-full',
    };
  },
};
