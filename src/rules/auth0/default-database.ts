import type { Rule } from '../rule';

/** The database that Auth0 makes in every new tenant. */
const DEFAULT_DATABASE = 'username-password-authentication';

export const defaultDatabase: Rule = {
  code: 'TFM021',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Database that new tenants have already',
  reason:
    "Auth0 makes the database Username-Password-Authentication with every tenant, and auth0.database creates another connection: 409 Conflict, A connection with the same name already exists, after a part of the rest has been created. Where the name is free, people share the document's database with every application that looks for the default one.",
  remedy:
    'To let people of that database log in, write its id in auth0.connections. For a database of the application, use another name.',
  *check({ document }) {
    const name = document.auth0?.database?.name;
    if (name?.toLowerCase() === DEFAULT_DATABASE)
      yield {
        path: ['auth0', 'database', 'name'],
        message: `New tenants have the database ${name} already; Auth0 refuses to create it with 409 Conflict`,
        hint: 'write its id in auth0.connections instead, or give the database another name, such as pachyderm-users',
      };
  },
};
