import { ExitCode } from './exit-code';
import { processHost } from './host';
import { runProgram } from './program';

/** The entry point: the only place that ends the process. */
async function main(): Promise<void> {
  const host = processHost();
  try {
    process.exitCode = await runProgram(process.argv.slice(2), host);
  } catch (error) {
    const debug = (host.environment['PACHKIT_DEBUG'] ?? '') !== '';
    const detail =
      error instanceof Error ? (debug ? error.stack : `${error.name}: ${error.message}`) : String(error);
    host.writeError(
      `pachkit: this is a bug in pachkit, not in your document: ${detail}\n` +
        (debug
          ? ''
          : 'PACHKIT_DEBUG=1 shows where it happened; please report it with your document, secrets removed.\n'),
    );
    process.exitCode = ExitCode.environment;
  }
}

void main();
