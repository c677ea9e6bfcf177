import { printable } from '../../diagnostics/code-frame';
import { hasErrors } from '../../diagnostics/diagnostic';
import { checkFiles } from '../../pipeline/check-files';
import type { Origin } from '../../why/ask';
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
  if (hasErrors(diagnostics)) return say(host, options, diagnostics, []);
  const { provenanceOf, why: ask } = await import('../../why/ask');
  const answers: Origin[] = [];
  for (const { document } of documents) {
    const answer = ask(await provenanceOf(document, meaningOf), object, field);
    if ('problem' in answer) {
      host.writeError(
        `pachkit why: ${printable(answer.problem)}; there are\n${answer.candidates.map((each) => `  ${printable(each)}\n`).join('')}`,
      );
      return ExitCode.usage;
    }
    answers.push(...answer);
  }
  // Warnings are about the whole document, and validate says them.
  return say(host, options, [], answers);
}

function say(
  host: Host,
  options: CommandOptions,
  diagnostics: ReturnType<typeof checkFiles>['diagnostics'],
  answers: readonly Origin[],
): Promise<ExitCode> {
  return report(
    host,
    options,
    {
      diagnostics,
      data: { answers } satisfies DataOf<'why'>,
      after: (colors) => whyText(answers, { colors, width: host.columns('stdout') }),
    },
    { findings: 'stderr', result: 'stdout' },
  );
}
