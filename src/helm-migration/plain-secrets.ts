import type { Diagnostic } from '../diagnostics/diagnostic';
import type { SourceNode } from '../document/source-node';

/** What was made, and how it can be made without secrets in it. */
const MADE = {
  document: {
    code: 'IMP009',
    holds: 'The document holds',
    hint: 'import with --secrets existing or --secrets env for anything but a dev cluster',
  },
  values: {
    code: 'EXP002',
    holds: 'The values hold',
    hint: 'read secrets from environment variables in the document, or give them to Helm on their own',
  },
} as const;

/** That something holds as many secrets in plain text; nothing where it holds none. */
export function plainSecrets(made: keyof typeof MADE, amount: number, root: SourceNode): Diagnostic[] {
  if (amount === 0) return [];
  const { code, holds, hint } = MADE[made];
  return [
    {
      code,
      severity: 'warning',
      message: `${holds} ${amount === 1 ? 'a secret' : `${amount} secrets`} in plain text, and anyone who can read the file can use ${amount === 1 ? 'it' : 'them'}`,
      location: { file: root.source.name },
      path: '',
      hint,
    },
  ];
}
