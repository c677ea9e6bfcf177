import fs from 'node:fs';
import path from 'node:path';
import { inlineCode, linesOf, pages, root } from './pages';

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsIn(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const { text, isCode } of linesOf(page)) {
    const heading = isCode ? undefined : /^#+ +(.*?) *$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const anchor = anchorOf(heading);
    let name = anchor;
    for (let count = 1; anchors.has(name); count++) name = `${anchor}-${count}`;
    anchors.add(name);
  }
  return anchors;
}

function linksOf(page: string): { readonly place: string; readonly target: string }[] {
  return linesOf(page)
    .filter(({ isCode }) => !isCode)
    .flatMap(({ place, text }) =>
      [...text.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)/g)].map(
        ([, inText, below]) => ({ place, target: inText ?? below ?? '' }),
      ),
    )
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

function brokenLinks(page: string): string[] {
  return linksOf(page).flatMap(({ place, target }) => {
    const [file = '', anchor] = target.split('#');
    const linked = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    if (!fs.existsSync(path.join(root, linked))) return [`${place}: there is no ${linked}`];
    const isMissing = anchor !== undefined && linked.endsWith('.md') && !anchorsIn(linked).has(anchor);
    return isMissing ? [`${place}: ${linked} has no heading #${anchor}`] : [];
  });
}

/** Files of the repository between backticks, such as `src/model/urls.ts`; patterns and names to fill in are not looked for. */
function missingFiles(page: string): string[] {
  return inlineCode(page)
    .filter(({ code }) =>
      /^(\.\.\/)*(src|docs|test|schemas|examples|scripts|charts|bench|\.ci)\/(?!.*\b[A-Z]+\b)[\w./-]*$/.test(
        code,
      ),
    )
    .filter(
      ({ code }) =>
        !fs.existsSync(path.join(root, code)) && !fs.existsSync(path.join(root, path.dirname(page), code)),
    )
    .map(({ place, code }) => `${place}: there is no ${code}`);
}

const documentation = pages.filter((page) => page !== 'CHANGELOG.md');

test('every link to a page of the repository, and to a heading of it, leads somewhere', () => {
  expect(pages.flatMap(brokenLinks)).toEqual([]);
});

test('every file that documentation names is there', () => {
  expect(documentation.flatMap(missingFiles)).toEqual([]);
});

test('the pages have links and headings to look at', () => {
  expect(pages.flatMap(linksOf).length).toBeGreaterThan(50);
  expect(anchorsIn('CONTRIBUTING.md')).toContain('where-does-x-go');
});
