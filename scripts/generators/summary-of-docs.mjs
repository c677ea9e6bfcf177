// docs/llms.txt, for programs that read: every page with what it is about. Runs last, when the pages are what they will be.
import fs from 'node:fs';
import path from 'node:path';

const SECTIONS = [
  ['Tasks', 'guide'],
  ['Identity providers', 'connect'],
  ['Reference', 'reference'],
  ['Optional', 'decisions'],
];

export async function generate(root) {
  const { description } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const sections = SECTIONS.map(([title, folder]) => {
    const names = fs.readdirSync(path.join(root, 'docs', folder)).filter((name) => name.endsWith('.md'));
    const rows = names.sort(byPlace).map((name) => row(root, `${folder}/${name}`));
    return `## ${title}\n\n${rows.join('\n')}\n`;
  });
  return { 'docs/llms.txt': `# pachkit\n\n> ${description}\n\n${INTRODUCTION}\n\n${sections.join('\n')}` };
}

const INTRODUCTION = `Every finding has a code with a page: \`pachkit explain CODE\`. \`pachkit explain FIELD\` explains a field of the document, and
\`pachkit schema\` prints its JSON Schema. Every command but \`completion\` takes \`--format json\`, or prints JSON as \`schema\` does. Never print secrets.`;

function row(root, name) {
  const text = fs.readFileSync(path.join(root, 'docs', name), 'utf8').replace(/^<!--[^]*?-->\s*/, '');
  const title = /^# (.*)$/m.exec(text)?.[1] ?? name;
  const blocks = text.split(/\n{2,}/).filter((block) => !/^(#|\||<|!\[|```|- | {4})/.test(block));
  const paragraph = blocks[0] ?? '';
  const sentence = /^.*?[.:](?=\s|$)/.exec(plain(paragraph))?.[0] ?? plain(paragraph);
  return `- [${title.replaceAll('`', '')}](${name})${sentence === '' ? '' : `: ${sentence.replace(/:$/, '.')}`}`;
}

function plain(text) {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The page that leads the others first. */
function byPlace(one, other) {
  const rank = (name) => (name === 'README.md' ? 0 : 1);
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}
