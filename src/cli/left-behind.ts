import { leftBehind } from '../explanations/running-cluster';
import type { Cluster } from '../model/cluster';

/** Something that stays in a running cluster until a command removes it. */
export interface LeftBehind {
  readonly field: string;
  readonly effect: string;
  readonly command: string;
}

/** What may stay behind in a cluster that runs already, for the summary of `synth`. */
export function leftBehindBy(cluster: Cluster): readonly LeftBehind[] {
  return leftBehind(cluster).map(({ field, effect, command = '' }) => ({
    field,
    effect,
    command: command.replaceAll('NAMESPACE', cluster.namespace),
  }));
}

/** Rows for people: the command, and the field that `pachkit explain` says more about. */
export function leftBehindLines(entries: readonly LeftBehind[]): string[] {
  const width = Math.max(0, ...entries.map(({ field }) => field.length));
  return entries.map(({ field, command }) => `    ${field.padEnd(width)}  ${command}`);
}
