import path from 'node:path';
import { printable } from '../../diagnostics/code-frame';
import { shellWord } from '../../diagnostics/shell-word';
import type { SecretForm } from '../../helm-migration/context';
import { importFiles, releaseNamed, type FileImport } from '../../helm-migration/import-files';
import type { ValueLayers } from '../../helm-values/layers/read-layers';
import type { JsonMapping } from '../../helm-migration/json';
import { writeYaml } from '../../helm-migration/write-document';
import type { ReleaseTraits } from '../../releases/release-traits';
import { targetOf } from '../cluster-options';
import { documentText } from '../../helm-migration/document-text';
import { reportText, reportJson } from '../../helm-migration/report-text';
import { unsupportedRelease } from '../../releases/supported';
import type { CommandOptions } from '../command';
import type { ExitCode } from '../exit-code';
import { documentInput, type Host } from '../host';
import { layersWith } from '../layer-options';
import { refusing, withHint } from '../refuse';
import { report } from '../reporters';
import { writeOutput } from '../write-output';
import type { DataOf } from '../report-types';

const refuse = refusing('import');

/** Names and namespaces of Kubernetes, for what goes into the document as it is. */
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** `pachkit import helm-values FILE…` */
export async function importCommand(
  host: Host,
  [format, ...named]: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const { files, sets, key } = layersWith(named, options);
  const asked = options['release'] as string | undefined;
  const release = asked === undefined ? undefined : releaseNamed(asked);
  const problem = usageProblem(
    format,
    { files, sets },
    options,
    asked !== undefined && release === undefined,
  );
  if (problem !== undefined) return refuse(host, problem);
  const { imported, diagnostics } =
    options['fromCluster'] === true
      ? await importFromCluster(host, release, options)
      : importFiles(files, documentInput(host), {
          ...namesOf(options),
          secrets: options['secrets'] as SecretForm,
          sets,
          key,
          ...(release === undefined ? {} : { release }),
        });
  const text = imported && documentText(imported);
  const output = options['output'] as string | undefined;
  const failure =
    imported && text !== undefined && output !== undefined
      ? writeOutput(host, {
          name: output,
          text,
          hasSecrets: imported.plainFields.length > 0,
          force: options['force'] === true,
        })
      : undefined;
  const found = failure ? [...diagnostics, failure] : diagnostics;
  const outcome = {
    diagnostics: found,
    data: (imported && text !== undefined && !failure
      ? { document: imported.document, text, ...reportJson(imported) }
      : {}) satisfies DataOf<'import'>,
    before: () => (imported && !options.quiet ? `${reportText(imported)}\n` : ''),
    ...(output === undefined
      ? { verbatim: () => text ?? '' }
      : { after: () => `wrote ${printable(output)}\n\nnext\n  pachkit validate ${shellWord(output)}\n` }),
  };
  // The document is what was asked for, not talk about it: --quiet leaves it.
  const told = output === undefined ? { ...options, quiet: false } : options;
  return report(host, told, outcome, { findings: 'stderr', result: 'stdout' });
}

/** Names of the release that options have. */
function namesOf(options: CommandOptions): {
  readonly namespace?: string;
  readonly helmReleaseName?: string;
} {
  const namespace = options['namespace'] as string | undefined;
  const helmReleaseName = options['helmRelease'] as string | undefined;
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(helmReleaseName === undefined ? {} : { helmReleaseName }),
  };
}

/** Imports the values that Helm keeps in the cluster, of the release of the chart that it keeps with them. */
async function importFromCluster(
  host: Host,
  asked: ReleaseTraits | undefined,
  options: CommandOptions,
): Promise<FileImport> {
  const { connect, readHelmRelease } = await import('../../cluster/live');
  const resources = connect(targetOf(host, options), 'cluster');
  if ('severity' in resources) return { diagnostics: [resources] };
  const { namespace, helmReleaseName: name } = namesOf(options);
  const found = await readHelmRelease(
    resources,
    { ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) },
    'cluster',
  );
  resources.api.close();
  if ('severity' in found) return { diagnostics: [found] };
  const release = asked ?? (found.chartVersion === undefined ? undefined : releaseNamed(found.chartVersion));
  // What findings and the report call the values; helm prints them by these commands.
  const set = `helm get values ${found.name} -n ${found.namespace} --revision ${found.revision}`;
  const layers = new Map([
    ...(found.umbrella ? [[`helm show values ${found.umbrella.name}`, found.umbrella.values] as const] : []),
    [set, found.values] as const,
  ]);
  const input = documentInput(host);
  const texts = new Map(
    [...layers].map(([name, values]) => [
      path.resolve(input.directory, name),
      writeYaml(values as JsonMapping, new Map()) || '{}',
    ]),
  );
  return importFiles(
    [...layers.keys()],
    { ...input, readFile: (file) => Buffer.from(texts.get(file) ?? '') },
    {
      secrets: options['secrets'] as SecretForm,
      namespace: found.namespace,
      helmReleaseName: found.name,
      key: (options['key'] as string | undefined) ?? found.umbrella?.key,
      ...(release === undefined ? {} : { release }),
    },
  );
}

function usageProblem(
  format: string | undefined,
  { files, sets }: ValueLayers,
  options: CommandOptions,
  isUnsupported: boolean,
): string | undefined {
  if (format !== 'helm-values')
    return `unknown format "${format ?? ''}"; write pachkit import helm-values FILE`;
  const fromCluster = options['fromCluster'] === true;
  const isNothing = files.length === 0 && sets.length === 0;
  if (fromCluster && !isNothing)
    return 'values come from files or, with --from-cluster, from the cluster, not from both';
  if (!fromCluster && isNothing) return 'name the values files, - for standard input, or --from-cluster';
  if (files.includes('-') && files.length > 1)
    return 'give values as files or on standard input, not both: their order would not be clear';
  if (isUnsupported) return withHint(unsupportedRelease(String(options['release'])));
  for (const name of ['namespace', 'helmRelease'])
    if (typeof options[name] === 'string' && !NAME.test(options[name]))
      return `"${printable(options[name])}" is not a valid name: lowercase letters, digits and dashes`;
  return undefined;
}
