import { allCommands } from '../../src/cli/commands/registry';
import { runProgram } from '../../src/cli/program';
import { ExitCode } from '../../src/cli/exit-code';
import { codes } from '../../src/diagnostics/codes';
import { inlineCode, linesOf, pages, root } from './pages';

const fine = async (): Promise<number> => 0;

jest.mock('../../src/cli/commands/registry', () => {
  const actual = jest.requireActual<{ allCommands: () => readonly object[] }>(
    '../../src/cli/commands/registry',
  );
  return { allCommands: () => actual.allCommands().map((entry) => ({ ...entry, load: async () => fine })) };
});
jest.mock('../../src/cli/commands/rows/usual', () => {
  const actual = jest.requireActual<{ usualCommands: readonly object[] }>(
    '../../src/cli/commands/rows/usual',
  );
  return { usualCommands: actual.usualCommands.map((entry) => ({ ...entry, load: async () => fine })) };
});

interface CommandLine {
  readonly place: string;
  readonly line: string;
}

/** What ends a command in a line of a shell. */
const END = /\s+(?:&&|\|\||\||>|2>|;|&|#)\s.*$|\s+#.*$|\s*[;&]$/;

function argumentsOf(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ''));
}

/** Lines of blocks of code that run the program, those of the page's own prompt and of pipelines included. */
function inBlocks(page: string): CommandLine[] {
  return linesOf(page).flatMap(({ place, text, isCode }) => {
    if (!isCode) return [];
    const line = /(?:^|&& |\| |run: |^\s*- )\s*(?:\$ )?(?:npx (?:--yes )?)?pachkit(?:@\S+)? (.*)$/.exec(
      text,
    )?.[1];
    return line === undefined || line.endsWith('\\') ? [] : [{ place, line: line.replace(END, '') }];
  });
}

/** The same between backticks; a command alone is its name, and not a line to type. */
function inText(page: string): CommandLine[] {
  return inlineCode(page).flatMap(({ place, code }) => {
    const line = /^(?:npx )?pachkit (.*)$/.exec(code)?.[1];
    return line === undefined ? [] : [{ place, line: line.replace(END, '') }];
  });
}

/** What the program says of a command line that it does not take. */
async function problemOf(args: readonly string[]): Promise<string | undefined> {
  let said = '';
  const keep = (text: string): void => {
    said += text;
  };
  const code = await runProgram(args, {
    directory: root,
    environment: {},
    stdoutHasColors: false,
    stderrHasColors: false,
    columns: () => undefined,
    terminal: () => undefined,
    writeOut: () => undefined,
    writeError: keep,
  });
  return code === ExitCode.fine ? undefined : (said.split('\n')[0] ?? '');
}

async function problemsOf(lines: readonly CommandLine[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { place, line } of lines) {
    const problem = await problemOf(argumentsOf(line));
    if (problem !== undefined) problems.push(`${place}: pachkit ${line}: ${problem}`);
  }
  return problems;
}

test('every command line in a block of code is one that the program takes', async () => {
  const lines = pages.flatMap(inBlocks);
  expect(lines.length).toBeGreaterThan(10);
  expect(await problemsOf(lines)).toEqual([]);
});

test('every command and option that a text names is one of the program', () => {
  const unknown = pages.flatMap(inText).flatMap(({ place, line }) => {
    const [name = '', ...rest] = argumentsOf(line);
    if (name.startsWith('-')) return [];
    const options = allCommands().find((entry) => entry.name === name)?.options;
    if (options === undefined) return [`${place}: there is no command ${name}`];
    const known = options.flatMap(({ flags }) => flags.match(/--?[a-z][\w-]*/g) ?? []);
    return rest
      .flatMap((word) => /^--?[a-z][\w-]*/.exec(word)?.[0] ?? [])
      .filter((option) => ![...known, '--help', '--color', '-q', '--quiet'].includes(option))
      .map((option) => `${place}: ${name} has no option ${option}`);
  });
  expect(unknown).toEqual([]);
});

test('every code in documentation is in the table', () => {
  const unknown = pages.flatMap((page) =>
    linesOf(page).flatMap(({ place, text }) =>
      [...text.matchAll(/\b[A-Z]{3}\d{3}\b/g)]
        .filter(([code]) => !Object.hasOwn(codes, code))
        .map(([code]) => `${place}: ${code}`),
    ),
  );
  expect(unknown).toEqual([]);
});

test('finds an option that the program does not have', async () => {
  expect(await problemOf(['synth', 'pachyderm.yaml', '--onyl', 'manifests'])).toContain('--onyl');
});
