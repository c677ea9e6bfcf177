import type { Rule } from '../rule';

export const enterpriseWithoutEffect: Rule = {
  code: 'REL002',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Enterprise settings for a release that has none',
  reason:
    'From release 2.12 on Pachyderm has no licenses and no enterprise servers. pachd ignores their settings silently, so that a cluster that was meant to be a member of an enterprise server would run a standalone Dex.',
  remedy: 'Remove the section enterprise; or name a release up to 2.11.',
  *check({ document, cluster: { release } }) {
    if (release.needsLicense || document.enterprise === undefined) return;
    yield {
      path: ['enterprise'],
      onKey: true,
      message: `Release ${release.version.text} has no licenses and no enterprise servers: the section is unknown to it, and would be ignored silently`,
      hint: 'remove the section; authentication needs no license from 2.12 on',
    };
  },
};
