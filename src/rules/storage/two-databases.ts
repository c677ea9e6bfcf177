import type { Rule } from '../rule';

export const twoDatabases: Rule = {
  code: 'STO005',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Two database servers',
  reason:
    'pachd and Dex keep their state in one PostgreSQL server: one that pachkit writes manifests for, or one of yours. With both, data would be looked for in the one of yours.',
  remedy: 'Keep database.internal or database.external.',
  *check({ document: { database } }) {
    if (!database?.internal || !database.external) return;
    yield {
      path: ['database', 'internal'],
      onKey: true,
      message:
        'There is database.external too: pachd uses that one, and what is said about the internal one has no effect',
      hint: 'keep one of the two',
    };
  },
};
