import path from 'node:path';
import { printable } from '../../diagnostics/code-frame';
import { hasErrors, sortDiagnostics, type Diagnostic, type Fix } from '../../diagnostics/diagnostic';
import { readingOnce } from '../../document/input';
import { withFixes } from '../../document/with-fixes';
import { replaceFile } from '../../files/replace-file';
import { isSystemError, writeFailure } from '../../files/system-error';
import type { CheckedDocument } from '../../pipeline/check-document';
import { checkFiles } from '../../pipeline/check-files';
import type { UpgradeAdvice } from '../../upgrade/advice';
import type { Style } from '../style';
import type { CommandOptions } from '../command';
import type { ExitCode } from '../exit-code';
import { documentInput, type Host } from '../host';
import { refusing } from '../refuse';
import type { DataOf } from '../report-types';
import { report } from '../reporters';
import { upgradeText } from '../upgrade-text';

const refuse = refusing('upgrade');

/** `pachkit upgrade FILE --to RELEASE` */
export async function upgrade(
  host: Host,
  [file = '-']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const { adviceFor, reasonNotToMove, releaseToMoveTo } = await import('../../upgrade/advice');
  const release = releaseToMoveTo(String(options['to']));
  if ('problem' in release) return refuse(host, release.problem);
  if (options['write'] === true && file === '-')
    return refuse(host, '--write needs a file, and - is standard input');
  const { documents, diagnostics } = checkFiles([file], readingOnce(documentInput(host)));
  for (const { cluster } of documents) {
    const reason = cluster && reasonNotToMove(cluster.release.version, release);
    if (reason !== undefined) return refuse(host, reason);
  }
  if (hasErrors(diagnostics)) return say(host, options, [], diagnostics);
  const advice: UpgradeAdvice[] = [];
  for (const checked of documents) {
    const found = await adviceFor(checked, release.text);
    if (found) advice.push(found);
  }
  if (options['write'] !== true) return say(host, options, advice, findingsOf(advice));
  const written = await write(host, file, documents, advice, release.text);
  if ('problem' in written) return refuse(host, written.problem);
  const left = findingsOf(advice).filter((finding) => !written.settled.has(finding));
  return say(host, options, advice, left, written);
}

/** A document that was brought to a release. */
interface Written {
  /** As the user named it. */
  readonly file: string;
  readonly titles: readonly string[];
  /** Findings that are gone with it. */
  readonly settled: ReadonlySet<Diagnostic>;
}

const findingsOf = (advice: readonly UpgradeAdvice[]): readonly Diagnostic[] =>
  sortDiagnostics(advice.flatMap(({ findings }) => findings));

/** What the newer release finds wrong is what the advice is about: the command has done what it was asked for. */
function say(
  host: Host,
  options: CommandOptions,
  advice: readonly UpgradeAdvice[],
  diagnostics: readonly Diagnostic[],
  written?: Written,
): Promise<ExitCode> {
  const all = options['all'] === true;
  return report(
    host,
    options,
    {
      diagnostics,
      data: {
        upgrades: advice.map(({ findings: _, ...each }) => each),
        ...(written === undefined ? {} : { written: written.titles }),
      } satisfies DataOf<'upgrade'>,
      before: (style: Style) =>
        options.quiet
          ? ''
          : [
              ...advice.map((each) => upgradeText(each, { ...style, all })),
              ...(written === undefined
                ? []
                : [
                    `${style.colors.green('written:')} ${printable(written.file)}: ${written.titles.join('; ')}\n`,
                  ]),
              ...(diagnostics.length > 0 && advice.length > 0
                ? [style.colors.bold('what is wrong with the document in the newer release\n')]
                : []),
            ].join('\n'),
    },
    { findings: 'stdout', result: 'stdout' },
  );
}

/** Writes the document in the newer release: all of it, or nothing. */
async function write(
  host: Host,
  file: string,
  documents: readonly CheckedDocument[],
  advice: readonly UpgradeAdvice[],
  release: string,
): Promise<Written | { readonly problem: string }> {
  const { editsFor } = await import('../../upgrade/advice');
  const fixes: Fix[] = [];
  const settled = new Set<Diagnostic>();
  for (const [index, { document }] of documents.entries()) {
    const edit = editsFor(document, release, advice[index]?.findings ?? []);
    if ('problem' in edit) return { problem: `${file} stays as it is: ${edit.problem}` };
    fixes.push(...edit.fixes);
    for (const finding of edit.settled) settled.add(finding);
  }
  const text = documents[0]?.document.root.source.text ?? '';
  fixes.sort((a, b) => a.range.line - b.range.line);
  const edited = withFixes(text, fixes);
  if (edited === undefined)
    return { problem: `${file} stays as it is: two changes are about the same lines` };
  try {
    replaceFile(path.resolve(host.directory, file), edited);
    return { file, titles: fixes.map(({ title }) => title), settled };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { problem: `${file} cannot be written (${writeFailure(error)}); it is as it was` };
  }
}
