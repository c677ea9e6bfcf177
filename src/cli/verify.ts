import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import type { DocumentInput } from '../document/input';
import { STANDARD_INPUT_NAME } from '../document/read-source';
import type { Consultation, Examination, Examined } from '../doctor/examine-files';
import type { SecretInput } from '../secrets/secret-session';
import { targetOf } from './cluster-options';
import type { CommandOptions } from './command';
import { unlessInterrupted } from './interrupts';
import type { Host } from './host';
import type { RunEvent } from './run-event';

/** What each hop may take, in milliseconds. */
const HOP_TIMEOUT_MS = 5000;

/** How long what stands in front of pachd may take to notice that it is ready, in milliseconds. */
const SETTLING_MS = 5000;

/** The login that is to be looked at: that of one cluster of a file. */
export interface Verification {
  readonly file: string;
  readonly clusterName: string;
  readonly documents: DocumentInput;
  readonly secrets: SecretInput;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** What `--resolve` and `--ca` say. */
  readonly look: Pick<Consultation, 'overrides' | 'authorities'>;
}

/** What came of it. */
interface Verified {
  readonly diagnostics: readonly Diagnostic[];
  /** What the lines have said already. */
  readonly said: readonly Diagnostic[];
}

/**
 * Looks at the login of a cluster that was just deployed, as `pachkit doctor --in-cluster` does, and tells what is seen. What
 * cannot be reached from here is a warning.
 *
 * @returns what is wrong; nothing but that it was interrupted is left to be said
 */
export async function verify(
  host: Host,
  options: CommandOptions,
  verification: Verification,
): Promise<Verified> {
  const { signal } = verification;
  const look = () => unlessInterrupted(signal, examine(host, options, verification));
  let examined = await look();
  if (examined !== undefined && 'examinations' in examined && hasFailure(examined.examinations)) {
    await sleep(SETTLING_MS, undefined, { signal }).catch(() => undefined);
    examined = await look();
  }
  if (examined === undefined) return { diagnostics: [await interrupted(verification.file)], said: [] };
  if ('problem' in examined) {
    host.writeError(`warning: the login is not looked at: ${examined.problem}\n`);
    return { diagnostics: [], said: [] };
  }
  for (const examination of examined.examinations) verification.emit({ type: 'checks', examination });
  // The rules of the document were said before anything was deployed.
  const before = new Set(examined.unsaid);
  return { diagnostics: [], said: examined.diagnostics.filter((diagnostic) => !before.has(diagnostic)) };
}

async function interrupted(file: string): Promise<Diagnostic> {
  const { failureDiagnostic, interruption } = await import('../cluster/live');
  const stays = 'the cluster is as the document says and ready, and its login was not looked at';
  return failureDiagnostic(interruption(stays, `pachkit doctor ${shellWord(file)} looks at it`), file);
}

async function examine(
  host: Host,
  options: CommandOptions,
  { file, clusterName, documents, secrets, look }: Verification,
): Promise<Examined | { readonly problem: string }> {
  const [{ secretsOfCluster }, { examineFile }] = await Promise.all([
    import('../cluster/live'),
    import('../doctor/examine-files'),
  ]);
  const cluster = secretsOfCluster(targetOf(host, options), file);
  try {
    return await examineFile(file === STANDARD_INPUT_NAME ? '-' : file, {
      documents,
      secrets,
      environment: host.environment,
      ...look,
      timeout: HOP_TIMEOUT_MS,
      offline: false,
      secretsOf: cluster.read,
      ofDeployed: clusterName,
      now: () => Date.now(),
    });
  } finally {
    cluster.close();
  }
}

function hasFailure(examinations: readonly Examination[]): boolean {
  return examinations.some(({ sections }) =>
    sections.some(({ hops }) => hops.some(({ status }) => status === 'failed')),
  );
}
