import { isThereAt, mayBeTrueAt, textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const noServerConnectors: Rule<'dex-config'> = {
  code: 'DEX218',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Nothing to log in with',
  reason:
    'Dex exits at startup without connectors and without the password database. Connectors can be in its storage too, except in that of type memory, which is empty at startup.',
  remedy:
    'Add connectors, or enablePasswordDB: true. When the storage holds connectors, there is nothing to fix.',
  *check(config) {
    if (config.completedBy === 'argo-cd') return;
    // DEX217 says what these need, and with it there is something to log in with.
    if (isThereAt(config, ['staticPasswords'])) return;
    if (isThereAt(config, ['connectors']) || mayBeTrueAt(config, ['enablePasswordDB'])) return;
    const isMemory = textAt(config, ['storage', 'type']) === 'memory';
    yield {
      path: [],
      onKey: true,
      severity: isMemory ? 'error' : 'warning',
      message: `There are no connectors and no passwords to log in with: ${isMemory ? '' : 'unless the storage holds connectors, '}\`server: no connectors specified\``,
      hint: 'add `connectors`, or `enablePasswordDB: true`',
    };
  },
};
