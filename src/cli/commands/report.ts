import { printable } from '../../diagnostics/code-frame';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { readingOnce, type DocumentInput } from '../../document/input';
import { madeByPachkit } from '../../graph/made-by-pachkit';
import { checkFiles } from '../../pipeline/check-files';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { meaningOf } from '../field-description';
import { documentInput, type Host } from '../host';
import { interruptible, unlessInterrupted } from '../interrupts';
import { refusing } from '../refuse';
import type { ReportServer } from '../report-server';
import { clusterReportJson } from '../report-data';
import type { DataOf } from '../report-types';
import { report as say } from '../reporters';
import { writeOutput } from '../write-output';

const refuse = refusing('report');

/** Clusters of one page up to which its URLs say where they come from: each takes about a second. */
const ASKED_AT_MOST = 5;

/** `pachkit report FILE… [-o FILE | --serve | --format json]` */
export async function report(
  host: Host,
  files: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const output = options['output'] as string | undefined;
  const isServed = options['serve'] === true;
  const port = Number(options['port']);
  if (!/^\d+$/.test(String(options['port'])) || port > 65535)
    return refuse(host, `--port ${String(options['port'])}: expected a port, from 0 to 65535`);
  if (isServed && output !== undefined)
    return refuse(host, '--serve shows the page, and -o writes it: name one');
  if (isServed && files.includes('-')) return refuse(host, '--serve needs files, and - is standard input');
  if (options['format'] === 'json') {
    if (output !== undefined)
      return refuse(host, '--format json prints to standard output, and -o writes the page: name one');
    if (isServed)
      return refuse(host, '--serve shows the page in a browser, and --format json prints data: name one');
    return data(host, files, options);
  }
  if (isServed) return serve(host, files, port, options);
  const { page, diagnostics, isEmpty } = await make(files, readingOnce(documentInput(host)), false);
  const failures: Diagnostic[] = [];
  if (output === undefined) host.writeOut(page);
  // What is not a document at all replaces no page.
  else if (!isEmpty) {
    const failure = writeOutput(host, {
      name: output,
      text: page,
      hasSecrets: false,
      force: options['force'] === true,
      isOurs: madeByPachkit,
    });
    if (failure) failures.push(failure);
    else if (!options.quiet) host.writeOut(`wrote ${printable(output)}\n`);
  }
  return sayErrors(host, options, [...diagnostics, ...failures]);
}

/** The same as data. */
async function data(host: Host, files: readonly string[], options: CommandOptions): Promise<ExitCode> {
  const { documents, diagnostics } = checkFiles(files, readingOnce(documentInput(host)));
  const { clusterReports } = await import('../../page/cluster-report');
  const reports = await clusterReports(documents, diagnostics, {
    describe: meaningOf,
    asksWhy: documents.length <= ASKED_AT_MOST,
  });
  return say(
    host,
    options,
    {
      diagnostics,
      checked: files,
      data: { clusters: reports.map(clusterReportJson) } satisfies DataOf<'report'>,
    },
    { findings: 'stdout', result: 'stdout' },
  );
}

async function make(
  files: readonly string[],
  input: DocumentInput,
  isServed: boolean,
): Promise<{
  readonly page: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly isEmpty: boolean;
}> {
  const { documents, diagnostics } = checkFiles(files, input);
  const { reportPage } = await import('../../page/report');
  const page = await reportPage(documents, diagnostics, {
    describe: meaningOf,
    // Who edits looks at once, and saves often.
    asksWhy: !isServed && documents.length <= ASKED_AT_MOST,
    isServed,
  });
  return { page, diagnostics, isEmpty: documents.length === 0 };
}

/** Warnings are about whole documents, and the page has them. */
function sayErrors(
  host: Host,
  options: CommandOptions,
  diagnostics: readonly Diagnostic[],
): Promise<ExitCode> {
  return say(
    host,
    { ...options, format: 'pretty' },
    { diagnostics: diagnostics.filter(({ severity }) => severity === 'error') },
    { findings: 'stderr', result: 'stdout' },
  );
}

/** Shows the page until it is interrupted. */
async function serve(
  host: Host,
  files: readonly string[],
  port: number,
  options: CommandOptions,
): Promise<ExitCode> {
  const { serveReport } = await import('../report-server');
  const served = async (): Promise<{ page: string; files: string[] }> => {
    const read = new Set<string>();
    const { page } = await make(files, noting(documentInput(host), read), true);
    return { page, files: [...read] };
  };
  return interruptible(async (signal) => {
    let server: ReportServer;
    try {
      server = await serveReport(served, port);
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (syscall !== 'listen') throw error;
      return sayErrors(host, options, [unusablePort(port, code ?? '')]);
    }
    host.writeOut(`${server.url} shows ${files.map(printable).join(', ')}; Ctrl-C ends it\n`);
    try {
      await unlessInterrupted(signal, server.failure);
    } finally {
      await server.stop();
    }
    return ExitCode.fine;
  });
}

/** An input that notes what is read from it, whether it is there or not. */
function noting(input: DocumentInput, files: Set<string>): DocumentInput {
  return {
    ...input,
    readFile: (fileName, limits) => {
      files.add(fileName);
      return input.readFile(fileName, limits);
    },
  };
}

function unusablePort(port: number, code: string): Diagnostic {
  const why = code === 'EADDRINUSE' ? 'something else listens on it' : code;
  return {
    code: 'PAG001',
    severity: 'error',
    message: `The page cannot be shown at port ${port} of 127.0.0.1: ${why}`,
    location: { file: '--port' },
    path: '',
    hint: 'name another port with --port, or 0 for any that is free',
  };
}
