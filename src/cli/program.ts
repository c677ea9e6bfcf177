import { Command, CommanderError, Option } from 'commander';
import { version } from '../../package.json';
import type { CommandEntry, CommandOptions, GatheredOption } from './command';
import { allCommands } from './commands/registry';
import { usualCommands } from './commands/rows/usual';
import { ExitCode } from './exit-code';
import type { Host } from './host';
import { refusing } from './refuse';
import { reportProblem } from './reporters/options';
import { tell } from './tell';
import { layout, printWidth } from './wrap';

/** How help is broken into lines: descriptions of commands and of options. */
const HELP = { minWidthToWrap: 20, boxWrap: layout };

/** Runs the program with the arguments after its name. */
export async function runProgram(args: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.fine;
  const program = new Command('pachkit')
    .description('One typed document in, everything a login to a Pachyderm cluster needs out.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp(HELP)
    .showHelpAfterError('(pachkit --help lists the commands)')
    .exitOverride()
    .configureOutput(outputOf(host));
  const given = withOptionsAfterCommand(args);
  // All commands have a hundred options, which take milliseconds to set up: one that is named is set up alone.
  const isNamed = ({ name }: CommandEntry): boolean => name === given[0];
  const named = usualCommands.find(isNamed) ?? allCommands().find(isNamed);
  for (const entry of named ? [named] : allCommands())
    program.addCommand(
      commandOf(entry, host, (code) => {
        exitCode = code;
      }),
    );
  try {
    await program.parseAsync(given, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? ExitCode.fine : ExitCode.usage;
  }
}

function commandOf(entry: CommandEntry, host: Host, finish: (code: ExitCode) => void): Command {
  const width = (): number => printWidth(host.columns('stdout'));
  const command = new Command(entry.name)
    .summary(entry.summary)
    .description(entry.description)
    .configureHelp(HELP)
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({ ...outputOf(host), getOutHelpWidth: width })
    .showHelpAfterError(`(pachkit ${entry.name} --help shows its usage)`);
  if (entry.arguments !== '') command.arguments(entry.arguments);
  const gathered: GatheredOption[] = [];
  for (const { flags, description, choices, default: value, isRequired, repeats, gathers } of entry.options) {
    const option = new Option(flags, description).makeOptionMandatory(isRequired ?? false);
    if (choices) option.choices(choices);
    if (value !== undefined) option.default(value);
    if (gathers) option.argParser(gatherInto(gathered, option));
    if (repeats) option.argParser((text: string, before: readonly string[] = []) => [...before, text]);
    command.addOption(option);
  }
  command.addOption(
    new Option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']).default('auto'),
  );
  command.addOption(new Option('-q, --quiet', 'print findings only')).setOptionValue('quiet', false);
  command.action(async (...received: unknown[]) => {
    const args = received
      .slice(0, -2)
      .flat()
      .filter((arg): arg is string => typeof arg === 'string');
    const options = command.opts<CommandOptions>();
    const problem = reportProblem(host, args, options);
    if (problem !== undefined) return finish(refusing(entry.name)(host, problem));
    const run = await entry.load();
    finish(await run(host, args, options));
  });
  return command;
}

/** Where help and errors of the command line go. */
function outputOf(host: Host): { writeOut(text: string): void; writeErr(text: string): void } {
  return {
    writeOut: (text) => tell(host, 'stdout', text),
    writeErr: (text) => tell(host, 'stderr', text),
  };
}

/** Appends what an option is given to a list that it shares with others, after the check of its choices. */
function gatherInto(list: GatheredOption[], option: Option): (text: string) => readonly GatheredOption[] {
  const { parseArg } = option;
  return (text) => {
    parseArg?.(text, undefined);
    list.push({ option: option.name(), text });
    return list;
  };
}

/** Options that every command has, with how many arguments each takes. */
const COMMON_OPTIONS: Readonly<Record<string, number>> = { '-q': 0, '--quiet': 0, '--color': 1 };

/** The arguments with common options given before the command moved behind it; `version` and `-V` print the version too. */
function withOptionsAfterCommand(args: readonly string[]): string[] {
  let at = 0;
  for (let arg = args[at]; arg !== undefined; arg = args[at]) {
    const taken = arg.startsWith('--color=') ? 0 : COMMON_OPTIONS[arg];
    if (taken === undefined) break;
    at += 1 + taken;
  }
  const [command, ...rest] = args.slice(at);
  if (command === undefined) return [...args];
  const isVersion = command === '-V' || command === 'version';
  return isVersion ? ['--version'] : [command, ...args.slice(0, at), ...rest];
}
