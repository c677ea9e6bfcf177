import { shellWord } from '../../../src/diagnostics/shell-word';
import { startProcess, type RunningProcess, type StartOptions } from './process';
import { screenOf } from './screen';
import { toolPath } from './tools';

/** What a program on a terminal needs. */
export const terminalTools = ['script'] as const;

/** The key that ends a program. */
export const CTRL_C = '\u0003';

/** A size that everything of a suite fits in. */
const SIZE = { rows: 60, columns: 160 };

/** A program whose input and outputs are a terminal, where someone types. */
export interface TerminalProcess extends RunningProcess {
  /** Types text; a line ends in `\r`. */
  type(text: string): void;
  /** The lines that the terminal shows, also those that have scrolled out of sight. */
  screen(): readonly string[];
  /** Waits until the terminal shows something, and returns what it shows then. */
  shows(pattern: RegExp): Promise<string>;
}

/** Starts a program on a terminal of its own. */
export function startOnTerminal(options: Omit<StartOptions, 'input' | 'keepsInput'>): TerminalProcess {
  const command = [options.program, ...(options.args ?? [])].map(shellWord).join(' ');
  const size = `stty rows ${SIZE.rows} columns ${SIZE.columns}`;
  const running = startProcess({
    ...options,
    program: toolPath('script'),
    // It passes on what it is written, and ends with the exit code of the command.
    args: ['--quiet', '--return', '--flush', '--command', `${size} && exec ${command}`, '/dev/null'],
    environment: { TERM: 'xterm', ...options.environment },
    keepsInput: true,
  });
  const screen = (): readonly string[] => screenOf(running.standardOutput());
  return {
    ...running,
    type: (text) => running.write(text),
    screen,
    shows: (pattern) =>
      running.ready(async () => {
        const shown = screen().join('\n');
        return pattern.test(shown) && shown;
      }),
  };
}
