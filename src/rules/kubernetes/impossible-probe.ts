import type { Rule } from '../rule';

export const probeThresholds: Rule = {
  code: 'PCH114',
  severity: 'error',
  reads: ['cluster'],
  title: 'Probe that Kubernetes refuses',
  reason:
    'One success ends a startup probe and clears a liveness probe. The API server refuses a Deployment whose successThreshold for one of them is not 1: "must be 1".',
  remedy: 'Remove successThreshold from pachd.probes.liveness and startup; readiness may have another.',
  *check({ document }) {
    for (const probe of ['liveness', 'startup'] as const) {
      const threshold = document.pachd?.probes?.[probe]?.successThreshold;
      if (threshold !== undefined && threshold !== 1)
        yield {
          path: ['pachd', 'probes', probe, 'successThreshold'],
          message: `Kubernetes refuses pachd with a successThreshold of ${threshold} for its ${probe} probe: \`must be 1\``,
          hint: 'remove the line',
        };
    }
  },
};
