import { PERSONAL_ACCOUNTS } from '../rules/support/provider-issuers';
import { CLIENT_FIELDS, CLIENT_REQUIRED, choice, client, flag, lines, pattern } from './fields';
import type { FieldProblem, Given, Provider } from './provider';

const GUID = /[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/;

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
  meant: { tenant: tenantIn },
  check: (given) => [
    ...(given.text('tenant')?.toLowerCase() === PERSONAL_ACCOUNTS
      ? [
          {
            field: 'tenant',
            message:
              'That is the directory of personal accounts of Microsoft: everyone with one gets in, and Microsoft Graph has no groups of them',
            hint: 'write the id of your own directory: az account show --query tenantId prints it',
          },
        ]
      : []),
    ...groupProblems(given),
  ],
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

/**
 * The directory in a URL of Microsoft's login pages, behind `tenantId` of a portal, or in braces. Any other GUID may be that of an
 * application, a user or a subscription.
 */
function tenantIn(written: string): string | undefined {
  const id = `(${GUID.source})(?![0-9A-Fa-f-])`;
  return [
    `^https://(?:login\\.[a-z0-9.-]+|sts\\.windows\\.net)/${id}`,
    `tenant_?id["']?\\s*[=:/]\\s*["']?${id}`,
    `^[\\s{"']*${id}[\\s}"']*$`,
  ]
    .map((form) => new RegExp(form, 'i').exec(written)?.[1])
    .find((found) => found !== undefined);
}

/** Microsoft Graph is asked for either names or ids, and Dex compares those. */
function groupProblems(given: Given): FieldProblem[] {
  const isByID = given.text('groupNames') === 'ids';
  return given.texts('allowedGroups').flatMap((group, index): FieldProblem[] =>
    (GUID.exec(group)?.[0] === group) === isByID
      ? []
      : [
          {
            field: 'allowedGroups',
            index,
            message: isByID
              ? `No one is ever in the group "${group}": with groupNames: ids groups go by their object ids`
              : `No one is ever in the group "${group}": groups go by their names`,
            hint: isByID
              ? `write its object id: az ad group show --group '${group.replaceAll("'", `'\\''`)}' --query id prints it; or remove groupNames: ids`
              : 'write the name of the group, or groupNames: ids',
          },
        ],
  );
}
