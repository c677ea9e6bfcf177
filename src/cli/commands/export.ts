import { printable } from '../../diagnostics/code-frame';
import { exportFile, type ExportOptions } from '../../helm-migration/export/export-file';
import { helmCommand, valuesText } from '../../helm-migration/export/values-text';
import { releaseNamed } from '../../helm-migration/import-files';
import { EXPORT_WORDS, reportJson, reportText } from '../../helm-migration/report-text';
import { unsupportedRelease } from '../../releases/supported';
import type { CommandOptions } from '../command';
import type { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { report } from '../reporters';
import { writeOutput } from '../write-output';
import { shellWord } from '../../diagnostics/shell-word';
import { refusing, withHint } from '../refuse';
import type { DataOf } from '../report-types';

const refuse = refusing('export');

/** `pachkit export helm-values FILE` */
export async function exportCommand(
  host: Host,
  [format, file = '']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const asked = options['release'] as string | undefined;
  const release = asked === undefined ? undefined : releaseNamed(asked);
  const problem = usageProblem(format, asked, asked !== undefined && release === undefined);
  if (problem !== undefined) return refuse(host, problem);
  const { exported, diagnostics } = exportFile(file, documentInput(host), {
    ...(release === undefined ? {} : { release: release.version.text }),
    ...(options['secrets'] === 'plain' ? { resolve: await withSecrets(host) } : {}),
  });
  const text = exported && valuesText(exported);
  const output = options['output'] as string | undefined;
  const failure =
    exported && text !== undefined && output !== undefined
      ? writeOutput(host, {
          name: output,
          text,
          hasSecrets: exported.plainPaths.length > 0,
          force: options['force'] === true,
        })
      : undefined;
  const reported = exported && { ...exported, plainFields: exported.plainPaths };
  const outcome = {
    diagnostics: failure ? [...diagnostics, failure] : diagnostics,
    data: (reported && text !== undefined && !failure
      ? { values: reported.values, text, ...reportJson(reported) }
      : {}) satisfies DataOf<'export'>,
    before: () => (reported && !options.quiet ? `${reportText(reported, EXPORT_WORDS)}\n` : ''),
    verbatim: () =>
      output === undefined || !exported
        ? (text ?? '')
        : `wrote ${printable(output)}\n\nnext\n  ${helmCommand(exported.cluster, exported.variables, shellWord(output))}\n`,
  };
  // The values are what was asked for, not talk about them: --quiet leaves them.
  const told = output === undefined ? { ...options, quiet: false } : options;
  return report(host, told, outcome, { findings: 'stderr', result: 'stdout' });
}

/** Nothing is generated for values: what has not been written anywhere is no secret of the cluster. */
async function withSecrets(host: Host): Promise<NonNullable<ExportOptions['resolve']>> {
  const { readCluster } = await import('../../pipeline/read-cluster');
  return (checked) => readCluster(checked, secretInput(host, true));
}

function usageProblem(
  format: string | undefined,
  asked: string | undefined,
  isUnsupported: boolean,
): string | undefined {
  if (format !== 'helm-values')
    return `unknown format "${format ?? ''}"; write pachkit export helm-values FILE`;
  return isUnsupported ? withHint(unsupportedRelease(asked ?? '')) : undefined;
}
