import { readsDexKey } from '../../releases/dex-traits';
import { isThereAt, textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

const FROM_ENVIRONMENT = [
  {
    key: 'addr',
    variable: 'VAULT_ADDR',
    error: 'failed to read key from vault: … unsupported protocol scheme ""',
  },
  { key: 'token', variable: 'VAULT_TOKEN', error: 'failed to read key from vault: … missing client token' },
];

export const vaultFromEnvironment: Rule<'dex-config'> = {
  code: 'DEX235',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'Signer in Vault without address or token',
  reason:
    'What signer.config does not say of Vault, Dex takes from the environment variables VAULT_ADDR and VAULT_TOKEN. Without them Dex starts, reads no key, and signs no token.',
  remedy: 'Write addr and token below signer.config, or set the variables for the container of Dex.',
  *check(config) {
    if (!readsDexKey(config.target, 'signer') || textAt(config, ['signer', 'type']) !== 'vault') return;
    if (!isThereAt(config, ['signer', 'config'])) return;
    const missing = FROM_ENVIRONMENT.filter(({ key }) => !isThereAt(config, ['signer', 'config', key]));
    const [first] = missing;
    if (!first) return;
    const keys = missing.map(({ key }) => `\`${key}\``).join(' and ');
    const variables = missing.map(({ variable }) => variable).join(' and ');
    yield {
      path: ['signer', 'config'],
      onKey: true,
      message: `Without ${keys} Dex looks at the environment variable${missing.length > 1 ? 's' : ''} ${variables}; where nothing is set either, no token is signed: \`${first.error}\``,
      hint: `add ${keys}, or set ${variables} for the container of Dex`,
    };
  },
};
