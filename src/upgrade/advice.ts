export { reasonNotToMove, releaseToMoveTo } from './check-pair';
export { editsFor } from './edit';
import type { Difference } from '../cluster/live';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import type { PathStep } from '../document/source-node';
import { resolveCluster } from '../model/resolve';
import { CONFIG_JOB_PREFIX } from '../model/secret-places';
import type { ClusterObject } from '../outputs/objects';
import { checkDocument, type CheckedDocument } from '../pipeline/check-document';
import { present } from '../pipeline/present';
import { isSameLine } from '../releases/order';
import { connectorDifferences } from './connector-differences';
import type { ExplainingDifference, Move, ReleaseDifference } from './difference';
import { factDifferences } from './fact-differences';
import {
  keptSecrets,
  rememberingGenerated,
  secretMoves,
  type KeptSecret,
  type SecretMove,
} from './secret-moves';
import { stepsOf, type Step } from './steps';

/** A field of an object that changes, and the differences of the releases that it changes because of. */
export interface ChangedField {
  readonly path: string;
  readonly because: readonly string[];
}

/** An object that changes. */
export interface ChangedObject {
  /** `Kind/name`; `*` stands for the digits in the name of the bootstrap Job. */
  readonly object: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly restarts: boolean;
  readonly because: readonly string[];
  /** Empty for an object that comes or goes as a whole. */
  readonly fields: readonly ChangedField[];
}

/** What an upgrade of one cluster comes to. */
export interface UpgradeAdvice {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What the people who use the cluster notice, and what has to be done about it. */
  readonly meanings: Difference['meanings'];
  /** Every difference of the two releases, those that do not touch the cluster among them. */
  readonly differences: readonly ReleaseDifference[];
  readonly objects: readonly ChangedObject[];
  readonly moves: readonly SecretMove[];
  readonly kept: readonly KeptSecret[];
  readonly steps: readonly Step[];
  /** What is wrong with the document in the newer release, and not in its own. */
  readonly findings: readonly Diagnostic[];
}

/** The document in another release: nothing else of it changes, and everything stays where it was written. */
export function inOtherRelease(document: Document, release: string): Document {
  const { root, value } = document;
  const node = root.entries?.get('release');
  if (!root.entries || !node) return document;
  const entries = new Map(root.entries).set('release', { ...node, scalar: release });
  return { ...document, root: { ...root, entries }, value: { ...(value as object), release } };
}

/**
 * What changes when the cluster of a checked document moves to another release. Undefined where the document cannot be made
 * into objects in both. No secret is read: a placeholder stands for each.
 */
export async function adviceFor(
  checked: CheckedDocument,
  release: string,
): Promise<UpgradeAdvice | undefined> {
  const { document } = checked;
  const other = checkDocument(inOtherRelease(document, release));
  const generated = new Map<string, readonly PathStep[]>();
  const before = resolveCluster(document, rememberingGenerated(generated)).value;
  const after = resolveCluster(other.document, rememberingGenerated(generated)).value;
  if (!before || !after) return undefined;
  const { clusterObjects } = await import('../outputs/objects');
  const { compareWithObjects, wantedCluster } = await import('../cluster/live');
  const [old, wanted] = [clusterObjects(before), clusterObjects(after)];
  const plan = (cluster: typeof before, objects: readonly ClusterObject[]) =>
    wantedCluster({ cluster, objects, document, outputs: [], files: [] });
  const difference = compareWithObjects(plan(before, old).objects, plan(after, wanted));
  const move: Move = { before, after };
  const explaining = [...factDifferences(move), ...connectorDifferences(move)];
  const differences = explaining.map(({ explains: _, ...each }): ReleaseDifference => each);
  const findings = newFindings(checked.diagnostics, other.diagnostics);
  return {
    name: before.name,
    from: before.release.version.text,
    to: after.release.version.text,
    meanings: difference.meanings,
    differences,
    objects: changedObjects(difference, explaining),
    moves: secretMoves(old, wanted),
    kept: keptSecrets(document, generated, wanted),
    steps: stepsOf({
      ...move,
      file: document.file,
      findings,
      changesLine: !isSameLine(before.release.version, after.release.version),
      todos: [
        // What is wrong with a connector is among the findings.
        ...differences.flatMap(({ fact, concerns, todo }) =>
          concerns && todo !== undefined && !fact.startsWith('connector.') ? [todo] : [],
        ),
        ...difference.meanings.flatMap(({ todo }) => (todo?.startsWith('register ') === true ? [todo] : [])),
      ],
    }),
    findings,
  };
}

/** Findings that the document has in the newer release alone, or in other words there. */
function newFindings(before: readonly Diagnostic[], after: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Set(before.map(({ code, path }) => `${code} ${path}`));
  return present(after.filter(({ code, path }) => !known.has(`${code} ${path}`)));
}

/** The digits of a Job's name follow from its secrets, in whose place there are placeholders here. */
function shownName(name: string): string {
  return name.startsWith(CONFIG_JOB_PREFIX) ? `${CONFIG_JOB_PREFIX}*` : name;
}

function changedObjects(
  { changes }: Difference,
  differences: readonly ExplainingDifference[],
): readonly ChangedObject[] {
  const because = (text: string): string[] =>
    differences
      .filter(({ explains = [] }) => explains.some((pattern) => pattern.test(text)))
      .map(({ fact }) => fact);
  return changes.flatMap(({ action, kind, name, fields, restarts }) => {
    if (action !== 'create' && action !== 'update' && action !== 'delete') return [];
    const object = `${kind}/${shownName(name)}`;
    const changed = fields.map(({ path }) => ({ path, because: because(`${object} ${path}`) }));
    const reasons = action === 'update' ? changed.flatMap((field) => field.because) : because(object);
    return [
      {
        object,
        action,
        restarts: restarts && action === 'update',
        because: [...new Set(reasons)],
        fields: changed,
      },
    ];
  });
}
