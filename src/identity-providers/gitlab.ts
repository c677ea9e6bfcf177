import { CLIENT_FIELDS, CLIENT_REQUIRED, client, hostName, lines } from './fields';
import { From, type FieldProblem, type Provider } from './provider';
import { withoutTrailing } from '../forms/trim';

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
    host: hostName('Host of the GitLab server. Default: gitlab.com.', 'gitlab.acme.com'),
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
      if (isGroupPath(group)) return [];
      const meant = meantPath(group);
      const isCertain = isGroupPath(meant) && !PAGES.test(meant);
      return [
        {
          field: 'groups',
          index,
          message: `No one is ever in the group "${group}": GitLab has groups by their full paths, without a slash at either end, blanks and colons`,
          hint: isCertain
            ? `write ${meant}`
            : `write its path as in its URL, such as ${meant.replace(/[^A-Za-z0-9_./-]+/g, '-').toLowerCase() || 'acme/data'}`,
          ...(isCertain ? { replaceWith: meant } : {}),
        },
      ];
    }),
  derive: (given) => ({
    baseURL: new From('host', `https://${given.text('host')?.toLowerCase() ?? 'gitlab.com'}`),
    ...client(given),
    groups: given.unchanged('groups'),
  }),
};

/** Pages of GitLab itself, whose names no group may have: "Reserved project and group names" of its manual. */
const PAGES =
  /^(?:admin|api|assets|dashboard|explore|files|health_check|help|import|jwt|login|oauth|profile|projects|public|s|search|sitemap|snippets|unsubscribes|uploads|users|v2)(?:\/|$)/i;

/** Names of parts of a path; `groups` and a dash alone begin paths of GitLab's own pages. */
function isGroupPath(group: string): boolean {
  return /^(?!(?:groups|-)\/)[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(group);
}

/**
 * The path in a URL, or in a form that another product has. A user and a password in front of the host go first: in another form
 * nothing would mask them.
 */
function meantPath(group: string): string {
  const path = group
    .replace(/^.*@[^/]*/, '')
    .replace(/^https?:\/\/[^/]+/i, '')
    .replace(/[?#].*/, '')
    .replace(/:/g, '/')
    .replace(/\/-(\/.*)?$/, '');
  return withoutTrailing(path.replace(/^\/*(groups\/)?\/*/, ''), '/');
}
