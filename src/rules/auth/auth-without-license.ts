import { isMember } from '../../subjects/cluster-reach';
import type { Rule } from '../rule';

export const authWithoutLicense: Rule = {
  code: 'AUT003',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Authentication without the license that it needs',
  reason:
    'Up to release 2.11 authentication is part of Pachyderm Enterprise. Without a license pachd answers "Pachyderm Enterprise is not active in this cluster, and the Pachyderm auth API is an Enterprise-level feature", and everyone who reaches the cluster may do everything. A member of an enterprise server needs the license too: without it pachd gets no enterprise secret and cannot activate itself.',
  remedy:
    'Set enterprise.licenseKey, best as { env: NAME } or { existing: … }. Release 2.12 needs none; without authentication a cluster is for profile dev.',
  *check({ cluster }) {
    const { release, auth, enterprise } = cluster;
    if (!release.needsLicense || !auth || enterprise?.licenseKey !== undefined) return;
    // The job of older releases takes a member's license from its enterprise server.
    if (isMember(cluster) && release.bootstrap === 'job') return;
    const message = isMember(cluster)
      ? `A member of an enterprise server needs the license key too: without it pachd ${release.version.text} gets no enterprise secret, and does not become active`
      : `Authentication needs a license up to release 2.11: \`Pachyderm Enterprise is not active in this cluster, and the Pachyderm auth API is an Enterprise-level feature\``;
    yield {
      path: ['enterprise', 'licenseKey'],
      message,
      hint: 'add enterprise.licenseKey: { env: PACHYDERM_LICENSE }; release 2.12 needs no license',
    };
  },
};
