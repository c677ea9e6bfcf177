import { withoutSlash } from '../../forms/without-slash';
import type { UrlText } from '../../model/url-text';

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

/** Personal accounts of Microsoft have a directory of their own, whose id is the same everywhere. */
export const PERSONAL_ACCOUNTS = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Names that stand for several directories of Entra ID. */
const SHARED_DIRECTORY = /^(common|organizations)$/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const hostAndPath = (url: UrlText): IssuerAt => own(`https://${hostOf(url)}${trimmed(url)}`);
export const withSlash = (url: UrlText): IssuerAt => own(`https://${hostOf(url)}${trimmed(url)}/`);
/** For those that serve at any host, with or without https. */
export const pathWithoutSlash = (url: UrlText): IssuerAt => own(url.origin + trimmed(url));
export const pathWithSlash = (url: UrlText): IssuerAt => own(`${url.origin}${trimmed(url)}/`);
export const unjudged = (): undefined => undefined;

export function own(issuer: string): IssuerAt {
  return { named: issuer, write: issuer };
}

/** A path up to the step at this place. */
export function pathThrough(path: string, last: number): string {
  return path
    .split('/')
    .slice(0, last + 1)
    .join('/');
}

export function hostOf({ host }: UrlText): string {
  return host.toLowerCase();
}

export function trimmed({ path }: UrlText): string {
  return withoutSlash(path);
}

/** The tenant of a URL of Entra ID, and what follows it. */
export function entraPath(url: UrlText): { readonly tenant?: string; readonly rest: string } {
  const [, tenant, ...rest] = trimmed(url).split('/');
  return { ...(tenant ? { tenant } : {}), rest: rest.join('/') };
}

/** How discovery documents of Entra ID name the directory that a tenant stands for. */
export function directoryOf(tenant: string): string {
  if (SHARED_DIRECTORY.test(tenant)) return '{tenantid}';
  if (tenant.toLowerCase() === 'consumers') return PERSONAL_ACCOUNTS;
  if (tenant.includes('.')) return '{id of the directory}';
  return GUID.test(tenant) ? tenant.toLowerCase() : tenant;
}

/** What to write for a tenant that is no directory, or that is one by its domain. */
export function writeDirectory(url: UrlText, tenant: string): Pick<IssuerAt, 'hint'> {
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
export function capitalsAlone(
  { origin, path }: UrlText,
  { named = '' }: IssuerAt,
): Pick<IssuerAt, 'isUncertain'> {
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
export function entraIssuer(url: UrlText): IssuerAt | undefined {
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
export function customerIssuer(url: UrlText): IssuerAt | undefined {
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
export function b2cIssuer(url: UrlText): IssuerAt | undefined {
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

export function isOktaOrganization(url: UrlText): boolean {
  return customOktaServer(url) === undefined;
}

/** The console of an organization is at a host of Okta's own; a custom domain may be called so. */
const OKTA_CONSOLE = /^([^.]+)-admin\.((?:okta|oktapreview|okta-emea|okta-gov)\.(?:com|mil))$/;

/** The host of the organization whose admin console a host is; any other host unchanged, in lowercase. */
export function withoutOktaConsole(host: string): string {
  return host.toLowerCase().replace(OKTA_CONSOLE, '$1.$2');
}

export function oktaIssuer(url: UrlText): IssuerAt {
  if (/^(login|www|developer|support|help|trust|status)\.okta\.com$/.test(hostOf(url)))
    return { page: 'a page of Okta', write: 'https://{organization}.okta.com' };
  const host = withoutOktaConsole(hostOf(url));
  const custom = customOktaServer(url);
  const issuer = `https://${host}${custom === undefined ? '' : `/oauth2/${custom}`}`;
  const isAnIssuer = trimmed(url) === '' || trimmed(url) === `/oauth2/${custom}`;
  return host === hostOf(url) && isAnIssuer ? own(issuer) : { write: issuer };
}

export function poolOf({ path }: UrlText): string | undefined {
  return /^\/([a-z0-9-]+_[A-Za-z0-9]+)(\/|$)/.exec(path)?.[1];
}

export function personalAccounts(url: UrlText): string | undefined {
  const tenant = entraPath(url).tenant?.toLowerCase() ?? '';
  if (tenant === PERSONAL_ACCOUNTS || tenant === 'consumers')
    return 'everyone with a personal Microsoft account';
  return SHARED_DIRECTORY.test(tenant) ? 'everyone with a Microsoft account' : undefined;
}
