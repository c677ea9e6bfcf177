import { CLIENT_FIELDS, CLIENT_REQUIRED, choice, client, flag, lines, pattern } from './fields';
import { type Provider } from './provider';

/** Microsoft Entra ID, by Dex's own connector, which asks Microsoft Graph for groups: more than 200 of them, by their names. */
export const entra: Provider = {
  name: 'entra',
  title: 'Microsoft Entra ID',
  description:
    'An application registered in one directory of Entra ID, once Azure AD. Groups come from Microsoft Graph, by their names, however many there are; addresses are user principal names, in lowercase.',
  type: 'microsoft',
  fields: {
    tenant: {
      ...pattern(
        'Directory (tenant) id, a GUID.',
        '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
        'the id of the directory, a GUID',
        '72f988bf-86f1-41af-91ab-2d7cd011db47',
      ),
      'x-hint':
        'az account show --query tenantId prints it; it is on the overview page of Entra ID, and in the issuer of https://login.microsoftonline.com/DOMAIN/v2.0/.well-known/openid-configuration. A name such as common lets in every account of Microsoft, without groups',
    },
    ...CLIENT_FIELDS,
    groupNames: choice('Whether groups go by their names or by their object ids.', ['names', 'ids'], 'names'),
    securityGroupsOnly: flag('Whether groups of Microsoft 365 and distribution lists are left out.', false),
    allowedGroups: lines(
      'Who may log in: members of at least one of these groups, in the form of groupNames. Default: everyone in the directory.',
      'A group.',
      ['data-science'],
    ),
  },
  required: ['tenant', ...CLIENT_REQUIRED],
  words: {
    groups: 'allowedGroups',
    useGroupsAsWhitelist: 'allowedGroups',
    groupNameFormat: 'groupNames',
    'groupNameFormat: id': 'groupNames: ids',
    onlySecurityGroups: 'securityGroupsOnly',
  },
  example: {
    tenant: '72f988bf-86f1-41af-91ab-2d7cd011db47',
    clientID: '6731de76-14a6-49ae-97bc-6eba6914391e',
    clientSecret: { env: 'ENTRA_CLIENT_SECRET' },
  },
  derive: (given) => ({
    tenant: given.unchanged('tenant'),
    ...client(given),
    // pachd compares addresses as strings, and Entra keeps the capitals that someone once typed.
    emailToLowercase: true,
    groupNameFormat: given.text('groupNames') === 'ids' ? 'id' : 'name',
    ...(given.isOn('securityGroupsOnly', false) ? { onlySecurityGroups: true } : {}),
    groups: given.unchanged('allowedGroups'),
  }),
};
