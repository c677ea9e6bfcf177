import type { UrlText } from '../../model/url-text';
import {
  b2cIssuer,
  capitalsAlone,
  customerIssuer,
  directoryOf,
  entraIssuer,
  entraPath,
  hostAndPath,
  hostOf,
  isOktaOrganization,
  oktaIssuer,
  own,
  pathThrough,
  pathWithSlash,
  pathWithoutSlash,
  personalAccounts,
  poolOf,
  trimmed,
  unjudged,
  withSlash,
  writeDirectory,
  type IssuerAt,
} from './provider-issuers';

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
  /** The claim that holds addresses as a list, where there is none with one as a string. */
  readonly addressList?: string;
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

const everyone =
  (accounts: string): (() => string) =>
  () =>
    `everyone with ${accounts}`;

const GITLAB_SCOPES = {
  scopes: ['groups', 'offline_access', 'roles'],
  error: 'The requested scope is invalid, unknown, or malformed.',
};

/** Where browsers are sent, and what else providers list beside their issuer. An issuer of WSO2 ends in /token. */
const ENDPOINT = /(\/(oauth2?|oidc|connect))?(\/v\d+(\.\d+)?)?\/(authorize|userinfo|jwks(\.json)?)\/?$/i;

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
    addressList: 'emails',
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
    refusedScopes: GITLAB_SCOPES,
    thinToken: () => 'always',
    openTo: everyone('an account at gitlab.com'),
  },
  {
    name: 'GitLab',
    host: /^gitlab\./,
    issuer: (url) => pathWithoutSlash({ ...url, path: url.path.replace(/\/oauth\/.*$/, '') }),
    isCertain: false,
    refusedScopes: GITLAB_SCOPES,
    thinToken: () => 'always',
  },
  {
    name: 'OneLogin',
    host: /(?<!^openid-connect)\.onelogin\.com$/,
    issuer: (url) => ({
      ...own(`https://${hostOf(url)}/oidc/2`),
      ...(/^\/oidc\/2(\/|$)/.test(url.path) ? {} : { isUncertain: true }),
    }),
    isCertain: true,
  },
  {
    name: 'PingOne',
    host: /^auth\.pingone\.(com|eu|ca|asia|sg|com\.au)$/,
    issuer: (url) => {
      const [, environment, server] = url.path.split('/');
      const issuer = `https://${hostOf(url)}/${environment || '{id of the environment}'}/as`;
      return server === 'as' ? own(issuer) : { ...own(issuer), isUncertain: true };
    },
    isCertain: true,
  },
  {
    name: 'JumpCloud',
    host: /^oauth\.id\.((eu|in)\.)?jumpcloud\.com$/,
    issuer: (url) => own(`https://${hostOf(url)}/`),
    isCertain: true,
  },
  {
    name: 'Duo',
    host: /\.sso\.duosecurity\.com$/,
    path: /^\/oidc\/[^/]+/,
    issuer: (url) => own(`https://${hostOf(url)}${pathThrough(url.path, 2)}`),
    isCertain: true,
  },
  {
    name: 'Zitadel',
    host: /\.zitadel\.cloud$/,
    issuer: (url) => own(`https://${hostOf(url)}`),
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
    path: /\/realms\/[^/]+\/(protocol|account|login-actions|broker|clients-registrations)(\/|$)/,
    issuer: ({ origin, path }) => ({
      write: origin + pathThrough(path, path.split('/').indexOf('realms') + 1),
    }),
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
    issuer: ({ origin, path }) => ({ write: `${origin}${path.replace(/(?<![^/])[^/]+\/*$/, '')}{slug}/` }),
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
  {
    name: 'AD FS',
    path: /^\/adfs\/(ls|services|oauth2|portal|userinfo)(\/|$)/i,
    issuer: ({ origin }) => ({ write: `${origin.replace(/^http:/i, 'https:')}/adfs` }),
    isCertain: false,
  },
  {
    name: 'The provider',
    path: ENDPOINT,
    issuer: ({ origin, path }) => {
      const issuer = origin + path.replace(ENDPOINT, '');
      return {
        write: issuer,
        hint: `write what "issuer" in the discovery document of the provider says, such as ${issuer}`,
      };
    },
    isCertain: false,
  },
];
