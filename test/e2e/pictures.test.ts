import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { HOSTILE_NAME, shapes } from '../graph/shapes';
import { pachkit, temporaryFolder } from '../support/pachkit';
import { describeWithTools } from './harness';
import { startBrowser, textOf, type Browser } from './login/browser';

const MERMAID = fs.readFileSync(require.resolve('mermaid/dist/mermaid.min.js'), 'utf8');

/** Where pictures are kept to be looked at; nowhere unless it is set. */
const KEPT = process.env['PACHKIT_PICTURES'];

describeWithTools('pictures in Chromium', ['chromium'], () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    // Nothing is on the network: what would ask for something fails.
    browser = await startBrowser('http://127.0.0.1:9', []);
    folder = temporaryFolder(
      Object.fromEntries(Object.entries(shapes).map(([name, text]) => [`${slug(name)}.yaml`, text])),
    );
  });
  afterAll(async () => {
    await browser.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const drawn = (name: string, format: string): string =>
    pachkit(['graph', `${slug(name)}.yaml`, '--format', format], { folder }).stdout;

  describe.each(Object.keys(shapes))('%s', (name) => {
    test('texts of the SVG lie beside each other, in the fonts of a browser', async () => {
      await browser.visit(async (page) => {
        await page.setContent(`<body style="margin:0">${drawn(name, 'svg')}</body>`);
        expect(await overlaps(page)).toEqual([]);
        for (const width of [1200, 600])
          for (const scheme of ['light', 'dark'] as const) {
            await page.setViewportSize({ width, height: 900 });
            await page.emulateMedia({ colorScheme: scheme });
            await keep(page, `${slug(name)}.${width}.${scheme}`);
          }
      });
    });

    test('Mermaid itself draws the flowchart', async () =>
      browser.visit(async (page) => {
        await page.setContent('<body></body>');
        await page.addScriptTag({ content: MERMAID });
        const svg = await page.evaluate(
          async (text) => {
            const { mermaid } = globalThis as unknown as {
              mermaid: {
                initialize(options: object): void;
                parse(text: string): Promise<unknown>;
                render(id: string, text: string): Promise<{ svg: string }>;
              };
            };
            mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
            await mermaid.parse(text);
            return (await mermaid.render('picture', text)).svg;
          },
          drawn(name, 'mermaid'),
        );
        expect(svg).toContain('Browsers');
        await page.setContent(svg);
        await keep(page, `${slug(name)}.mermaid`);
        if (name === 'hostile names') expect(await textOf(page)).toContain('<img src=x onerror=alert(1)>');
      }));
  });

  test('the page has a hostile name as text, runs nothing of it and asks for nothing', async () =>
    browser.visit(async (page) => {
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('dialog', (dialog) => {
        complaints.push(dialog.message());
        void dialog.dismiss();
      });
      const file = path.join(folder, 'page.html');
      fs.writeFileSync(file, drawn('hostile names', 'html'));
      await page.goto(`file://${file}`);
      expect(await page.locator('svg').textContent()).toContain(HOSTILE_NAME);
      expect(await page.locator('img, script, a').count()).toBe(0);
      expect(requests).toEqual([`file://${file}`]);
      expect(complaints).toEqual([]);
      // The policy permits the style by its hash; without it everything is black.
      expect(await page.evaluate("getComputedStyle(document.querySelector('.box')).fill")).not.toBe(
        'rgb(0, 0, 0)',
      );
    }));
});

function slug(name: string): string {
  return name.toLowerCase().replace(/\W+/g, '-');
}

/** A text of a picture in pixels of the page. */
interface Placed {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Texts that lie on each other, as the browser has set them. */
async function overlaps(page: Page): Promise<string[]> {
  const boxes = await page.evaluate<Placed[]>(`[...document.querySelectorAll('svg text')].map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    return { text: text.textContent, left, right, top, bottom };
  })`);
  expect(boxes.length).toBeGreaterThan(10);
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (b) =>
          a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 2 && b.top < a.bottom - 2,
      )
      .map((b) => `${a.text} on ${b.text}`),
  );
}

async function keep(page: Page, name: string): Promise<void> {
  if (KEPT === undefined) return;
  fs.mkdirSync(KEPT, { recursive: true });
  await page.screenshot({ path: path.join(KEPT, `${name}.png`), fullPage: true });
}
