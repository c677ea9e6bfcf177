import type { Auth0 } from '../model/cluster';
import { templateText } from './template-text';

/** What Dex shows people whom the Action turns away, after `access_denied`. */
const DENIED = 'You may not log in to this application.';

/**
 * The Action that puts the roles of a user, and the groups that connections send, into a claim of the ID token. Both
 * Actions run at every login of the tenant and leave other applications alone. `clientID` is a reference to the application.
 */
export function groupsAction(clientID: string, groups: NonNullable<Auth0['groups']>): string {
  const { claim, fromRoles, fromConnections } = groups;
  const held = [
    ...(fromRoles === undefined
      ? [`const roles = ${HELD_ROLES};`]
      : [
          `const listed = ${literal(fromRoles)};`,
          `const roles = ${HELD_ROLES}.filter((role) => listed.includes(role));`,
        ]),
  ];
  if (fromConnections === undefined)
    return program(clientID, [...held, `api.idToken.setCustomClaim(${literal(claim)}, roles);`]);
  return program(clientID, [
    ...held,
    ...isFromConnections(fromConnections),
    '// The groups of the profile are those of its first identity, which another connection may have sent.',
    'const [first] = event.user.identities || [];',
    'const isFirst = first !== undefined && first.connection === event.connection.name;',
    'const sent = isFromConnection && isFirst ? [].concat(event.user.groups || []) : [];',
    "const groups = sent.filter((group) => typeof group === 'string' && group !== '');",
    `api.idToken.setCustomClaim(${literal(claim)}, [...new Set([...roles, ...groups])]);`,
  ]);
}

/** The Action that denies the login to everyone who is not allowed. */
export function allowAction(clientID: string, allow: NonNullable<Auth0['allow']>): string {
  const { connections, emailDomains, roles } = allow;
  const checks: string[][] = [];
  if (connections.length > 0)
    checks.push([...isFromConnections(connections), `if (!isFromConnection) ${DENY}`]);
  if (emailDomains.length > 0)
    checks.push([
      `const emailDomains = ${literal(emailDomains)};`,
      '// Anyone can claim an address; only a verified one says who it is.',
      "const email = event.user.email_verified === true ? String(event.user.email || '').toLowerCase() : '';",
      "const hasEmailDomain = email.includes('@') && emailDomains.includes(email.slice(email.lastIndexOf('@') + 1));",
      `if (!hasEmailDomain) ${DENY}`,
    ]);
  if (roles.length > 0)
    checks.push([
      `const roles = ${literal(roles)};`,
      `const hasRole = ${HELD_ROLES}.some((role) => roles.includes(role));`,
      `if (!hasRole) ${DENY}`,
    ]);
  return program(clientID, checks.flat());
}

/** Asks whether the login came through one of these connections, by name or id. */
function isFromConnections(connections: readonly string[]): string[] {
  return [
    `const connections = ${literal(connections)};`,
    'const isFromConnection = connections.includes(event.connection.name) || connections.includes(event.connection.id);',
  ];
}

const HELD_ROLES = '((event.authorization && event.authorization.roles) || [])';

const DENY = `return api.access.deny(${literal(DENIED)});`;

function program(clientID: string, statements: readonly string[]): string {
  return [
    'exports.onExecutePostLogin = async (event, api) => {',
    `  if (event.client.client_id !== "${clientID}") return;`,
    ...statements.map((statement) => `  ${statement}`),
    '};',
    '',
  ].join('\n');
}

/** A value as JavaScript, safe inside Terraform's JSON. */
function literal(value: unknown): string {
  return templateText(JSON.stringify(value));
}
