import { foreignGroupPath } from '../connectors/provider-names';
import { CLIENT_FIELDS, CLIENT_REQUIRED, client, hostAndPort, lines } from './fields';
import { From, type FieldProblem, type Provider } from './provider';

/** GitLab, at gitlab.com or on a server of one's own. */
export const gitlab: Provider = {
  name: 'gitlab',
  title: 'GitLab',
  description:
    'An application at gitlab.com or at a GitLab server. Groups are groups and subgroups by their full paths, such as acme/data.',
  type: 'gitlab',
  fields: {
    groups: lines(
      'Who may log in: members of at least one of these groups, by full path. Default: everyone with an account.',
      'Full path of a group.',
      ['acme/data'],
    ),
    ...CLIENT_FIELDS,
    host: hostAndPort(
      'Host of the GitLab server, with its port where that is not 443. Default: gitlab.com.',
      'gitlab.acme.com',
    ),
  },
  required: CLIENT_REQUIRED,
  words: { baseURL: 'host' },
  example: {
    groups: ['acme'],
    clientID: '3f1c6a4e9d',
    clientSecret: { env: 'GITLAB_CLIENT_SECRET' },
  },
  check: (given) =>
    given.texts('groups').flatMap((group, index): FieldProblem[] => {
      const foreign = foreignGroupPath(group);
      return foreign === undefined
        ? []
        : [
            {
              field: 'groups',
              index,
              message: `No one is ever in the group "${group}": ${foreign.why}`,
              hint: `write ${foreign.name ?? foreign.form}`,
              ...(foreign.name === undefined ? {} : { replaceWith: foreign.name }),
            },
          ];
    }),
  derive: (given) => ({
    baseURL: new From('host', `https://${given.text('host')?.toLowerCase() ?? 'gitlab.com'}`),
    ...client(given),
    groups: given.unchanged('groups'),
  }),
};
