import type { Rule } from '../rule';

export const ingressWithoutHost: Rule = {
  code: 'ACC001',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'form',
  title: 'Ingress without a host',
  reason:
    'An ingress tells clusters apart by the name that browsers ask for, and every URL of a login is formed from that name. The official chart stops with "if ingress is enabled, an ingress.host is required".',
  remedy: 'Give access.host, the public name of the cluster.',
  *check({ cluster: { access } }) {
    if (access.via === 'ingress' && access.host === undefined)
      yield {
        path: ['access', 'via'],
        message:
          'The ingress has no host, so no URL of a login can be formed: `if ingress is enabled, an ingress.host is required`',
        hint: 'add access.host, such as host: pachyderm.example.com',
      };
  },
};
