import type { Host } from './host';

const NAME = 'pachkit';

/** How the user runs this program again: npx runs it without its being installed. */
export function programName({ environment }: Pick<Host, 'environment'>): string {
  return environment['npm_command'] === 'exec' || environment['npm_lifecycle_event'] === 'npx'
    ? `npx ${NAME}`
    : NAME;
}

/**
 * Our own words for people with its commands as the user runs them: what we print can be pasted. The name before a colon, as in
 * `pachkit explain: unknown code`, says who speaks, and stays. The writers of words call this; a line of a file is shown as it is.
 *
 * @param program as `programName` says it
 */
export function asTyped(text: string, program = NAME): string {
  if (program === NAME || !text.includes(NAME)) return text;
  const mention = new RegExp(
    `(?<![\\w./@-]|npx )${NAME}(?=\\s+(?:${commandNames().join('|')})\\b(?!:)| --help)`,
    'g',
  );
  return text.replace(mention, program);
}

/** Their rows are loaded under npx alone. */
function commandNames(): readonly string[] {
  const { allCommands } = require('./commands/registry') as typeof import('./commands/registry');
  return allCommands().map(({ name }) => name);
}
