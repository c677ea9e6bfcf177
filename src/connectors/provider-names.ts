import { withoutSlash } from '../forms/without-slash';

/** What is wrong with a name in a list of who may log in. */
export interface ForeignName {
  /** Why no one is called so at the provider, without a subject: `GitLab has groups by their full paths`. */
  readonly why: string;
  /** The name that was meant, where it is certain. */
  readonly name?: string;
  /** What to write where it is not, behind `write`. */
  readonly form: string;
}

/** An organization of GitHub, and the team, that were meant by something that is no organization's name. */
export interface MeantOrganization extends ForeignName {
  /** The team in it, which the list of teams takes. */
  readonly team?: string;
  /** Whether the team goes by its slug there. */
  readonly isSlug?: boolean;
}

/** What was meant by a name that no organization of GitHub has; undefined where one may have it. */
export function foreignOrganization(written: string): MeantOrganization | undefined {
  if (/^[A-Za-z0-9_-]+$/.test(written)) return undefined;
  return {
    why: 'the names of organizations have letters, digits and hyphens alone',
    form: 'its name as it is in its URL, such as acme',
    ...organizationIn(written),
  };
}

/** The organization, and the team, that a URL or a form of another field names. Other pages of GitHub name none for certain. */
function organizationIn(written: string): Pick<MeantOrganization, 'name' | 'team' | 'isSlug'> {
  const [, url] = /^(?:https?:\/\/[^/]+|(?:www\.)?github\.com)\/([^?#]*)/i.exec(written) ?? [];
  if (url === undefined) {
    const [, name, team] = /^@?([A-Za-z0-9_-]+)(?:[/:]([^/:]+)|\/)?$/.exec(written) ?? [];
    return { ...(name === undefined ? {} : { name }), ...(team === undefined ? {} : { team }) };
  }
  const [, name, team] = /^orgs\/([A-Za-z0-9_-]+)(?:\/teams\/([^/]+))?(?:\/|$)/.exec(url) ?? [];
  const own =
    name ??
    /^(?!(?:enterprises|login|organizations|orgs|settings|users)\b)([A-Za-z0-9_-]+)\/?$/.exec(url)?.[1];
  return {
    ...(own === undefined ? {} : { name: own }),
    ...(team === undefined ? {} : { team, isSlug: true }),
  };
}

/** The slug that GitHub makes of the name of a team; undefined where it is one. */
export function slugOfTeam(team: string): string | undefined {
  return /^[a-z0-9_-]+$/.test(team) ? undefined : team.toLowerCase().replace(/[^a-z0-9_]+/g, '-');
}

/** Pages of GitLab itself, whose names no group may have: "Reserved project and group names" of its manual. */
const PAGES =
  /^(?:admin|api|assets|dashboard|explore|files|health_check|help|import|jwt|login|oauth|profile|projects|public|s|search|sitemap|snippets|unsubscribes|uploads|users|v2)(?:\/|$)/i;

/**
 * What was meant by a path that no group of GitLab has; undefined where one may have it. `prefix` stands before the path where
 * it is written.
 */
export function foreignGroupPath(group: string, prefix = ''): ForeignName | undefined {
  if (isGroupPath(group)) return undefined;
  const meant = meantPath(group);
  return {
    why: 'GitLab has groups by their full paths, without blanks, colons and a slash at either end',
    form: `its path as in its URL, such as ${prefix}${meant.replace(/[^A-Za-z0-9_./-]+/g, '-').toLowerCase() || 'acme/data'}`,
    ...(isGroupPath(meant) && !PAGES.test(meant) ? { name: prefix + meant } : {}),
  };
}

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
    .replace(/^@/, '')
    .replace(/^.*@[^/]*/, '')
    .replace(/^https?:\/\/[^/]+/i, '')
    .replace(/[?#].*/, '')
    .replace(/:/g, '/')
    .replace(/\/-(\/.*)?$/, '')
    .replace(/^\/*(groups\/)?\/*/, '');
  return withoutSlash(path);
}

/** Accounts of these have no domain of a Workspace, which Dex looks for in the claim hd. */
const PRIVATE = /^(gmail|googlemail)\.com$/i;

/** Hosts of Google, of which none is the domain of a Workspace of anyone else. */
const PAGE = /(^|\.)(google|googleapis|googleusercontent|gserviceaccount)\.com$/i;

/** Why no account has a domain as Google names it in the claim hd; undefined where one may. */
export function foreignWorkspace(domain: string): ForeignName | undefined {
  const form = 'what is behind the @ in the addresses of the people who log in, such as acme.com';
  if (PRIVATE.test(domain))
    return {
      why: `accounts of ${domain} are in no Workspace, and have no domain there`,
      form: 'the domain of the Workspace whose accounts may log in',
    };
  if (PAGE.test(domain)) return { why: `${domain} is a host of Google's own`, form };
  if (!/^[^\s@:/*?#]+$/.test(domain)) {
    const [meant] =
      /(?<![^\s@:/*?#])[^\s@:/*?#]+\.[a-z]{2,}(?=[\s:/?#]*$|[:/])/i.exec(domain.replace(/^@?\*\./, '')) ?? [];
    return {
      why: 'Google names domains alone, without scheme, path or @',
      form,
      ...(meant === undefined || foreignWorkspace(meant) !== undefined ? {} : { name: meant }),
    };
  }
  return domain === domain.toLowerCase()
    ? undefined
    : { why: 'Google names domains in lowercase', name: domain.toLowerCase(), form };
}

/** Why no group of Google goes by a name; undefined where one may. `prefix` stands before the address where it is written. */
export function foreignGoogleGroup(
  group: string,
  {
    domain = 'acme.com',
    prefix = '',
  }: { readonly domain?: string | undefined; readonly prefix?: string } = {},
): ForeignName | undefined {
  return group.includes('@')
    ? undefined
    : {
        why: 'Google names groups by their addresses',
        form: `its address, such as ${prefix}${group.replace(/\s+/g, '-').toLowerCase()}@${domain}`,
      };
}
