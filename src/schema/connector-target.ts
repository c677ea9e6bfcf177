import { newestTarget, parseTarget, targetOfRelease, type Target } from '../connectors/target';
import type { Document } from '../document/document';
import { nodeAt } from '../document/source-node';

/**
 * The Dex that reads the connectors of a cluster document: that of the release, or the standalone one. Undefined where the
 * document does not say in a form that is right.
 */
export function connectorTarget({ root }: Pick<Document, 'root'>): Target | undefined {
  const scalar = (...path: string[]): unknown => nodeAt(root, path)?.scalar;
  if (scalar('identity', 'dex') === 'standalone') {
    if (nodeAt(root, ['dex', 'version']) === undefined) return newestTarget('dex');
    const version = scalar('dex', 'version');
    return typeof version === 'string' ? valueOf(parseTarget(`dex@${version}`)) : undefined;
  }
  const release = scalar('release');
  return typeof release === 'string' ? valueOf(targetOfRelease(release)) : undefined;
}

function valueOf(result: ReturnType<typeof parseTarget>): Target | undefined {
  return result.ok ? result.target : undefined;
}
