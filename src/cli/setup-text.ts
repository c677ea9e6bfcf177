import { printable } from '../diagnostics/code-frame';
import type { SetupCommands } from '../identity-providers/setup/setup';
import type { ClientPage } from '../setup/client-page';
import type { SetupPage } from '../setup/page';
import type { Style } from './style';
import { printWidth, wrap } from './wrap';

/** What has to be set up for a cluster, a block for each connector and each product. */
export function setupText(
  {
    name,
    pages,
    clients,
  }: {
    readonly name: string;
    readonly pages: readonly SetupPage[];
    readonly clients: readonly ClientPage[];
  },
  style: Style,
): string {
  const { colors } = style;
  if (pages.length + clients.length === 0)
    return `${colors.bold(name)}: nothing has to be set up by hand at an identity provider\n`;
  return [
    ...pages.map((page) => pageText(page, name, style)),
    ...clients.map((page) => clientText(page, name, style)),
  ].join('\n');
}

function clientText(page: ClientPage, cluster: string, style: Style): string {
  const { colors } = style;
  return [
    colors.bold(printable(`${cluster}: ${page.product} as the client ${page.client}`)),
    '',
    colors.green('What both have to have'),
    ...rows(page.entered, style),
    ...commandLines('Settings', { about: `In ${page.settings.file}:`, lines: page.settings.lines }, style),
    ...commandLines('The client secret', page.secret, style),
    '',
    colors.green('What is left to say'),
    ...page.notes.map((note) => fitted(note, 2, style)),
    '',
  ].join('\n');
}

function pageText(page: SetupPage, cluster: string, style: Style): string {
  const { colors } = style;
  const { who, groups } = page;
  return [
    colors.bold(printable(`${cluster}: ${page.provider} for the connector ${page.connector} (${page.type})`)),
    fitted(`${page.application}${groups === undefined ? '' : `; for groups ${groups}`}`, 2, style),
    '',
    colors.green('What to enter'),
    ...rows(page.entered, style),
    '',
    colors.green('Where'),
    ...page.steps.map((step, index) => numbered(step, index + 1, style)),
    ...(page.returned.length === 0
      ? []
      : [
          '',
          colors.green('What comes back, and its field in the document'),
          ...rows(
            page.returned.map(({ label, field }) => [label, field] as const),
            style,
          ),
        ]),
    ...commandLines('With commands', page.commands, style),
    ...commandLines('What Dex will see', page.look, style),
    '',
    colors.green('Who people become'),
    ...rows(
      [
        ['who gets in', who.admitted],
        [who.user.subject, who.user.from],
        [who.groups.subjects.join(', ') || 'no groups', who.groups.from],
        ...(who.groups.limit === undefined ? [] : [['limit', who.groups.limit] as const]),
      ],
      style,
    ),
    '',
  ].join('\n');
}

function rows(pairs: readonly (readonly [string, string])[], style: Style): string[] {
  const shown = pairs.map(([label, value]) => [printable(label), value] as const);
  const width = Math.min(44, Math.max(...shown.map(([label]) => label.length)));
  return shown.map(([label, value]) =>
    label.length > width
      ? `  ${label}\n${fitted(value, width + 4, style)}`
      : `  ${label.padEnd(width)}  ${fitted(value, width + 4, style).trimStart()}`,
  );
}

/** Commands stay whole, however wide the terminal is, so that they can be copied. */
function commandLines(title: string, commands: SetupCommands | undefined, style: Style): string[] {
  if (commands === undefined) return [];
  return [
    '',
    style.colors.green(title),
    fitted(commands.about, 2, style),
    '',
    ...commands.lines.map((line) => `    ${printable(line).replaceAll('\n', '\n    ')}`),
  ];
}

function numbered(step: string, number: number, style: Style): string {
  return `  ${number}. ${fitted(step, 5, style).trimStart()}`;
}

function fitted(text: string, indent: number, { columns }: Style): string {
  const shown = printable(text);
  return columns === undefined ? ' '.repeat(indent) + shown : wrap(shown, indent, printWidth(columns));
}
