import fs from 'node:fs';
import path from 'node:path';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic';
import { STANDARD_INPUT_NAME } from '../document/read-source';
import { FileLock, LockedError } from '../files/file-lock';
import { makeFolders } from '../files/make-folders';
import { isSystemError, writeFailure, writeHint } from '../files/system-error';
import { OutputDirectory } from '../outputs/output-directory';
import type { ClusterDraft, ClusterPlan, Plan } from './plan';

/** In the folder of all output while it is written. */
const LOCK_FILE = '.pachkit.lock';

/** Longest wait for another pachkit that writes to the same folder and shows no progress, in milliseconds. */
const LOCK_TIMEOUT_MS = 20_000;

export interface WriteOptions {
  /** The folder of all output, as the user named it. */
  readonly out: string;
  /** Absolute folder that `out` and the names of documents start from. */
  readonly workingDirectory: string;
  /** Whether a folder may have been written from another document before. @default false */
  readonly adopt?: boolean;
  /** Whether files with secrets of a production cluster are written where git tracks them. @default false */
  readonly allowTrackedSecrets?: boolean;
}

/** What is to be known of a cluster once it is written; `directory` is its folder, as the user would name it. */
export type Describe<Description> = (plan: ClusterPlan, directory: string) => Description;

/**
 * Writes each cluster of a plan into a folder of its own: all of them, or none when anything is wrong. Each is constructed when its
 * turn comes, and only what `describe` makes of it stays in memory, in `written`. `diagnostics` are those of the plan and what was
 * found while writing, sorted. Whatever the plan says, all folders are checked.
 */
export async function writePlan<Description>(
  plan: Plan<ClusterDraft>,
  { out: shownOut, workingDirectory, adopt = false, allowTrackedSecrets = false }: WriteOptions,
  describe?: Describe<Description>,
): Promise<{ written: readonly Description[]; diagnostics: readonly Diagnostic[] }> {
  const out = path.resolve(workingDirectory, shownOut);
  const outputs = plan.selected.map(({ name }) => name);
  const folders = [
    ...plan.clusters.map((cluster) => ({
      cluster,
      content: cluster.construct,
      folder: new OutputDirectory(out, shownOut, cluster.cluster.name, {
        ...(cluster.document.file === STANDARD_INPUT_NAME
          ? {}
          : { document: path.resolve(workingDirectory, cluster.document.file) }),
        adopt,
        checksums: cluster.cluster.supplyChain.checksums,
      }),
    })),
    ...plan.shared.map(({ name, document, files, checksums }) => ({
      cluster: undefined,
      content: async () => ({ outputs: [], objects: [], files }),
      folder: new OutputDirectory(out, shownOut, name, { document, adopt, checksums }),
    })),
  ];
  const diagnostics = [...plan.diagnostics];
  const written: Description[] = [];
  const refuse = () => ({ written: [], diagnostics: sortDiagnostics(diagnostics) });
  let lock: FileLock | undefined;
  try {
    const above = folders.flatMap(({ folder }) => folder.checkAbove());
    diagnostics.push(...above);
    const isNothingThere = hasErrors(plan.diagnostics) && !fs.existsSync(out);
    if (folders.length === 0 || above.length > 0 || isNothingThere) return refuse();
    // Without the lock a folder that is being replaced looks like one of someone else, or like one that was left half replaced.
    lock = lockOutput(out);
    if (!hasErrors(plan.diagnostics))
      OutputDirectory.clearUp(
        out,
        folders.map(({ folder }) => folder),
      );
    for (const { folder, cluster, content } of folders) {
      lock.touch();
      const constructed = await content().catch((error: unknown) => {
        throw new ConstructionFailure({ cause: error });
      });
      const { files } = constructed;
      diagnostics.push(
        ...folder.check(),
        ...folder.abandoned(files, outputs),
        ...folder.conflicts(files),
        ...folder.tracked(files, {
          refused: cluster?.cluster.profile === 'production' && !allowTrackedSecrets,
        }),
      );
      if (hasErrors(diagnostics)) continue;
      folder.stage(files, outputs);
      if (cluster && describe) written.push(describe({ ...cluster, ...constructed }, folder.shownPath));
    }
    if (hasErrors(diagnostics)) return refuse();
    for (const { folder } of folders) diagnostics.push(...folder.replace());
    return { written, diagnostics: sortDiagnostics(diagnostics) };
  } catch (error) {
    diagnostics.push(writeProblem(error, shownOut));
    return refuse();
  } finally {
    for (const { folder } of folders) folder.discard();
    lock?.release();
  }
}

/** What a cluster could not be constructed for: never about the output, even if the system says that a disk is full. */
class ConstructionFailure extends Error {
  constructor(options: { readonly cause: unknown }) {
    super('a cluster cannot be constructed', options);
  }
}

/** Has the folder of all output to itself; those who write to it at the same time wait. */
function lockOutput(out: string): FileLock {
  makeFolders(out);
  return FileLock.acquire(path.join(out, LOCK_FILE), LOCK_TIMEOUT_MS);
}

/** What an error while writing says to people; throws one that is not about writing. */
function writeProblem(error: unknown, shownOut: string): Diagnostic {
  if (error instanceof ConstructionFailure) throw error.cause;
  const problem = { severity: 'error', location: { file: shownOut }, path: '' } as const;
  if (error instanceof LockedError)
    return {
      ...problem,
      code: 'OUT006',
      message: `${shownOut} is being written by another pachkit, ${error.owner}`,
      hint: `wait until it is done, or name another folder with --out; if there is no such process any more, delete ${path.join(shownOut, LOCK_FILE)}`,
    };
  if (!isSystemError(error)) throw error;
  return {
    ...problem,
    code: 'OUT002',
    message: `${shownOut} cannot be written (${writeFailure(error)}); the old output is as it was`,
    hint: writeHint(error, 'name another folder with --out, or change its permissions'),
  };
}
