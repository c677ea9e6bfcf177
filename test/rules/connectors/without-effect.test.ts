import { describeRule } from '../../support/rule-cases';
import { oidc, PUBLIC, withConnectors } from './documents';

const LDAP = 'host: ldap.acme.com:636';
const USERS = 'baseDN: "dc=acme,dc=com", username: uid, idAttr: uid, nameAttr: cn';

describeRule('DEX057', [
  {
    shows: 'filters of groups that have nothing to filter',
    document: withConnectors(
      PUBLIC,
      '{ type: saml, id: a, config: { filterGroups: ▸true, groupsAttr: groups } }',
      '{ type: samlExperimental, id: b, config: { groupsDelim: ▸"," } }',
    ),
    says: [
      'as it lists none, users have all their groups, and everyone gets in',
      'there is nothing to split',
    ],
    severity: 'warning',
  },
  {
    shows: 'filters of groups with what they need',
    document: withConnectors(
      PUBLIC,
      '{ type: saml, id: a, config: { filterGroups: true, allowedGroups: [ops], groupsAttr: groups, groupsDelim: "," } }',
    ),
  },
  {
    shows: 'settings for groups that microsoft does not ask for, or restricts no one with',
    document: withConnectors(
      PUBLIC,
      '{ type: microsoft, id: a, config: { tenant: acme.com, useGroupsAsWhitelist: ▸true } }',
      '{ type: microsoft, id: b, config: { useGroupsAsWhitelist: ▸true } }',
      '{ type: microsoft, id: c, config: { onlySecurityGroups: ▸true, tenant: organizations } }',
      '{ type: microsoft, id: d, config: { tenant: acme.com, useGroupsAsWhitelist: true, groups: [ops] } }',
      '{ type: microsoft, id: e, config: { tenant: acme.com, onlySecurityGroups: true } }',
    ),
    says: [
      'users have no groups, and everyone of the directory gets in',
      'everyone with a Microsoft account, personal or of any organization, gets in',
      'the tenant is organizations',
    ],
  },
  {
    shows: 'groups of all organizations beside some that are named',
    document: withConnectors(
      PUBLIC,
      '{ type: github, id: a, config: { loadAllGroups: ▸true, orgs: [{ name: acme }] } }',
      '{ type: github, id: b, config: { loadAllGroups: ▸true, org: acme, hostName: git.acme.com } }',
      '{ type: gitea, id: c, config: { loadAllGroups: ▸true, baseURL: https://git.acme.com, orgs: [{ name: acme }] } }',
      '{ type: github, id: d, config: { loadAllGroups: true, orgs: [], hostName: git.acme.com } }',
      '{ type: github, id: e, config: { loadAllGroups: false, orgs: [{ name: acme }] } }',
    ),
    says: [
      'beside orgs: users have groups of those organizations alone',
      'beside org: users have groups of that organization alone',
      'beside orgs',
    ],
  },
  {
    shows: 'claims that win without any that is named',
    document: withConnectors(
      PUBLIC,
      '{ type: oidc, id: a, config: { issuer: https://id.acme.com, overrideClaimMapping: ▸true } }',
      '{ type: oidc, id: b, config: { issuer: https://id.acme.com, overrideClaimMapping: ▸true, claimMapping: { email: "" } } }',
      '{ type: oidc, id: c, config: { issuer: https://id.acme.com, overrideClaimMapping: true, claimMapping: { email: mail } } }',
      '{ type: oidc, id: d, config: { issuer: https://id.acme.com, overrideClaimMapping: false } }',
    ),
    says: ['no claim that could win over a standard one', 'no claim that could win'],
  },
  {
    shows: 'members of groups in groups without access to the Directory API',
    document: withConnectors(
      PUBLIC,
      '{ type: google, id: a, config: { fetchTransitiveGroupMembership: ▸true, hostedDomains: [acme.com] } }',
      '{ type: google, id: b, config: { fetchTransitiveGroupMembership: true, adminEmail: a@b.c, serviceAccountFilePath: /a.json } }',
    ),
    says: ['Dex learns groups from the Directory API alone'],
  },
  {
    shows: 'a search without a place, an address that is not read, a file that is not read',
    document: withConnectors(
      PUBLIC,
      `{ type: ldap, id: a, config: { ${LDAP}, ▸groupSearch: { nameAttr: cn, userMatchers: [{ userAttr: DN, groupAttr: member }] } } }`,
      `{ type: ldap, id: b, config: { ${LDAP}, userSearch: { ${USERS}, emailAttr: ▸mail, emailSuffix: acme.com } } }`,
      `{ type: ldap, id: c, config: { ${LDAP}, rootCA: ▸/dexcreds/ca.pem, rootCAData: QUJD } }`,
      `{ type: ldap, id: d, config: { ${LDAP}, groupSearch: {}, userSearch: { ${USERS}, emailSuffix: acme.com } } }`,
    ),
    says: [
      'Without baseDN Dex does not search for groups',
      'an address is what nameAttr holds (cn), an @ and acme.com',
      'certificates in rootCAData alone',
    ],
  },
  {
    shows: 'settings for groups of oidc without the switch that reads them',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.com, scopes: [email, profile, ▸groups] }'),
    ),
    says: ['Dex drops the groups of "sso" without insecureEnableGroups'],
    hints: ['add insecureEnableGroups: true, or remove the line'],
  },
  {
    shows: 'groups that are read, that someone chose to leave out, or of which another rule speaks',
    document: withConnectors(
      PUBLIC,
      '{ type: oidc, id: a, config: { issuer: https://id.acme.com, scopes: [groups], insecureEnableGroups: true } }',
      '{ type: oidc, id: b, config: { issuer: https://id.acme.com, scopes: [groups], insecureEnableGroups: false } }',
      '{ type: oidc, id: c, config: { issuer: https://id.acme.com, scopes: [groups], claimMapping: { groups: roles } } }',
      '{ type: oidc, id: d, config: { issuer: https://accounts.google.com, scopes: [groups] } }',
    ),
  },
]);

describeRule('DEX058', [
  {
    shows: 'domains that no address is at',
    document: withConnectors(
      PUBLIC,
      ...['▸"@acme.com"', '▸ada@acme.com', '▸https://acme.com/x', '▸.acme.com', '▸acme'].map(
        (domain, index) => `{ type: github, id: a${index}, config: { preferredEmailDomain: ${domain} } }`,
      ),
    ),
    says: ['so Dex takes the primary address of every account'],
    hints: [
      'write acme.com',
      'write acme.com',
      'write acme.com',
      'write *.acme.com',
      'write the domain alone, such as acme.com',
    ],
    severity: 'warning',
  },
  {
    shows: 'domains of addresses',
    document: withConnectors(
      PUBLIC,
      '{ type: github, id: a, config: { preferredEmailDomain: acme.com } }',
      '{ type: github, id: b, config: { preferredEmailDomain: "*.acme.com" } }',
    ),
  },
  {
    shows: 'domains of Keystone by their names, which the Dex inside Pachyderm sends as ids',
    document: withConnectors(
      PUBLIC,
      '{ type: keystone, id: a, config: { domain: ▸Default } }',
      '{ type: keystone, id: b, config: { domain: ▸acme } }',
      '{ type: keystone, id: c, config: { domain: ▸3fa85f64-5717-4562-b3fc-2c963f66afa6 } }',
      '{ type: keystone, id: d, config: { domain: default } }',
      '{ type: keystone, id: e, config: { domain: 3fa85f6457174562b3fc2c963f66afa6 } }',
    ),
    says: ['"Default" looks like a name', '"acme" looks like a name', 'have no hyphens'],
    hints: [
      'write default, the id of the domain that is called Default',
      'write the id, which openstack domain show acme prints; Dex from 2.40 on takes names too',
      'write 3fa85f6457174562b3fc2c963f66afa6',
    ],
  },
]);

describeRule('DEX059', [
  {
    shows: 'ids and names of bytes',
    document: withConnectors(
      PUBLIC,
      `{ type: ldap, id: a, config: { ${LDAP}, userSearch: { idAttr: ▸objectGUID } } }`,
      `{ type: ldap, id: b, config: { ${LDAP}, userSearch: { idAttr: ▸objectsid } } }`,
      `{ type: ldap, id: c, config: { ${LDAP}, groupSearch: { baseDN: "dc=acme,dc=com", nameAttr: ▸objectSid } } }`,
    ),
    says: [
      'failed to marshal offline session ID: string field contains invalid UTF-8',
      'objectsid holds bytes',
      'no role',
    ],
    severity: 'error',
  },
  {
    shows: 'ids of text',
    document: withConnectors(
      PUBLIC,
      ...['DN', 'sAMAccountName', 'entryUUID', 'ipaUniqueID'].map(
        (attribute) =>
          `{ type: ldap, id: ${attribute}, config: { ${LDAP}, userSearch: { idAttr: ${attribute} } } }`,
      ),
    ),
  },
]);
