import type { Rule } from '../rule';

export const authOffOutsideDev: Rule = {
  code: 'PRO004',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'license',
  title: 'Cluster without authentication outside profile dev',
  reason:
    'Without authentication everyone who reaches pachd may read, change and delete all data, and run programs in the cluster. A cluster where authentication was activated before keeps it, as it was, until "pachctl auth deactivate".',
  remedy: 'Remove auth.enabled: false; or set profile: dev for a cluster that only you can reach.',
  *check({ document, cluster: { profile } }) {
    if (profile === 'dev' || document.auth?.enabled !== false) return;
    yield {
      path: ['auth', 'enabled'],
      message:
        'No one has to log in to a new cluster: everyone who reaches it may read, change and delete all data, and run programs in it',
      hint: 'remove the line; profile: dev permits it for a cluster that only you can reach',
    };
  },
};
