import path from 'node:path';
import { isDescriptor } from '../../files/read-file';
import { isSystemError, readFailure } from '../../files/system-error';
import { checkFiles } from '../../pipeline/check-files';
import type { Cluster } from '../../model/cluster';
import { answerFor } from '../../who/answer';
import { CLAIMS_LIMIT, readClaims, type Given } from '../../who/read-claims';
import { whoOf } from '../../who/who';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { documentInput, type Host } from '../host';
import { refusing } from '../refuse';
import { report } from '../reporters';
import { answerText, whoText } from '../who-text';
import type { DataOf, NamedAnswer } from '../report-types';

const refuse = refusing('who');

/** `pachkit who FILE` */
export async function who(
  host: Host,
  [file = '-']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const given = givenClaims(host, options['claims'], file);
  if (given !== undefined && 'problem' in given) return refuse(host, given.problem);
  const connectorID = options['connector'] as string | undefined;
  if (given === undefined && connectorID !== undefined)
    return refuse(host, '--connector says whose claims are read: give them with --claims');
  const { documents, diagnostics } = checkFiles([file], documentInput(host));
  const clusters = documents.flatMap(({ cluster }) => (cluster ? [cluster] : []));
  const answers = given === undefined ? undefined : answersOf(clusters, given, connectorID);
  if (answers !== undefined && 'problem' in answers) return refuse(host, answers.problem);
  const people = answers ?? clusters.map(whoOf);
  // Warnings are about the whole document, and validate says them.
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const code = await report(
    host,
    options,
    {
      diagnostics: errors,
      checked: [file],
      data: { clusters: people } satisfies DataOf<'who'>,
      before: (style) =>
        answers === undefined
          ? clusters.map((cluster) => whoText(whoOf(cluster), style)).join('\n')
          : answers.map((answer) => answerText(answer, style)).join('\n'),
    },
    { findings: 'stdout', result: 'stdout' },
  );
  const isRefused = answers?.some(({ refused }) => refused !== undefined) === true;
  return isRefused && errors.length === 0 ? ExitCode.findings : code;
}

function answersOf(
  clusters: readonly Cluster[],
  given: Given,
  connectorID: string | undefined,
): readonly NamedAnswer[] | { readonly problem: string } {
  const answers: NamedAnswer[] = [];
  for (const cluster of clusters) {
    const answer = answerFor(cluster, given, connectorID, new Date());
    if ('problem' in answer) return answer;
    answers.push({ name: cluster.name, ...answer });
  }
  return answers;
}

function givenClaims(
  host: Host,
  name: unknown,
  document: string,
): Given | undefined | { readonly problem: string } {
  if (typeof name !== 'string') return undefined;
  if (name === '-' && document === '-')
    return { problem: 'the document and the claims cannot both be on standard input' };
  const input = documentInput(host);
  try {
    const bytes =
      name === '-'
        ? input.readStandardInput(CLAIMS_LIMIT)
        : input.readFile(path.resolve(host.directory, name), {
            limit: CLAIMS_LIMIT,
            pipes: isDescriptor(name),
          });
    if (bytes.length > CLAIMS_LIMIT) return { problem: `--claims ${name} is too large` };
    // PowerShell writes UTF-16, with a mark before it.
    const text = bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
    const given = readClaims(text);
    return 'problem' in given ? { problem: `--claims ${name}: ${given.problem}` } : given;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { problem: `--claims ${name}: ${readFailure(error)}` };
  }
}
