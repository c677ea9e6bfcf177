import type { Rule } from '../rule';

export const argoCdConnectors: Rule<'dex-config'> = {
  code: 'DEX241',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Configuration for Argo CD without connectors',
  reason:
    'Argo CD looks for connectors in the text under dex.config, and refuses one without: its Dex does not start. The password database of Dex cannot be used there alone.',
  remedy: 'Add connectors, or remove dex.config when no one logs in through Dex.',
  *check({ completedBy, root, written }) {
    if (completedBy !== 'argo-cd' || root.entries?.get('connectors')?.items) return;
    if (
      written.entries?.get('connectors') !== undefined &&
      written.entries.get('connectors')?.scalar !== null
    )
      return;
    yield {
      path: [],
      onKey: true,
      message:
        'There are no `connectors`, and Argo CD does not start its Dex: `malformed Dex configuration found`',
      hint: 'add `connectors`, or remove `dex.config`',
    };
  },
};
