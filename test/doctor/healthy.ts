import { certificates, type Answering, type Reply, type StandIns } from './stand-ins';

export const HOST = 'pachyderm.acme.com';
export const ISSUER = `https://${HOST}/dex`;
export const PROVIDER_HOST = 'sso.acme.com';
export const PROVIDER = `https://${PROVIDER_HOST}/realms/acme`;
export const CALLBACK = `${ISSUER}/callback`;
export const SECRETS = {
  PACHD_SECRET: 'planted secret of pachd',
  SSO_SECRET: 'planted secret of the provider',
};

/** A cluster with one provider, as data, to be changed in one place. */
export function healthyDocument(): Record<string, unknown> & {
  identity: { connectors: { id: string; type: string; config: Record<string, unknown> }[] };
} {
  return {
    apiVersion: 'pachkit/v1',
    name: 'acme',
    release: '2.12.0-rc.3',
    access: { via: 'proxy', host: HOST, tls: { secretName: 'pachyderm-tls' } },
    auth: {
      rootToken: { existing: { name: 'root', key: 'token' } },
      clientSecret: { env: 'PACHD_SECRET' },
      roleBindings: { 'user:ada@acme.com': ['clusterAdmin'], allClusterUsers: ['projectCreator'] },
    },
    console: { clientSecret: { existing: { name: 'console', key: 'secret' } } },
    identity: {
      connectors: [
        {
          type: 'oidc',
          id: 'sso',
          config: { issuer: PROVIDER, clientID: 'pachyderm', clientSecret: { env: 'SSO_SECRET' } },
        },
      ],
    },
    database: {
      external: { host: 'db.acme.com', password: { existing: { name: 'db', key: 'password' } } },
    },
    storage: { s3: { bucket: 'acme', region: 'eu-central-1' } },
  };
}

export const json = (value: unknown, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export const html = (body: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<!DOCTYPE html><html><head><title>Log in</title></head><body>${body}</body></html>`,
});

export const redirect = (location: string): Reply => ({ status: 302, headers: { location } });

const keys = json({ keys: [{ kty: 'RSA', alg: 'RS256', kid: '1', n: 'AQAB', e: 'AQAB' }] });

/** What the secret in a request is, whether in the header or the body. */
export function secretIn({ headers, body }: Parameters<Answering>[0]): string {
  const [, basic = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
  const [, inHeader] = Buffer.from(basic, 'base64').toString().split(':');
  return inHeader === undefined
    ? (new URLSearchParams(body).get('client_secret') ?? '')
    : decodeURIComponent(inHeader);
}

/** Dex, pachd and Console behind one way in, as far as a doctor sees them. */
export const healthyDex: Answering = (question) => {
  const { pathname, searchParams } = question.url;
  if (pathname === '/authorization-code/callback') return { status: 400, body: 'no code' };
  if (pathname === '/oauth/callback/') return html('Console');
  if (pathname === '/dex/.well-known/openid-configuration')
    return json({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/auth`,
      token_endpoint: `${ISSUER}/token`,
      jwks_uri: `${ISSUER}/keys`,
    });
  if (pathname === '/dex/keys') return keys;
  if (pathname === '/dex/token')
    return secretIn(question) === SECRETS.PACHD_SECRET
      ? json({ error: 'invalid_grant' }, 400)
      : json({ error: 'invalid_client', error_description: 'Invalid client credentials.' }, 401);
  if (pathname === '/dex/auth') {
    if (searchParams.get('client_id') !== 'pachd')
      return html(`Invalid client_id (&#34;${searchParams.get('client_id')}&#34;).`, 404);
    return redirect(`/dex/auth/sso${question.url.search}`);
  }
  if (pathname === '/dex/auth/sso') {
    const to = new URL(`${PROVIDER}/auth`);
    to.search = new URLSearchParams({
      client_id: 'pachyderm',
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid profile email',
      state: 'abc',
    }).toString();
    return redirect(to.href);
  }
  return { status: 404, body: 'nothing here' };
};

/** An OpenID provider with one client. */
export const healthyProvider: Answering = (question) => {
  const { pathname, searchParams } = question.url;
  if (pathname === '/realms/acme/.well-known/openid-configuration')
    return json({
      issuer: PROVIDER,
      authorization_endpoint: `${PROVIDER}/auth`,
      token_endpoint: `${PROVIDER}/token`,
      jwks_uri: `${PROVIDER}/keys`,
    });
  if (pathname === '/realms/acme/keys') return keys;
  if (pathname === '/realms/acme/token')
    return secretIn(question) === SECRETS.SSO_SECRET
      ? json({ error: 'invalid_grant', error_description: 'Code not valid' }, 400)
      : json({ error: 'invalid_client', error_description: 'Invalid client credentials' }, 401);
  if (pathname === '/realms/acme/auth') {
    if (searchParams.get('client_id') !== 'pachyderm') return html('Client not found.', 400);
    if (searchParams.get('redirect_uri') !== CALLBACK) return html('Invalid parameter: redirect_uri', 400);
    return redirect('/realms/acme/login');
  }
  if (pathname === '/realms/acme/login') return html('<form method="post"><input name="username"></form>');
  return { status: 404, body: 'nothing here' };
};

/** Ports of both, by the place that a document gives them. */
export async function startHealthy(
  servers: StandIns,
  {
    dex = healthyDex,
    provider = healthyProvider,
    dexCertificate = certificates.server,
    providerCertificate = certificates.server,
  }: {
    dex?: Answering;
    provider?: Answering;
    dexCertificate?: { cert: string; key: string };
    providerCertificate?: { cert: string; key: string };
  } = {},
): Promise<Record<string, number>> {
  return {
    [`${HOST}:443`]: await servers.http(dex, dexCertificate),
    [`${PROVIDER_HOST}:443`]: await servers.http(provider, providerCertificate),
  };
}
