import { printable } from '../../diagnostics/code-frame';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { readingOnce } from '../../document/input';
import { madeByPachkit } from '../../graph/made-by-pachkit';
import { checkFiles } from '../../pipeline/check-files';
import type { CommandOptions } from '../command';
import type { ExitCode } from '../exit-code';
import { meaningOf } from '../field-description';
import { documentInput, type Host } from '../host';
import { report as say } from '../reporters';
import { writeOutput } from '../write-output';

/** Clusters of one page up to which its URLs say where they come from: each takes about a second. */
const ASKED_AT_MOST = 5;

/** `pachkit report FILE… [-o FILE]` */
export async function report(
  host: Host,
  files: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const output = options['output'] as string | undefined;
  const { documents, diagnostics } = checkFiles(files, readingOnce(documentInput(host)));
  const { reportPage } = await import('../../report/report');
  const text = await reportPage(documents, diagnostics, {
    describe: meaningOf,
    asksWhy: documents.length <= ASKED_AT_MOST,
    isServed: false,
  });
  const failures: Diagnostic[] = [];
  if (output === undefined) host.writeOut(text);
  else {
    const failure = writeOutput(host, {
      name: output,
      text,
      hasSecrets: false,
      force: options['force'] === true,
      isOurs: madeByPachkit,
    });
    if (failure) failures.push(failure);
    else if (!options.quiet) host.writeOut(`wrote ${printable(output)}\n`);
  }
  // Warnings are about whole documents, and the page has them.
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return say(
    host,
    { ...options, format: 'pretty' },
    { diagnostics: [...errors, ...failures] },
    { findings: 'stderr', result: 'stdout' },
  );
}
