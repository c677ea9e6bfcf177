import { connectorType } from '../../connectors/connector-types';
import type { JsonValue } from '../../document/source-node';
import { atBrowserIssuer } from '../code-request';
import { failed, ok, skipped, warning, type Hop } from '../hop';
import { NetworkProblem } from '../network/problems';
import { takesSecrets } from '../network/routes';
import { mappingIn } from '../read-json';
import { answerKind, shown } from '../shown';
import { verifiedClaims, type Claims } from './id-token';
import { logIn, refusalText, type Begun, type LoginSubject } from './log-in';
import { nearlyBound, rolesOf, type Identity } from '../../who/roles';
import { waysOf } from './way';

/** A login, and what was learned of it so far. */
export interface LoginRun extends LoginSubject {
  readonly login: { begun?: Begun; claims?: Claims; identity?: Identity };
}

/** Time to log in, in milliseconds. */
const PATIENCE = 5 * 60 * 1000;

/** Claims about the token instead of the person. */
const OF_TOKEN: ReadonlySet<string> = new Set(['iss', 'aud', 'exp', 'iat', 'nonce', 'at_hash', 'c_hash']);

const loginHop: Hop<LoginRun> = {
  name: 'login',
  needs: [],
  patience: PATIENCE,
  appliesTo: () => true,
  plan: ({ connector: { id } }) => `someone logs in with ${id}`,
  async check(subject, signal) {
    const { issuer, cluster, connector, login, place } = subject;
    if (issuer.known.takesClient !== true) return skipped('not asked: Dex does not take logins');
    const ways = waysOf(cluster, connector.type);
    if (ways.length === 0)
      return skipped(
        'not asked: no client of Dex has a secret that is known here, and without one there is no token',
      );
    if (!takesSecrets(cluster.urls.browserIssuer))
      return skipped(
        'not asked: a password is not sent over plain HTTP; give Dex https, or reach it through kubectl port-forward',
      );
    const begun = await logIn(subject, ways, signal);
    if ('refused' in begun)
      return failed(`\`${refusalText(begun)}\``, {
        code: 'HOP033',
        effect: `The login with ${connector.id} ends in \`${refusalText(begun)}\``,
        hint:
          connectorType(connector.type)?.callback === 'password'
            ? 'check name and password; where both are right, compare the hops of the connector'
            : 'look at the page of the provider, and at the log of Dex',
        path: place,
      });
    login.begun = begun;
    return ok(`Dex gives a code to the client ${begun.way.client.id}`);
  },
};

const tokenHop: Hop<LoginRun> = {
  name: 'token',
  needs: ['login'],
  appliesTo: () => true,
  plan: () => 'Dex gives a token that pachd can verify',
  async check({ login, issuer, cluster, world, place }, signal) {
    const { begun } = login;
    if (begun === undefined) return skipped('no one has logged in');
    const answer = await begun.redeem(signal);
    const token = mappingIn(answer)?.['id_token'];
    if (typeof token !== 'string')
      return failed(answerKind(answer.status, answer.body), {
        code: 'HOP034',
        effect: `Dex answers ${answerKind(answer.status, answer.body)} to the code of the login, and pachd gets no token`,
        hint: 'look into the log of Dex; the secret of the client has to be the one that Dex has',
        path: place,
      });
    const keys = await world
      .client(issuer.tls.authorities)
      .request(atBrowserIssuer(cluster.urls, issuer.known.discovery?.jwks_uri ?? ''), {}, signal);
    const published = mappingIn(keys)?.['keys'];
    if (!Array.isArray(published)) throw new NetworkProblem('http', 'Dex publishes no keys');
    const verified = verifiedClaims(token, published, {
      issuer: cluster.urls.issuer,
      clientID: begun.way.client.id,
      ...(begun.nonce === undefined ? {} : { nonce: begun.nonce }),
      now: world.now(),
    });
    if ('problem' in verified)
      return failed(verified.problem, {
        code: 'HOP034',
        effect: `pachd refuses the token that Dex gives: ${verified.problem}`,
        hint: 'see which Dex answers at the issuer; deploy this document',
        path: place,
      });
    login.claims = verified.claims;
    return ok(`signed by Dex, for ${begun.way.client.id}`);
  },
};

const claimsHop: Hop<LoginRun> = {
  name: 'claims',
  needs: ['token'],
  appliesTo: () => true,
  plan: () => 'what Dex says about the person',
  async check({ login: { claims = {} } }) {
    const said = Object.entries(claims).filter(([name]) => !OF_TOKEN.has(name));
    return {
      ...ok(said.map(([name, value]) => `${name} ${shown(claimText(value))}`).join(', ')),
      details: { claims: Object.fromEntries(said) },
    };
  },
};

function claimText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const subjectHop: Hop<LoginRun> = {
  name: 'subject',
  needs: ['token'],
  appliesTo: () => true,
  plan: () => 'the subject that pachd makes of the claims',
  async check({ login, cluster: { auth }, connector, place, at }) {
    const { claims = {} } = login;
    const { email } = claims;
    if (typeof email !== 'string' || email === '')
      return failed('the token has no email', {
        code: 'HOP034',
        effect: `pachd takes everyone who logs in so with ${connector.id} for one user, user:`,
        hint: 'let the provider send an address: see scopes and claimMapping.email, or userSearch.emailAttr',
        path: place,
      });
    if (auth?.requireVerifiedEmail === true && claims['email_verified'] !== true)
      return failed('the address is not verified', {
        code: 'HOP034',
        effect:
          'pachd refuses the login: `email_verified claim was false, and require_email_verified was set`',
        hint: 'verify the address at the provider, or leave auth.requireVerifiedEmail out',
        path: at('insecureSkipEmailVerified'),
      });
    const groups = claims['groups'];
    const names = Array.isArray(groups) ? groups.filter((each) => typeof each === 'string') : [];
    login.identity = { subject: `user:${email}`, groups: names.map((name) => `group:${name}`) };
    return { ...ok(shown(login.identity.subject)), details: { subject: login.identity.subject } };
  },
};

const groupsHop: Hop<LoginRun> = {
  name: 'groups',
  needs: ['subject'],
  appliesTo: () => true,
  plan: () => 'the groups that pachd makes of the claims',
  async check({ login: { identity } }) {
    const groups = identity?.groups ?? [];
    return { ...ok(groups.length === 0 ? 'none' : groups.map(shown).join(', ')), details: { groups } };
  },
};

const rolesHop: Hop<LoginRun> = {
  name: 'roles',
  needs: ['subject'],
  appliesTo: () => true,
  plan: () => 'the roles that the document binds to them',
  async check({ login: { identity }, cluster: { auth } }) {
    if (identity === undefined || auth === undefined) return skipped('no one has logged in');
    if (auth.roleBindings === undefined)
      return skipped('the document has no auth.roleBindings: they are as in the cluster');
    const roles = rolesOf(auth, identity);
    const [near] = nearlyBound(auth, identity);
    const said = roles.map(({ role, through }) => `${role} (${shown(through)})`).join(', ');
    const details = { roles };
    if (near)
      return {
        ...warning(said === '' ? 'none' : said, {
          code: 'HOP032',
          effect: `auth.roleBindings has \`${shown(near.written)}\`, and the login is \`${shown(near.sent)}\`: pachd compares them as strings, and those roles are not given`,
          hint: `write '${shown(near.sent)}'`,
          path: ['auth', 'roleBindings', near.written],
        }),
        details,
      };
    if (roles.length > 0) return { ...ok(said), details };
    return {
      ...warning('none', {
        code: 'HOP032',
        effect: `${shown(identity.subject)} can log in and may do nothing on the cluster: no binding is for them, their groups, or allClusterUsers`,
        hint: `bind a role, such as '${shown(identity.subject)}': [projectCreator]`,
        path: ['auth', 'roleBindings'],
      }),
      details,
    };
  },
};

/** One login, from the person to their roles. */
export const loginHops: readonly Hop<LoginRun>[] = [
  loginHop,
  tokenHop,
  claimsHop,
  subjectHop,
  groupsHop,
  rolesHop,
];
