import path from 'node:path';
import { compare } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import type { Cluster } from '../model/cluster';
import { withHeaders } from '../outputs/header';
import type { OutputEntry, OutputFile, SharedBase } from '../outputs/output';
import type { DescribedCluster } from '../pipeline/read-clusters';

/** A folder beside those of the clusters, with what several of them share. */
export interface SharedContent {
  /** Name of the folder. No cluster can be called so: it has a dot. */
  readonly name: string;
  /** The base that the documents extend, as an absolute path. */
  readonly document: string;
  readonly files: readonly OutputFile[];
  /** Whether checksums of them are written: one of the clusters has them. */
  readonly checksums: boolean;
}

export interface SharedBases {
  readonly folders: readonly SharedContent[];
  /** What the clusters that share something are written over. */
  readonly baseOf: ReadonlyMap<Cluster, SharedBase>;
}

const NOTHING: SharedBases = { folders: [], baseOf: new Map() };

/**
 * What clusters of a run share because their documents extend the same base: the objects of the one whose name comes first, over
 * which the others say what they have otherwise. A document that is alone in extending a base shares nothing.
 */
export async function sharedBases(
  clusters: readonly DescribedCluster[],
  selected: readonly OutputEntry[],
): Promise<SharedBases> {
  const rows = selected.filter(({ sharesBases }) => sharesBases === true);
  const families = rows.length === 0 ? [] : familiesOf(clusters);
  if (families.length === 0) return NOTHING;
  const { clusterObjects } = await import('../outputs/objects');
  const outputs = await Promise.all(rows.map((row) => row.load()));
  const folders: SharedContent[] = [];
  const baseOf = new Map<Cluster, SharedBase>();
  for (const { document, members } of families) {
    const [first] = members;
    if (first === undefined) continue;
    const base: SharedBase = { folder: folderName(document), objects: clusterObjects(first) };
    for (const member of members) baseOf.set(member, base);
    const files = outputs.flatMap((output) => output.emitShared?.(base.objects) ?? []);
    folders.push({
      name: base.folder,
      document,
      files: withHeaders(files, document),
      checksums: members.some(({ supplyChain }) => supplyChain.checksums),
    });
  }
  return { folders, baseOf };
}

interface Family {
  readonly document: string;
  /** By name. */
  readonly members: readonly Cluster[];
}

/** Clusters by the first base of their documents. Bases whose files have the same name would share a folder, so they share nothing. */
function familiesOf(clusters: readonly DescribedCluster[]): Family[] {
  const byBase = new Map<string, Cluster[]>();
  for (const { document, cluster } of clusters) {
    const base = firstBase(document);
    if (base !== undefined) byBase.set(base, [...(byBase.get(base) ?? []), cluster]);
  }
  const families = [...byBase].filter(([, members]) => members.length > 1);
  const names = families.map(([document]) => folderName(document));
  return families
    .filter((_, index) => names.indexOf(names[index] ?? '') === names.lastIndexOf(names[index] ?? ''))
    .map(([document, members]) => ({
      document,
      members: [...members].sort((a, b) => compare(a.name, b.name)),
    }));
}

function firstBase({ value, directory }: Document): string | undefined {
  const { extends: bases } = value as { readonly extends?: string | readonly string[] };
  const [first] = [bases ?? []].flat();
  return first === undefined ? undefined : path.resolve(directory, first);
}

/** The name of a base as one of a folder, in characters that no program takes for anything else. */
function folderName(document: string): string {
  return `${path.parse(document).name.replaceAll(/[^A-Za-z0-9_-]/g, '-')}.base`;
}
