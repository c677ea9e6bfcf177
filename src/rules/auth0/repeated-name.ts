import type { PathStep } from '../../document/source-node';
import type { Rule } from '../rule';

export const repeatedName: Rule = {
  code: 'TFM002',
  severity: 'error',
  title: 'Name that is there twice',
  reason:
    'Roles, organizations and users have one name each in a tenant. Auth0 refuses the second one: 409 Conflict.',
  remedy: 'Keep one of them.',
  *check({ document }) {
    const { auth0 } = document;
    if (!auth0) return;
    const lists: readonly (readonly [path: PathStep[], key: string, names: readonly string[]])[] = [
      [['auth0', 'roles'], 'name', (auth0.roles ?? []).map(({ name }) => name)],
      [['auth0', 'users'], 'email', (auth0.users ?? []).map(({ email }) => email.toLowerCase())],
      [
        ['auth0', 'organizations', 'create'],
        'name',
        (auth0.organizations?.create ?? []).map(({ name }) => name),
      ],
    ];
    for (const [path, key, names] of lists)
      for (const [index, name] of names.entries())
        if (names.indexOf(name) < index)
          yield {
            path: [...path, index, key],
            message: `"${name}" is in the list twice; Auth0 refuses the second one with 409 Conflict`,
            hint: 'remove one of the two',
          };
  },
};
