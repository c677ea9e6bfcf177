import type { Rule } from '../rule';

/** Scopes without which a login does not work, and what happens then. */
const NEEDED: Readonly<Record<string, string>> = {
  openid: 'Dex hands out no ID token, and every login fails',
  email:
    'the ID token has no e-mail address, which is what pachd knows users by: everyone becomes one user with the name user:',
};

export const missingScopes: Rule = {
  code: 'AUT009',
  severity: 'error',
  reads: ['cluster'],
  title: 'Scopes without which a login does not work',
  reason:
    'auth.scopes are what pachd asks Dex for. openid makes it a login with an ID token; email puts the address into it, which is the name of the user in Pachyderm. pachd does not check that an address is there.',
  remedy: 'List openid and email, best all of [email, profile, groups, openid].',
  *check({ cluster: { auth } }) {
    for (const [scope, effect] of Object.entries(NEEDED))
      if (auth && !auth.scopes.includes(scope))
        yield {
          path: ['auth', 'scopes'],
          message: `Without the scope ${scope} ${effect}`,
          hint: `add ${scope}`,
        };
  },
};
