import { suggest } from '../diagnostics/suggest';
import type { Document } from '../document/document';
import { toValue } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { outputs as rows } from '../outputs/registry';
import type { CheckedDocument } from '../pipeline/check-document';
import { sorted, type FileOutput, type Leaves } from './leaves';
import { Provenance, type Origin } from './provenance';

export type { Origin, Cause } from './provenance';

/** A question about something that no output has. */
export interface Unknown {
  readonly problem: string;
  /** What can be asked for, the most likely first. */
  readonly candidates: readonly string[];
}

/** The outputs that are files of their own, and not Kubernetes objects. */
async function fileOutputs(): Promise<FileOutput[]> {
  const files = rows.filter(({ needs }) => !needs.includes('objects') && !needs.includes('images'));
  return Promise.all(
    files.map(async (row) => ({
      name: row.name,
      output: await row.load(),
      appliesTo: (cluster: Cluster) => row.appliesTo(cluster),
    })),
  );
}

/** Where fields of what a checked document without errors is made into come from; `describe` says what fields mean. */
export async function provenanceOf(
  document: Document,
  describe: (field: string) => string,
): Promise<Provenance> {
  return new Provenance(document, await fileOutputs(), describe);
}

/**
 * The same for a document that may have errors: as it was probably meant, or of the part that is right. Undefined where neither
 * makes a cluster.
 */
export async function knownProvenanceOf(
  { document, cluster, sound }: CheckedDocument,
  describe: (field: string) => string,
): Promise<Provenance | undefined> {
  const outputs = await fileOutputs();
  if (cluster) return new Provenance(document, outputs, describe);
  return sound?.made(
    ({ root }) => new Provenance({ ...document, root, value: toValue(root) }, outputs, describe),
  );
}

/**
 * Where a field comes from, or all that a path has inside. `object` is `Kind/name`, `connectors/ID` or a name of Terraform's;
 * `field` may leave out `data.` and `stringData.`, and write `[name=pachd]` for `[pachd]`.
 */
export function why(provenance: Provenance, object: string, field: string): readonly Origin[] | Unknown {
  const { written } = provenance;
  const names = sorted(written.keys());
  const found =
    names.find((name) => name === object) ??
    names.find((name) => name.toLowerCase() === object.toLowerCase());
  const leaves = found === undefined ? undefined : written.get(found);
  if (found === undefined || !leaves)
    return { problem: `no output has ${object}`, candidates: nearest(object, names) };
  const fields = fieldsAt(leaves, field.replace(/\[name=/g, '['));
  if (fields.length === 0)
    return { problem: `${found} has no field ${field}`, candidates: nearest(field, [...leaves.keys()]) };
  return fields.map((path) => provenance.answer(found, path));
}

/** The fields at a path, or below it. */
function fieldsAt(leaves: Leaves, path: string): string[] {
  const all = [...leaves.keys()];
  if (path === '') return all;
  for (const start of ['', 'stringData.', 'data.', 'spec.', 'spec.template.spec.']) {
    const whole = start + path;
    if (leaves.has(whole)) return [whole];
    const inside = all.filter((each) => each.startsWith(`${whole}.`) || each.startsWith(`${whole}[`));
    if (inside.length > 0) return inside;
  }
  return [];
}

/** The most likely first, then those that have the word in them, then the first of all. */
function nearest(word: string, names: readonly string[]): string[] {
  const likely = suggest(word, names);
  const last = word.split(/[./]/).at(-1)?.toLowerCase() ?? '';
  const having = names.filter((name) => last !== '' && name.toLowerCase().includes(last));
  return [...new Set([...(likely === undefined ? [] : [likely]), ...having, ...names])].slice(0, 8);
}
