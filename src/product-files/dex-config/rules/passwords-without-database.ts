import { isThereAt, mayBeTrueAt } from '../server-config';
import type { ServerRule } from '../server-rule';

export const passwordsWithoutDatabase: ServerRule = {
  code: 'DEX217',
  severity: 'error',
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
