import { spawn } from 'node:child_process';
import { childEnd } from './child-end';

/** What a program of the user is started with. */
export interface ToolSettings {
  /** The variables of the user. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Is told each line that the program prints for people, as it comes. */
  readonly onLine?: (line: string) => void;
}

/** What came of a program. */
export interface ToolEnd {
  /** Undefined when it could not be started, or was killed. */
  readonly code: number | undefined;
  readonly output: string;
  /** The last lines of what it printed for people. */
  readonly said: readonly string[];
}

/** Lines of a program that are kept for a message. */
const KEPT_LINES = 5;

/** Colours and movements of the cursor. */
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** Runs a program with arguments, never through a shell. An interruption is passed on. */
export async function runTool(
  program: string,
  args: readonly string[],
  { environment, signal, onLine = () => undefined }: ToolSettings,
): Promise<ToolEnd> {
  const child = spawn(program, args, {
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let rest = '';
  const said: string[] = [];
  const say = (line: string): void => {
    const text = line.replace(ESCAPES, '').trimEnd();
    if (text === '') return;
    said.push(text);
    if (said.length > KEPT_LINES) said.shift();
    onLine(text);
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split(/\r?\n|\r/);
    rest = lines.pop() ?? '';
    lines.forEach(say);
  });
  const code = await childEnd(child, signal, 'close');
  say(rest);
  return { code, output, said };
}
