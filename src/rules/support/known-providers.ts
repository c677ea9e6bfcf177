import { readUrl, type UrlText } from './url-text';

/** What is known about the OpenID Connect providers whose issuers can be told by their looks. */
export interface KnownProvider {
  readonly name: string;
  /** The issuer as the provider's discovery document has it. */
  readonly issuer: (url: UrlText) => string;
  /** Whether every issuer that looks so is the provider's; a path alone may be somebody else's. */
  readonly isCertain: boolean;
  /** It sends the claim `email` to everybody who asks for the scope of that name. */
  readonly sendsEmail?: boolean;
  /** Its ID tokens have no claim `email_verified`, or one that Dex cannot read. */
  readonly omitsEmailVerified?: boolean;
  /** Its users may have no claim `email`, but have their address in this one. */
  readonly addressClaim?: string;
}

interface Row extends KnownProvider {
  readonly host?: RegExp;
  readonly path?: RegExp;
}

const withoutSlash = (url: UrlText): string => `https://${hostOf(url)}${url.path.replace(/\/+$/, '')}`;
const withSlash = (url: UrlText): string => `https://${hostOf(url)}${url.path.replace(/\/+$/, '')}/`;
/** For those that serve at any host, with or without https. */
const pathWithoutSlash = ({ origin, path }: UrlText): string => origin + path.replace(/\/+$/, '');
const pathWithSlash = ({ origin, path }: UrlText): string => `${origin}${path.replace(/\/+$/, '')}/`;

const PROVIDERS: readonly Row[] = [
  {
    name: 'Auth0',
    host: /\.auth0\.com$/,
    issuer: (url) => `https://${hostOf(url)}/`,
    isCertain: true,
    sendsEmail: true,
  },
  {
    name: 'Google',
    host: /^accounts\.google\.com$/,
    issuer: () => 'https://accounts.google.com',
    isCertain: true,
    sendsEmail: true,
  },
  {
    name: 'Okta',
    host: /\.(okta|oktapreview|okta-emea)\.com$/,
    issuer: withoutSlash,
    isCertain: true,
    sendsEmail: true,
    omitsEmailVerified: true,
  },
  {
    name: 'Entra ID',
    host: /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)$/,
    path: /\/v2\.0\/*$/,
    issuer: withoutSlash,
    isCertain: true,
    omitsEmailVerified: true,
    addressClaim: 'preferred_username',
  },
  {
    name: 'Entra ID',
    host: /^sts\.windows\.net$/,
    issuer: withSlash,
    isCertain: true,
    omitsEmailVerified: true,
    addressClaim: 'upn',
  },
  {
    name: 'Cognito',
    host: /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/,
    issuer: withoutSlash,
    isCertain: true,
    omitsEmailVerified: true,
  },
  { name: 'Keycloak', path: /\/realms\/[^/]+\/*$/, issuer: pathWithoutSlash, isCertain: false },
  { name: 'authentik', path: /\/application\/o\/[^/]+\/*$/, issuer: pathWithSlash, isCertain: false },
];

/** The provider that an issuer is of, if its looks tell. */
export function knownProvider(issuer: string | undefined): KnownProvider | undefined {
  if (issuer === undefined || !/^https?:\/\//i.test(issuer)) return undefined;
  const url = readUrl(issuer);
  return PROVIDERS.find(
    ({ host, path }) => (host?.test(hostOf(url)) ?? true) && (path?.test(url.path) ?? true),
  );
}

function hostOf({ host }: UrlText): string {
  return host.toLowerCase();
}
