import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { transform } from 'esbuild';
import MagicString from 'magic-string';
import { loadSources } from './load-sources.mjs';

/** What of a rule only its page has. */
const WORDS = ['reason', 'remedy'];

/**
 * Leaves rules without the words of their pages, and gives the pages of rules as a table. A ninth of
 * `cli.js` was words that a start compiled and never showed.
 */
export function wordsOfRules(root) {
  const rules = path.join(root, 'src', 'rules', path.sep);
  const pages = path.join(rules, 'pages.ts');
  return {
    name: 'words-of-rules',
    setup(build) {
      build.onLoad({ filter: /[\\/]rules[\\/].*\.ts$/ }, async ({ path: file }) => {
        if (!file.startsWith(rules)) return undefined;
        if (file === pages) return { contents: await tableOf(root), loader: 'js' };
        const contents = stripped.get(file) ?? withoutWords(await readFile(file, 'utf8'));
        stripped.set(file, contents);
        return { contents: await contents, loader: 'js', resolveDir: path.dirname(file) };
      });
    },
  };
}

/** By file: the program is bundled in several steps. */
const stripped = new Map();
let table;

/** A module in the place of the pages of rules. */
function tableOf(root) {
  return (table ??= loadSources(root, "export { pagesOfRules } from './src/rules/pages';").then(
    ({ pagesOfRules }) =>
      `const pages = ${JSON.stringify(pagesOfRules())};\nexport function pagesOfRules() { return pages; }`,
  ));
}

/** A module of a rule, in JavaScript, without the words of it. */
async function withoutWords(text) {
  const { code } = await transform(text, { loader: 'ts', target: 'esnext' });
  const result = new MagicString(code);
  full(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), ({ type, properties }) => {
    if (type !== 'ObjectExpression') return;
    // Another object may have a reason of its own.
    if (!WORDS.every((word) => properties.some(({ key }) => key?.name === word))) return;
    properties.forEach(({ start, key }, index) => {
      if (WORDS.includes(key?.name))
        result.remove(start, properties[index + 1]?.start ?? properties[index].end);
    });
  });
  return result.toString();
}
