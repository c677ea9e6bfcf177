import type { Cluster } from '../model/cluster';
import { pachdVariables, type PachdVariable, type PachdWorkload } from '../releases/environment';
import { RELEASE_FLAGS, type ReleaseFlag, type ReleaseTraits } from '../releases/release-traits';
import type { ExplainingDifference, Move } from './difference';
import { FLAG_ROWS, TRAIT_ROWS, type TraitPath } from './fact-rows';

/** Everything that the table of facts has different in two releases, in its order. */
export function factDifferences(move: Move): ExplainingDifference[] {
  return [
    ...flagDifferences(move),
    ...traitDifferences(move),
    ...roleDifferences(move),
    ...variableDifferences(move),
  ];
}

function flagDifferences(move: Move): ExplainingDifference[] {
  const [before, after] = [move.before.release, move.after.release];
  return (Object.keys(RELEASE_FLAGS) as ReleaseFlag[])
    .filter((flag) => before[flag] !== after[flag])
    .map((flag) => {
      const row: (typeof FLAG_ROWS)[ReleaseFlag] & { readonly comes?: string; readonly goes?: string } =
        FLAG_ROWS[flag];
      return difference(flag, (after[flag] ? row.comes : row.goes) ?? '', row, move);
    });
}

function traitDifferences(move: Move): ExplainingDifference[] {
  const [before, after] = [traitTexts(move.before.release), traitTexts(move.after.release)];
  return (Object.keys(TRAIT_ROWS) as TraitPath[])
    .filter((trait) => before[trait] !== after[trait])
    .map((trait) =>
      difference(trait, TRAIT_ROWS[trait].says(before[trait], after[trait]), TRAIT_ROWS[trait], move),
    );
}

/** The traits of a release by path, as text. */
function traitTexts(traits: ReleaseTraits): Readonly<Record<TraitPath, string>> {
  const texts = (Object.keys(TRAIT_ROWS) as TraitPath[]).map((trait) => {
    const value = trait
      .split('.')
      .reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>>)[key], traits);
    return [trait, typeof value === 'string' ? value : JSON.stringify(value)];
  });
  return Object.fromEntries(texts) as Readonly<Record<TraitPath, string>>;
}

function roleDifferences({ before, after }: Move): ExplainingDifference[] {
  const added = after.release.roles.filter((role) => !before.release.roles.includes(role));
  if (added.length === 0) return [];
  const text = `roles that can be bound are new: ${added.join(', ')}`;
  return [{ fact: 'roles', audience: 'operators', text, concerns: before.auth !== undefined }];
}

/** Workloads that run pachd's program, by what people call them and by the objects that they are. */
const WORKLOADS: Readonly<Record<PachdWorkload, { readonly name: string; readonly object: string }>> = {
  pachd: { name: 'pachd', object: 'Deployment/pachd' },
  pachw: { name: 'pachw', object: 'Deployment/pachw' },
  enterpriseServer: { name: 'the enterprise server', object: 'Deployment/pach-enterprise' },
  preflightJob: { name: 'the preflight Job', object: 'Job/pachyderm-preflight-check' },
  restoreSnapshot: { name: 'the Job that restores a snapshot', object: 'Job/pachyderm-restore-snapshot' },
};

function variableDifferences(move: Move): ExplainingDifference[] {
  return (Object.keys(WORKLOADS) as PachdWorkload[]).flatMap((workload) => variablesOf(workload, move));
}

/** Variables of a workload that come, go or get another meaning: a difference for each way. */
function variablesOf(workload: PachdWorkload, { before, after }: Move): ExplainingDifference[] {
  if (!isThere(workload, before) || !isThere(workload, after)) return [];
  const variables = ({ release }: Cluster): ReadonlyMap<string, PachdVariable> =>
    new Map(pachdVariables(release.version, workload).map((each) => [each.name, each]));
  const [old, wanted] = [variables(before), variables(after)];
  const { name, object } = WORKLOADS[workload];
  const ways: readonly (readonly [way: string, names: readonly string[], text: string])[] = [
    ['new', [...wanted.keys()].filter((key) => !old.has(key)), 'has new variables'],
    ['gone', [...old.keys()].filter((key) => !wanted.has(key)), 'no longer has the variables'],
    [
      'meaning',
      [...wanted.keys()].filter(
        (key) => old.has(key) && sourceOf(old.get(key)) !== sourceOf(wanted.get(key)),
      ),
      'takes the value of variables from elsewhere:',
    ],
  ];
  const overridden = Object.keys(after.pachd.environment);
  return ways
    .filter(([, names]) => names.length > 0)
    .map(([way, names, text]) => {
      const own = names.filter((each) => way === 'gone' && overridden.includes(each));
      return {
        fact: `variables.${workload}.${way}`,
        audience: 'operators',
        text: `${name} ${text} ${names.join(', ')}`,
        ...(own.length === 0
          ? {}
          : { todo: `remove ${own.join(', ')} from pachd.environment: nothing reads it` }),
        concerns: true,
        explains: [new RegExp(`^${object} .*env\\[(name=(${names.join('|')})|order)\\]`)],
      };
    });
}

function sourceOf(variable: PachdVariable | undefined): string {
  return JSON.stringify(variable, ['value', 'from', 'field', 'resource']);
}

function isThere(workload: PachdWorkload, cluster: Cluster): boolean {
  if (workload === 'pachd') return cluster.enterpriseServer === undefined;
  if (workload === 'pachw') return cluster.release.hasPachw && cluster.enterpriseServer === undefined;
  return cluster[workload] !== undefined;
}

function difference(
  fact: string,
  text: string,
  row: (typeof TRAIT_ROWS)[TraitPath] | (typeof FLAG_ROWS)[ReleaseFlag],
  move: Move,
): ExplainingDifference {
  const concerns = row.audience !== 'chart' && (row.concerns?.(move) ?? true);
  const todo = concerns ? row.todo?.(move) : undefined;
  return {
    fact,
    audience: row.audience,
    text,
    ...(todo === undefined ? {} : { todo }),
    concerns,
    ...(row.explains === undefined ? {} : { explains: row.explains }),
  };
}
