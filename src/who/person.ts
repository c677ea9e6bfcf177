import { dexTraits } from '../releases/dex-traits';
import type { Target } from '../releases/target';
import { keyAvailability } from '../connectors/availability';
import type { ConnectorType } from '../connectors/connector-types';
import { compileGoRegexp } from '../connectors/go-regexp';
import type { JsonValue } from '../document/source-node';
import type { DocumentConnector } from '../subjects/document-connectors';
import { deliversGroups, hasSharedTenant } from '../rules/support/group-delivery';
import { entryOf, fromEntries } from './directory-entry';
import { joinRules } from './join-rules';
import type { Claims, Given } from './read-claims';

/** Someone as Dex hands them to pachd, or the reason why Dex does not log them in. */
export type Person =
  | {
      readonly email: string;
      readonly isVerified: boolean;
      readonly groups: readonly string[];
    }
  | {
      /** In the words of Dex. */
      readonly refused: string;
      /** What they do not say. */
      readonly why?: string;
    };

/** What reads claims of a type; others are asked for the claims of the token that Dex issues. */
type Read = (connector: DocumentConnector, claims: Claims, asking: Asking) => Person;

/** Who asks the connector. */
export interface Asking {
  readonly target: Target;
  /** Whether pachd asks for groups. */
  readonly asksForGroups: boolean;
}

const READERS: Readonly<Partial<Record<ConnectorType, Read>>> = {
  oidc: fromOidc,
  google: fromGoogle,
  oauth: fromOauth,
  saml: fromSaml,
  samlExperimental: fromSaml,
  microsoft: fromMicrosoft,
  ldap: (connector, claims, asking) => fromEntries(connector, [entryOf(claims)], asking),
};

/**
 * Who someone becomes that a provider or directory says this of, as the Dex of the target computes it; undefined where
 * nothing is known about what the connector's provider says.
 */
export function personOf(
  connector: DocumentConnector,
  given: Given,
  target: Target,
  asksForGroups = true,
): Person | undefined {
  const asking = { target, asksForGroups };
  if (given.kind === 'entries')
    return connector.type === 'ldap' ? fromEntries(connector, given.entries, asking) : undefined;
  return READERS[connector.type]?.(connector, given.claims, asking);
}

/** The person of a token that Dex itself has issued, whatever the connector. */
export function personOfDexToken(claims: Claims): Person {
  const email = claims['email'];
  if (typeof email !== 'string' || email === '')
    return { refused: 'the token has no email: ask for the scope email' };
  return { email, isVerified: claims['email_verified'] === true, groups: strings(claims['groups']) };
}

function fromOidc(connector: DocumentConnector, claims: Claims, { target }: Asking): Person {
  const missing = missingName(connector, claims);
  if (missing !== undefined) return { refused: missing };
  if (keyAvailability('oidc', 'hostedDomains', target)?.read === true) {
    const other = otherDomain(connector, claims);
    if (other !== undefined) return other;
  }
  // Dex looks for an item that is `email`, also where one has several scopes.
  const scopes = connector.texts('scopes');
  const asksForEmail = scopes.length === 0 || scopes.includes('email');
  const { value: email, key } = mapped(connector, claims, 'email', isString);
  if (email === undefined && asksForEmail) return { refused: `missing email claim, not found "${key}" key` };
  const said = claims['email_verified'];
  if (typeof said !== 'boolean' && asksForEmail && !connector.isOn('insecureSkipEmailVerified'))
    return { refused: 'missing "email_verified" claim' };
  const groups = oidcGroups(connector, claims, target);
  if ('refused' in groups) return groups;
  return {
    email: email ?? '',
    isVerified: typeof said === 'boolean' ? said : connector.isOn('insecureSkipEmailVerified'),
    groups,
  };
}

/** Which groups a connector keeps by their names. Dex ignores an expression that Go cannot compile. */
function groupFilter(connector: DocumentConnector, target: Target): (group: string) => boolean {
  const path = 'claimModifications.filterGroupClaims.groupsFilter';
  const expression = connector.text(...path.split('.'));
  const isRead = keyAvailability('oidc', path, target)?.read === true;
  const compiled = isRead && expression !== undefined ? compileGoRegexp(expression) : undefined;
  return compiled === undefined || 'error' in compiled ? () => true : compiled.test;
}

function missingName(connector: DocumentConnector, claims: Claims): string | undefined {
  const userNameKey = connector.text('userNameKey') ?? 'name';
  const userIDKey = connector.text('userIDKey');
  if (!isString(claims[userNameKey])) return `missing "${userNameKey}" claim`;
  if (userIDKey !== undefined && !isString(claims[userIDKey])) return `oidc: not found ${userIDKey} claim`;
  return undefined;
}

/** A standard claim, or the one that claimMapping names where it is absent or overridden. */
function mapped<T extends JsonValue>(
  connector: DocumentConnector,
  claims: Claims,
  name: string,
  isFit: (value: JsonValue | undefined) => value is T,
): { readonly value: T | undefined; readonly key: string } {
  const other = connector.text('claimMapping', name);
  const standard = claims[name];
  const isStandard = isFit(standard) && !(other !== undefined && connector.isOn('overrideClaimMapping'));
  if (isStandard || other === undefined) return { value: isFit(standard) ? standard : undefined, key: name };
  const value = claims[other];
  return { value: isFit(value) ? value : undefined, key: other };
}

function oidcGroups(
  connector: DocumentConnector,
  claims: Claims,
  target: Target,
): readonly string[] | { readonly refused: string } {
  const groups: string[] = [];
  const isRead = (key: string): boolean => keyAvailability('oidc', key, target)?.read === true;
  if (connector.isOn('insecureEnableGroups')) {
    const { value, key } = mapped(connector, claims, 'groups', isList);
    const single = claims[key];
    const items = value ?? (isString(single) && takesOneGroup(target) ? [single] : []);
    const isKept = groupFilter(connector, target);
    for (const item of items) {
      const name = isString(item) ? item : nameIn(item, target);
      if (name === undefined) return { refused: `malformed "${key}" claim` };
      if (isKept(name)) groups.push(name);
    }
    const allowed = connector.texts('allowedGroups');
    if (allowed.length > 0 && isRead('allowedGroups')) {
      const kept = groups.filter((group) => allowed.includes(group));
      if (kept.length === 0) return { refused: 'user not a member of allowed groups' };
      groups.splice(0, groups.length, ...kept);
    }
  }
  if (!isRead('claimModifications')) return groups;
  const prefix = connector.text('claimModifications', 'modifyGroupNames', 'prefix') ?? '';
  const suffix = connector.text('claimModifications', 'modifyGroupNames', 'suffix') ?? '';
  return [...groups, ...joinedGroups(connector, claims)].map((group) => `${prefix}${group}${suffix}`);
}

/** Groups that are put together from other claims. */
function joinedGroups(connector: DocumentConnector, claims: Claims): string[] {
  return joinRules(connector).flatMap(({ prefix, delimiter, claims: names, clearsDelimiter }) => {
    const parts = names
      .map((name) => claims[name])
      .filter(isString)
      .map((value) => (clearsDelimiter && delimiter !== '' ? value.replaceAll(delimiter, '') : value));
    return parts.length === 0 ? [] : [[prefix, ...parts].join(delimiter)];
  });
}

function nameIn(item: JsonValue, target: Target): string | undefined {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) return undefined;
  const { name } = item as Claims;
  return dexTraits(target).takesGroupObjects && isString(name) ? name : undefined;
}

function takesOneGroup(target: Target): boolean {
  return dexTraits(target).takesOneGroup;
}

/** Dex compares the claim hd with its list; a token without the claim has the empty domain. */
function otherDomain(connector: DocumentConnector, { hd }: Claims): Person | undefined {
  const domains = connector.texts('hostedDomains');
  const domain = isString(hd) ? hd : '';
  return domains.length === 0 || domains.includes(domain)
    ? undefined
    : { refused: `oidc: unexpected hd claim ${domain}`.trim() };
}

function fromGoogle(connector: DocumentConnector, claims: Claims, { target, asksForGroups }: Asking): Person {
  const other = otherDomain(connector, claims);
  if (other !== undefined) return other;
  const { email } = claims;
  const looks = asksForGroups && deliversGroups(connector, target);
  const allowed = looks ? connector.texts('groups') : [];
  const groups = looks ? strings(claims['groups']) : [];
  const kept = allowed.length === 0 ? groups : groups.filter((group) => allowed.includes(group));
  if (allowed.length > 0 && kept.length === 0)
    return { refused: 'google: user is not in any of the required groups' };
  return { email: isString(email) ? email : '', isVerified: claims['email_verified'] === true, groups: kept };
}

function fromOauth(connector: DocumentConnector, claims: Claims): Person {
  const key = (name: string, fallback: string): string => connector.text('claimMapping', name) ?? fallback;
  const userIDKey = connector.text('userIDKey') ?? 'id';
  const id = claims[userIDKey];
  if (id === undefined) return { refused: `OAuth Connector: not found ${userIDKey} claim` };
  if (!isString(id) && typeof id !== 'number')
    return { refused: `OAuth Connector: ${userIDKey} claim should be string or number` };
  const email = claims[key('emailKey', 'email')];
  const list = claims[key('groupsKey', 'groups')];
  const groups = (Array.isArray(list) ? list : []).flatMap((item: JsonValue) => {
    if (isString(item)) return [item];
    const name = item !== null && typeof item === 'object' && !Array.isArray(item) ? item['name'] : undefined;
    return isString(name) ? [name] : [];
  });
  return {
    email: isString(email) ? email : '',
    isVerified: claims[key('emailVerifiedKey', 'email_verified')] === true,
    groups: [...new Set(groups)],
  };
}

function fromSaml(connector: DocumentConnector, claims: Claims, { asksForGroups }: Asking): Person {
  const missing = (name: string): Person => ({ refused: `no attribute with name ${JSON.stringify(name)}` });
  for (const key of ['emailAttr', 'usernameAttr']) {
    const name = connector.text(key) ?? '';
    if ((attribute(claims, name)?.[0] ?? '') === '') return missing(name);
  }
  const [email = ''] = attribute(claims, connector.text('emailAttr') ?? '') ?? [];
  const delimiter = connector.text('groupsDelim');
  const groupsAttr = asksForGroups ? connector.text('groupsAttr') : undefined;
  const values = groupsAttr === undefined ? [] : attribute(claims, groupsAttr);
  if (values === undefined) return missing(groupsAttr ?? '');
  const groups = delimiter === undefined ? values : (values[0] ?? '').split(delimiter);
  const allowed = connector.texts('allowedGroups');
  const kept = groups.filter((group) => allowed.includes(group));
  if (allowed.length > 0 && kept.length === 0) return { refused: 'user not a member of allowed groups' };
  return {
    email,
    isVerified: true,
    groups: connector.isOn('filterGroups') && allowed.length > 0 ? kept : groups,
  };
}

/** An attribute with its values, whether it is written as one string or as a list. */
function attribute(claims: Claims, name: string): readonly string[] | undefined {
  const value = claims[name];
  return value === undefined ? undefined : isString(value) ? [value] : strings(value);
}

function fromMicrosoft(connector: DocumentConnector, claims: Claims): Person {
  const { userPrincipalName } = claims;
  if (!isString(userPrincipalName))
    return { refused: 'the profile of Microsoft Graph has no userPrincipalName' };
  const sent = hasSharedTenant(connector) ? [] : strings(claims['groups']);
  const wanted = hasSharedTenant(connector) ? [] : connector.texts('groups');
  const kept = sent.filter((group) => wanted.includes(group));
  if (wanted.length > 0 && kept.length === 0)
    return { refused: 'microsoft: user is not in any of the required groups' };
  return {
    email: connector.isOn('emailToLowercase') ? userPrincipalName.toLowerCase() : userPrincipalName,
    isVerified: true,
    groups: connector.isOn('useGroupsAsWhitelist') ? kept : sent,
  };
}

function isString(value: JsonValue | undefined): value is string {
  return typeof value === 'string';
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] & JsonValue {
  return Array.isArray(value);
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter(isString) : [];
}
