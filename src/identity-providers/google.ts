import { foreignGoogleGroup, foreignWorkspace } from '../connectors/provider-names';
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

function domainProblems(given: Given): FieldProblem[] {
  return given.texts('domains').flatMap((domain, index): FieldProblem[] => {
    const foreign = foreignWorkspace(domain);
    return foreign === undefined
      ? []
      : [
          {
            field: 'domains',
            index,
            message: `No one of "${domain}" can log in: ${foreign.why}, and Dex compares domains as strings: \`oidc: unexpected hd claim\``,
            hint: `write ${foreign.name ?? foreign.form}`,
            ...(foreign.name === undefined ? {} : { replaceWith: foreign.name }),
          },
        ];
  });
}

function groupProblems(given: Given): FieldProblem[] {
  return given.texts('allowedGroups').flatMap((group, index): FieldProblem[] => {
    const foreign = foreignGoogleGroup(group, { domain: given.texts('domains')[0] });
    return foreign === undefined
      ? []
      : [
          {
            field: 'allowedGroups',
            index,
            message: `No one is ever in the group "${group}": ${foreign.why}`,
            hint: `write ${foreign.form}`,
          },
        ];
  });
}
