import { hideAll } from '../document/mask';
import type { PathStep, SourceNode } from '../document/source-node';

/** A string in a ConfigMap or Secret, which a container finds as a file. */
export interface MountedFile {
  readonly path: readonly PathStep[];
  readonly node: SourceNode;
  /** As the container reads it. */
  readonly text: string;
}

/** Where the objects hold files, and whether as base64. */
const SECTIONS: Readonly<Record<string, Readonly<Record<string, 'text' | 'base64'>>>> = {
  ConfigMap: { data: 'text', binaryData: 'base64' },
  Secret: { stringData: 'text', data: 'base64' },
};

/** Whether a document is an object of Kubernetes; documents of ours are none. */
export function isManifest({ entries }: SourceNode): boolean {
  const apiVersion = entries?.get('apiVersion')?.scalar;
  return (
    typeof apiVersion === 'string' &&
    !apiVersion.startsWith('pachkit/') &&
    typeof entries?.get('kind')?.scalar === 'string'
  );
}

/** The objects of documents: `kubectl get -o yaml` prints several of them as the items of one list. */
export function objectsIn(roots: readonly SourceNode[]): readonly SourceNode[] {
  return roots.flatMap((root) => {
    const items = root.entries?.get('kind')?.scalar === 'List' ? root.entries.get('items')?.items : undefined;
    return isManifest(root) && items !== undefined && items.length > 0 ? objectsIn(items) : [root];
  });
}

/** The files in a ConfigMap or Secret whose names end in one of `endings`; none in other documents. */
export function mountedFiles(root: SourceNode, endings: RegExp): MountedFile[] {
  if (!isManifest(root)) return [];
  const sections = Object.entries(SECTIONS[String(root.entries?.get('kind')?.scalar)] ?? {});
  return sections.flatMap(([section, encoding]) =>
    [...(root.entries?.get(section)?.entries ?? [])].flatMap(([name, node]) =>
      typeof node.scalar === 'string' && endings.test(name)
        ? [{ path: [section, name], node, text: encoding === 'text' ? node.scalar : decoded(node.scalar) }]
        : [],
    ),
  );
}

/** Names of strings that may be read, and then have the secrets in them hidden. */
const READABLE =
  /\.(ya?ml|json|tpl|tmpl)$|idps$|^dex\.config$|^(auth-?config|identity(Service|-)config|(additional-)?oidc-?clients|trusted-peers|cluster-?role-?bindings)$/i;

/** Hides what a Secret holds, whatever the keys are called; none in other documents. */
export function hideSecretData({ entries }: SourceNode): void {
  if (entries?.get('kind')?.scalar !== 'Secret') return;
  for (const section of ['data', 'stringData'])
    for (const [name, value] of entries.get(section)?.entries ?? [])
      if (section === 'data' || !READABLE.test(name)) hideAll(value);
}

/** The text behind a value of `data` of a Secret. */
export function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/**
 * The documents of a file that there is something to check in. Manifests mostly come several in a file, and those about
 * something else are skipped as long as one of the documents is meant.
 */
export function withoutOthers(
  roots: readonly SourceNode[],
  isMeant: (root: SourceNode) => boolean,
): readonly SourceNode[] {
  return roots.some(isMeant) ? roots.filter((root) => isMeant(root) || !isOther(root)) : roots;
}

function isOther(root: SourceNode): boolean {
  return isManifest(root) || root.scalar === null;
}
