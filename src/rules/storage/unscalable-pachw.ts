import type { Rule } from '../rule';

export const pachwReplicas: Rule = {
  code: 'STO007',
  severity: 'error',
  reads: ['cluster'],
  title: 'pachw that cannot be scaled',
  reason:
    'pachd scales pachw between two limits, so the lower one must not be above the upper one. Releases before 2.5 have no pachw.',
  remedy: 'Set pachw.minReplicas to at most pachw.maxReplicas; remove the section for releases before 2.5.',
  *check({ document, cluster: { release, pachw } }) {
    if (document.pachw === undefined) return;
    if (!release.hasPachw)
      yield {
        path: ['pachw'],
        onKey: true,
        severity: 'warning',
        message: `Release ${release.version.text} has no pachw, and the section has no effect; pachw comes with 2.5`,
        hint: 'remove the section',
      };
    else if (pachw.minReplicas > pachw.maxReplicas)
      yield {
        path: ['pachw', document.pachw.minReplicas === undefined ? 'maxReplicas' : 'minReplicas'],
        message: `There are to be at least ${pachw.minReplicas} pods of pachw and at most ${pachw.maxReplicas}; pachd cannot keep both`,
        hint: `set pachw.maxReplicas to ${pachw.minReplicas} or more`,
      };
  },
};
