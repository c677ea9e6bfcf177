import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { HOSTILE_NAME, shapes, WRONG } from '../graph/shapes';
import { pachkit, temporaryFolder } from '../support/pachkit';
import { describeWithTools } from './harness';
import { startBrowser, type Browser } from './login/browser';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Where pictures are kept to be looked at; nowhere unless it is set. */
const KEPT = process.env['PACHKIT_PICTURES'];

const CLUSTERS = 100;

describeWithTools('the page in Chromium', ['chromium'], () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    // Nothing is on the network: what would ask for something fails.
    browser = await startBrowser('http://127.0.0.1:9', []);
    folder = temporaryFolder({
      'production.yaml': shapes['production with Auth0'] ?? '',
      'wrong.yaml': WRONG,
      'hostile.yaml': shapes['hostile names'] ?? '',
      'seven.yaml': shapes['seven connectors'] ?? '',
      ...Object.fromEntries(
        Array.from({ length: CLUSTERS }, (_, index) => [`many/${index}.yaml`, numbered(index)]),
      ),
    });
  });
  afterAll(async () => {
    await browser.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function made(...files: readonly string[]): string {
    const name = `${files[0]?.replace(/\W+/g, '-')}.html`;
    const { stdout } = pachkit(['report', ...files, '-o', name, '--force'], { folder });
    expect(stdout).toBe(`wrote ${name}\n`);
    return path.join(folder, name);
  }

  /** Opens a page that may ask no one for anything and complain of nothing. */
  async function opened(file: string, look: (page: Page) => Promise<void>): Promise<void> {
    await browser.visit(async (page) => {
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('dialog', (dialog) => {
        complaints.push(dialog.message());
        void dialog.dismiss();
      });
      await page.goto(`file://${file}`);
      await look(page);
      expect([requests, complaints]).toEqual([[`file://${file}`], []]);
    });
  }

  test.each(['production', 'wrong', 'seven', 'hostile'])(
    'axe has nothing to say against %s',
    async (name) => {
      const file = made(`${name}.yaml`);
      for (const [width, scheme] of [
        [1200, 'light'],
        [1200, 'dark'],
        [375, 'light'],
        [375, 'dark'],
      ] as const)
        await opened(file, async (page) => {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme: scheme });
          expect(await violations(page)).toEqual([]);
          // Wide things scroll by themselves: the page does not.
          expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
            width,
          );
          if (KEPT !== undefined) {
            fs.mkdirSync(KEPT, { recursive: true });
            await page.screenshot({
              path: path.join(KEPT, `report-${name}.${width}.${scheme}.png`),
              fullPage: true,
            });
          }
        });
    },
  );

  test('a hostile name is text', async () =>
    opened(made('hostile.yaml'), async (page) => {
      expect(await page.locator('svg').textContent()).toContain(HOSTILE_NAME);
      expect(await page.locator('img, iframe, a[href^="javascript"]').count()).toBe(0);
      expect(await page.locator('script').count()).toBe(1);
    }));

  test('a URL says why it is that to the keyboard, and stops with Escape', async () =>
    opened(made('production.yaml'), async (page) => {
      const button = page.locator('.why button').first();
      const tip = page.locator('.why [role=tooltip]').first();
      expect(await tip.isVisible()).toBe(false);
      await button.focus();
      expect(await tip.isVisible()).toBe(true);
      expect(await tip.textContent()).toMatch(/production\.yaml:12 host: pachyderm\.acme\.com/);
      await page.keyboard.press('Escape');
      expect(await tip.isVisible()).toBe(false);
      await button.hover();
      await button.blur();
      await button.focus();
      expect(await tip.isVisible()).toBe(true);
    }));

  test('a hundred clusters are an overview first, at most 5 MB, and can be gone to', async () => {
    const file = made(...Array.from({ length: CLUSTERS }, (_, index) => `many/${index}.yaml`));
    expect(fs.statSync(file).size).toBeLessThanOrEqual(5_000_000);
    await opened(file, async (page) => {
      const seconds = await page.evaluate<number>(
        'performance.getEntriesByType("navigation")[0].loadEventEnd / 1000',
      );
      process.stderr.write(
        `A page of ${CLUSTERS} clusters: ${fs.statSync(file).size} bytes, open after ${seconds} s, of which ${await processorTime(page)} s are work\n`,
      );
      // Clusters without errors, which have the most on the page.
      expect(await page.locator('article > .error').count()).toBe(0);
      expect(await page.locator('nav tbody tr').count()).toBe(CLUSTERS);
      await page.locator('nav a', { hasText: 'cluster-42' }).click();
      expect(await page.evaluate<string>('location.hash')).toBe('#cluster-43');
      expect(await page.locator('#cluster-43 h2').isVisible()).toBe(true);
    });
  });
});

/** A cluster of its own: others that share a name, a tenant, an application or a bucket would be findings. */
function numbered(index: number): string {
  return (shapes['production with Auth0'] ?? '')
    .replace('name: production-auth0', `name: cluster-${index}`)
    .replace(/(clientID: \w{30})\w\w\b/, `$1${String(index).padStart(2, '0')}`)
    .replaceAll('acme.eu.auth0.com', `acme-${index}.eu.auth0.com`)
    .replaceAll('acme.com', `acme-${index}.com`);
}

/** Seconds that the process of a page has worked, however much else the machine does. */
async function processorTime(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ProcessTime')?.value ?? NaN;
}

async function violations(page: Page): Promise<string[]> {
  // Past the page's policy, which permits no other scripts.
  await page.evaluate(AXE);
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target).slice(0, 3).join(', ')))`,
  );
}
