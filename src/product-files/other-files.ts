import type { Diagnostic } from '../diagnostics/diagnostic';
import { listed } from '../diagnostics/listed';
import { certainly } from '../diagnostics/suggest';
import { topLevelKeys } from '../document/key-homes';
import type { SourceNode } from '../document/source-node';
import { ofAnotherChart } from './helm-values';
import { isManifest } from './kubernetes-manifest';
import { otherChart } from './other-charts';
import { certainlyWellKnown, wellKnownFile } from './well-known-files';

/**
 * That there is nothing to check in a file that is none of ours and of no kind that is checked: manifests without any
 * connector, values of another chart. Undefined for files that may be meant for cluster documents.
 */
export function nothingToCheck(file: string, roots: readonly SourceNode[]): Diagnostic | undefined {
  const written = roots.filter(({ scalar }) => scalar !== null);
  const [first] = written;
  if (!first) return undefined;
  const finding = (message: string, hint: string): Diagnostic => ({
    code: 'FIL011',
    severity: 'error',
    message,
    // Without a place in it: what is shown of an object may be secret.
    location: { file },
    path: '',
    hint,
  });
  const installed = written.map(valuesInside).find((each) => each !== undefined);
  if (installed) {
    const { by, at } = installed;
    return finding(
      `There is nothing to check in ${file}: it tells ${by} what to install, and values inside of it are not read`,
      `take the values out first: yq '${at}' ${file} | pachkit validate - --as helm-values`,
    );
  }
  if (isHelmfile(first))
    return finding(
      `There is nothing to check in ${file}: it is a Helmfile, and the values of its releases are not read`,
      'name its values files, or check what comes out: helmfile write-values',
    );
  const program =
    certainlyWellKnown(first) ??
    (written.some((root) => keysOfDocument(root).length > 0) ? undefined : wellKnownFile(first));
  if (program !== undefined)
    return finding(`There is nothing to check in ${file}: it is ${program}`, BEGINNING);
  if (written.every(isManifest))
    return finding(
      `There is nothing to check in ${file}: no object in it holds a list of upstream identity providers or a Dex configuration`,
      'name the file with the Secret or ConfigMap that holds one; a cluster document begins with apiVersion: pachkit/v1',
    );
  if (otherChart(first) !== undefined) return ofAnotherChart(first)[0];
  if (!first.entries || written.some(isNearlyDocument)) return undefined;
  if (first.entries.size === 0)
    return finding(`There is nothing in ${file}: it is an empty mapping`, BEGINNING);
  const schema = otherSchema(first);
  if (schema !== undefined)
    return finding(`There is nothing to check in ${file}: its \`$schema\` is one of ${schema}`, BEGINNING);
  if (written.some(isCommonAltogether)) return undefined;
  const common = [...first.entries.keys()].filter((key) => isCommon(key, first));
  return finding(
    common.length === 0
      ? `There is nothing to check in ${file}: none of its keys is one of a cluster document, of values of the official chart, or of a Dex configuration`
      : `There is nothing to check in ${file}: ${listed(common.map((key) => `\`${key}\``))} may be in any file, and none of its other keys is one of a cluster document, of values of the official chart, or of a Dex configuration`,
    BEGINNING,
  );
}

/** That a file is one of Terraform, which its name says: its language is no YAML. */
export function fileOfTerraform(file: string): Diagnostic | undefined {
  if (!/\.(tf|tfvars|hcl)$/i.test(file)) return undefined;
  return {
    code: 'FIL011',
    severity: 'error',
    message: `There is nothing to check in ${file}: it is a configuration of Terraform, and values inside of it are not read`,
    location: { file },
    path: '',
    hint: `name the file that \`values\` of the helm_release reads, or have Terraform put them together: terraform show -json PLAN | jq -r '.planned_values.root_module.resources[] | select(.type == "helm_release") | .values.values[0]' | pachkit validate - --as helm-values`,
  };
}

const BEGINNING =
  'a cluster document begins with apiVersion: pachkit/v1; --as helm-values, or --as with another kind, says what a file is';

/** Objects that tell a program what to install, and where they have the values of it. */
const INSTALLED: Readonly<Record<string, { readonly by: string; readonly at: string }>> = {
  HelmRelease: { by: 'Flux', at: '.spec.values' },
  Application: { by: 'Argo CD', at: '.spec.source.helm | .valuesObject // .values' },
  HelmChart: { by: 'k3s', at: '.spec.valuesContent' },
};

const scalarAt = (root: SourceNode, key: string): unknown => root.entries?.get(key)?.scalar;

function valuesInside(root: SourceNode): (typeof INSTALLED)[string] | undefined {
  const kind = String(scalarAt(root, 'kind'));
  return isManifest(root) && Object.hasOwn(INSTALLED, kind) ? INSTALLED[kind] : undefined;
}

/** Whether a file is one of Helmfile, by the charts in its list of releases. */
function isHelmfile({ entries }: SourceNode): boolean {
  const releases = entries?.get('releases')?.items ?? [];
  return releases.length > 0 && releases.every((release) => typeof scalarAt(release, 'chart') === 'string');
}

/** The host that the schema of a file is of. */
function otherSchema(root: SourceNode): string | undefined {
  const text = String(scalarAt(root, '$schema'));
  return /^https?:/.test(text) && URL.canParse(text) ? new URL(text).hostname : undefined;
}

/** Keys of a document that files of many programs have too. */
const COMMON: readonly string[] = [
  '$schema',
  'apiVersion',
  'extends',
  'name',
  'namespace',
  'images',
  'secrets',
  'overrides',
];

/** Keys of a mapping that documents have and few other files. */
function keysOfDocument(root: SourceNode): string[] {
  const known = topLevelKeys();
  return [...(root.entries?.keys() ?? [])].filter((key) => known.includes(key) && !isCommon(key, root));
}

/** Whether a mapping has such a key, or one that is certainly a slip of it. */
function isNearlyDocument(root: SourceNode): boolean {
  if (keysOfDocument(root).length > 0) return true;
  const known = topLevelKeys();
  return [...(root.entries?.keys() ?? [])].some((key) => {
    const meant = known.includes(key) ? undefined : certainly(key, known);
    return meant !== undefined && !COMMON.includes(meant);
  });
}

/** Whether a mapping has keys of documents and no other, although many files have them. */
function isCommonAltogether(root: SourceNode): boolean {
  const keys = [...(root.entries?.keys() ?? [])];
  return keys.length > 0 && keys.every((key) => isCommon(key, root));
}

/** Whether a key says nothing of the file that it is in, with the value that it has there. */
function isCommon(key: string, root: SourceNode): boolean {
  if (!COMMON.includes(key)) return false;
  const node = root.entries?.get(key);
  const texts = [node, ...(node?.items ?? [])].map((each) => String(each?.scalar));
  if (key === 'extends') return !texts.some((text) => /\.ya?ml$/.test(text));
  if (key === '$schema') return !texts.some((text) => /pachkit|cluster\.schema/.test(text));
  return key !== 'apiVersion' || !texts.some((text) => text.includes('pach'));
}
