import { nodeAt, type SourceNode } from '../../document/source-node';
import type { ReleaseTraits } from '../../releases/release-traits';
import { isWholeCluster } from '../../subjects/chart-values';

/** What makes a cluster that needs a license one with authentication. */
const LICENSE_KEYS = [
  'pachd.enterpriseLicenseKey',
  'pachd.enterpriseLicenseKeySecretName',
  'pachd.activateEnterpriseMember',
];

/** Whether values of the chart are those of a whole cluster that authenticates users. */
export function isClusterWithAuth(root: SourceNode, { needsLicense }: ReleaseTraits): boolean {
  // Those without are laid over others, which may have what these lack.
  if (!isWholeCluster(root) || nodeAt(root, ['pachd']) === undefined) return false;
  const isOff = nodeAt(root, ['pachd', 'activateAuth'])?.scalar === false;
  return !isOff && (!needsLicense || isGiven(root, LICENSE_KEYS));
}

/** Whether one of several values is set to something. */
export function isGiven(root: SourceNode, paths: readonly string[]): boolean {
  return paths.some((path) => {
    const scalar = nodeAt(root, path.split('.'))?.scalar ?? '';
    return scalar !== '' && scalar !== false;
  });
}
