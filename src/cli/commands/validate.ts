import { parseTarget, type Target } from '../../releases/target';
import { printable } from '../../diagnostics/code-frame';
import { sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { todayOf, type DocumentInput } from '../../document/input';
import { isSystemError, writeFailure } from '../../files/system-error';
import { replaceFile } from '../../files/replace-file';
import { fixFiles, type FixedFile, type FixedFiles } from '../../pipeline/fix-files';
import { validateFiles, type ValidatedFiles, type ValidateOptions } from '../../pipeline/validate-files';
import { isAboutObjects } from '../../plan/about-objects';
import type { ValuesRules } from '../../product-files/values-rules';
import { BaselineSession } from '../baseline';
import type { Colors } from '../colors';
import type { CommandOptions } from '../command';
import type { ExitCode } from '../exit-code';
import { basesText } from '../bases-text';
import { expandedText } from '../expanded-text';
import type { Host } from '../host';
import { layersOf } from '../layer-options';
import { refusing } from '../refuse';
import { report } from '../reporters';
import type { Style } from '../style';
import type { DataOf } from '../report-types';

const refuse = refusing('validate');

/** `pachkit validate FILE…` */
export async function validate(
  host: Host,
  files: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const target = targetOf(options['target'] as string | undefined);
  if (typeof target === 'object') return refuse(host, target.problem);
  const kind = kindOf(options['as'] as string | undefined);
  const layers = layersOf(options);
  const baseline = new BaselineSession(host, options);
  const problem =
    usageProblem(files, options['as'] as string | undefined, layers) ??
    baseline.problem([...files, ...(layers?.files ?? [])]);
  if (problem !== undefined) return refuse(host, problem);
  const how = {
    ...(kind === undefined ? {} : { kind }),
    ...(target === undefined ? {} : { target }),
    ...(layers === undefined ? {} : { layers }),
    rules: rulesOnValues,
  };
  const task = { host, files, how, options, baseline };
  return options['fix'] === true ? fix(task) : check(task);
}

/** What both ways to check have in common. */
interface Task {
  readonly host: Host;
  readonly files: readonly string[];
  readonly how: ValidateOptions;
  readonly options: CommandOptions;
  readonly baseline: BaselineSession;
}

/** Loaded on use: only files with values of a whole cluster have a document made of them. */
const rulesOnValues: ValuesRules = (...given) => {
  const { documentRulesOnValues } =
    require('../../helm-migration/rules-of-values') as typeof import('../../helm-migration/rules-of-values');
  return documentRulesOnValues(...given);
};

function usageProblem(
  files: readonly string[],
  kind: string | undefined,
  layers: ReturnType<typeof layersOf>,
): string | undefined {
  if (files.length === 0 && (layers === undefined || layers.files.length + layers.sets.length === 0))
    return 'name the files to check, or - for standard input';
  if (layers === undefined) return undefined;
  if (kind !== undefined && kind !== 'helm-values')
    return `--values, --set and --key are for values of the official chart, and --as says that the files are of the kind ${kind}`;
  if ([...files, ...layers.files].filter((file) => file === '-').length > 1)
    return 'standard input can be one layer of values only';
  return undefined;
}

async function check({ host, files, how, options, baseline }: Task): Promise<ExitCode> {
  const validated = validateFiles(files, baseline.input(), how);
  const { diagnostics, data, text } = baseline.judge(await withThoseOfObjects(validated, baseline.input()));
  const outcome = {
    diagnostics,
    checked: files,
    data: { ...data, ...basesOf(validated) } satisfies DataOf<'validate'>,
    after: ({ colors }: Style) => `${validReport(validated, colors)}${text}`,
    verbatim: () => (options['expand'] === true ? expandedText(validated.documents) : ''),
  };
  return report(host, options, outcome, { findings: 'stdout', result: 'stdout' });
}

function basesOf({ bases = [] }: ValidatedFiles): Pick<DataOf<'validate'>, 'bases'> {
  return bases.length === 0 ? {} : { bases };
}

/** The findings, with those that only the objects of a cluster can tell. */
async function withThoseOfObjects(
  { documents, diagnostics }: ValidatedFiles,
  input: DocumentInput,
): Promise<readonly Diagnostic[]> {
  if (!documents.some(({ cluster, document }) => cluster && isAboutObjects(cluster, document)))
    return diagnostics;
  // Loaded on use: objects take longer than all checks, and few documents need them.
  const { objectFindingsOf } = await import('../../plan/object-findings');
  return sortDiagnostics([...diagnostics, ...(await objectFindingsOf(documents, todayOf(input)))]);
}

/** Standard output is for the fixed text when that came from standard input; then everything else goes to standard error. */
async function fix({ host, files, how, options, baseline }: Task): Promise<ExitCode> {
  const outcome = fixFiles(files, baseline.input(), how);
  const isFilter = files.includes('-');
  const written: FixedFile[] = [];
  const failures: Diagnostic[] = [];
  for (const file of outcome.fixed) {
    const failure = file.absolute === undefined ? undefined : writeFile(file.absolute, file);
    if (failure) failures.push(failure);
    else written.push(file);
  }
  if (isFilter) host.writeOut(standardInputOf(outcome));
  const { diagnostics, data, text } = baseline.judge(
    sortDiagnostics([...(await withThoseOfObjects(outcome, baseline.input())), ...failures]),
  );
  const stream = isFilter ? 'stderr' : 'stdout';
  const said = {
    diagnostics,
    checked: files,
    data: {
      fixed: written.map(({ file, titles }) => ({ file, fixes: titles })),
      notFixed: outcome.programs,
      ...data,
      ...basesOf(outcome),
    } satisfies DataOf<'validate'>,
    before: ({ colors }: Style) => fixReport(written, outcome.programs, options, colors),
    after: ({ colors }: Style) => `${validReport(outcome, colors)}${text}`,
  };
  return report(host, options, said, { findings: stream, result: stream });
}

function writeFile(absolute: string, { file, content }: FixedFile): Diagnostic | undefined {
  try {
    replaceFile(absolute, content);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return {
      code: 'FIX001',
      severity: 'error',
      message: `${file} cannot be written (${writeFailure(error)}); it is as it was, with everything in it that could be fixed`,
      location: { file },
      path: '',
      hint: 'change its permissions and those of its folder, or make room',
    };
  }
}

/** What was read from standard input, fixed or, when there was nothing to fix, as it came. */
function standardInputOf({ fixed, standardInput }: FixedFiles): string {
  const file = fixed.find(({ absolute }) => absolute === undefined);
  return (file?.content ?? standardInput ?? Buffer.alloc(0)).toString('utf8');
}

function validReport({ documents, productFiles, bases = [] }: ValidatedFiles, colors: Colors): string {
  const names = [
    // A document whose errors are known makes no cluster.
    ...documents.map(({ cluster, document }) => cluster?.name ?? printable(document.file)),
    ...productFiles.map(({ file, kind, target }) => `${printable(file)} (${kind.name}, ${target})`),
  ];
  const checked = productFiles.flatMap(({ file, summary }) =>
    summary === undefined
      ? []
      : [`checked: ${productFiles.length > 1 ? `${printable(file)}, ` : ''}${summary}\n`],
  );
  return `${colors.green('valid:')} ${names.join(', ')}\n${checked.join('')}${basesText(bases, colors)}`;
}

function fixReport(
  fixed: readonly FixedFile[],
  programs: readonly string[],
  options: CommandOptions,
  colors: Colors,
): string {
  if (options.quiet) return '';
  const lines = fixed.map(
    ({ file, titles }) =>
      `${colors.green('fixed:')} ${printable(file)}, ${titles.length === 1 ? '1 fix' : `${titles.length} fixes`}: ${titles.join('; ')}`,
  );
  if (lines.length === 0) lines.push('nothing is safe to fix');
  for (const file of programs)
    lines.push(
      `${colors.yellow('not fixed:')} ${printable(file)}: a program is not rewritten; fix it as the help says`,
    );
  return `${lines.join('\n')}\n`;
}

function targetOf(text: string | undefined): Target | undefined | { problem: string } {
  if (text === undefined) return undefined;
  const result = parseTarget(text);
  return result.ok ? result.target : { problem: `${result.message}; ${result.hint}` };
}

function kindOf(name: string | undefined): ValidateOptions['kind'] {
  if (name === undefined || name === 'cluster') return name;
  // Loaded on use, as what checks these files is.
  const { productFileKinds } =
    require('../../pipeline/check-product-files') as typeof import('../../pipeline/check-product-files');
  return productFileKinds.find((kind) => kind.name === name);
}
