import { isThereAt, mayBeTrueAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const passwordsWithoutDatabase: Rule<'dex-config'> = {
  code: 'DEX217',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Passwords without the password database',
  reason:
    'Dex exits at startup with staticPasswords and without enablePasswordDB: no one could log in with them.',
  remedy: 'Write enablePasswordDB: true, or remove staticPasswords.',
  *check(config) {
    if (!isThereAt(config, ['staticPasswords']) || mayBeTrueAt(config, ['enablePasswordDB'])) return;
    yield {
      path: ['staticPasswords'],
      onKey: true,
      message:
        '`staticPasswords` are there without `enablePasswordDB: true`: `cannot specify static passwords without enabling password db`',
      hint: 'add `enablePasswordDB: true`, or remove `staticPasswords`',
    };
  },
};
