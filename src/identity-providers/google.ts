import { CLIENT_FIELDS, CLIENT_REQUIRED, client, file, flag, hostNames, line, lines } from './fields';
import type { FieldProblem, Given, Provider } from './provider';

/** Google, for the accounts of a Workspace. */
export const google: Provider = {
  name: 'google',
  title: 'Google',
  description:
    'An OAuth client of Google Cloud, for the accounts of a Google Workspace. Groups come from the Directory API, which needs a service account and an administrator to act for.',
  type: 'google',
  fields: {
    domains: hostNames('Domains of the Workspace whose accounts may log in.', ['acme.com']),
    ...CLIENT_FIELDS,
    serviceAccountFile: file(
      'Path of the JSON key of the service account, in the container of Dex: /dexcreds/ has the files of identity.credentialFilesSecretName.',
      '/dexcreds/google.json',
    ),
    adminEmail: line(
      'Address of an administrator of the Workspace that the service account acts for.',
      'admin@acme.com',
    ),
    nestedGroups: flag('Whether groups that a group is in count too.', false),
    allowedGroups: lines(
      'Who may log in: members of at least one of these groups, by address. Default: every account of the domains.',
      'Address of a group.',
      ['data@acme.com'],
    ),
  },
  required: ['domains', ...CLIENT_REQUIRED],
  words: {
    groups: 'allowedGroups',
    hostedDomains: 'domains',
    serviceAccountFilePath: 'serviceAccountFile',
    fetchTransitiveGroupMembership: 'nestedGroups',
  },
  groupsHint: 'write serviceAccountFile and adminEmail, with which Dex asks the Directory API',
  example: {
    domains: ['acme.com'],
    clientID: '1234567890-abc.apps.googleusercontent.com',
    clientSecret: { env: 'GOOGLE_CLIENT_SECRET' },
    serviceAccountFile: '/dexcreds/google.json',
    adminEmail: 'admin@acme.com',
  },
  check: (given) => {
    const problems: FieldProblem[] = [...domainProblems(given), ...groupProblems(given)];
    const directory = ['serviceAccountFile', 'adminEmail'] as const;
    const [lacking] = directory.filter((field) => !given.has(field));
    const wants = [...directory, 'nestedGroups', 'allowedGroups'].find((field) => given.has(field));
    if (lacking !== undefined && wants !== undefined)
      problems.push({
        field: wants,
        message: `${wants} is for groups, and without ${lacking} Dex cannot ask the Directory API for any`,
        hint: `add ${lacking}, or remove ${wants}`,
      });
    const administrator = given.text('adminEmail');
    if (administrator !== undefined && !/^[^@\s]+@[^@\s]+$/.test(administrator))
      problems.push({
        field: 'adminEmail',
        message: `"${administrator}" is not an address, and the Directory API lets no one else be acted for`,
        hint: `write the address of an administrator of the Workspace, such as admin@${given.texts('domains')[0] ?? 'acme.com'}`,
      });
    if (administrator?.endsWith('.gserviceaccount.com') === true)
      problems.push({
        field: 'adminEmail',
        message:
          'That is a service account, and the Directory API answers it only as an administrator of the Workspace, whom it acts for',
        hint: `write the address of an administrator, such as admin@${given.texts('domains')[0] ?? 'acme.com'}`,
      });
    return problems;
  },
  derive: (given) => ({
    ...client(given),
    hostedDomains: given.unchanged('domains'),
    serviceAccountFilePath: given.unchanged('serviceAccountFile'),
    adminEmail: given.unchanged('adminEmail'),
    ...(given.isOn('nestedGroups', false) ? { fetchTransitiveGroupMembership: true } : {}),
    groups: given.unchanged('allowedGroups'),
  }),
};

/** Accounts of these have no domain of a Workspace, which Dex looks for in the claim hd. */
const PRIVATE = /^(gmail|googlemail)\.com$/i;

/** Hosts of Google, of which none is the domain of a Workspace of anyone else. */
const PAGE = /(^|\.)(google|googleapis|googleusercontent|gserviceaccount)\.com$/i;

function domainProblems(given: Given): FieldProblem[] {
  return given.texts('domains').flatMap((domain, index): FieldProblem[] => {
    const at = { field: 'domains', index };
    if (PRIVATE.test(domain))
      return [
        {
          ...at,
          message: `Accounts of ${domain} are in no Workspace, and Dex refuses them: \`oidc: unexpected hd claim\``,
          hint: 'write the domain of the Workspace whose accounts may log in',
        },
      ];
    if (PAGE.test(domain))
      return [
        {
          ...at,
          message: `${domain} is a host of Google's own, and no account has that domain: no one can log in`,
          hint: 'write what is behind the @ in the addresses of the people who log in, such as acme.com',
        },
      ];
    return domain === domain.toLowerCase()
      ? []
      : [
          {
            ...at,
            message: `Google names domains in lowercase, and Dex compares them as strings: no one of ${domain} can log in`,
            hint: `write ${domain.toLowerCase()}`,
            replaceWith: domain.toLowerCase(),
          },
        ];
  });
}

function groupProblems(given: Given): FieldProblem[] {
  return given.texts('allowedGroups').flatMap((group, index): FieldProblem[] =>
    group.includes('@')
      ? []
      : [
          {
            field: 'allowedGroups',
            index,
            message: `No one is ever in the group "${group}": Google names groups by their addresses`,
            hint: `write its address, such as ${group.replace(/\s+/g, '-').toLowerCase()}@${given.texts('domains')[0] ?? 'acme.com'}`,
          },
        ],
  );
}
