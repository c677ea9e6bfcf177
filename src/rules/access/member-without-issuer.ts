import { isMember } from '../../subjects/cluster-reach';
import type { Rule } from '../rule';

export const memberWithoutIssuer: Rule = {
  code: 'ACC010',
  severity: 'error',
  reads: ['cluster'],
  title: 'Member of an enterprise server without its issuer',
  reason:
    'The Dex of a member is that of its enterprise server; the member runs none. pachd has to be told where that Dex is, and must not look for it on its own localhost.',
  remedy:
    'Set access.urls.issuer to the issuer of the enterprise server, access.urls.userAccessibleIssuer to where browsers reach it, and leave access.localhostIssuer out.',
  *check({ document, cluster }) {
    if (!isMember(cluster)) return;
    if (document.access?.urls?.issuer === undefined)
      yield {
        path: ['enterprise', 'member'],
        onKey: true,
        message: `A member runs no Dex, and without access.urls.issuer pachd looks for one at ${cluster.urls.issuer}: \`provided OIDC issuer does not implement OIDC protocol\``,
        hint: "set access.urls.issuer to the enterprise server's issuer, such as http://pach-enterprise.enterprise:31658/dex",
      };
    if (document.access?.localhostIssuer === true)
      yield {
        path: ['access', 'localhostIssuer'],
        message:
          'pachd would ask its own localhost:1658 for the issuer, where no Dex of a member answers: `provided OIDC issuer does not implement OIDC protocol`',
        hint: 'remove the line',
      };
  },
};
