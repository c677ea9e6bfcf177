import type { Rule } from '../rule';

export const localhostIssuer: Rule = {
  code: 'DEX310',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'pachd talks to a Dex that is not in use',
  reason:
    'With localhostIssuer pachd sends what is meant for the issuer to the Dex inside itself. With a Dex beside it that one has no connectors and another issuer, and pachd does not start: "provided OIDC issuer does not implement OIDC protocol".',
  remedy: 'Leave access.localhostIssuer out.',
  *check({ cluster }) {
    if (!cluster.dex || !cluster.urls.localhostIssuer) return;
    yield {
      path: ['access', 'localhostIssuer'],
      message:
        'pachd would ask the Dex inside itself in place of the one beside it, and does not start: `provided OIDC issuer does not implement OIDC protocol`',
      hint: 'remove the line',
    };
  },
};
