import type { PathStep } from '../../document/source-node';
import type { Auth0 } from '../../model/cluster';
import type { Rule } from '../rule';

/** Domains whose addresses everyone can have. */
const OPEN_DOMAINS = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'proton.me',
  'gmx.net',
  'web.de',
]);

/** Auth0's own names of connections that everyone has an account for. */
const OPEN_CONNECTIONS = new Set([
  'google-oauth2',
  'github',
  'windowslive',
  'facebook',
  'twitter',
  'apple',
  'linkedin',
  'yahoo',
  'amazon',
  'paypal',
  'bitbucket',
]);

export const anyoneMayLogIn: Rule = {
  code: 'TFM007',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Anyone may log in',
  reason:
    "A new application at Auth0 gets every connection that the tenant has, Google's among them, unless the tenant says otherwise: then everyone with a Gmail address logs in to the cluster. They are authenticated users, and what allClusterUsers may do, they may: from release 2.5 on that is projectWriter on the project default, which activation binds there and no document takes away, so that they create repos and write to them. pachd's own Dex ignores allowedGroups, so the door has to be closed at Auth0.",
  remedy:
    'Say in auth0.allow who may log in: e-mail domains, connections or roles; an Action denies everyone else. Or require membership of an organization.',
  *check({ cluster }) {
    const { auth0 } = cluster;
    if (!auth0 || auth0.organizations.usage === 'require') return;
    // Who may log in to an application that is managed elsewhere is said elsewhere.
    if (auth0.application.provision === 'none') return;
    const open = openDoor(auth0);
    if (open)
      yield {
        path: open.path,
        message: `${open.what}, and with it log in to the cluster`,
        hint: 'name in auth0.allow the emailDomains, connections or roles of your people, such as: allow: { emailDomains: [acme.com] }',
      };
  },
};

function openDoor({ allow, database }: Auth0): { path: PathStep[]; what: string } | undefined {
  if (!allow)
    return {
      path: ['auth0', 'allow'],
      what: 'New applications get every connection of the tenant: anyone with a Gmail address can have an account',
    };
  if (allow.roles.length > 0) return undefined;
  const domain = allow.emailDomains.findIndex((name) => OPEN_DOMAINS.has(name));
  if (domain >= 0)
    return {
      path: ['auth0', 'allow', 'emailDomains', domain],
      what: `Anyone can have an address at ${allow.emailDomains[domain] ?? ''}`,
    };
  if (allow.emailDomains.length > 0) return undefined;
  const connection = allow.connections.findIndex((name) => OPEN_CONNECTIONS.has(name));
  if (connection >= 0)
    return {
      path: ['auth0', 'allow', 'connections', connection],
      what: `Anyone can have an account at ${allow.connections[connection] ?? ''}${allow.connections[connection] === 'google-oauth2' ? ', everyone with a Gmail address does' : ''}`,
    };
  if (database?.signUp === true && allow.connections.includes(database.name))
    return { path: ['auth0', 'database', 'signUp'], what: `Anyone can sign up for ${database.name}` };
  return undefined;
}
