import type { Rule } from '../rule';

export const externalDatabaseLogin: Rule = {
  code: 'STO019',
  severity: 'error',
  reads: ['cluster'],
  title: 'External database that no one can log in to',
  reason:
    'pachd and pg-bouncer need the host of the server and the password of their user. With database.external.cloudSqlProxy the host is that of the proxy. With iamLogin the proxy logs in with a cloud identity, and a password is not looked at.',
  remedy:
    'Give host, or cloudSqlProxy; and password, or iamLogin: true where a Cloud SQL Auth Proxy with IAM login is in front of the server.',
  *check({ document: { database } }) {
    const external = database?.external;
    if (!external) return;
    const path = ['database', 'external'];
    if (external.host === undefined && external.cloudSqlProxy === undefined)
      yield {
        path,
        onKey: true,
        message: 'database.external is missing the required key "host", and nothing says where the server is',
        hint: "add host: the server's name; or cloudSqlProxy for an instance of Google Cloud SQL",
      };
    if (external.password === undefined && external.iamLogin !== true)
      yield {
        path,
        onKey: true,
        message:
          'database.external is missing the required key "password", and pachd and pg-bouncer cannot log in to the server',
        hint: 'add password: { env: NAME }; or iamLogin: true behind a Cloud SQL Auth Proxy with IAM login',
      };
    if (external.password !== undefined && external.iamLogin === true)
      yield {
        path: [...path, 'password'],
        onKey: true,
        severity: 'warning',
        message: 'The password is ignored: with iamLogin: true the proxy logs in with a cloud identity',
        hint: 'remove the password or iamLogin',
      };
  },
};
