import type { PathStep } from '../../document/source-node';
import type { Cluster } from '../../model/cluster';
import type { Rule } from '../rule';

const CONTRADICTIONS: readonly {
  readonly path: readonly PathStep[];
  readonly when: (cluster: Cluster) => boolean;
  readonly message: string;
  readonly hint: string;
}[] = [
  {
    path: ['enterprise', 'member'],
    when: ({ enterprise }) => enterprise?.member !== undefined,
    message:
      'An enterprise server cannot be a member of another: it would take its license from there, and the clusters that are members of it get none',
    hint: 'remove one of the two; a server and its members are documents of their own',
  },
  {
    path: ['identity', 'dex'],
    when: ({ dex }) => dex !== undefined,
    message:
      'Members of an enterprise server log in with the Dex inside it, and a server with a standalone Dex does not have one',
    hint: 'remove the line',
  },
];

export const contradictingServer: Rule = {
  code: 'ENT002',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Enterprise server that is something else too',
  reason:
    'An enterprise server holds the license and runs Dex for its members. It cannot be a member itself, and cannot leave Dex to another program.',
  remedy: 'Describe the server and each member in a document of its own, each in its own namespace.',
  *check({ cluster }) {
    if (!cluster.enterpriseServer) return;
    for (const { path, when, message, hint } of CONTRADICTIONS)
      if (when(cluster)) yield { path, onKey: true, message, hint };
  },
};
