// A certified OpenID provider that behaves as a tenant of Auth0 does: its issuer may end in a slash, it knows the redirect
// URIs of its one client and takes no other, asks for no consent, runs the tenant's actions at a login, and puts the claims
// that they set into the ID token. Its settings are in the file that the first argument names; see identity-provider.ts.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as https from 'node:https';
import * as vm from 'node:vm';
import { Provider } from 'oidc-provider';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { issuer, port, client, users, actions, idTokenLifetimeSeconds, clockOffsetSeconds } = settings;

if (clockOffsetSeconds !== 0) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + clockOffsetSeconds * 1000;
}

/** What the actions make of a user: a reason to refuse the login, or claims. */
async function runActions(user) {
  const outcome = { claims: {}, denied: undefined };
  const event = {
    client: { client_id: client.id },
    user: { email: user.email, email_verified: user.email_verified },
    authorization: { roles: user.roles },
    connection: { name: 'Username-Password-Authentication' },
  };
  const api = {
    idToken: { setCustomClaim: (name, value) => void (outcome.claims[name] = value) },
    access: { deny: (reason) => void (outcome.denied ??= reason) },
  };
  for (const code of actions) {
    const exported = {};
    vm.runInNewContext(code, { exports: exported });
    await exported.onExecutePostLogin(event, api);
    if (outcome.denied !== undefined) break;
  }
  return outcome;
}

const outcomes = new Map();
for (const user of users) outcomes.set(user.email, await runActions(user));
const customClaims = [...new Set([...outcomes.values()].flatMap(({ claims }) => Object.keys(claims)))];

const claimsOf = ({ email, email_verified, name }) => ({
  sub: `auth0|${email}`,
  email,
  ...(email_verified === undefined ? {} : { email_verified }),
  name,
  nickname: email.split('@')[0],
  ...outcomes.get(email).claims,
});

const loginPath = '/u/login/';
const daySeconds = 24 * 60 * 60;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: client.redirectURIs,
      token_endpoint_auth_method: client.authenticationMethod,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  claims: {
    openid: ['sub', ...customClaims],
    email: ['email', 'email_verified'],
    profile: ['name', 'nickname'],
  },
  // Auth0's ID tokens hold the claims of every scope.
  conformIdTokenClaims: false,
  pkce: { required: () => false },
  features: { devInteractions: { enabled: false } },
  // Cookies outlive a clock that is behind.
  ttl: {
    IdToken: idTokenLifetimeSeconds,
    AccessToken: daySeconds,
    Interaction: 7 * daySeconds,
    Session: 7 * daySeconds,
    Grant: 7 * daySeconds,
  },
  interactions: { url: (_context, { uid }) => `${loginPath}${uid}` },
  findAccount: (_context, id) => {
    const user = users.find(({ email }) => `auth0|${email}` === id);
    return user && { accountId: id, claims: () => claimsOf(user) };
  },
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope(oidc.params.scope);
    await grant.save();
    return grant;
  },
});
for (const name of ['authorization.error', 'grant.error', 'server_error'])
  provider.on(name, (_context, error) =>
    console.log(`${name}: ${error.message} ${error.error_description ?? ''} ${error.error_detail ?? ''}`),
  );

const page = (problem) => `<!DOCTYPE html>
<title>Log in</title>
<h1>Welcome</h1>
${problem ? `<p role="alert">${problem}</p>` : ''}
<form method="post">
  <label>Email address <input name="username" type="email"></label>
  <label>Password <input name="password" type="password"></label>
  <button type="submit">Continue</button>
</form>
`;

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return new URLSearchParams(text);
}

async function logIn(request, response) {
  await provider.interactionDetails(request, response);
  const show = (problem) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page(problem));
  };
  if (request.method !== 'POST') return show();
  const body = await bodyOf(request);
  const user = users.find(({ email }) => email === body.get('username'));
  if (user === undefined || user.password !== body.get('password')) return show('Wrong email or password');
  const { denied } = outcomes.get(user.email);
  return provider.interactionFinished(
    request,
    response,
    denied === undefined
      ? { login: { accountId: `auth0|${user.email}` } }
      : { error: 'access_denied', error_description: denied },
  );
}

const answer = provider.callback();
https
  .createServer({ cert: settings.certificate, key: settings.key }, (request, response) => {
    // Node asks the machine for the date that it sends, whatever the clock here is.
    response.setHeader('date', new Date(Date.now()).toUTCString());
    if (!request.url.startsWith(loginPath)) return answer(request, response);
    logIn(request, response).catch((error) => {
      console.log(error.stack);
      response.writeHead(500).end(error.message);
    });
  })
  .listen(port, '127.0.0.1', () => console.log(`listening as ${issuer}`));
