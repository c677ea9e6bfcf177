import path from 'node:path';
import type { Difference, WantedCluster } from '../../cluster/live';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { readingOnce } from '../../document/input';
import { outputsNamed } from '../../outputs/registry';
import { inRelease } from '../../plan/other-release';
import { planFiles, planWithoutSecrets, type Plan } from '../../plan/plan';
import { targetOf } from '../cluster-options';
import type { CommandOptions } from '../command';
import { differenceMarkdown } from '../diff-markdown';
import { differenceText } from '../diff-text';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { lockOf } from '../lock-option';
import { refusing } from '../refuse';
import { report } from '../reporters';
import type { DataOf } from '../report-types';
import { isFolder } from '../../files/is-folder';

const refuse = refusing('diff');

/** What a run has found. */
interface Found {
  readonly differences: readonly Difference[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `pachkit diff FILE` */
export async function diff(
  host: Host,
  [file = '-']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const against = options['against'] as string | undefined;
  if (options['secrets'] === false && against === undefined) {
    host.writeError(
      'pachkit diff: --no-secrets compares documents alone; name another one with --against, or leave it out\n',
    );
    return ExitCode.usage;
  }
  const plan = await planOf(host, file, options['toRelease'] as string | undefined, options);
  const found = hasErrors(plan.diagnostics)
    ? { differences: [], diagnostics: [] }
    : against === undefined
      ? await withCluster(host, plan, options)
      : await withOther(host, plan, against, options);
  if ('problem' in found) return refuse(host, found.problem);
  const { differences } = found;
  const code = await report(
    host,
    options,
    {
      diagnostics: sortDiagnostics([...plan.diagnostics, ...found.diagnostics]),
      data: { differences } satisfies DataOf<'diff'>,
      verbatim: (style) => differences.map((each) => differenceText(each, style)).join('\n'),
      markdown: () => differenceMarkdown(differences),
    },
    { findings: 'stderr', result: 'stdout' },
  );
  return code === ExitCode.fine && differences.some(({ differs }) => differs) ? ExitCode.drift : code;
}

/** The plan of a document, in its own release or another. */
function planOf(
  host: Host,
  file: string,
  release: string | undefined,
  options: CommandOptions,
): Promise<Plan> {
  const input = readingOnce(documentInput(host));
  const other = release === undefined ? { file, input } : inRelease(file, release, input);
  if (options['secrets'] === false)
    return planWithoutSecrets([other.file], other.input, outputsNamed('manifests'), lockOf(options));
  const secrets = secretInput(host, options['frozen'] as boolean | undefined);
  return planFiles([other.file], other.input, secrets, outputsNamed('manifests'), lockOf(options));
}

async function withCluster(host: Host, plan: Plan, options: CommandOptions): Promise<Found> {
  const { compareWithCluster, connect, wantedCluster } = await import('../../cluster/live');
  const differences: Difference[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const wanted of plan.clusters.map(wantedCluster)) {
    const resources = connect(targetOf(host, options), wanted.file);
    if ('severity' in resources) return { differences, diagnostics: [resources] };
    const compared = await compareWithCluster(resources, wanted);
    resources.api.close();
    diagnostics.push(...compared.diagnostics);
    if (compared.difference) differences.push(compared.difference);
  }
  return { differences, diagnostics };
}

/** Compares with another document, or with the manifests in a folder. */
async function withOther(
  host: Host,
  plan: Plan,
  against: string,
  options: CommandOptions,
): Promise<Found | { readonly problem: string }> {
  const { compareWithObjects, readManifests, wantedCluster } = await import('../../cluster/live');
  const wanted = plan.clusters.map(wantedCluster);
  const absolute = path.resolve(host.directory, against);
  if (isFolder(absolute)) {
    if (options['secrets'] === false)
      return { problem: `--against ${against}: a folder has secrets, and --no-secrets compares documents` };
    const [only] = wanted;
    if (only === undefined || wanted.length > 1)
      return {
        problem: `--against ${against}: a folder is compared with one cluster, not with ${wanted.length}`,
      };
    const objects = readManifests(absolute);
    if ('problem' in objects) return { problem: `--against ${against}: ${objects.problem}` };
    return { differences: [compareWithObjects(objects, only)], diagnostics: [] };
  }
  const other = await planOf(host, against, undefined, options);
  if (hasErrors(other.diagnostics)) return { differences: [], diagnostics: other.diagnostics };
  const others = other.clusters.map(wantedCluster);
  return {
    differences: wanted.map((each, index) =>
      compareWithObjects(partnerOf(each, index, others)?.objects ?? [], each),
    ),
    diagnostics: [],
  };
}

/** The cluster of the other document with the same name, or else in the same place. */
function partnerOf(
  { cluster: { name } }: WantedCluster,
  index: number,
  others: readonly WantedCluster[],
): WantedCluster | undefined {
  return others.find(({ cluster }) => cluster.name === name) ?? others[index];
}
