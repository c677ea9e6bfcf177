import type { Rule } from '../rule';

export const sectionWithoutStandalone: Rule = {
  code: 'DEX301',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Settings of a Dex that does not run',
  reason:
    'The section dex is about a standalone Dex, which runs with identity.dex: standalone. Without it people log in at the Dex inside pachd, of which the release decides nearly everything.',
  remedy: 'Set identity.dex: standalone, or remove the section.',
  *check({ document, cluster }) {
    if (document.dex === undefined || cluster.dex) return;
    yield {
      path: ['dex'],
      onKey: true,
      message: 'The section has no effect: Dex runs inside pachd, which knows none of these settings',
      hint: 'set identity.dex: standalone, or remove the section',
    };
  },
};
