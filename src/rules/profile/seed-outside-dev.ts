import type { Rule } from '../rule';

export const seedOutsideDev: Rule = {
  code: 'PRO003',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Seed of secrets outside profile dev',
  reason:
    'With secrets.seed every generated secret follows from a string in the document, the root token too: anyone who reads the document is root of the cluster.',
  remedy:
    'Remove secrets.seed. Generated secrets are then made at random once, and kept in a file beside the document that git ignores.',
  *check({ document, cluster: { profile } }) {
    if (profile === 'dev' || document.secrets?.seed === undefined) return;
    yield {
      path: ['secrets', 'seed'],
      onKey: true,
      message:
        'Every generated secret follows from the seed, so anyone who reads the document has the root token',
      hint: 'remove it; secrets are then made at random and kept. profile: dev permits a seed',
    };
  },
};
