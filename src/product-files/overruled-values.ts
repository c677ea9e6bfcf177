import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, toPointer, type SourceNode } from '../document/source-node';
import type { ChartFact } from '../helm-values/chart-fact';
import { chartFacts } from '../helm-values/facts';
import { isInRange, type ReleaseVersion } from '../releases/release';
import { RELEASE_FLAGS } from '../releases/release-traits';
import { stringAt } from '../subjects/scalars';
import { isManifest } from './kubernetes-manifest';

/** What holds of a value that no template reads: that it is not read, and that Helm compares its type all the same. */
const STILL_TRUE: ReadonlySet<Code> = new Set(['FIL011', 'FIL022', 'FIL023', 'FIL024']);

/** The tokens of a member, and the names of Secrets with them, in the order in which the chart looks for them. */
export const TOKENS = [
  'enterpriseServerTokenSecretName',
  'enterpriseServerToken',
  'enterpriseRootTokenSecretName',
  'enterpriseRootToken',
] as const;

/** The bundled server has its password from here, whatever Secret pachd reads. */
const PASSWORD = 'global.postgresql.postgresqlPassword';

/** Whether the chart reads a Secret in the place of a value. */
export function isOverruled(root: SourceNode, { path, secretName }: ChartFact): boolean {
  if (secretName === undefined || stringAt(root, secretName.split('.')) === undefined) return false;
  return path !== PASSWORD || nodeAt(root, ['postgresql', 'enabled'])?.scalar === false;
}

/** The value that the chart reads in the place of another one that is set too. */
export function overruledBy(root: SourceNode, fact: ChartFact, release: ReleaseVersion): string | undefined {
  if (isOverruled(root, fact)) return fact.secretName;
  if (isInRange(release, RELEASE_FLAGS.hasBootstrapJob)) return undefined;
  const tokens = TOKENS.map((name) => `pachd.${name}`);
  const before = tokens.slice(0, Math.max(0, tokens.indexOf(fact.path)));
  return before.find((path) => stringAt(root, path.split('.')) !== undefined);
}

/** Leaves out what was found in values that stand beside the name of a Secret that the chart reads in their place. */
export function withoutOverruled(root: SourceNode, found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length === 0 || !root.entries || isManifest(root)) return found;
  const overruled = chartFacts().flatMap((fact) =>
    isOverruled(root, fact) ? [toPointer(fact.path.split('.'))] : [],
  );
  return found.filter(
    ({ code, path }) =>
      !overruled.some((place) => path.startsWith(`${place}/`) || (path === place && !STILL_TRUE.has(code))),
  );
}
