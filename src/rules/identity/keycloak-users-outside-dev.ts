import type { Rule } from '../rule';

export const keycloakUsersOutsideDev: Rule = {
  code: 'IDN018',
  severity: 'error',
  reads: ['cluster'],
  title: 'Keycloak users outside profile dev',
  reason:
    'keycloak.users makes accounts with passwords in the realm that is imported, to try a login with. They stay there with their passwords, which everyone knows who may read the secrets of the document, and are not subject to the policies that people of a directory are.',
  remedy: 'Let people come from a directory or another identity provider of the realm, or set profile: dev.',
  *check({ document, cluster }) {
    if (cluster.profile !== 'dev' && (document.keycloak?.users ?? []).length > 0)
      yield {
        path: ['keycloak', 'users'],
        onKey: true,
        message:
          'The realm would have accounts with passwords of this document; only profile dev permits them',
        hint: 'remove keycloak.users, or set profile: dev',
      };
  },
};
