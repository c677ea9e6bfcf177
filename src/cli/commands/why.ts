import { printable } from '../../diagnostics/code-frame';
import { hasErrors } from '../../diagnostics/diagnostic';
import { checkFiles } from '../../pipeline/check-files';
import type { Origin } from '../../why/ask';
import type { Style } from '../style';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { meaningOf } from '../field-description';
import { documentInput, type Host } from '../host';
import type { DataOf } from '../report-types';
import { report } from '../reporters';
import { whyText } from '../why-text';

/** `pachkit why FILE OBJECT [FIELD]` */
export async function why(
  host: Host,
  [file = '-', object = '', field = '']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const { documents, diagnostics } = checkFiles([file], documentInput(host));
  // Warnings are about the whole document, and validate says them.
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const { knownProvenanceOf, why: ask } = await import('../../why/ask');
  const answers: Origin[] = [];
  for (const checked of documents) {
    const provenance = await knownProvenanceOf(checked, meaningOf);
    if (provenance === undefined) continue;
    const answer = ask(provenance, object, field);
    if ('problem' in answer) {
      host.writeError(
        `pachkit why: ${printable(answer.problem)}; there are\n${answer.candidates.map((each) => `  ${printable(each)}\n`).join('')}`,
      );
      return ExitCode.usage;
    }
    answers.push(...answer);
  }
  return say(host, options, errors, answers);
}

/** With errors the answer is what is known of the document as it was probably meant, and they are said below it. */
function say(
  host: Host,
  options: CommandOptions,
  diagnostics: ReturnType<typeof checkFiles>['diagnostics'],
  answers: readonly Origin[],
): Promise<ExitCode> {
  const text = (style: Style): string => whyText(answers, style);
  const isInPart = hasErrors(diagnostics) && answers.length > 0;
  return report(
    host,
    options,
    {
      diagnostics,
      data: { answers } satisfies DataOf<'why'>,
      ...(isInPart ? { before: (style: Style) => `${text(style)}\n` } : { verbatim: text }),
    },
    { findings: isInPart ? 'stdout' : 'stderr', result: 'stdout' },
  );
}
