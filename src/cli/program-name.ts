import type { Host } from './host';

const NAME = 'pachkit';

/** How the user runs this program again: npx runs it without its being installed. */
export function programName({ environment }: Pick<Host, 'environment'>): string {
  return environment['npm_command'] === 'exec' || environment['npm_lifecycle_event'] === 'npx'
    ? `npx ${NAME}`
    : NAME;
}

/** All commands by name; their registry would be loaded before every finding. */
export const COMMAND_NAMES: readonly string[] = [
  ...['init', 'validate', 'synth', 'lock', 'secret', 'who', 'setup', 'why', 'graph', 'report', 'upgrade'],
  ...['diff', 'deploy', 'destroy', 'status', 'doctor', 'connector', 'dev', 'import', 'export', 'schema'],
  ...['explain', 'completion'],
];

/**
 * Our own words for people with its commands as the user runs them: what we print can be pasted. The name before a colon, as in
 * `pachkit explain: unknown code`, says who speaks, and stays. The writers of words call this; a line of a file is shown as it is.
 *
 * @param program as `programName` says it
 */
export function asTyped(text: string, program = NAME): string {
  if (program === NAME || !text.includes(NAME)) return text;
  const mention = new RegExp(
    `(?<![\\w./@-]|npx )${NAME}(?=\\s+(?:${COMMAND_NAMES.join('|')})\\b(?!:)| --help)`,
    'g',
  );
  return text.replace(mention, program);
}
