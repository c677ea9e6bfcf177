import { dexTraits } from '../../releases/dex-traits';
import type { PathStep } from '../../document/source-node';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { replaceText, withFix } from '../support/replace-text';
import type { ConnectorRule, ConnectorRuleContext, Finding } from '../rule';

/** Attributes as the schemas of Active Directory, of RFC 2307, RFC 2798 and RFC 4519 have them. */
const ATTRIBUTES = new Map(
  [
    'sAMAccountName',
    'userPrincipalName',
    'displayName',
    'givenName',
    'memberOf',
    'objectGUID',
    'objectSid',
    'distinguishedName',
    'mailNickname',
    'proxyAddresses',
    'employeeID',
    'extensionAttribute1',
    'primaryGroupID',
    'uid',
    'uidNumber',
    'gidNumber',
    'memberUid',
    'gecos',
    'homeDirectory',
    'cn',
    'sn',
    'mail',
    'title',
    'description',
    'member',
    'uniqueMember',
    'employeeNumber',
    'entryUUID',
    'entryDN',
    'ipaUniqueID',
    'krbPrincipalName',
    'nsUniqueId',
    'mailPrimaryAddress',
  ].map((name) => [name.toLowerCase(), name]),
);

/** Settings whose attributes Dex looks up in the entries that it gets. Those in filters are compared by the directory. */
const LOOKED_UP: readonly { readonly keys: readonly string[]; readonly isNeeded: boolean }[] = [
  ...['idAttr', 'emailAttr', 'nameAttr', 'preferredUsernameAttr'].map((key) => ({
    keys: ['userSearch', key],
    isNeeded: true,
  })),
  { keys: ['groupSearch', 'nameAttr'], isNeeded: true },
  { keys: ['groupSearch', 'userAttr'], isNeeded: false },
];

export const ldapAttributes: ConnectorRule = {
  code: 'DEX049',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'LDAP attribute whose case differs',
  reason:
    'Directories ignore the case of attribute names, but Dex compares the names in the entries that it gets as strings: "missing following required attribute(s)". Active Directory and OpenLDAP answer with the names of their schema, sAMAccountName for samaccountname. The name of the entry itself is DN, in capitals, for every Dex inside Pachyderm and up to 2.36.',
  remedy: 'Write attributes as the schema has them, and DN in capitals.',
  *check(context) {
    for (const connector of documentConnectors(context.document)) {
      if (connector.type !== 'ldap') continue;
      for (const { keys, isNeeded } of LOOKED_UP) yield* check(context, connector, keys, isNeeded);
      const matchers = connector.value('groupSearch', 'userMatchers');
      if (Array.isArray(matchers))
        for (const index of matchers.keys())
          yield* check(context, connector, ['groupSearch', 'userMatchers', index, 'userAttr'], false);
    }
  },
};

function* check(
  { root, target }: ConnectorRuleContext,
  connector: DocumentConnector,
  keys: readonly PathStep[],
  isNeeded: boolean,
): Iterable<Finding> {
  const written = connector.text(...keys);
  if (written === undefined) return;
  const isEntry = written.toLowerCase() === 'dn';
  const right = isEntry
    ? dexTraits(target).ignoresCaseOfDN
      ? written
      : 'DN'
    : ATTRIBUTES.get(written.toLowerCase());
  if (right === undefined || right === written) return;
  const path = connector.at(...keys);
  yield {
    path,
    ...(isEntry && isNeeded ? { severity: 'error' as const } : {}),
    message: isEntry
      ? `This Dex knows the name of an entry as DN alone, so ${isNeeded ? `every login fails: \`ldap: entry "…" missing following required attribute(s): ["${written}"]\`` : 'users have no groups'}`
      : `Dex compares names of attributes by case, and directories answer with ${right}, so ${isNeeded ? `logins fail: \`missing following required attribute(s): ["${written}"]\`` : 'users have no groups'}`,
    hint: `write ${right}`,
    ...withFix(replaceText(root, path, right, 'Write the attribute as Dex compares it')),
  };
}
