import { isPostgresSocket, isThereAt, textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

const SSL = ['storage', 'config', 'ssl'];

export const unverifiableServerDatabase: Rule<'dex-config'> = {
  code: 'DEX221',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'Certificate of Postgres without an authority',
  reason:
    'With the modes verify-ca and verify-full and without caFile Dex trusts the authorities of its image alone. Databases that a cloud or an operator runs mostly have certificates of an authority of their own.',
  remedy:
    'Mount the certificate of the authority and name the file in storage.config.ssl.caFile. When a public authority has signed the certificate, all is well.',
  *check(config) {
    const mode = textAt(config, [...SSL, 'mode']);
    if (textAt(config, ['storage', 'type']) !== 'postgres' || !mode?.startsWith('verify-')) return;
    if (isThereAt(config, [...SSL, 'caFile']) || isPostgresSocket(config)) return;
    yield {
      path: [...SSL, 'mode'],
      message: `With ${mode} and no \`caFile\` Dex trusts the public authorities alone; a certificate of another fails with \`x509: certificate signed by unknown authority\``,
      hint: 'add `caFile`, or write `mode: require`, unless a public authority has signed the certificate',
    };
  },
};
