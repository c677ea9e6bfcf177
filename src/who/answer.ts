import type { Cluster } from '../model/cluster';
import { connectorTargetOf } from '../releases/connector-target';
import { clusterConnectors, type DocumentConnector } from '../subjects/document-connectors';
import { personOf, personOfDexToken, type Person } from './person';
import type { Claims, Given } from './read-claims';
import { nearlyBound, rolesOf, type BoundRole } from './roles';

/** Who someone becomes in a cluster, or why they do not get in. */
export interface Answer {
  /** Id of the connector, or `Dex` for a token that Dex itself has issued. */
  readonly through: string;
  /** Why Dex or pachd refuses them, in its words. */
  readonly refused?: string;
  /** `user:ada@acme.com` */
  readonly subject?: string;
  readonly isVerified?: boolean;
  readonly groups: readonly string[];
  readonly roles: readonly BoundRole[];
  /** Subjects of bindings that nearly are one of theirs: pachd compares them as strings. */
  readonly near: readonly { readonly sent: string; readonly written: string }[];
  /** Why they are refused, or what was not looked at. */
  readonly notes: readonly string[];
}

/**
 * Who the person becomes of whom claims tell, who logs in through a connector: the one with this id, else the one whose
 * issuer the claims name, else the only one there is. With `now`, a token that has expired by then is noted.
 *
 * @returns the answer, or why there is none, as a sentence
 */
export function answerFor(
  cluster: Cluster,
  given: Given,
  connectorID?: string,
  now?: Date,
): Answer | { readonly problem: string } {
  const { auth } = cluster;
  if (auth === undefined) return { problem: 'auth.enabled is false: there are no logins' };
  if (given.kind === 'claims' && connectorID === undefined && given.claims['iss'] === cluster.urls.issuer)
    return toAnswer('Dex', personOfDexToken(given.claims), cluster, given, lifetimeNotes(given, now));
  const connectors = clusterConnectors(cluster);
  const connector = chosen(connectors, given, connectorID);
  if (connector === undefined && given.kind === 'entries' && !connectors.some(({ type }) => type === 'ldap'))
    return { problem: 'those are entries of a directory, and the document has no connector of type ldap' };
  if (connector === undefined)
    return {
      problem:
        connectorID === undefined
          ? `name the connector with --connector: ${connectors.map(({ id }) => id).join(', ') || 'the document has none'}`
          : `there is no connector ${connectorID}; there are ${connectors.map(({ id }) => id).join(', ') || 'none'}`,
    };
  const foreign = foreignIssuer(connector, given);
  const person =
    foreign === undefined
      ? personOf(connector, given, connectorTargetOf(cluster), auth.scopes.includes('groups'))
      : { refused: foreign };
  return person === undefined
    ? {
        problem: `what the provider of a connector of type ${connector.type} says is not known here: give the claims of the token that Dex issues, which pachkit doctor --login ${connector.id} prints`,
      }
    : toAnswer(connector.id, person, cluster, given, [
        ...lifetimeNotes(given, now),
        ...audienceNotes(connector, given),
      ]);
}

/** What Dex says to a token that another provider has issued; undefined where the claims do not tell. */
function foreignIssuer(connector: DocumentConnector, given: Given): string | undefined {
  if (given.kind !== 'claims' || connector.type !== 'oidc') return undefined;
  const issuer = given.claims['iss'];
  const expected = connector.text('issuerAlias') ?? connector.text('issuer');
  if (typeof issuer !== 'string' || expected === undefined || issuer === expected) return undefined;
  // go-oidc takes the name that Google's tokens once had, too.
  if (expected === 'https://accounts.google.com' && issuer === 'accounts.google.com') return undefined;
  return `oidc: id token issued by a different provider, expected ${JSON.stringify(expected)} got ${JSON.stringify(issuer)}`;
}

/** A token for another application has what that one has asked for. */
function audienceNotes(connector: DocumentConnector, given: Given): string[] {
  if (given.kind !== 'claims' || connector.type !== 'oidc') return [];
  const { aud } = given.claims;
  const audiences = [aud].flat().filter((each): each is string => typeof each === 'string');
  const clientID = connector.text('clientID');
  return audiences.length === 0 || clientID === undefined || audiences.includes(clientID)
    ? []
    : [
        `the claims are for ${audiences.join(', ')}, not for ${clientID}: an access token, or the token of another application, may have other claims than the ID token that Dex gets`,
      ];
}

function lifetimeNotes(given: Given, now: Date | undefined): string[] {
  const expiry = given.kind === 'claims' && given.isToken ? given.claims['exp'] : undefined;
  const at = typeof expiry === 'number' ? new Date(expiry * 1000) : undefined;
  return now === undefined || at === undefined || Number.isNaN(at.getTime()) || at >= now
    ? []
    : [`the token has expired at ${at.toISOString()}: groups and address are those of that time`];
}

function chosen(
  connectors: readonly DocumentConnector[],
  given: Given,
  connectorID: string | undefined,
): DocumentConnector | undefined {
  if (connectorID !== undefined) return connectors.find(({ id }) => id === connectorID);
  const issuer = given.kind === 'claims' ? given.claims['iss'] : undefined;
  const named = connectors.filter((connector) => connector.text('issuer') === issuer);
  if (typeof issuer === 'string' && named.length === 1) return named[0];
  const fitting = given.kind === 'entries' ? connectors.filter(({ type }) => type === 'ldap') : connectors;
  return fitting.length === 1 ? fitting[0] : undefined;
}

function toAnswer(
  through: string,
  person: Person,
  { auth }: Cluster,
  given: Given,
  more: readonly string[],
): Answer {
  const nothing = { through, groups: [], roles: [], near: [], notes: more };
  if (auth === undefined) return { ...nothing, refused: 'there are no logins' };
  if ('refused' in person)
    return {
      ...nothing,
      refused: person.refused,
      notes: person.why === undefined ? [] : [person.why],
    };
  const { email, isVerified } = person;
  if (auth.requireVerifiedEmail && !isVerified)
    return {
      ...nothing,
      refused: 'email_verified claim was false, and require_email_verified was set',
    };
  const groups = auth.scopes.includes('groups') ? person.groups.map((name) => `group:${name}`) : [];
  const identity = { subject: `user:${email}`, groups };
  return {
    through,
    ...identity,
    isVerified,
    roles: rolesOf(auth, identity),
    near: nearlyBound(auth, identity),
    notes: [
      ...(email === '' ? ['there is no address: everyone without one is this user'] : []),
      ...more,
      ...notesOn(given, !auth.scopes.includes('groups')),
    ],
  };
}

function notesOn(given: Given, losesGroups: boolean): string[] {
  const overage = given.kind === 'claims' && hasOverage(given.claims);
  return [
    ...(losesGroups ? ['pachd does not ask for groups: auth.scopes has no groups'] : []),
    ...(overage
      ? ['the token has no groups because there are too many: Entra ID says so in _claim_names']
      : []),
    ...(given.kind === 'entries'
      ? ['filters of the searches are taken as fulfilled, and groups in groups are not followed']
      : []),
  ];
}

function hasOverage({ _claim_names: names, hasgroups }: Claims): boolean {
  const isNamed = names !== null && typeof names === 'object' && !Array.isArray(names) && 'groups' in names;
  return isNamed || hasgroups === true || hasgroups === 'true';
}
