import { isConnectionID } from '../../model/auth0-connections';
import type { Rule } from '../rule';

export const userWithoutPassword: Rule = {
  code: 'TFM009',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'User who cannot log in',
  reason:
    'A user of a database connection needs a password that Terraform can be given, and a connection to belong to. Auth0 refuses a user of a database without a password. A Secret in the cluster is out of reach for Terraform.',
  remedy:
    'Give the password as { env: NAME }, { file: PATH } or { generate: {} }, and create a connection with auth0.database or name one of the tenant.',
  *check({ document, cluster }) {
    if (cluster.auth0?.application.provision === 'none') return;
    for (const [index, user] of (document.auth0?.users ?? []).entries()) {
      const path = ['auth0', 'users', index];
      if (user.password === undefined)
        yield {
          path: [...path, 'email'],
          message: `${user.email} has no password, and Auth0 refuses a user of a database without one`,
          hint: 'add password: { env: NAME }, or { generate: {} }',
        };
      else if (typeof user.password === 'object' && 'existing' in user.password)
        yield {
          path: [...path, 'password'],
          message: `The password of ${user.email} is in a Secret of the cluster, where Terraform cannot read it`,
          hint: 'give it as { env: NAME }, { file: PATH } or { generate: {} }',
        };
      if (user.connection === undefined && document.auth0?.database === undefined)
        yield {
          path: [...path, 'email'],
          message: `${user.email} belongs to no connection, so Auth0 has nowhere to keep the user`,
          hint: 'create one: database: { name: pachyderm-users }, or name one of the tenant with connection',
        };
      else if (user.connection !== undefined && isConnectionID(user.connection))
        yield {
          path: [...path, 'connection'],
          message: `Users belong to a connection by its name; ${user.connection} is an id`,
          hint: 'write the name, such as Username-Password-Authentication',
        };
    }
  },
};
