import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import { isManifest } from './kubernetes-manifest';

/** What values of the official chart have, and cluster documents have not. */
const CHART_KEYS: readonly (readonly PathStep[])[] = [
  ['deployTarget'],
  ['oidc', 'mockIDP'],
  ['oidc', 'issuerURI'],
  ['oidc', 'upstreamIDPsSecretName'],
  ['proxy', 'enabled'],
];

/** What no chart values have, but a cluster document in which a section of theirs was put. */
const DOCUMENT_KEYS = ['apiVersion', 'extends', 'release'];

/**
 * That there is nothing to check in a file that is none of ours and of no kind that is checked: manifests and chart values
 * without any connector. Undefined for files that may be meant for cluster documents.
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
  if (written.every(isManifest))
    return finding(
      `There is nothing to check in ${file}: no object in it holds a list of upstream identity providers or a Dex configuration`,
      'name the file with the Secret or ConfigMap that holds one; a cluster document begins with apiVersion: pachkit/v1',
    );
  if (isChartValues(first))
    return finding(
      `There is nothing to check in ${file}: these are values of the Pachyderm chart without \`oidc.upstreamIDPs\``,
      'name the file with the list; a cluster document begins with apiVersion: pachkit/v1',
    );
  return undefined;
}

function isChartValues(root: SourceNode): boolean {
  return (
    !DOCUMENT_KEYS.some((key) => root.entries?.has(key)) &&
    CHART_KEYS.some((path) => nodeAt(root, path) !== undefined)
  );
}
