/** The documentation as a site, built and clicked through in Chromium. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describeWithTools } from './harness';
import { startBrowser, type Browser } from './login/browser';

const root = path.resolve(__dirname, '../..');
const SITE = path.join(root, 'dist/site');
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Where pictures are kept to be looked at; nowhere unless it is set. */
const KEPT = process.env['PACHKIT_PICTURES'];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** What a page has, as a browser shows it. */
interface Looked {
  readonly links: readonly string[];
  readonly ids: ReadonlySet<string>;
  /** The beginnings of what is wider than the column of the page. */
  readonly overflowing: readonly string[];
}

/** What is in the column of a page and ends beyond it, unless something around it scrolls. */
const OVERFLOWING = `(() => {
  const column = document.querySelector('.vp-doc');
  const end = column.getBoundingClientRect().right + 1;
  const scrolls = (element) =>
    element !== column && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
  return [...column.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > end && !scrolls(element.parentElement))
    .map((element) => element.textContent.slice(0, 60));
})()`;

describeWithTools('the site', ['chromium'], () => {
  let server: http.Server;
  let origin: string;
  let browser: Browser;
  beforeAll(async () => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'site'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the site cannot be built:\n${stdout}${stderr}`);
    server = http.createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site');
      const file = path.join(SITE, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
      if (!fs.existsSync(file)) return response.writeHead(404).end();
      response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'text/plain' });
      return response.end(fs.readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // Nothing else is on the network: what would ask for something fails.
    browser = await startBrowser('http://127.0.0.1:9', []);
  }, 600_000);
  afterAll(async () => {
    await browser.stop();
    server.close();
  });

  /** Opens pages that may ask no other host for anything, and print nothing on the console. */
  async function visit(look: (page: Page) => Promise<void>): Promise<void> {
    await browser.visit(async (page) => {
      const elsewhere: string[] = [];
      const printed: string[] = [];
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(origin) && !url.startsWith('data:')) elsewhere.push(url);
      });
      page.on('response', (response) => {
        if (response.status() >= 400) printed.push(`${response.status()} ${response.url()}`);
      });
      page.on('console', (message) => {
        if (message.type() === 'error') printed.push(message.text());
      });
      page.on('pageerror', (error) => printed.push(String(error)));
      await look(page);
      expect([elsewhere, printed]).toEqual([[], []]);
    });
  }

  const open = async (page: Page, url: string): Promise<void> => {
    await page.goto(url.startsWith('/') ? origin + url : url);
    await page.locator('#app .VPContent').waitFor();
  };

  test('every page opens without an error, nothing of it is wider than its column, and every link leads to a page and a heading that are there', async () => {
    const seen = new Map<string, Looked>();
    const waiting = [`${origin}/`];
    await visit(async (page) => {
      for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
        if (seen.has(url)) continue;
        await open(page, url);
        const links = await page.evaluate<string[]>(
          "[...document.querySelectorAll('a[href]')].map(({ href }) => href)",
        );
        const ids = await page.evaluate<string[]>(
          "[...document.querySelectorAll('[id]')].map(({ id }) => id)",
        );
        const overflowing = await page.evaluate<string[]>(OVERFLOWING);
        seen.set(url, { links, ids: new Set(ids), overflowing });
        for (const link of links) {
          const target = withoutAnchor(link);
          if (target.startsWith(origin) && !seen.has(target)) waiting.push(target);
        }
      }
    });
    const broken = [...seen].flatMap(([url, { links }]) =>
      links
        .filter((link) => {
          if (!link.startsWith(origin)) return false;
          const anchor = decodeURIComponent(new URL(link).hash.slice(1));
          return anchor !== '' && seen.get(withoutAnchor(link))?.ids.has(anchor) !== true;
        })
        .map((link) => `${url}: ${link}`),
    );
    expect(broken).toEqual([]);
    const tooWide = [...seen].flatMap(([url, { overflowing }]) =>
      overflowing.map((text) => `${url}: ${text}`),
    );
    expect(tooWide).toEqual([]);
    const pages = fs
      .readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && name.includes(path.sep));
    const unreached = pages
      .map(
        (name) =>
          `${origin}/${name.replaceAll(path.sep, '/').replace(/(README)?\.md$/, (_, readme) => (readme === undefined ? '.html' : ''))}`,
      )
      .filter((url) => !seen.has(url));
    expect(unreached).toEqual([]);
  }, 600_000);

  test('the search finds the page about Okta', async () => {
    await visit(async (page) => {
      await open(page, '/');
      await page.locator('.VPNavBarSearch button').click();
      await page.locator('.VPLocalSearchBox input').fill('Okta');
      const found = page.locator('.VPLocalSearchBox .result[href*="/connect/okta"]').first();
      await found.waitFor();
      await found.click();
      await page.waitForURL(/connect\/okta/);
      expect(await page.locator('h1').innerText()).toContain('Connect Okta');
    });
  });

  test.each([
    ['/', 'light', 1200],
    ['/', 'dark', 1200],
    ['/connect/okta.html', 'light', 390],
    ['/connect/okta.html', 'dark', 1200],
    ['/guide/login-fails.html', 'light', 1200],
    ['/guide/login-fails.html', 'dark', 390],
    ['/reference/providers.html', 'light', 1200],
  ] as const)('%s in %s colors, %d pixels wide, is usable by everyone', async (url, colorScheme, width) => {
    await visit(async (page) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await open(page, url);
      if (KEPT !== undefined)
        await page.screenshot({
          path: path.join(KEPT, `site${url.replace(/\W+/g, '-')}-${colorScheme}-${width}.png`),
        });
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const axe = (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe;
        return (await axe.run()).violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 3)
              .map(({ html }) => html.slice(0, 160))
              .join(' ')}`,
        );
      });
      expect(violations).toEqual([]);
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - window.innerWidth',
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
});

function withoutAnchor(url: string): string {
  return url.replace(/#.*$/, '').replace(/\/index\.html$/, '/');
}
