import { productOf } from '../../releases/target';
import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

/** Types that have scopes, and that do not look whether there is an address. */
const TYPES: ReadonlySet<string> = new Set(['oidc', 'google']);

export const replacedScopes: ConnectorRule = {
  code: 'DEX011',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Scopes of a connector without email or profile',
  reason:
    'scopes replaces the default [profile, email]. Without email Dex no longer insists on an address and passes an empty one on, and pachd, which knows users by it, makes everyone one user with the name user:. Without profile most providers send no name: "missing "name" claim".',
  remedy: 'List profile and email along with your own; or leave scopes out.',
  *check({ document, cluster, target }) {
    const servesPachd = cluster !== undefined || productOf(target) === 'pachyderm';
    for (const connector of documentConnectors(document)) {
      const scopes = connector.scopes();
      if (!TYPES.has(connector.type) || scopes.length === 0) continue;
      const path = connector.at('scopes');
      if (!scopes.includes('email') && connector.text('claimMapping', 'email') === undefined)
        yield {
          path,
          ...(servesPachd ? {} : { severity: 'warning' as const }),
          message: `Without the scope email, people log in through "${connector.id}" without an address, and ${servesPachd ? 'all of them are one user in Pachyderm, user:' : 'clients that know users by it take them all for one'}`,
          hint: 'add email, which setting scopes has taken away',
        };
      if (
        connector.type === 'oidc' &&
        !scopes.includes('profile') &&
        connector.text('userNameKey') === undefined
      )
        yield {
          path,
          severity: 'warning',
          message: `Without the scope profile most providers send no name, and logins fail: \`missing "name" claim\``,
          hint: 'add profile, which setting scopes has taken away; or name another claim in userNameKey',
        };
    }
  },
};
