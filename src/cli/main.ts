import { ExitCode } from './exit-code';
import { OutputFailure, processHost, type Host } from './host';
import { runProgram } from './program';
import { reporterIn } from './reporters';

/** The entry point. It is exported because esbuild takes a module that exports nothing for one that needs a function of its own. */
export async function main(): Promise<ExitCode> {
  const host = processHost();
  const args = process.argv.slice(2);
  try {
    return await runProgram(args, host);
  } catch (error) {
    try {
      if (error instanceof OutputFailure) host.writeError(`pachkit: ${error.message}\n`);
      else reportBug(error, args, host);
    } catch {
      // Neither stream can be written: the exit code has to say it.
    }
    return error instanceof OutputFailure ? ExitCode.usage : ExitCode.bug;
  }
}

/** For people on standard error; a report that programs read says it on standard output too. */
function reportBug(error: unknown, args: readonly string[], host: Host): void {
  const debug = (host.environment['PACHKIT_DEBUG'] ?? '') !== '';
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const detail = debug && error instanceof Error ? error.stack : message;
  host.writeError(
    `pachkit: this is a bug in pachkit, not in your document: ${detail}\n` +
      (debug
        ? ''
        : 'PACHKIT_DEBUG=1 shows where it happened; please report it with your document, secrets removed.\n'),
  );
  const report = reporterIn(args).crash?.(message);
  if (report !== undefined) host.writeOut(report);
}

// Everything is written by now. A process that ends by itself first waits for V8 to optimize code that no one will run.
void main().then((exitCode) => process.exit(exitCode));
