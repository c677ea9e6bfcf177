import { connectorType } from '../../connectors/connector-types';
import type { Rule } from '../rule';

const LOCAL = 'local';

export const passwordConnector: Rule<'cluster' | 'dex-config'> = {
  code: 'DEX315',
  severity: 'error',
  reads: ['cluster', 'dex-config'],
  documentsAlone: 'standalone',
  title: 'Connector that cannot check passwords',
  reason:
    'The grant type password asks one connector whether a user name and password are right. Dex does not look at the setting when it starts; with a connector that is not there, or that sends browsers to a page, every such request fails.',
  remedy:
    'Name a connector of type ldap, keystone, atlassian-crowd or mockPassword, or local for staticPasswords, which enablePasswordDB: true switches on in a file of its own.',
  *check({ passwordConnector, hasPasswordDatabase, passwordDatabaseKey, connectorIDs, mayStoreConnectors }) {
    if (passwordConnector === undefined) return;
    const { value: id, path } = passwordConnector;
    if (id === LOCAL && hasPasswordDatabase) return;
    const connector = connectorIDs.find((candidate) => candidate.value === id);
    if (!connector) {
      const missing =
        id === LOCAL
          ? `The connector "local" is there only with ${passwordDatabaseKey}`
          : `There is no connector "${id}"`;
      yield {
        path,
        ...(mayStoreConnectors ? { severity: 'warning' } : {}),
        message: `${missing}; every request with a password fails${mayStoreConnectors ? ' unless the storage holds one' : ''}`,
        hint: `name the id of a connector that checks passwords${id === LOCAL || hasPasswordDatabase ? '' : `, or ${LOCAL} with ${passwordDatabaseKey}`}; or remove the line`,
      };
      return;
    }
    const callback = connectorType(connector.type ?? '')?.callback;
    if (callback !== undefined && callback !== 'password')
      yield {
        path,
        message: `The connector "${id}" is of type ${connector.type}, which sends browsers to a page and checks no passwords; every request with a password fails`,
        hint: `name a connector of type ldap, keystone or atlassian-crowd, or ${LOCAL} with ${passwordDatabaseKey}; or remove the line`,
      };
  },
};
