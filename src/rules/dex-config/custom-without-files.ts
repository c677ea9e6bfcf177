import { isThereAt, textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

const SSL = ['storage', 'config', 'ssl'];

export const customWithoutFiles: Rule<'dex-config'> = {
  code: 'DEX239',
  severity: 'error',
  reads: ['dex-config'],
  title: 'TLS for MySQL with files that are not named',
  reason:
    'The mode custom means the certificates in caFile, certFile and keyFile. Without any of them Dex has not told the driver of MySQL what custom means, and exits at startup.',
  remedy: 'Give caFile, or choose another mode: "true", "false", skip-verify.',
  *check(config) {
    const hasFile = ['caFile', 'certFile', 'keyFile'].some((key) => isThereAt(config, [...SSL, key]));
    if (
      textAt(config, ['storage', 'type']) !== 'mysql' ||
      textAt(config, [...SSL, 'mode']) !== 'custom' ||
      hasFile
    )
      return;
    yield {
      path: [...SSL, 'mode'],
      message:
        'The mode custom needs `caFile`, or `certFile` and `keyFile`: `failed to initialize storage: … unknown config name: custom`',
      hint: 'add `caFile`, or write "true"',
    };
  },
};
