import type { Rule } from '../rule';

export const usersOutsideDev: Rule = {
  code: 'TFM008',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Auth0 users outside profile dev',
  reason:
    "auth0.users makes accounts with passwords to try a login with. Auth0's provider has no way to keep a password out of Terraform's state: anyone who reads the state logs in as that user.",
  remedy: 'Let people come from a connection, invite them, or set profile: dev.',
  *check({ document, cluster }) {
    // Users that no one makes have a finding of their own.
    if (cluster.auth0?.application.provision === 'none') return;
    if (cluster.profile !== 'dev' && (document.auth0?.users ?? []).length > 0)
      yield {
        path: ['auth0', 'users'],
        onKey: true,
        message: "Terraform's state would hold the passwords of these users; only profile dev permits them",
        hint: 'remove auth0.users, or set profile: dev',
      };
  },
};
