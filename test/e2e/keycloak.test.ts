import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import YAML from 'yaml';
import {
  describeWithTools,
  freePort,
  request,
  startDexWith,
  temporaryDirectory,
  type DexServer,
  type DexTool,
} from './harness';
import { importRealm, startKeycloak, type KeycloakServer } from './keycloak/server';
import { startBrowser, textOf, type Browser } from './login/browser';

const PROGRAM = path.resolve(__dirname, '../../dist/bin/pachkit.js');
/** Java starts three times, and may have little of the machine. */
const START_MILLISECONDS = 600_000;
const CLIENT = { id: 'pachd', secret: 'a-secret' };
const SECRET = 'a-client-secret-of-48-characters-ABCDEFGHIJKLMNO';

interface Claims {
  readonly email: string;
  readonly email_verified: boolean;
  readonly groups?: readonly string[];
}

/** What a test changes at Keycloak or in the document, and the code by which the doctor names it. */
interface Mistake {
  readonly client?: Readonly<Record<string, unknown>>;
  readonly section?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Whether a Dex with the change would not start. */
  readonly isWithoutDex?: true;
  readonly code: string;
}

const MISTAKES: readonly (readonly [name: string, mistake: Mistake])[] = [
  [
    'another redirect URI',
    { client: { redirectUris: ['https://elsewhere.acme.com/callback'] }, code: 'HOP014' },
  ],
  ['a client that is switched off', { client: { enabled: false }, code: 'HOP017' }],
  ['a client of another name', { section: { clientID: 'pachyderms' }, code: 'HOP015' }],
  ['another secret', { client: { secret: 'another-secret' }, code: 'HOP018' }],
  ['another realm', { section: { realm: 'acne' }, isWithoutDex: true, code: 'HOP008' }],
  [
    'a scope that the realm does not have',
    { config: { scopes: ['profile', 'email', 'teams'] }, code: 'HOP016' },
  ],
];

describe.each(['dex', 'dex-pachyderm'] as DexTool[])('with %s', (tool) => {
  describeWithTools(
    'a login through Keycloak, from what synth has written',
    [tool, 'chromium', 'java', 'keycloak'],
    () => {
      const folder = temporaryDirectory('keycloak-login');
      let keycloak: KeycloakServer;
      let dex: DexServer;
      let browser: Browser;
      let dexPort: number;
      let keycloakPort: number;
      /** What synth prints, by lines. */
      let commands: readonly string[];

      /** The document, with a change of its section; `config` is for the settings of Dex. */
      const document = (section: object = {}): object => ({
        apiVersion: 'pachkit/v1',
        name: 'prod',
        release: '2.11.6',
        profile: 'dev',
        enterprise: { licenseKey: { env: 'LICENSE' } },
        access: { host: 'localhost', port: dexPort },
        keycloak: {
          url: `http://127.0.0.1:${keycloakPort}`,
          realm: 'acme',
          clientSecret: { env: 'CLIENT_SECRET' },
          users: [{ email: 'ada@acme.com', password: { env: 'ADA_PASSWORD' }, groups: ['data-science'] }],
          ...section,
        },
        auth: {
          clientSecret: { env: 'PACHD_SECRET' },
          roleBindings: { 'group:data-science': ['clusterAdmin'] },
        },
      });

      async function pachkit(
        ...args: readonly string[]
      ): Promise<{ stdout: string; stderr: string; code: number }> {
        const environment = {
          PATH: process.env['PATH'],
          LICENSE: 'license',
          PACHD_SECRET: CLIENT.secret,
          CLIENT_SECRET: SECRET,
          ADA_PASSWORD: 'engine-of-1843',
        };
        try {
          const answer = await promisify(execFile)(process.execPath, [PROGRAM, ...args], {
            cwd: folder.path,
            env: environment,
          });
          return { ...answer, code: 0 };
        } catch (error) {
          const failed = error as { stdout: string; stderr: string; code: number };
          return failed;
        }
      }

      function write(name: string, content: object): void {
        writeFileSync(folder.join(name), YAML.stringify(content));
      }

      function connectors(out: string): object[] {
        return [
          JSON.parse(readFileSync(folder.join(`${out}/prod/connectors/keycloak.json`), 'utf8')) as object,
        ];
      }

      const redirectURI = (): string => `http://localhost:${dexPort}/authorization-code/callback`;

      async function dexWith(list: readonly object[]): Promise<DexServer> {
        const client = { ...CLIENT, redirectURI: redirectURI() };
        return startDexWith(`http://localhost:${dexPort}/dex`, list, client, tool);
      }

      beforeAll(async () => {
        [dexPort, keycloakPort] = [await freePort(), await freePort()];
        write('pachyderm.yaml', document());
        const { stdout, stderr, code } = await pachkit('synth', 'pachyderm.yaml', '--out', 'out');
        expect([code, stderr.includes('error')]).toEqual([0, false]);
        commands = stdout.split('\n').map((each) => each.trim());
        mkdirSync(folder.join('data'));
        const data = folder.join('data');
        await importRealm(data, folder.join('out/prod/keycloak/realm.json'), {
          KEYCLOAK_CLIENT_SECRET: SECRET,
          KEYCLOAK_PASSWORD_1: 'engine-of-1843',
        });
        keycloak = await startKeycloak(data, keycloakPort);
        dex = await dexWith(connectors('out'));
        browser = await startBrowser('direct://', []);
      }, START_MILLISECONDS);
      afterAll(async () => {
        await browser?.stop();
        await dex?.stop();
        await keycloak?.stop();
        folder.remove();
      });

      /** Logs Ada in with a browser, as people do, and returns the claims of the token that Dex issues. */
      async function logIn(): Promise<Claims> {
        const query = new URLSearchParams({
          client_id: CLIENT.id,
          redirect_uri: redirectURI(),
          response_type: 'code',
          scope: 'openid email profile groups',
          state: 'state',
        });
        const back = await browser.visit(async (page) => {
          await page.goto(`http://localhost:${dexPort}/dex/auth?${query.toString()}`);
          await page.locator('#username').fill('ada@acme.com');
          await page.locator('#password').fill('engine-of-1843');
          await page.locator('#kc-login').click();
          await page
            .waitForURL((url) => url.href.startsWith(redirectURI()), { waitUntil: 'commit' })
            .catch(async () => {
              throw new Error(await textOf(page));
            });
          return page.url();
        });
        const answer = await request(`http://localhost:${dexPort}/dex/token`, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`,
          },
          body: new URLSearchParams({
            grant_type: 'authorization_code',
            code: new URL(back).searchParams.get('code') ?? '',
            redirect_uri: redirectURI(),
          }).toString(),
        });
        const { id_token: token = '' } = JSON.parse(answer.body) as { id_token?: string };
        return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
      }

      /** Who pachkit says that someone with the claims is. */
      async function whoIs(
        claims: object,
      ): Promise<{ subject: string; groups: string[]; roles: { role: string }[] }> {
        writeFileSync(folder.join('claims.json'), JSON.stringify(claims));
        const { stdout } = await pachkit(
          'who',
          'pachyderm.yaml',
          '--claims',
          'claims.json',
          '--format',
          'json',
        );
        const report = JSON.parse(stdout) as {
          clusters: { subject: string; groups: string[]; roles: { role: string }[] }[];
        };
        const [answer] = report.clusters;
        if (!answer) throw new Error(stdout);
        return answer;
      }

      test('gives the user the groups and the role that who has said', async () => {
        const claims = await logIn();
        expect(claims).toMatchObject({
          email: 'ada@acme.com',
          email_verified: true,
          groups: ['data-science'],
        });
        const { stdout } = await pachkit('who', 'pachyderm.yaml');
        expect(stdout).toContain('group:<name of the group>');
        expect(stdout).toContain('✓ group:data-science: clusterAdmin; through keycloak');
        expect(await whoIs(claims)).toMatchObject({
          subject: 'user:ada@acme.com',
          groups: ['group:data-science'],
          roles: [{ role: 'clusterAdmin' }],
        });
      });

      test('finds nothing wrong as the doctor', async () => {
        const { stdout } = await pachkit('doctor', 'pachyderm.yaml', '--format', 'json');
        expect(codesAtProvider(stdout)).toEqual([]);
      });

      test.each(MISTAKES)(
        'with %s is named by the doctor before anyone logs in',
        async (_, { client, section, config, isWithoutDex, code }) => {
          const before = client === undefined ? undefined : await keycloak.changeClient(client);
          const changed = { ...document(section), ...(config === undefined ? {} : plain(config)) };
          write('changed.yaml', changed);
          const hasOtherDex = isWithoutDex !== true && (section !== undefined || config !== undefined);
          if (hasOtherDex) {
            await dex.stop();
            expect((await pachkit('synth', 'changed.yaml', '--out', 'changed')).code).toBe(0);
          }
          try {
            if (hasOtherDex) dex = await dexWith(connectors('changed'));
            const { stdout } = await pachkit('doctor', 'changed.yaml', '--format', 'json');
            expect(codesAtProvider(stdout)).toContain(code);
          } finally {
            if (before !== undefined) await keycloak.changeClient(before);
            if (hasOtherDex) {
              await dex.stop();
              dex = await dexWith(connectors('out'));
            }
          }
        },
      );

      test('with full group paths brings groups that who knows not to be bound', async () => {
        await keycloak.changeMapper({ 'full.path': 'true' });
        try {
          const claims = await logIn();
          expect(claims.groups).toEqual(['/data-science']);
          expect(await whoIs(claims)).toMatchObject({ groups: ['group:/data-science'], roles: [] });
        } finally {
          await keycloak.changeMapper({ 'full.path': 'false' });
        }
      });

      test('keeps a realm that exists as it is when it is imported again', async () => {
        const again = await keycloak.createClient(
          JSON.parse(readFileSync(folder.join('out/prod/keycloak/client.json'), 'utf8')) as object,
        );
        expect(again).toEqual({
          status: 409,
          body: expect.stringContaining('Client pachyderm already exists') as unknown,
        });
      });

      test(
        'takes the client of the document in the place of the one that it has',
        async () => {
          const [line = ''] = commands.filter((command) => command.includes('partialImport'));
          const partially = (ifResourceExists: string): Promise<{ code: number | null; output: string }> =>
            keycloak.administer(
              line
                .replace(/^# .*?: /, '')
                .replace('out/', `${folder.join('out')}/`)
                .replace('OVERWRITE', ifResourceExists),
              { KEYCLOAK_CLIENT_SECRET: SECRET },
            );
          const elsewhere = { redirectUris: ['https://elsewhere.acme.com/callback'] };
          await keycloak.changeClient(elsewhere);
          expect(await partially('FAIL')).toMatchObject({
            code: 1,
            output: expect.stringContaining("Client id 'pachyderm' already exists") as unknown,
          });
          expect((await partially('SKIP')).code).toBe(0);
          expect(await keycloak.changeClient(elsewhere)).toEqual(elsewhere);
          expect((await partially('OVERWRITE')).code).toBe(0);
          expect(await logIn()).toMatchObject({ email: 'ada@acme.com', groups: ['data-science'] });
          // Java starts six times.
        },
        START_MILLISECONDS,
      );

      test(
        'takes a client that the commands of its setup page make',
        async () => {
          const connector = {
            ...{ provider: 'keycloak', url: `http://127.0.0.1:${keycloakPort}`, realm: 'acme' },
            ...{ clientID: 'by-hand', clientSecret: { env: 'CLIENT_SECRET' } },
          };
          write('by-hand.yaml', {
            ...document(),
            keycloak: undefined,
            identity: { connectors: [connector] },
          });
          const { stdout } = await pachkit('setup', 'by-hand.yaml', '--format', 'json');
          const report = JSON.parse(stdout) as {
            clusters: { pages: { commands: { lines: string[] } }[] }[];
          };
          const { lines } = report.clusters[0]?.pages[0]?.commands ?? { lines: [] };
          const { code, output } = await keycloak.administer(lines.join('\n'), {});
          expect(code).toBe(0);
          const secret = output.trim().split('\n').at(-1) ?? '';
          expect(secret).toMatch(/^[\w-]{20,}$/);
          expect((await pachkit('synth', 'by-hand.yaml', '--out', 'by-hand')).code).toBe(0);
          const made = JSON.stringify(connectors('by-hand')).replace(SECRET, secret);
          await dex.stop();
          try {
            dex = await dexWith(JSON.parse(made) as object[]);
            expect(await logIn()).toMatchObject({ email: 'ada@acme.com', groups: ['data-science'] });
          } finally {
            await dex.stop();
            dex = await dexWith(connectors('out'));
          }
          // Java starts five times.
        },
        START_MILLISECONDS,
      );

      /** The connector as a plain one, for settings that the section does not have. */
      function plain(config: object): object {
        return {
          keycloak: undefined,
          identity: {
            connectors: [
              {
                type: 'oidc',
                id: 'keycloak',
                config: {
                  issuer: `http://127.0.0.1:${keycloakPort}/realms/acme`,
                  clientID: 'pachyderm',
                  clientSecret: { env: 'CLIENT_SECRET' },
                  insecureEnableGroups: true,
                  ...config,
                },
              },
            ],
          },
        };
      }
    },
  );
});

/** Codes of what the doctor finds wrong with the provider's end of the login. */
function codesAtProvider(report: string): string[] {
  const { clusters } = JSON.parse(report) as {
    clusters: { sections: { hops: { status: string; code?: string }[] }[] }[];
  };
  return clusters.flatMap(({ sections }) =>
    sections.flatMap(({ hops }) =>
      hops.flatMap(({ status, code }) =>
        status !== 'ok' && code !== undefined && PROVIDER_CODES.has(code) ? [code] : [],
      ),
    ),
  );
}

const PROVIDER_CODES = new Set(['HOP008', 'HOP009', 'HOP014', 'HOP015', 'HOP016', 'HOP017', 'HOP018']);
