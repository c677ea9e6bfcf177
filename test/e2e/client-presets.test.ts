import { readFileSync, writeFileSync } from 'node:fs';
import YAML from 'yaml';
import { allPresets } from '../../src/client-presets/registry';
import { checkFiles } from '../../src/pipeline/check-files';
import { synthesize } from '../../src/plan/synthesize';
import { readCluster } from '../../src/pipeline/read-cluster';
import { clientPages, type ClientPage } from '../../src/setup/client-page';
import {
  describeWithTools,
  freePort,
  request,
  startDex,
  temporaryDirectory,
  type DexTool,
  type Request,
  type Response,
} from './harness';
import { deployDex } from './login/deployed-dex';
import { DeployedObjects } from './login/deployed-objects';

interface Dex {
  ask(path: string, options?: Request): Promise<Response>;
  stop(): Promise<void>;
}

interface Answer {
  readonly id_token?: string;
  readonly error?: string;
}

const SECRET = 'the-secret-of-every-product-here';
const KINDS: readonly (readonly [DexTool, identity: object])[] = [
  ['dex', { dex: 'standalone' }],
  ['dex-pachyderm', {}],
];
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe.each(KINDS)('with %s', (tool, where) => {
  describeWithTools('products log people in with what their pages say', [tool], () => {
    const isStandalone = tool === 'dex';
    /** The Dex inside Pachyderm knows no public clients. */
    const products = allPresets().map((preset) => ({
      preset: preset.name,
      ...(preset.isProgram ? {} : { url: `https://${preset.name}.acme.com` }),
      ...(preset.isProgram && isStandalone ? {} : { secret: SECRET }),
    }));
    let issuer: string;
    let pages: readonly ClientPage[];
    let dex: Dex;

    beforeAll(async () => {
      const port = await freePort();
      const files = temporaryDirectory('client-presets');
      const document = {
        apiVersion: 'pachkit/v1',
        name: 'prod',
        release: '2.11.6',
        profile: 'dev',
        access: { host: 'localhost', port },
        enterprise: { licenseKey: { existing: { name: 'license', key: 'key' } } },
        identity: { ...where, connectors: [{ type: 'mockCallback', id: 'mock' }], clients: products },
        ...(isStandalone ? { dex: { storage: { memory: {} } } } : {}),
        secrets: { seed: 'client presets' },
      };
      writeFileSync(files.join('pachyderm.yaml'), JSON.stringify(document));
      const readFile = (name: string): Buffer => readFileSync(name);
      const { documents, diagnostics } = checkFiles(['pachyderm.yaml'], {
        directory: files.path,
        readFile,
        readStandardInput: () => Buffer.from(''),
      });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const [checked] = documents;
      const cluster =
        checked && readCluster(checked, { variable: () => undefined, readFile, frozen: false }).value;
      if (!cluster) throw new Error('the document makes no cluster');
      files.remove();
      issuer = cluster.urls.issuer;
      pages = clientPages(cluster);
      const objects = new DeployedObjects(await synthesize(cluster), { 'license/key': 'a license' });
      if (isStandalone) {
        const deployed = await deployDex(cluster, objects, {});
        await deployed.ready();
        dex = deployed;
      } else {
        const clients = YAML.parse(
          objects.environmentOf('pachd')['IDP_ADDITIONAL_CLIENTS'] ?? '',
        ) as readonly { readonly redirect_uris: readonly string[] }[];
        const own = await freePort();
        const server = await startDex({
          tool,
          issuer,
          address: `http://127.0.0.1:${own}`,
          configuration: JSON.stringify({
            issuer,
            storage: { type: 'memory' },
            web: { http: `127.0.0.1:${own}` },
            oauth2: { skipApprovalScreen: true },
            connectors: [{ type: 'mockCallback', id: 'mock', name: 'mock' }],
            staticClients: clients.map(({ redirect_uris, ...client }) => ({
              ...client,
              redirectURIs: redirect_uris,
            })),
          }),
        });
        dex = {
          ask: (path, options) =>
            request(`http://127.0.0.1:${own}${new URL(issuer).pathname}${path}`, options),
          stop: () => server.stop(),
        };
      }
    });
    afterAll(async () => {
      await dex.stop();
    });

    function pageOf(name: string): ClientPage {
      const page = pages.find(({ client }) => client === name);
      if (!page) throw new Error(`no page for ${name}`);
      return page;
    }

    function entered(page: ClientPage, label: string): readonly string[] {
      return page.entered.filter(([each]) => each === label).map(([, value]) => value);
    }

    /** Follows Dex's redirects from a path below the issuer, until it leads elsewhere or shows a page. */
    async function follow(path: string, options?: Request): Promise<{ url: string; answer: Response }> {
      let url = issuer + path;
      let answer = await dex.ask(path, options);
      for (let steps = 0; answer.status >= 300 && answer.status < 400 && steps < 10; steps += 1) {
        url = new URL(answer.headers.location ?? '', url).href;
        if (!url.startsWith(`${issuer}/`)) break;
        answer = await dex.ask(url.slice(issuer.length));
      }
      return { url, answer };
    }

    async function token(fields: Readonly<Record<string, string>>): Promise<Answer> {
      const answer = await dex.ask('/token', {
        method: 'POST',
        headers: form,
        body: new URLSearchParams(fields).toString(),
      });
      return JSON.parse(answer.body) as Answer;
    }

    function claimsOf({ id_token = '' }: Answer): Record<string, unknown> {
      const [, payload = ''] = id_token.split('.');
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    }

    test.each(allPresets().map(({ name }) => name))('%s gets name, address and groups', async (name) => {
      const page = pageOf(name);
      expect(entered(page, 'Issuer')).toEqual([issuer]);
      for (const uri of entered(page, 'Redirect URI').filter((each) => each.startsWith('http'))) {
        const query = new URLSearchParams({
          response_type: 'code',
          client_id: page.client,
          redirect_uri: uri,
          scope: entered(page, 'Scopes').join(),
          state: 'a-state',
        });
        const { url } = await follow(`/auth?${query.toString()}`);
        const { origin, pathname } = new URL(url);
        expect(origin + pathname).toBe(new URL(uri).href);
        const answer = await token({
          grant_type: 'authorization_code',
          code: new URL(url).searchParams.get('code') ?? '',
          redirect_uri: uri,
          client_id: page.client,
          ...(page.secret ? { client_secret: SECRET } : {}),
        });
        expect(claimsOf(answer)).toMatchObject({
          iss: issuer,
          aud: page.client,
          email: 'kilgore@kilgore.trout',
          groups: ['authors'],
        });
      }
    });

    test('another redirect URI is refused', async () => {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: 'grafana',
        redirect_uri: 'https://grafana.acme.com/login',
        scope: 'openid',
      });
      const { answer } = await follow(`/auth?${query.toString()}`);
      expect(answer.body).toContain('Unregistered redirect_uri');
    });

    if (isStandalone)
      test('kubelogin gets a token by the device flow, once someone has logged in elsewhere', async () => {
        const page = pageOf('kubelogin');
        const asked = await dex.ask('/device/code', {
          method: 'POST',
          headers: form,
          body: new URLSearchParams({
            client_id: page.client,
            scope: entered(page, 'Scopes').join(),
          }).toString(),
        });
        const { device_code, user_code, verification_uri } = JSON.parse(asked.body) as Record<string, string>;
        expect(verification_uri).toBe(`${issuer}/device`);
        const poll = (): Promise<Answer> =>
          token({
            grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
            device_code: device_code ?? '',
            client_id: page.client,
          });
        expect((await poll()).error).toBe('authorization_pending');
        const { answer } = await follow('/device/auth/verify_code', {
          method: 'POST',
          headers: form,
          body: new URLSearchParams({ user_code: user_code ?? '' }).toString(),
        });
        expect(answer.body).toContain('Login Successful');
        // Dex asks devices to wait between questions, and says so in place of an answer.
        let granted = await poll();
        while (granted.error === 'slow_down') {
          await new Promise((resolve) => setTimeout(resolve, 5_000));
          granted = await poll();
        }
        expect(claimsOf(granted)).toMatchObject({ aud: 'kubelogin', groups: ['authors'] });
      });
    else
      test('kubelogin has a secret, and no device flow', () => {
        expect(entered(pageOf('kubelogin'), 'Redirect URI')).not.toContain('/device/callback');
        expect(pageOf('kubelogin').settings.lines.join('\n')).not.toContain('device-code');
      });
  });
});
