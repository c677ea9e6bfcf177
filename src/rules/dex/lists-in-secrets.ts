import type { Rule } from '../rule';

const LISTS = [
  { field: 'connectorsFrom', instead: 'connectors' },
  { field: 'clientsFrom', instead: 'clients' },
] as const;

export const listsInSecrets: Rule = {
  code: 'DEX311',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'List that Dex cannot read from a Secret',
  reason:
    'connectorsFrom and clientsFrom name a Secret that holds a list in the form of pachd. A standalone Dex reads one file, which pachkit writes, and in which that list would be missing.',
  remedy:
    'List them in identity.connectors and identity.clients; each secret in them may be { existing: … }.',
  *check({ document, cluster }) {
    if (!cluster.dex) return;
    for (const { field, instead } of LISTS) {
      const source = document.identity?.[field];
      if (source !== undefined)
        yield {
          path: ['identity', field],
          onKey: true,
          message: `What is in the Secret ${source.existing.name} never reaches the standalone Dex, which has one file that pachkit writes`,
          hint: `list them in identity.${instead}, with { existing: … } for each secret`,
        };
    }
  },
};
