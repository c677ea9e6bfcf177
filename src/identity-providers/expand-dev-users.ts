import type { Document } from '../document/document';
import { nodeAt, toValue, type SourceNode } from '../document/source-node';
import { DEV_CONNECTOR, DEV_DIRECTORY, devUsersPlace } from '../model/dev-users';
import { derivedNode, placeOf, withValueAt } from './derived-nodes';

/** How Dex reads the directory: everyone in the namespace may search it, and no one may read a password. */
const CONNECTOR = {
  type: 'ldap',
  id: DEV_CONNECTOR,
  name: 'Dev users',
  config: {
    host: `${DEV_DIRECTORY.name}:${DEV_DIRECTORY.port}`,
    insecureNoSSL: true,
    usernamePrompt: 'E-mail address',
    userSearch: {
      baseDN: DEV_DIRECTORY.people,
      filter: '(objectClass=inetOrgPerson)',
      username: 'mail',
      idAttr: 'mail',
      emailAttr: 'mail',
      nameAttr: 'cn',
    },
    groupSearch: {
      baseDN: DEV_DIRECTORY.groups,
      filter: '(objectClass=groupOfNames)',
      userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }],
      nameAttr: 'cn',
    },
  },
} as const;

const USERS = ['dev', 'users'];

/**
 * Puts what follows from `dev.users` where the rest of the program looks for it: the role bindings of people with roles, and
 * the connector to the directory where one keeps them. Each is at the place of what it follows from. What has not its form is
 * left out.
 */
export function expandDevUsers(document: Document): Document {
  const place = devUsersPlace(document.value);
  const users = nodeAt(document.root, USERS);
  if (place === undefined || !users) return document;
  let { root } = document;
  if (place === 'directory') root = withConnector(root, users);
  root = withBindings(root, users);
  return root === document.root ? document : { ...document, root, value: toValue(root) };
}

function withConnector(root: SourceNode, users: SourceNode): SourceNode {
  const here = placeOf(users);
  const connector = derivedNode(CONNECTOR, { ...here, writtenAt: USERS }, here);
  if (!connector) return root;
  return withValueAt(root, ['identity', 'connectors'], here, (list) => {
    if (list === undefined) return { ...here, items: [connector] };
    return list.items ? { ...list, items: [...list.items, connector] } : list;
  });
}

function withBindings(root: SourceNode, users: SourceNode): SourceNode {
  const bound = (users.items ?? []).flatMap((user, index) => {
    const email = user.entries?.get('email')?.scalar;
    const path = [...USERS, index];
    const roles = (user.entries?.get('roles')?.items ?? []).map((role, position) => ({
      ...role,
      writtenAt: [...path, 'roles', position],
    }));
    return typeof email === 'string' && roles.length > 0
      ? [{ subject: `user:${email}`, roles, place: placeOf(user), path }]
      : [];
  });
  return bound.reduce(
    (changed, { subject, roles, place, path }) =>
      withValueAt(changed, ['auth', 'roleBindings', subject], place, (given) => ({
        ...(given ?? { ...place, writtenAt: path }),
        items: [...(given?.items ?? []), ...roles.filter((role) => !has(given, role))],
      })),
    root,
  );
}

function has(list: SourceNode | undefined, role: SourceNode): boolean {
  return list?.items?.some(({ scalar }) => scalar === role.scalar) ?? false;
}
