import { devUsersPlace } from '../../model/dev-users';
import type { JsonValue } from '../../document/source-node';
import { repeatedIds } from '../support/repeated-ids';
import type { Rule } from '../rule';

export const unusableDevUser: Rule = {
  code: 'PRO007',
  severity: 'error',
  reads: ['cluster'],
  title: 'Person to try things with who cannot log in',
  reason:
    'People of dev.users log in with their e-mail address and a password that pachkit hands to Dex or to the directory. Of two with one address only one gets in; a password in a Secret of the cluster cannot be read; and there is nothing to log in to without authentication, or where another cluster has the logins.',
  remedy:
    'Give each person an address, and the password as { env: NAME }, { file: PATH } or { generate: {} }, or leave it out to have it generated.',
  *check({ document, cluster }) {
    const users = document.dev?.users ?? [];
    if (users.length === 0) return;
    if (devUsersPlace(document as unknown as JsonValue) === undefined)
      yield {
        path: ['dev', 'users'],
        onKey: true,
        message: cluster.auth
          ? 'The enterprise server has the logins of this cluster, so no one can log in as these people'
          : 'Authentication is switched off, so no one logs in as these people',
        hint: cluster.auth
          ? 'remove dev.users here, and write it in the document of the enterprise server'
          : 'remove dev.users, or auth.enabled: false',
      };
    for (const { index, id, first } of repeatedIds(users.map(({ email }) => email)))
      yield {
        path: ['dev', 'users', index, 'email'],
        message: `${id} is there already (dev.users[${first}]), and only one of the two can log in`,
        hint: 'remove one of them, or give it another address',
      };
    for (const [index, { email, password }] of users.entries())
      if (typeof password === 'object' && 'existing' in password)
        yield {
          path: ['dev', 'users', index, 'password'],
          message: `The password of ${email} is in a Secret of the cluster, where pachkit cannot read it`,
          hint: 'give it as { env: NAME }, { file: PATH } or { generate: {} }, or leave it out',
        };
  },
};
