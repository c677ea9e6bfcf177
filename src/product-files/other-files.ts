import type { Diagnostic } from '../diagnostics/diagnostic';
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
  if (written.every(isManifest))
    return finding(
      `There is nothing to check in ${file}: no object in it holds a list of upstream identity providers or a Dex configuration`,
      'name the file with the Secret or ConfigMap that holds one; a cluster document begins with apiVersion: pachkit/v1',
    );
  if (otherChart(first) !== undefined) return ofAnotherChart(first)[0];
  return undefined;
}
