// The documentation as a site: every page below docs/, with a search that asks no server.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const docs = path.join(root, 'docs');
const REPOSITORY = 'https://github.com/pachkit/pachkit';

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="5" cy="8" r="4" fill="none" stroke="#5b6ee1" stroke-width="2"/><path d="M9 8h6v3M12 8v2" fill="none" stroke="#5b6ee1" stroke-width="2"/></svg>';

/** Sections of the side bar, by folder, the pages that lead the others first. */
const SECTIONS = [
  {
    text: 'Tasks',
    folder: 'guide',
    first: ['README', 'login-fails', 'rotate-secrets', 'who', 'setup', 'doctor'],
  },
  {
    text: 'Identity providers',
    folder: 'connect',
    first: ['README', 'okta', 'entra', 'google', 'github', 'gitlab'],
  },
  { text: 'Reference', folder: 'reference', first: ['document', 'diagnostics'] },
  { text: 'Decisions', folder: 'decisions', first: [] },
  { text: 'Contributing', folder: 'contributing', first: [] },
];

export default defineConfig({
  title: 'pachkit',
  description: 'Logins to Pachyderm clusters, from one typed document.',
  lang: 'en',
  // What scripts/site.mjs copies from docs/: pages are compiled below the folder that Vue is installed in.
  srcDir: 'pages',
  outDir: '../dist/site',
  cacheDir: '../dist/site-cache',
  base: process.env.SITE_BASE ?? '/',
  metaChunk: true,
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(ICON)}` }]],
  rewrites: (id) => id.replace(/README\.md$/, 'index.md'),
  markdown: {
    html: false,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: anchorOf },
    config: (md) => {
      md.core.ruler.before('normalize', 'comments', (state) => {
        state.src = state.src.replace(/^<!--[^]*?-->\n/, '');
      });
      // Two braces are an expression to Vue, and words of Go templates here.
      for (const rule of ['text', 'code_inline']) {
        const render = md.renderer.rules[rule];
        md.renderer.rules[rule] = (...given) => render(...given).replaceAll('{{', '&#123;&#123;');
      }
      // An indented block is as much code as one with a language: it scrolls within its column.
      md.core.ruler.push('indented', (state) => {
        for (const token of state.tokens.filter(({ type }) => type === 'code_block'))
          Object.assign(token, { type: 'fence', tag: 'code', info: 'text' });
      });
      md.core.ruler.push('links', (state) => {
        for (const token of state.tokens.flatMap(({ children }) => children ?? []))
          if (token.type === 'link_open')
            token.attrSet('href', linked(token.attrGet('href'), state.env.relativePath));
      });
    },
  },
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Connect a provider', link: '/connect/' },
      { text: 'A login that fails', link: '/guide/login-fails' },
      { text: 'Reference', link: '/reference/document' },
    ],
    sidebar: SECTIONS.map(({ text, folder, first }) => ({
      text,
      items: pagesOf(folder, first),
    })),
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
  },
  // For programs that read: the list of pages, and each page as it is written.
  buildEnd({ outDir }) {
    for (const name of fs.readdirSync(docs, { recursive: true }))
      if (/\.(md|txt)$/.test(name)) {
        fs.mkdirSync(path.dirname(path.join(outDir, name)), { recursive: true });
        fs.copyFileSync(path.join(docs, name), path.join(outDir, name));
      }
  },
});

/** The anchor that GitHub gives a heading, so that a link works at both places. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}

/** Where a link of a page leads on the site: what is no page of it is in the repository. */
function linked(href, page) {
  if (/^([a-z]+:|#)/.test(href)) return href;
  const [target, anchor] = href.split('#');
  const file = path.resolve(docs, path.dirname(page), target);
  if (file.startsWith(`${docs}${path.sep}`)) return href.replace(/README\.md/, 'index.md');
  const name = path.relative(root, file).replaceAll(path.sep, '/');
  return `${REPOSITORY}/blob/main/${name}${anchor === undefined ? '' : `#${anchor}`}`;
}

function pagesOf(folder, first) {
  const names = fs
    .readdirSync(path.join(docs, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.replace(/\.md$/, ''));
  const others = names.filter((name) => !first.includes(name)).sort();
  return [...first, ...others].map((name) => ({
    text: /^# (.*)$/m
      .exec(fs.readFileSync(path.join(docs, folder, `${name}.md`), 'utf8'))?.[1]
      .replaceAll('`', ''),
    link: `/${folder}/${name === 'README' ? '' : name}`,
  }));
}
