import { documentConnectors } from '../support/document-connectors';
import type { Rule } from '../rule';

export const replacedScopes: Rule = {
  code: 'DEX011',
  severity: 'error',
  title: 'Scopes of a connector without email or profile',
  reason:
    'scopes replaces the default [profile, email]. Without email Dex no longer insists on an address and passes an empty one on, and pachd, which knows users by it, makes everybody one user with the name user:. Without profile most providers send no name: "missing "name" claim".',
  remedy: 'List profile and email along with your own; or leave scopes out.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      const scopes = connector.texts('scopes');
      if (connector.type !== 'oidc' || scopes.length === 0) continue;
      const path = connector.at('scopes');
      if (!scopes.includes('email') && connector.text('claimMapping', 'email') === undefined)
        yield {
          path,
          message: `Without the scope email, people log in through "${connector.id}" without an address, and all of them are one user in Pachyderm, user:`,
          hint: 'add email, which setting scopes has taken away',
        };
      if (!scopes.includes('profile') && connector.text('userNameKey') === undefined)
        yield {
          path,
          severity: 'warning',
          message: `Without the scope profile most providers send no name, and logins fail: \`missing "name" claim\``,
          hint: 'add profile, which setting scopes has taken away; or name another claim in userNameKey',
        };
    }
  },
};
