import { readsDexKey } from '../../releases/dex-traits';
import { textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const tlsVersionOrder: Rule<'dex-config'> = {
  code: 'DEX214',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Newest version of TLS below the oldest',
  reason: 'No version of TLS is left between tlsMinVersion and tlsMaxVersion, and Dex exits at startup.',
  remedy: 'Exchange the two, or leave tlsMaxVersion out.',
  *check(config) {
    for (const section of ['web', 'grpc'] as const)
      if (
        readsDexKey(config.target, `${section}.tlsMinVersion`) &&
        textAt(config, [section, 'tlsMinVersion']) === '1.3' &&
        textAt(config, [section, 'tlsMaxVersion']) === '1.2'
      )
        yield {
          path: [section, 'tlsMaxVersion'],
          message: `\`${section}.tlsMaxVersion\` is below \`${section}.tlsMinVersion\`: \`TLSMinVersion greater than TLSMaxVersion\``,
          hint: 'exchange the two, or remove one of them',
        };
  },
};
