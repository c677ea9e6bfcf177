import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { DocumentInput } from '../document/input';
import type { Examination, Examined } from '../doctor/examine-files';
import type { SecretInput } from '../secrets/secret-session';
import { targetOf } from './cluster-options';
import type { CommandOptions } from './command';
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
}

/**
 * Looks at the login of a cluster that was just deployed, as `pachkit doctor --in-cluster` does, and tells what is seen. What
 * cannot be reached from here is a warning.
 *
 * @returns what is wrong, all of which the lines say; nothing when it is interrupted
 */
export async function verify(
  host: Host,
  options: CommandOptions,
  verification: Verification,
): Promise<readonly Diagnostic[]> {
  const { signal } = verification;
  const ended = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const look = () => Promise.race([examine(host, options, verification), ended]);
  let examined = await look();
  if (examined !== undefined && 'examinations' in examined && hasFailure(examined.examinations)) {
    await sleep(SETTLING_MS, undefined, { signal }).catch(() => undefined);
    examined = await look();
  }
  if (examined === undefined) return [];
  if ('problem' in examined) {
    host.writeError(`warning: the login is not looked at: ${examined.problem}\n`);
    return [];
  }
  for (const examination of examined.examinations) verification.emit({ type: 'checks', examination });
  // The rules of the document were said before anything was deployed.
  const said = new Set(examined.unsaid);
  return examined.diagnostics.filter((diagnostic) => !said.has(diagnostic));
}

async function examine(
  host: Host,
  options: CommandOptions,
  { file, clusterName, documents, secrets }: Verification,
): Promise<Examined | { readonly problem: string }> {
  const [{ secretsOfCluster }, { examineFile }] = await Promise.all([
    import('../cluster/live'),
    import('../doctor/examine-files'),
  ]);
  const cluster = secretsOfCluster(targetOf(host, options), file);
  try {
    return await examineFile(file === '<stdin>' ? '-' : file, {
      documents,
      secrets,
      environment: host.environment,
      overrides: [],
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
