import type { Finding, Rule } from '../rule';

export const proxyNotInRelease: Rule = {
  code: 'ACC002',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'form',
  title: 'Proxy that the release does not have',
  reason:
    "Pachyderm's Envoy proxy exists from release 2.3 on. The official charts before that ignore its settings silently, and the cluster is then reached by nothing.",
  remedy: 'Use access.via ingress, nodePort or portForward, or a release from 2.3 on.',
  *check({ cluster: { access, release } }) {
    if (release.hasProxy) return;
    const finding = (path: Finding['path'], hint: string): Finding => ({
      path,
      message: `Release ${release.version.text} has no proxy, so nothing would answer: it comes with 2.3`,
      hint,
    });
    if (access.via === 'proxy')
      yield finding(['access', 'via'], 'use ingress, nodePort or portForward, or a release from 2.3 on');
    else if (access.via === 'ingress' && access.ingress.through === 'proxy')
      yield finding(['access', 'ingress', 'through'], 'write through: services, or remove the line');
  },
};
