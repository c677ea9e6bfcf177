import { execFileSync } from 'node:child_process';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { JsonValue } from '../../src/document/source-node';
import { parseTarget, type Target } from '../../src/releases/target';
import { documentConnectors, type DocumentConnector } from '../../src/subjects/document-connectors';
import { personOf, type Person } from '../../src/who/person';
import { readClaims, type Given } from '../../src/who/read-claims';
import {
  describeWithTools,
  freePort,
  request,
  slapdTools,
  startDexWith,
  startSlapd,
  toolPath,
  waitFor,
  type DexServer,
  type SlapdServer,
} from './harness';
import { DIRECTORY_KINDS, PASSWORD } from './who/directory-kinds';
import { DIRECTORIES, DIRECTORY, PEOPLE, type DirectorySetUp } from './who/directories';
import { startProviders, type Providers } from './who/provider';
import { SET_UPS, type SetUp } from './who/set-ups';

const SUFFIX = 'dc=acme,dc=com';
const CLIENT = { id: 'pachd', secret: 'a-secret', redirectURI: 'http://127.0.0.1:1/back' };
const TARGETS = [
  ['dex', 'dex@2.41'],
  ['dex-pachyderm', 'pachyderm@2.11'],
] as const;

const targetNamed = (name: string): Target => {
  const parsed = parseTarget(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.target;
};

/** A connector as the rules see it. */
function connectorOf(
  id: string,
  type: string,
  config: Readonly<Record<string, JsonValue>>,
): DocumentConnector {
  const document = { identity: { connectors: [{ id, type, config }] } } as unknown as ClusterDocument;
  const [connector] = documentConnectors(document);
  if (!connector) throw new Error(`there is no connector type ${type}`);
  return connector;
}

describe.each(TARGETS)('with %s', (tool, targetName) => {
  const target = targetNamed(targetName);
  describeWithTools(`who someone becomes, as ${targetName} says it`, [tool, ...slapdTools], () => {
    let providers: Providers;
    let dex: DexServer;
    let issuer: string;
    const servers = new Map<string, SlapdServer>();

    beforeAll(async () => {
      const port = await freePort();
      issuer = `http://127.0.0.1:${port}/dex`;
      providers = await startProviders(new Map(SET_UPS.map((each) => [each.id, each])));
      const directory = await startSlapd({ suffix: SUFFIX, ldif: DIRECTORY });
      servers.set('', directory);
      const connectors: { id: string; type: string; name: string; config: Record<string, unknown> }[] = [
        ...SET_UPS.map(({ id, type, config }) => ({
          id,
          type,
          name: id,
          config: { ...ofProvider(type, providers.issuer(id)), redirectURI: `${issuer}/callback`, ...config },
        })),
        ...DIRECTORIES.map(({ id, config }) => ({
          id,
          type: 'ldap',
          name: id,
          config: {
            host: directory.host,
            insecureNoSSL: true,
            bindDN: directory.bindDN,
            bindPW: directory.bindPW,
            ...config,
          },
        })),
      ];
      for (const { name, directory: options, setUps } of DIRECTORY_KINDS) {
        const server = await startSlapd(options);
        servers.set(name, server);
        connectors.push(
          ...setUps.map(({ id, config }) => ({
            id,
            type: 'ldap',
            name: id,
            config: {
              ...config,
              host: server.host,
              insecureNoSSL: true,
              bindDN: server.bindDN,
              bindPW: server.bindPW,
            },
          })),
        );
      }
      dex = await startDexWith(issuer, connectors, CLIENT, tool);
    });

    afterAll(async () => {
      await dex.stop();
      await providers.stop();
      for (const server of servers.values()) await server.stop();
    });

    test.each(SET_UPS.map((setUp) => [setUp.id, setUp] as const))('%s', async (id, setUp) => {
      const said = personOf(connectorOf(id, setUp.type, setUp.config), givenBy(setUp), target);
      expect(said).toBeDefined();
      await expectLogin(said as Person, await follow(`${issuer}/auth/${id}?${QUERY}`));
    });

    test.each(DIRECTORIES.map((setUp) => [setUp.id, setUp] as const))('%s', async (id, setUp) => {
      const given = readClaims(entriesOf(setUp)) as Given;
      const said = personOf(connectorOf(id, 'ldap', setUp.config), given, target);
      expect(said).toBeDefined();
      await expectLogin(
        said as Person,
        await logInAt(`${issuer}/auth/${id}?${QUERY}`, {
          login: setUp.login,
          password: PEOPLE[setUp.login] ?? '',
        }),
      );
    });

    describe.each(DIRECTORY_KINDS.map((kind) => [kind.name, kind] as const))(
      '%s',
      (name, { directory, setUps }) => {
        test.each(setUps.map((setUp) => [setUp.id, setUp] as const))(
          '%s',
          async (id, { login, person, config }) => {
            const { url, bindDN, bindPW } = servers.get(name) as SlapdServer;
            // Everything that the directory has, the person first.
            const found = (filter: string): string =>
              execFileSync(
                toolPath('ldapsearch'),
                [
                  '-x',
                  '-LLL',
                  '-o',
                  'ldif-wrap=no',
                  '-H',
                  url,
                  '-D',
                  bindDN,
                  '-w',
                  bindPW,
                  '-b',
                  directory.suffix,
                  filter,
                  '*',
                  '+',
                ],
                { encoding: 'utf8' },
              );
            const given = readClaims(`${found(person)}\n${found(`(!${person})`)}`) as Given;
            const said = personOf(connectorOf(id, 'ldap', config), given, target) as Person;
            await expectLogin(
              said,
              await logInAt(`${issuer}/auth/${id}?${QUERY}`, { login, password: PASSWORD }),
            );
          },
        );
      },
    );

    /** What Dex answers at the end is the token of this person, or a refusal in these words. */
    async function expectLogin(person: Person, end: string): Promise<void> {
      if ('refused' in person) {
        expect(end).not.toContain('code=');
        const { refused } = person;
        await waitFor(`Dex says ${refused}`, () => dex.logs().replaceAll('\\"', '"').includes(refused), {
          deadlineSeconds: 5,
        });
        return;
      }
      const code = new URL(end).searchParams.get('code');
      const answer = await request(`${issuer}/token`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`,
        },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: code ?? '',
          redirect_uri: CLIENT.redirectURI,
        }).toString(),
      });
      const { id_token: token } = JSON.parse(answer.body) as { id_token: string };
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
        email?: string;
        email_verified?: boolean;
        groups?: string[];
      };
      expect({
        email: claims.email ?? '',
        isVerified: claims.email_verified,
        // Dex repeats a group that two matchers find.
        groups: [...new Set(claims.groups ?? [])].sort(),
      }).toEqual({ ...person, groups: [...person.groups].sort() });
    }
  });
});

const QUERY = new URLSearchParams({
  client_id: CLIENT.id,
  redirect_uri: CLIENT.redirectURI,
  response_type: 'code',
  scope: 'openid email profile groups',
  state: 'state',
}).toString();

function ofProvider(type: SetUp['type'], issuer: string): Record<string, JsonValue> {
  const client = { clientID: 'dex', clientSecret: 'secret' };
  return type === 'oidc'
    ? { ...client, issuer }
    : {
        ...client,
        authorizationURL: `${issuer}/authorize`,
        tokenURL: `${issuer}/token`,
        userInfoURL: `${issuer}/userinfo`,
      };
}

/** What a person would paste: what the provider says where Dex looks. */
function givenBy({ type, config, token, userinfo }: SetUp): Given {
  const claims =
    type === 'oauth'
      ? userinfo
      : { sub: 'person', ...token, ...(config['getUserInfo'] === true ? userinfo : {}) };
  return readClaims(JSON.stringify(claims)) as Given;
}

function entriesOf({ login }: DirectorySetUp): string {
  const blocks = DIRECTORY.split('\n\n');
  const own = blocks.filter((block) => block.includes(`uid: ${login}\n`));
  return [...own, ...blocks.filter((block) => block.includes('ou=groups'))].join('\n\n');
}

/** Follows redirects as a browser does, up to where Dex sends it at the end; the page's own address where it stays. */
async function follow(url: string): Promise<string> {
  for (let at = url, hops = 0; hops < 10; hops++) {
    const { status, headers } = await request(at);
    if (headers.location === undefined || status < 300 || status >= 400)
      return at.replaceAll('code=', 'used=');
    at = new URL(headers.location, at).href;
    if (at.startsWith(CLIENT.redirectURI)) return at;
  }
  throw new Error(`${url} leads nowhere`);
}

/** Fills in Dex's form. */
async function logInAt(
  url: string,
  entered: { readonly login: string; readonly password: string },
): Promise<string> {
  const first = await request(url);
  const form = new URL(first.headers.location ?? '', url).href;
  const answer = await request(form, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(entered).toString(),
  });
  const { location } = answer.headers;
  if (location === undefined) return form;
  const next = new URL(location, form).href;
  return next.startsWith(CLIENT.redirectURI) ? next : follow(next);
}
