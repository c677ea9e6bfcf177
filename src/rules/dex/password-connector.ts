import { connectorType } from '../../connectors/connector-types';
import type { Rule } from '../rule';

const LOCAL = 'local';

export const passwordConnector: Rule = {
  code: 'DEX315',
  severity: 'error',
  reads: ['cluster'],
  title: 'Connector that cannot check passwords',
  reason:
    'The grant type password asks one connector whether a user name and password are right. Dex does not look at the setting when it starts; with a connector that is not there, or that sends browsers to a page, every such request fails.',
  remedy:
    'Name a connector of type ldap, keystone, atlassian-crowd or mockPassword, or local for staticPasswords.',
  *check({ cluster: { dex } }) {
    const id = dex?.oauth2.passwordConnector;
    if (dex === undefined || id === undefined) return;
    const path = ['dex', 'oauth2', 'passwordConnector'];
    if (id === LOCAL && dex.staticPasswords.length > 0) return;
    const connector = dex.connectors.find((candidate) => candidate.id === id);
    if (!connector)
      yield {
        path,
        message:
          id === LOCAL
            ? 'The connector "local" is there only with staticPasswords; every request with a password fails'
            : `There is no connector "${id}"; every request with a password fails`,
        hint: 'name the id of a connector that checks passwords, or remove the line',
      };
    else if (connectorType(connector.type)?.callback !== 'password')
      yield {
        path,
        message: `The connector "${id}" is of type ${connector.type}, which sends browsers to a page and checks no passwords; every request with a password fails`,
        hint: 'name a connector of type ldap, keystone or atlassian-crowd, or remove the line',
      };
  },
};
