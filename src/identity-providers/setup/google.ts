import { applicationName, CLIENT, forGroups, type Setup, type SetupPlace } from './setup';
import { asked, assigned, command, piped, variable } from './shell';

/** The scope of the Directory API that Dex's service account acts with. */
const SCOPE = 'https://www.googleapis.com/auth/admin.directory.group.readonly';
const PROJECT = variable('PROJECT');

/** Google, through Dex's connector of that name, and through `oidc`, which never has groups. */
export const googleSetup: Setup = {
  title: 'Google',
  application: 'an OAuth client of type web application',
  groups: () =>
    'domain-wide delegation of admin.directory.group.readonly to the service account, and adminEmail of an administrator',
  entered: (place) => [
    ['Application type', 'Web application'],
    ['Name', applicationName(place)],
    ['Authorized redirect URIs', place.callback],
    ...forGroups(place, ['Domain-wide delegation', SCOPE] as const),
  ],
  steps: (place) => [
    'In the Google Cloud console: APIs & Services > OAuth consent screen, user type Internal, where there is none yet',
    'APIs & Services > Credentials > Create credentials > OAuth client ID > Web application, with the values above',
    ...forGroups(
      place,
      'APIs & Services > Library > Admin SDK API > Enable',
      'IAM & Admin > Service Accounts > Create service account; Keys > Add key > JSON',
      "In the Google Admin console: Security > Access and data control > API controls > Manage Domain Wide Delegation > Add new: the service account's unique id as client ID, and the scope above",
      'Name an administrator of the Workspace who may read groups in adminEmail, and put the JSON key into the Secret of identity.credentialFilesSecretName',
    ),
  ],
  returned: [
    ...CLIENT,
    {
      label: 'JSON key of the service account, as a file',
      key: 'serviceAccountFilePath',
      field: 'serviceAccountFile',
      isFor: ({ hasGroups }) => hasGroups,
    },
    { label: 'Address of an administrator', key: 'adminEmail', isFor: ({ hasGroups }) => hasGroups },
  ],
  commands: (place) => ({
    about: place.hasGroups
      ? 'gcloud makes the service account for groups, and prints the id that the domain-wide delegation wants. It cannot make OAuth clients for web applications, and the delegation is for the Admin console.'
      : 'gcloud cannot make OAuth clients for web applications: it shows the project that the console has to be in.',
    lines: place.hasGroups
      ? [
          assigned('PROJECT', command('gcloud', 'config', 'get-value', 'project')),
          command('gcloud', 'services', 'enable', 'admin.googleapis.com', '--project', PROJECT),
          command(
            ...['gcloud', 'iam', 'service-accounts', 'create', 'pachyderm-dex', '--project'],
            PROJECT,
            ...['--display-name', `${applicationName(place)}: groups for Dex`],
          ),
          command(
            ...['gcloud', 'iam', 'service-accounts', 'keys', 'create', 'google.json', '--iam-account'],
            ['pachyderm-dex@', PROJECT, '.iam.gserviceaccount.com'],
          ),
          command(
            ...['gcloud', 'iam', 'service-accounts', 'describe'],
            ['pachyderm-dex@', PROJECT, '.iam.gserviceaccount.com'],
            '--format=value(uniqueId)',
          ),
        ]
      : [command('gcloud', 'config', 'get-value', 'project')],
  }),
  lookAtGroups: (place) => ({
    about: `Shows the groups that someone is in${isTransitive(place) ? '' : ' directly'}, as pachd will know them. It needs jq, and an edition of Google Workspace or Cloud Identity that may search groups of groups, such as Enterprise Standard or Premium; others answer PERMISSION_DENIED.`,
    lines: [
      asked('MEMBER', 'ada@example.com'),
      piped(
        command(
          ...['gcloud', 'identity', 'groups', 'memberships', 'search-transitive-groups', '--labels'],
          ...['cloudidentity.googleapis.com/groups.discussion_forum', '--member-email'],
          variable('MEMBER'),
          '--format=json',
        ),
        command(
          'jq',
          '--raw-output',
          `.memberships[]${isTransitive(place) ? '' : ' | select(.relationType != "INDIRECT")'} | "group:" + .groupKey.id`,
        ),
      ),
    ],
  }),
};

/** Whether Dex asks for the groups that the groups of a person are in, too. */
function isTransitive({ connector }: SetupPlace): boolean {
  return connector.isOn('fetchTransitiveGroupMembership');
}
