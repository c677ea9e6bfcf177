import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { failureDirectory, startProcess, temporaryDirectory, toolPath, type Certificate } from '../harness';

/** A browser on a network of the tests. */
export interface Browser {
  /**
   * Hands over a page of a visitor whom no one knows yet: without cookies and without history. When what is done on it
   * fails, a picture of the page is kept beside the logs.
   */
  visit<T>(body: (page: Page) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** How long a page may take to show what is expected. */
const PATIENCE_MILLISECONDS = 20_000;

/** The hash by which Chromium knows the key of a certificate. */
function keyHash({ certificate }: Certificate): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}

/**
 * Starts Chromium without a window. It takes these certificates for good, anyone who signed them, and no others.
 * @param proxyUrl what leads it to names on the internet; `localhost` is asked directly
 * @param home folder of the user, which has the authorities that the user trusts
 */
export async function startBrowser(
  proxyUrl: string,
  certificates: readonly Certificate[],
  home?: string,
): Promise<Browser> {
  const directory = temporaryDirectory('chromium');
  const running = startProcess({
    name: 'chromium',
    program: toolPath('chromium'),
    args: [
      ...['--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      // Chromium's sandbox does not work for root; the only pages here are those of the tests.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--ignore-certificate-errors-spki-list=${certificates.map(keyHash).join(',')}`,
      `--proxy-server=${proxyUrl}`,
      `--user-data-dir=${directory.join('profile')}`,
      '--remote-debugging-port=0',
      'about:blank',
    ],
    ...(home === undefined ? {} : { environment: { HOME: home } }),
    workingDirectory: directory.path,
  });
  const address = await running.ready(async () => /DevTools listening on (ws:\S+)/.exec(running.logs())?.[1]);
  const connection = await chromium.connectOverCDP(address);
  return {
    async visit(body) {
      const context = await connection.newContext();
      context.setDefaultTimeout(PATIENCE_MILLISECONDS);
      const page = await context.newPage();
      try {
        return await body(page);
      } catch (error) {
        // What went wrong counts more than a picture that cannot be had.
        await keepPicture(page).catch((problem: unknown) =>
          process.stderr.write(`No picture of ${page.url()}: ${String(problem)}\n`),
        );
        throw error;
      } finally {
        await context.close();
      }
    },
    async stop() {
      await connection.close();
      await running.stop();
      directory.remove();
    },
  };
}

async function keepPicture(page: Page): Promise<void> {
  const directory = failureDirectory(expect.getState().currentTestName ?? 'login');
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, 'page.png');
  await page.screenshot({ path: file, fullPage: true });
  process.stderr.write(`The page at ${page.url()}, kept in ${file}, says\n${await textOf(page)}\n`);
}

/** What a person reads on the page. */
export async function textOf(page: Page): Promise<string> {
  return page.locator('body').innerText();
}
