import { callbackClassOf, itemsAt, mayBeTrueAt, textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

const PATH = ['oauth2', 'passwordConnector'];

export const serverPasswordConnector: Rule<'dex-config'> = {
  code: 'DEX227',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Password grant through a connector that takes no passwords',
  reason:
    'Dex does not look at oauth2.passwordConnector when it starts. Every password grant fails when no connector has that id, or the one that has it sends people to its identity provider.',
  remedy:
    'Name a connector that takes passwords (ldap, atlassian-crowd, keystone), or local with enablePasswordDB: true.',
  *check(config) {
    const id = textAt(config, PATH);
    if (id === undefined || (id === 'local' && mayBeTrueAt(config, ['enablePasswordDB']))) return;
    const connector = itemsAt(config, ['connectors']).find((each) => each.entries?.get('id')?.scalar === id);
    const callback = connector && callbackClassOf(connector);
    if (callback === 'password' || (connector && callback === undefined)) return;
    yield {
      path: PATH,
      severity: connector ? 'error' : 'warning',
      message: connector
        ? `The connector "${id}" sends people to its identity provider and takes no passwords, so every password grant fails`
        : `There is no connector "${id}" in the file, so every password grant fails unless the storage holds one`,
      hint: 'name a connector that takes passwords (ldap, atlassian-crowd, keystone), or local with `enablePasswordDB: true`',
    };
  },
};
