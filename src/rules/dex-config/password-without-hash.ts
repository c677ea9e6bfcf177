import { isThereAt, itemsAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const passwordWithoutHash: Rule<'dex-config'> = {
  code: 'DEX226',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Password without a hash',
  reason:
    'Dex knows passwords by their bcrypt hash alone, and exits at startup when one of staticPasswords has none.',
  remedy:
    'Write what htpasswd -BinC 10 admin | cut -d: -f2 prints as hash, or the name of an environment variable with it as hashFromEnv.',
  *check(config) {
    for (const [index, password] of itemsAt(config, ['staticPasswords']).entries()) {
      const path = ['staticPasswords', index];
      if (!password.entries) continue;
      if (!isThereAt(config, [...path, 'hash']) && !isThereAt(config, [...path, 'hashFromEnv']))
        yield {
          path,
          onKey: true,
          message:
            'The password has neither `hash` nor `hashFromEnv`: `error unmarshaling JSON: no password hash provided`',
          hint: 'add one of them',
        };
    }
  },
};
