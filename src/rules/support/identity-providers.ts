import type { UrlText } from '../../model/url-text';
import { withoutSlash } from '../../forms/without-slash';

/** What a provider calls itself in the discovery document that Dex finds at an issuer. */
export interface IssuerAt {
  /** Its own issuer there; missing where Dex finds no discovery document at all. Braces stand for what no one can tell. */
  readonly named?: string;
  /** The issuer to write instead. It may have a part in braces for the reader to fill in. */
  readonly write?: string;
  /** What to do, where writing another issuer is not all or does not help. */
  readonly hint?: string;
  /** What is at the URL, where it is a page for people and no issuer. */
  readonly page?: string;
  /** Whether settings at the provider may make it right after all. */
  readonly isUncertain?: true;
}

/** An OpenID Connect provider whose issuers can be told by how they look: one row of what is known about it. */
export interface IdentityProvider {
  readonly name: string;
  /** In lowercase; missing for software that runs on any host. */
  readonly host?: RegExp;
  readonly path?: RegExp;
  /** The provider's own name at a URL; undefined where nothing is known about such a URL. */
  readonly issuer: (url: UrlText) => IssuerAt | undefined;
  /** Whether every issuer that looks so is the provider's; a path alone may be someone else's. */
  readonly isCertain: boolean;
  /** It sends the claim `email` to everyone who asks for the scope of that name. */
  readonly sendsEmail?: boolean;
  /** Its ID tokens always say whether an address is verified. */
  readonly sendsEmailVerified?: boolean;
  /** Its ID tokens have no claim `email_verified`, or one that Dex cannot read. */
  readonly omitsEmailVerified?: boolean;
  /** Its users may have no claim `email`, but have their address in this one. */
  readonly addressClaim?: string;
  /** Addresses come with the capitals that someone once typed. */
  readonly keepsCapitals?: boolean;
  /** The claim that holds groups, where it is not called `groups`. */
  readonly groupsClaim?: string;
  /** What its groups are called: `ids` are GUIDs, whatever the names of the groups. */
  readonly groupNames?: 'ids';
  /** Scopes that it refuses, so that no one can log in, and what it says to them. */
  readonly refusedScopes?: { readonly scopes: readonly string[]; readonly error: string };
  /** It has no claim for groups at all. */
  readonly sendsNoGroups?: boolean;
  /** It refuses a request that names a scope twice. */
  readonly refusesRepeatedScopes?: boolean;
  /** The scope without which it sends no groups. */
  readonly groupsScope?: (url: UrlText) => string | undefined;
  /** Whether groups are not in the ID token of a code login, but at the userinfo endpoint: always, or as the claim is set up. */
  readonly thinToken?: (url: UrlText) => 'always' | 'possible';
  /** Who gets in when nothing restricts it: `everyone with a Google account`; undefined where an issuer is one organization's. */
  readonly openTo?: (url: UrlText) => string | undefined;
}

/** Personal accounts of Microsoft have a directory of their own, whose id is the same everywhere. */
export const PERSONAL_ACCOUNTS = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Names that stand for several directories of Entra ID. */
const SHARED_DIRECTORY = /^(common|organizations)$/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const hostAndPath = (url: UrlText): IssuerAt => own(`https://${hostOf(url)}${trimmed(url)}`);
const withSlash = (url: UrlText): IssuerAt => own(`https://${hostOf(url)}${trimmed(url)}/`);
/** For those that serve at any host, with or without https. */
const pathWithoutSlash = (url: UrlText): IssuerAt => own(url.origin + trimmed(url));
const pathWithSlash = (url: UrlText): IssuerAt => own(`${url.origin}${trimmed(url)}/`);
const unjudged = (): undefined => undefined;

const everyone =
  (accounts: string): (() => string) =>
  () =>
    `everyone with ${accounts}`;

/** Providers with one issuer for everyone in the world, of which no more is known. */
const PUBLIC_PROVIDERS: readonly (readonly [name: string, host: RegExp, accounts: string])[] = [
  ['LinkedIn', /^(www\.)?linkedin\.com$/, 'a LinkedIn account'],
  ['Apple', /^(appleid|account)\.apple\.com$/, 'an Apple account'],
  ['Facebook', /^(www|limited|m)\.facebook\.com$/, 'a Facebook account'],
  ['Yahoo', /^api\.login\.yahoo\.com$/, 'a Yahoo account'],
  ['Slack', /^slack\.com$/, 'a Slack account'],
  ['Twitch', /^id\.twitch\.tv$/, 'a Twitch account'],
  ['LINE', /^access\.line\.me$/, 'a LINE account'],
  ['PayPal', /^www\.paypal(objects)?\.com$/, 'a PayPal account'],
  ['Salesforce', /^login\.salesforce\.com$/, 'a Salesforce account, of whatever organization'],
  ['Discord', /^discord(app)?\.com$/, 'a Discord account'],
  ['GitHub', /^github\.com$/, 'a GitHub account'],
  ['Gitea', /^gitea\.com$/, 'an account at gitea.com'],
  ['Codeberg', /^codeberg\.org$/, 'a Codeberg account'],
  ['ORCID', /^orcid\.org$/, 'an ORCID'],
  ['CILogon', /^cilogon\.org$/, 'an account that CILogon takes, a Google account among them'],
  ['Globus', /^auth\.globus\.org$/, 'an account that Globus takes, a Google account among them'],
  ['Red Hat', /^sso\.redhat\.com$/, 'a Red Hat account'],
  ['Atlassian', /^(auth|id)\.atlassian\.com$/, 'an Atlassian account'],
  ['Bitbucket', /^bitbucket\.org$/, 'a Bitbucket account'],
  ['Amazon', /^(www|api)\.amazon\.com$/, 'an Amazon account'],
];

/** What is known about providers, the first that fits an issuer being the one. */
export const identityProviders: readonly IdentityProvider[] = [
  {
    name: 'Auth0',
    host: /\.auth0\.com$/,
    issuer: (url) =>
      /^(manage|www|accounts|marketplace|support)\./.test(hostOf(url)) && !/\..*\..*\./.test(hostOf(url))
        ? { page: 'a page of Auth0', write: 'https://{domain of the tenant}/' }
        : own(`https://${hostOf(url)}/`),
    isCertain: true,
    sendsEmail: true,
  },
  {
    name: 'Google',
    host: /^(accounts\.google\.com|(www\.)?google\.com|(oauth2|www)\.googleapis\.com)$/,
    issuer: (url) => {
      const issuer = 'https://accounts.google.com';
      return hostOf(url) === 'accounts.google.com' && trimmed(url) === '' ? own(issuer) : { write: issuer };
    },
    isCertain: true,
    sendsEmail: true,
    refusedScopes: { scopes: ['groups', 'offline_access', 'roles'], error: 'Error 400: invalid_scope' },
    sendsNoGroups: true,
    openTo: everyone('a Google account'),
  },
  {
    name: 'Okta',
    host: /\.(okta|oktapreview|okta-emea|okta-gov|okta)\.(com|mil)$/,
    issuer: oktaIssuer,
    isCertain: true,
    sendsEmail: true,
    omitsEmailVerified: true,
    groupsScope: (url) => (isOktaOrganization(url) ? 'groups' : undefined),
    thinToken: (url) => (isOktaOrganization(url) ? 'always' : 'possible'),
  },
  {
    name: 'Entra ID',
    host: /^sts\.(windows\.net|chinacloudapi\.cn)$/,
    path: /^\/[^/]+\/*$/,
    issuer: (url) => {
      const { tenant = '' } = entraPath(url);
      const issuer = withSlash({ ...url, path: `/${directoryOf(tenant)}` });
      return { ...issuer, ...writeDirectory(url, tenant), ...capitalsAlone(url, issuer) };
    },
    isCertain: true,
    omitsEmailVerified: true,
    addressClaim: 'upn',
    keepsCapitals: true,
    groupNames: 'ids',
    openTo: personalAccounts,
  },
  {
    name: 'Entra ID',
    host: /^(login\.(microsoftonline\.(com|us)|microsoft\.com|windows\.net|partner\.microsoftonline\.cn|chinacloudapi\.cn)|sts\.(windows\.net|chinacloudapi\.cn))$/,
    issuer: entraIssuer,
    isCertain: true,
    omitsEmailVerified: true,
    addressClaim: 'preferred_username',
    keepsCapitals: true,
    groupNames: 'ids',
    refusedScopes: {
      scopes: ['groups', 'roles'],
      error: "AADSTS650053: The application … asked for scope '{scope}' that doesn't exist on the resource",
    },
    openTo: personalAccounts,
  },
  {
    name: 'Entra ID',
    host: /^((aad\.)?portal\.azure\.(com|us|cn)|entra\.microsoft\.(com|us)|my(apps|applications|account)\.microsoft\.com)$/,
    issuer: () => ({
      page: 'a portal of Microsoft',
      write: 'https://login.microsoftonline.com/{id of the directory}/v2.0',
    }),
    isCertain: true,
    omitsEmailVerified: true,
  },
  {
    name: 'Google',
    host: /^(admin|console\.cloud|console\.developers|myaccount|workspace)\.google\.com$/,
    issuer: () => ({ page: 'a console of Google', write: 'https://accounts.google.com' }),
    isCertain: true,
  },
  {
    name: 'Entra External ID',
    host: /\.ciamlogin\.com$/,
    issuer: customerIssuer,
    isCertain: true,
    omitsEmailVerified: true,
    groupNames: 'ids',
  },
  {
    name: 'Azure AD B2C',
    host: /\.b2clogin\.com$/,
    issuer: b2cIssuer,
    isCertain: true,
    omitsEmailVerified: true,
  },
  {
    name: 'Cognito',
    host: /^cognito-idp(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?)$/,
    issuer: (url) =>
      /^\/[^/]+\/*$/.test(url.path)
        ? hostAndPath(url)
        : poolOf(url) === undefined
          ? { write: `https://${hostOf(url)}/{pool id}` }
          : { write: `https://${hostOf(url)}/${poolOf(url)}` },
    isCertain: true,
    omitsEmailVerified: true,
    groupsClaim: 'cognito:groups',
    refusedScopes: { scopes: ['groups', 'offline_access', 'roles'], error: 'invalid_scope' },
  },
  {
    // The host of its login pages, which is no issuer.
    name: 'Cognito',
    host: /\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/,
    issuer: (url) => ({
      write: `https://cognito-idp.${/\.auth(?:-fips)?\.([a-z0-9-]+)\./.exec(hostOf(url))?.[1]}.amazonaws.com/{pool id}`,
    }),
    isCertain: true,
    omitsEmailVerified: true,
    groupsClaim: 'cognito:groups',
  },
  {
    name: 'Cognito',
    host: /(^|\.)console\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/,
    path: /^\/cognito(\/|$)/,
    issuer: () => ({
      page: 'the console of AWS',
      write: 'https://cognito-idp.{region}.amazonaws.com/{pool id}',
    }),
    isCertain: true,
    omitsEmailVerified: true,
  },
  {
    name: 'Oracle IDCS',
    host: /^idcs-[0-9a-z]+\.identity\.([a-z0-9-]+\.)?(oraclecloud|oci\.oraclecloud)\.com$/,
    issuer: () => ({
      named: 'https://identity.oraclecloud.com/',
      hint: 'use Dex 2.42 or newer with issuerAlias: https://identity.oraclecloud.com/, for a cluster as identity.dex: standalone; the Dex inside Pachyderm has no setting for it',
    }),
    isCertain: true,
    omitsEmailVerified: true,
  },
  {
    name: 'Oracle IDCS',
    host: /^identity\.oraclecloud\.com$/,
    issuer: withSlash,
    isCertain: true,
    omitsEmailVerified: true,
  },
  {
    name: 'GitLab',
    host: /^gitlab\.com$/,
    issuer: () => own('https://gitlab.com'),
    isCertain: true,
    refusedScopes: {
      scopes: ['groups', 'offline_access', 'roles'],
      error: 'The requested scope is invalid, unknown, or malformed.',
    },
    thinToken: () => 'always',
    openTo: everyone('an account at gitlab.com'),
  },
  {
    name: 'OneLogin',
    host: /\.onelogin\.com$/,
    path: /^\/oidc\/2\/*$/,
    issuer: hostAndPath,
    isCertain: true,
  },
  {
    name: 'PingOne',
    host: /^auth\.pingone\.(com|eu|ca|asia|sg|com\.au)$/,
    path: /^\/[^/]+\/as\/*$/,
    issuer: hostAndPath,
    isCertain: true,
  },
  ...PUBLIC_PROVIDERS.map(([name, host, accounts]) => ({
    name,
    host,
    issuer: unjudged,
    isCertain: true,
    openTo: everyone(accounts),
  })),
  {
    name: 'Keycloak',
    path: /\/realms\/[^/]+\/*$/,
    issuer: pathWithoutSlash,
    isCertain: false,
    sendsEmailVerified: true,
  },
  {
    name: 'Keycloak',
    path: /\/realms\/[^/]+\/protocol\/openid-connect(\/|$)/,
    issuer: ({ origin, path }) => ({ write: origin + path.replace(/\/protocol\/openid-connect.*$/, '') }),
    isCertain: false,
  },
  {
    name: 'Keycloak',
    path: /\/admin\/[^/]+\/console(\/|$)/,
    issuer: ({ origin, path }) => ({
      page: 'the admin console of Keycloak',
      write: `${origin}${path.replace(/\/admin\/.*$/, '')}/realms/{realm}`,
    }),
    isCertain: false,
  },
  {
    name: 'authentik',
    path: /^\/if\/(admin|user|flow)(\/|$)/,
    issuer: ({ origin }) => ({
      page: 'a page of authentik',
      write: `${origin}/application/o/{slug}/`,
    }),
    isCertain: false,
  },
  {
    name: 'authentik',
    path: /\/application\/o\/(authorize|token|userinfo|device|introspect|revoke)\/*$/,
    issuer: ({ origin, path }) => ({ write: `${origin}${path.replace(/[^/]+\/*$/, '')}{slug}/` }),
    isCertain: false,
  },
  {
    name: 'authentik',
    path: /\/application\/o\/[^/]+\/*$/,
    issuer: pathWithSlash,
    isCertain: false,
    refusesRepeatedScopes: true,
  },
  {
    name: 'AD FS',
    path: /^\/adfs\/*$/i,
    issuer: pathWithoutSlash,
    isCertain: false,
    keepsCapitals: true,
  },
];

function own(issuer: string): IssuerAt {
  return { named: issuer, write: issuer };
}

function hostOf({ host }: UrlText): string {
  return host.toLowerCase();
}

function trimmed({ path }: UrlText): string {
  return withoutSlash(path);
}

/** The tenant of a URL of Entra ID, and what follows it. */
function entraPath(url: UrlText): { readonly tenant?: string; readonly rest: string } {
  const [, tenant, ...rest] = trimmed(url).split('/');
  return { ...(tenant ? { tenant } : {}), rest: rest.join('/') };
}

/** How discovery documents of Entra ID name the directory that a tenant stands for. */
function directoryOf(tenant: string): string {
  if (SHARED_DIRECTORY.test(tenant)) return '{tenantid}';
  if (tenant.toLowerCase() === 'consumers') return PERSONAL_ACCOUNTS;
  if (tenant.includes('.')) return '{id of the directory}';
  return GUID.test(tenant) ? tenant.toLowerCase() : tenant;
}

/** What to write for a tenant that is no directory, or that is one by its domain. */
function writeDirectory(url: UrlText, tenant: string): Pick<IssuerAt, 'hint'> {
  const directory = directoryOf(tenant);
  if (directory === tenant.toLowerCase() || directory === tenant) return {};
  if (directory === PERSONAL_ACCOUNTS)
    return {
      hint: `put the id of your directory in place of consumers; with ${PERSONAL_ACCOUNTS}, the directory of personal accounts, everyone with one gets in`,
    };
  return {
    hint:
      directory === '{tenantid}'
        ? 'put the id of your directory into the issuer; or use a connector of type microsoft'
        : `put the id of the directory in place of ${tenant}; it is in the issuer of ${url.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
  };
}

/** That discovery documents have ids of directories in lowercase is what they show, and nowhere promised. */
function capitalsAlone({ origin, path }: UrlText, { named = '' }: IssuerAt): Pick<IssuerAt, 'isUncertain'> {
  const written = origin + path;
  return written !== named && origin + path.toLowerCase() === named ? { isUncertain: true } : {};
}

/** Where version 2 of the clouds of Entra ID is. */
function entraHost(url: UrlText): string {
  const host = hostOf(url);
  if (host.endsWith('.cn')) return 'login.partner.microsoftonline.cn';
  return host === 'login.microsoftonline.us' ? host : 'login.microsoftonline.com';
}

/**
 * Whatever the host and the path, version 2 of a directory has one name, and version 1 another; see
 * https://learn.microsoft.com/entra/identity-platform/access-tokens.
 */
function entraIssuer(url: UrlText): IssuerAt | undefined {
  const { tenant, rest } = entraPath(url);
  const host = entraHost(url);
  if (tenant === undefined) return { write: `https://${host}/{id of the directory}/v2.0` };
  if (
    rest === 'v2.0' &&
    /^[a-z][a-z0-9-]{2,}$/i.test(tenant) &&
    directoryOf(tenant) === tenant &&
    !GUID.test(tenant)
  )
    return {
      page: 'a directory by a name that Entra ID does not know',
      write: `https://${host}/{id of the directory}/v2.0`,
      hint: `put the id of the directory in place of ${tenant}, which Entra ID knows by its id or its domains alone: az account show --query tenantId prints it`,
    };
  // A path of the portal, or of something else that is no directory.
  if (!GUID.test(tenant) && directoryOf(tenant) === tenant && !/^(v2\.0)?$/.test(rest)) return undefined;
  const version2 = `https://${host}/${directoryOf(tenant)}/v2.0`;
  const instead = { write: version2, ...writeDirectory(url, tenant) };
  if (rest === 'v2.0') return { named: version2, ...instead, ...capitalsAlone(url, { named: version2 }) };
  if (rest !== '') return instead;
  const sts = host.endsWith('.cn') ? 'sts.chinacloudapi.cn' : 'sts.windows.net';
  return { named: `https://${sts}/${directoryOf(tenant)}/`, ...instead };
}

/** External ID names a directory by its id both in the host and in the path. */
function customerIssuer(url: UrlText): IssuerAt | undefined {
  const { tenant, rest } = entraPath(url);
  const subdomain = hostOf(url).replace(/\.ciamlogin\.com$/, '');
  const id = [tenant, subdomain].find((name) => name !== undefined && GUID.test(name));
  const directory = id?.toLowerCase() ?? '{id of the directory}';
  const issuer = `https://${directory}.ciamlogin.com/${directory}/v2.0`;
  if (rest === '' || rest === 'v2.0' || id !== undefined)
    return { named: issuer, write: issuer, isUncertain: true };
  return undefined;
}

/** Without the policy in its name there is no discovery document, and the name has it only where the policy is set up so. */
function b2cIssuer(url: UrlText): IssuerAt | undefined {
  const host = hostOf(url);
  if (/^\/tfp\/[^/]+\/[^/]+\/v2\.0\/*$/.test(url.path)) {
    const [, , tenant = '', policy = ''] = url.path.split('/');
    const directory = GUID.test(tenant) ? tenant : '{id of the directory}';
    return { ...own(`https://${host}/tfp/${directory}/${policy}/v2.0/`), isUncertain: true };
  }
  return {
    named: `https://${host}/{id of the directory}/v2.0/`,
    write: `https://${host}/tfp/{id of the directory}/{policy}/v2.0/`,
    hint: `choose the issuer claim with tfp in the token compatibility settings of the policy, and write https://${host}/tfp/{id of the directory}/{policy in lowercase}/v2.0/`,
    isUncertain: true,
  };
}

/** Id of a custom authorization server of Okta, which are below /oauth2; undefined at the organization's own. */
export function customOktaServer({ path }: UrlText): string | undefined {
  return /^\/oauth2\/(?!v1(?:\/|$))([^/]+)/.exec(path)?.[1];
}

function isOktaOrganization(url: UrlText): boolean {
  return customOktaServer(url) === undefined;
}

/** The console of an organization is at a host of Okta's own; a custom domain may be called so. */
const OKTA_CONSOLE = /^([^.]+)-admin\.((?:okta|oktapreview|okta-emea|okta-gov)\.(?:com|mil))$/;

/** The host of the organization whose admin console a host is; any other host unchanged, in lowercase. */
export function withoutOktaConsole(host: string): string {
  return host.toLowerCase().replace(OKTA_CONSOLE, '$1.$2');
}

function oktaIssuer(url: UrlText): IssuerAt {
  if (/^(login|www|developer|support|help|trust|status)\.okta\.com$/.test(hostOf(url)))
    return { page: 'a page of Okta', write: 'https://{organization}.okta.com' };
  const host = withoutOktaConsole(hostOf(url));
  const custom = customOktaServer(url);
  const issuer = `https://${host}${custom === undefined ? '' : `/oauth2/${custom}`}`;
  const isAnIssuer = trimmed(url) === '' || trimmed(url) === `/oauth2/${custom}`;
  return host === hostOf(url) && isAnIssuer ? own(issuer) : { write: issuer };
}

function poolOf({ path }: UrlText): string | undefined {
  return /^\/([a-z0-9-]+_[A-Za-z0-9]+)(\/|$)/.exec(path)?.[1];
}

function personalAccounts(url: UrlText): string | undefined {
  const tenant = entraPath(url).tenant?.toLowerCase() ?? '';
  if (tenant === PERSONAL_ACCOUNTS || tenant === 'consumers')
    return 'everyone with a personal Microsoft account';
  return SHARED_DIRECTORY.test(tenant) ? 'everyone with a Microsoft account' : undefined;
}
