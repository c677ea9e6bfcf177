import { spawnSync } from 'node:child_process';

/** Most of what pachctl prints that is read, in bytes; a connector has a few hundred. */
const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;

/** How the user's pachctl is started. */
export interface PachctlSettings {
  /** The variables of the user, with PATH and what pachctl itself reads. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Name of pachctl's context; missing for the active one. */
  readonly context?: string;
  /** What each command may take, in milliseconds. */
  readonly timeout: number;
}

/** What came of one command of pachctl. */
export type PachctlEnd =
  | { readonly kind: 'done'; readonly output: string }
  | { readonly kind: 'refused'; readonly said: string }
  /** There is no such program, or it cannot be started. */
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'late' };

/**
 * Runs the pachctl that is on PATH, with arguments and never through a shell. What it should read comes from standard input,
 * so that no secret is ever an argument.
 */
export function runPachctl(
  args: readonly string[],
  { environment, context, timeout }: PachctlSettings,
  input = '',
): PachctlEnd {
  const { status, stdout, stderr, error } = spawnSync('pachctl', args, {
    input,
    timeout,
    killSignal: 'SIGKILL',
    maxBuffer: OUTPUT_LIMIT_BYTES,
    encoding: 'utf8',
    env: {
      ...environment,
      // Commands about identities go by the enterprise context, which is another one where it is set.
      ...(context === undefined ? {} : { PACH_CONTEXT: context, PACH_ENTERPRISE_CONTEXT: context }),
    },
  });
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ETIMEDOUT') return { kind: 'late' };
  // A program that does not read its input is not wrong by that.
  if (code !== undefined && code !== 'EPIPE') return { kind: 'missing', reason: code };
  // Up to 2.6 a wrong count of arguments ends with 0; its usage goes where errors go.
  if (status === 0 && !/^expected \d+ arguments?, got \d+/.test(stderr))
    return { kind: 'done', output: withoutNotice(stdout) };
  return { kind: 'refused', said: withoutNotice(stderr.trim() === '' ? stdout : stderr) };
}

/** Up to 2.5 the context is told in the first line of the output, later among the errors. */
function withoutNotice(text: string): string {
  return text.replace(/^Using enterprise context: .*\n?/, '');
}
