import { keyAvailability } from '../../connectors/availability';
import type { ConnectorType } from '../../connectors/connector-types';
import type { Target } from '../../releases/target';
import type { PathStep } from '../../document/source-node';
import type { DocumentConnector } from '../../subjects/document-connectors';
import { googleDirectory, isSharedTenant } from './group-delivery';
import { entraPath, PERSONAL_ACCOUNTS } from './provider-issuers';
import { knownProvider, providerOf, type IdentityProvider } from './known-providers';
import { readUrl } from '../../model/url-text';

/** A connector through which anyone logs in. */
export interface OpenDoor {
  /** `everyone with a GitHub account` */
  readonly who: string;
  /** The value that decides it, or the connector's type where there is none. */
  readonly path: readonly PathStep[];
  /** What closes the door. */
  readonly hint: string;
  /** What people take for a restriction there, and what it does instead. */
  readonly mistaken?: string;
}

type Check = (connector: DocumentConnector, target: Target) => OpenDoor | undefined;

const NONE_TO_CLOSE =
  'this connector has no setting that restricts it: restrict at the provider who may log in, or use another';

/** Hosts where anyone can register, by connector type, as `baseURL` has them. */
const PUBLIC_GITEA = /^(gitea\.com|codeberg\.org)$/i;

/**
 * Types with providers that are open to everyone in the world. Those that are not here log in people of one organization's
 * server alone.
 */
const CHECKS: Readonly<Partial<Record<ConnectorType, Check>>> = {
  github(connector) {
    if (isGiven(connector, 'orgs')) return undefined;
    const host = connector.text('hostName');
    const org = connector.text('org');
    const isPublic = host === undefined || /^(www\.)?github\.com$/i.test(host);
    if (!isPublic && org === undefined) return undefined;
    return {
      who: `everyone with ${isPublic ? 'a GitHub account' : `an account at ${host}`}`,
      path: org === undefined ? typeOf(connector) : connector.at('org'),
      hint: `write orgs: [{ name: ${org ?? 'acme'} }], which lets members of the organization in and no one else`,
      ...(org === undefined
        ? {}
        : { mistaken: 'The old key org only chooses which teams become groups, and refuses no one' }),
    };
  },
  google(connector, target) {
    if (isGiven(connector, 'hostedDomains')) return undefined;
    // Groups that are not looked at are an error of their own.
    if (isGiven(connector, 'groups') || googleDirectory(connector, target) === 'refused') return undefined;
    return {
      who: 'everyone with a Google account',
      path: typeOf(connector),
      hint: 'write hostedDomains: [acme.com], with the domains of your organization',
    };
  },
  microsoft(connector) {
    const tenant = connector.text('tenant');
    const who = microsoftAccounts(tenant);
    // Groups that are not looked at are an error of their own.
    if (who === undefined || isGiven(connector, 'groups')) return undefined;
    return {
      who,
      path: tenant === undefined ? typeOf(connector) : connector.at('tenant'),
      hint: 'name your directory in tenant, by its id or domain',
    };
  },
  gitlab(connector) {
    const base = connector.text('baseURL');
    const isPublic = base === undefined || /^gitlab\.com$/i.test(readUrl(base).host);
    return !isPublic || isGiven(connector, 'groups')
      ? undefined
      : {
          who: 'everyone with an account at gitlab.com',
          path: typeOf(connector),
          hint: 'write groups: [acme], with the full paths of your groups',
        };
  },
  gitea(connector, target) {
    const base = connector.text('baseURL');
    const host = base === undefined ? 'gitea.com' : readUrl(base).host;
    const isRead = keyAvailability('gitea', 'orgs', target)?.read === true;
    return !PUBLIC_GITEA.test(host) || (isRead && isGiven(connector, 'orgs'))
      ? undefined
      : {
          who: `everyone with an account at ${host}`,
          path: typeOf(connector),
          hint: isRead ? 'write orgs: [{ name: acme }]' : NONE_TO_CLOSE,
        };
  },
  'bitbucket-cloud': (connector) =>
    isGiven(connector, 'teams')
      ? undefined
      : {
          who: 'everyone with a Bitbucket account',
          path: typeOf(connector),
          hint: 'write teams: [acme], with the workspaces of your people',
        },
  linkedin: (connector) => ({
    who: 'everyone with a LinkedIn account',
    path: typeOf(connector),
    hint: NONE_TO_CLOSE,
  }),
  oidc(connector, target) {
    const provider = providerOf(connector);
    const issuer = connector.text('issuer');
    const who = whoHasAccountAt(issuer, provider);
    if (who === undefined || isRestrictedOidc(connector, target)) return undefined;
    if (provider?.name === 'Entra ID' && isOpenedNever(connector)) return undefined;
    const allowed = keyAvailability('oidc', 'allowedGroups', target)?.read === true;
    const instead = INSTEAD[provider?.name ?? ''];
    return {
      who,
      path: connector.at('issuer'),
      hint:
        instead ??
        (allowed
          ? 'write allowedGroups with insecureEnableGroups: true; or restrict at the provider who may log in'
          : NONE_TO_CLOSE),
    };
  },
  oauth(connector) {
    const url = connector.text('authorizationURL');
    const provider = knownProvider(url);
    const who = whoHasAccountAt(url, provider);
    return who === undefined
      ? undefined
      : {
          who,
          path: connector.at('authorizationURL'),
          hint: INSTEAD[provider?.name ?? ''] ?? NONE_TO_CLOSE,
        };
  },
};

/** By what the tenant is called; Microsoft ignores case there, and personal accounts have a directory with an id too. */
const MICROSOFT_ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ['common', 'everyone with a Microsoft account, personal or of any organization,'],
  ['organizations', 'everyone with a work or school account of any organization at Microsoft'],
  ['consumers', 'everyone with a personal Microsoft account'],
  [PERSONAL_ACCOUNTS, 'everyone with a personal Microsoft account'],
]);

/** Connectors that can be restricted, for providers where oidc and oauth cannot. */
const INSTEAD: Readonly<Record<string, string>> = {
  Google: 'use a connector of type google with hostedDomains: [acme.com]',
  'Entra ID':
    'write the issuer of your directory, https://login.microsoftonline.com/{id of the directory}/v2.0',
  GitLab: 'use a connector of type gitlab with groups: [acme]',
  GitHub: 'use a connector of type github with orgs: [{ name: acme }]',
  Gitea: 'use a connector of type gitea with orgs: [{ name: acme }]',
  Codeberg: 'use a connector of type gitea with baseURL: https://codeberg.org and orgs: [{ name: acme }]',
  Bitbucket: 'use a connector of type bitbucket-cloud with teams: [acme]',
};

/** Who gets in through a connector without being chosen; undefined where the door is not open to everyone. */
export function openDoor(connector: DocumentConnector, target: Target): OpenDoor | undefined {
  return CHECKS[connector.type]?.(connector, target);
}

/** Who has an account for a tenant of Microsoft; undefined where that is one organization's. */
export function microsoftAccounts(tenant = 'common'): string | undefined {
  return MICROSOFT_ACCOUNTS.get(tenant.toLowerCase());
}

/** Whether an issuer of Entra ID is that of several directories, which Dex cannot open: an error of its own. */
function isOpenedNever(connector: DocumentConnector): boolean {
  const { tenant } = entraPath(readUrl(connector.text('issuer') ?? ''));
  return isSharedTenant(tenant) && connector.text('issuerAlias') === undefined;
}

function whoHasAccountAt(
  url: string | undefined,
  provider: IdentityProvider | undefined,
): string | undefined {
  return url === undefined ? undefined : provider?.openTo?.(readUrl(url));
}

/** What Dex compares after a login, where the target reads it. */
function isRestrictedOidc(connector: DocumentConnector, target: Target): boolean {
  return ['hostedDomains', 'allowedGroups'].some(
    (key) => isGiven(connector, key) && keyAvailability('oidc', key, target)?.read === true,
  );
}

/** Whether something restricts the connector. What is no list where one belongs was meant to, and has a finding of its own. */
export function isGiven(connector: DocumentConnector, key: string): boolean {
  const value = connector.value(key) ?? '';
  return Array.isArray(value) ? value.length > 0 : value !== '';
}

function typeOf(connector: DocumentConnector): readonly PathStep[] {
  return [...connector.path, 'type'];
}
