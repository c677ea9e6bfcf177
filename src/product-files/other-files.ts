import type { Diagnostic } from '../diagnostics/diagnostic';
import { certainly } from '../diagnostics/suggest';
import { topLevelKeys } from '../document/key-homes';
import type { SourceNode } from '../document/source-node';
import { ofAnotherChart } from './helm-values';
import { isManifest } from './kubernetes-manifest';
import { otherChart } from './other-charts';

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
  if (written.every(isManifest))
    return finding(
      `There is nothing to check in ${file}: no object in it holds a list of upstream identity providers or a Dex configuration`,
      'name the file with the Secret or ConfigMap that holds one; a cluster document begins with apiVersion: pachkit/v1',
    );
  if (otherChart(first) !== undefined) return ofAnotherChart(first)[0];
  if (saysNothingOfOurs(first))
    return finding(
      first.entries?.size === 0
        ? `There is nothing in ${file}: it is an empty mapping`
        : `There is nothing to check in ${file}: none of its keys is one of a cluster document, of values of the official chart, or of a Dex configuration`,
      'a cluster document begins with apiVersion: pachkit/v1; --as helm-values, or --as with another kind, says what a file is',
    );
  return undefined;
}

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

/** Whether no key of a mapping is one that documents have, or nearly. */
function saysNothingOfOurs({ entries }: SourceNode): boolean {
  if (!entries) return false;
  const known = topLevelKeys();
  return [...entries.keys()].every((key) => !known.includes(key) && certainly(key, known) === undefined);
}
