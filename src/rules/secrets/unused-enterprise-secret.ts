import type { Rule } from '../rule';

export const unusedEnterpriseSecret: Rule = {
  code: 'SEC017',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Enterprise secret without a license',
  reason:
    'pachd shares enterprise.secret with the server of its license. Without a license key and without a membership there is no such server, and pachd refuses the secret alone: "Either both or neither of LICENSE_KEY and ENTERPRISE_SECRET must be set." So it is left out.',
  remedy: 'Give enterprise.licenseKey or enterprise.member, or remove enterprise.secret.',
  *check({ document, cluster: { release, enterprise } }) {
    if (!release.needsLicense || enterprise || document.enterprise?.secret === undefined) return;
    yield {
      path: ['enterprise', 'secret'],
      onKey: true,
      message: 'enterprise.secret has no effect without enterprise.licenseKey or enterprise.member',
      hint: 'add licenseKey: { env: NAME }, or remove the line',
    };
  },
};
