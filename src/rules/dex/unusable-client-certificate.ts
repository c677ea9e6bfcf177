import { dexTraits } from '../../releases/dex-traits';
import { describeTarget } from '../../releases/target';
import type { Rule } from '../rule';

export const unusableClientCertificate: Rule = {
  code: 'DEX320',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Client certificate that Dex refuses to read',
  reason:
    'Files of a Secret belong to root, and Dex, which is not root, can read them only as a member of their group. Up to Dex 2.31 its database driver refuses every key that a group may read, so that the certificate of database.sslSecretName cannot be shown from there.',
  remedy:
    'Take dex.version 2.32.0 or later, or storage kubernetes, or let Dex log in with its password alone: dex.storage.postgres with host, user, password and sslMode.',
  *check({ cluster: { dex } }) {
    if (dex?.storage.type !== 'postgres' || dexTraits(dex.target).takesGroupReadableKeys) return;
    const { sslMode, clientCertificateSecretName } = dex.storage;
    if (clientCertificateSecretName === undefined || sslMode === 'disable') return;
    yield {
      path: ['database', 'sslSecretName'],
      message: `${describeTarget(dex.target)} cannot use the key in ${clientCertificateSecretName} and does not start: \`pq: Private key file has group or world access. Permissions should be u=rw (0600) or less\``,
      hint: 'set dex.version to 2.32.0 or later',
    };
  },
};
