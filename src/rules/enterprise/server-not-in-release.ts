import type { Rule } from '../rule';

export const serverNotInRelease: Rule = {
  code: 'ENT001',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Enterprise server of a release without one',
  reason:
    'From release 2.12 on Pachyderm needs no license, and pachd has no mode for an enterprise server: it exits at startup. Every cluster runs Dex itself.',
  remedy:
    'Keep the server at release 2.11 for as long as clusters of that release are members of it; then remove it, and give each cluster connectors of its own.',
  *check({ cluster: { enterpriseServer, release } }) {
    if (!enterpriseServer || release.needsLicense) return;
    yield {
      path: ['enterpriseServer'],
      onKey: true,
      message: `pachd ${release.version.text} does not run as an enterprise server, and exits at startup`,
      hint: 'write a release to 2.11, or remove the section',
    };
  },
};
