import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { devCertificate, trustCommand, type DevCertificate } from '../../src/dev/certificate';
import { fileInput } from '../../src/document/input';
import { readRegularFile } from '../../src/files/read-file';
import { planFiles } from '../../src/plan/plan';
import { describeWithTools, runToSuccess, temporaryDirectory, toolPath } from './harness';
import { startBrowser } from './login/browser';

const DOCUMENT = {
  apiVersion: 'pachkit/v1',
  name: 'https',
  release: '2.12.0-rc.3',
  profile: 'dev',
  secrets: { seed: 'https' },
  access: { via: 'proxy', port: 8443, tls: { secretName: 'pachyderm-tls' } },
  identity: {
    connectors: [{ type: 'mockPassword', id: 'test', config: { username: 'a', password: 'b' } }],
  },
  storage: { local: {} },
};

const PAGE = 'the login page';

describeWithTools('Chromium and the certificate of dev up', ['chromium', 'certutil'], () => {
  const folder = temporaryDirectory('dev-certificate');
  let made: DevCertificate;
  let server: Server;
  let port: number;

  beforeAll(async () => {
    writeFileSync(folder.join('pachyderm.yaml'), JSON.stringify(DOCUMENT));
    const secrets = { variable: () => undefined, readFile: readRegularFile, frozen: true };
    const { clusters } = await planFiles(['pachyderm.yaml'], fileInput(folder.path), secrets);
    const [plan] = clusters;
    if (!plan) throw new Error('no cluster');
    const { signal } = new AbortController();
    const settings = { environment: { PATH: '' }, workingDirectory: folder.path, signal };
    const issued = await devCertificate(plan, settings, new Date());
    if ('diagnostics' in issued) throw new Error(issued.diagnostics.map(({ message }) => message).join());
    made = issued;
    const { certificate: cert, key } = issued;
    server = createServer({ cert, key }, (_, response) => response.end(PAGE));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
    folder.remove();
  });

  /** What a browser of someone says of the page. */
  async function seen(home: string): Promise<string> {
    const browser = await startBrowser('direct://', [], home);
    try {
      return await browser.visit(async (page) => {
        const problem = await page.goto(`https://localhost:${port}/`).then(
          () => undefined,
          (error: unknown) => String(error),
        );
        return problem ?? (await page.locator('body').innerText());
      });
    } finally {
      await browser.stop();
    }
  }

  test('nothing trusts it before the command that is printed, and Chromium does after it', async () => {
    const home = folder.join('home');
    mkdirSync(home);
    expect(await seen(home)).toContain('ERR_CERT_AUTHORITY_INVALID');
    await trust(home);
    expect(await seen(home)).toBe(PAGE);
  });

  test('the command makes the folder where no browser has run', async () => {
    const home = folder.join('new-home');
    mkdirSync(home);
    await trust(home);
    expect(await seen(home)).toBe(PAGE);
  });

  /** Runs the command as it is printed. */
  async function trust(home: string): Promise<void> {
    const command = trustCommand(made, 'linux').replace(' certutil ', ` ${toolPath('certutil')} `);
    await runToSuccess({
      name: 'sh',
      program: 'sh',
      args: ['-e', '-c', command],
      environment: { HOME: home },
      workingDirectory: folder.path,
    });
  }
});
