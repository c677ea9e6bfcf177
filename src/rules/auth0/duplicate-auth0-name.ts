import type { Rule } from '../rule';
import { tenantNames } from './tenant-names';

export const repeatedName: Rule = {
  code: 'TFM002',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Duplicate name in a tenant',
  reason:
    'A role, an organization, a database and the address of a user are unique in a tenant. Auth0 refuses the second one with 409 Conflict, after Terraform has made a part of the rest, and every later plan wants it again. Clusters that share a tenant run into it too: with auth0.groups each of them creates a role for each group that it binds. Documents are compared when they are validated or synthesized in one run.',
  remedy:
    'Keep one of them. For clusters that share a tenant, let one document create what both use: roles: [] in the others, which use roles by their names all the same; connections: [ID] instead of database.',
  *check(context) {
    const known = new Set<string>();
    for (const { kind, name, path } of tenantNames(context)) {
      const key = `${kind} ${name}`;
      if (known.has(key))
        yield {
          path,
          message: `Duplicate ${kind} "${name}"; Auth0 refuses the second one with 409 Conflict`,
          hint: 'remove one of the two',
        };
      known.add(key);
    }
  },
};
