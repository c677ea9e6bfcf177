import { printable } from '../diagnostics/code-frame';
import type { SetupCommands } from '../identity-providers/setup/setup';
import type { ClientPage } from './client-page';
import type { SetupPage } from './page';

/** A page as Markdown, for a person who sets up the provider and may know nothing of pachkit. */
export function setupMarkdown(page: SetupPage, cluster: string): string {
  const { who } = page;
  return [
    `# ${escaped(page.provider.replace(/^the /, 'The '))} for the connector ${code(page.connector)}`,
    `What has to be set up for logins to the Pachyderm cluster ${code(cluster)}, through Dex's connector ${code(page.connector)} of type ${code(page.type)}: ${escaped(page.application)}${page.groups === undefined ? '' : `; for groups ${escaped(page.groups)}`}.`,
    '## What to enter',
    table(
      ['what', 'value'],
      page.entered.map(([label, value]) => [escaped(label), code(value)]),
    ),
    '## Where',
    page.steps.map((step, index) => `${index + 1}. ${escaped(step)}`).join('\n'),
    ...(page.returned.length === 0
      ? []
      : [
          '## What comes back',
          table(
            ['what', 'field of the document'],
            page.returned.map(({ label, field }) => [escaped(label), code(field)]),
          ),
        ]),
    ...section('With commands', page.commands),
    ...section('What Dex will see', page.look),
    '## Who people become',
    [
      `- Who gets in: ${escaped(who.admitted)}.`,
      `- ${code(who.user.subject)}: ${escaped(who.user.from)}.`,
      ...(who.groups.subjects.length === 0
        ? [`- No groups: ${escaped(who.groups.from)}.`]
        : [
            `- ${who.groups.subjects.map(code).join(', ')}: ${escaped(who.groups.from)}.`,
            ...(who.groups.limit === undefined ? [] : [`- Limit: ${escaped(who.groups.limit)}.`]),
          ]),
    ].join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
}

/** The page of a client as Markdown, for a person who runs the product and may know nothing of pachkit. */
export function clientMarkdown(page: ClientPage, cluster: string): string {
  return [
    `# ${escaped(page.product)} as the client ${code(page.client)}`,
    `What ${escaped(page.product)} needs to log people in through the Dex of the Pachyderm cluster ${code(cluster)}.`,
    '## What both have to have',
    table(
      ['what', 'value'],
      page.entered.map(([label, value]) => [escaped(label), code(value)]),
    ),
    '## Settings',
    `In ${escaped(page.settings.file)}:`,
    fenced(page.settings.language, page.settings.lines),
    ...section('The client secret', page.secret),
    '## What is left to say',
    page.notes.map((note) => `- ${escaped(note)}.`).join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
}

function section(title: string, commands: SetupCommands | undefined): string[] {
  if (commands === undefined) return [];
  return [`## ${title}`, escaped(commands.about), fenced('sh', commands.lines)];
}

function fenced(language: string, lines: readonly string[]): string {
  const script = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(script) + 1));
  return `${fence}${language}\n${script}\n${fence}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

/** Text as code, whatever is in it. */
function code(text: string): string {
  const shown = inLine(text);
  if (shown === '') return '';
  const ticks = '`'.repeat(longestRun(shown) + 1);
  const space = /^`|`$/.test(shown) ? ' ' : '';
  return `${ticks}${space}${shown}${space}${ticks}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Text in which nothing is markup; addresses stay what they are, as links. */
function escaped(text: string): string {
  return inLine(text)
    .split(ADDRESS)
    .map((part, index) => (index % 2 === 1 && MARKUP.test(part) ? `<${part}>` : withoutMarkup(part)))
    .join('');
}

/** An address in a sentence, of characters that mean nothing to Markdown between `<` and `>`. */
const ADDRESS = /(https?:\/\/[\w%./?=&+:~#-]*[\w/])/;

/** What Markdown reads as something else, references to characters such as `&amp;` among it. */
const MARKUP = /[\\`*_~<[\]|]|&(?=#?\w+;)/;

function withoutMarkup(text: string): string {
  return text.replace(new RegExp(MARKUP, 'g'), '\\$&');
}

function inLine(text: string): string {
  return printable(text).replaceAll('\n', ' ');
}
