import { isThereAt, isTrueAt, textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

const PATH = ['storage', 'config'];

export const kubernetesAccess: Rule<'dex-config'> = {
  code: 'DEX219',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Not one way to the API server of Kubernetes',
  reason:
    'Storage of type kubernetes finds its API server by inCluster or by kubeConfigFile. With neither and with both Dex exits at startup.',
  remedy: 'Write inCluster: true in a pod, kubeConfigFile elsewhere.',
  *check(config) {
    if (textAt(config, ['storage', 'type']) !== 'kubernetes') return;
    const inCluster = isTrueAt(config, [...PATH, 'inCluster']);
    if (inCluster !== isThereAt(config, [...PATH, 'kubeConfigFile'])) return;
    yield inCluster
      ? {
          path: [...PATH, 'kubeConfigFile'],
          onKey: true,
          message:
            "`inCluster` and `kubeConfigFile` exclude each other: `cannot specify both 'inCluster' and 'kubeConfigFile'`",
          hint: 'keep one of them',
        }
      : {
          path: PATH,
          onKey: true,
          message:
            "Storage of type kubernetes does not know its API server: `must specify either 'inCluster' or 'kubeConfigFile'`",
          hint: 'add `config: { inCluster: true }`',
        };
  },
};
