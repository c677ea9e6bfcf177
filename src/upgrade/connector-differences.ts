import { connectorKeys, isRead } from '../connectors/availability';
import { connectorTypes, type ConnectorType } from '../connectors/connector-types';
import type { ConfigValue, Connector } from '../model/cluster';
import { ReferredSecret, Secret } from '../model/secret';
import { connectorTargetOf } from '../releases/connector-target';
import { dexTraits, type DexTraits, type InsideFlag } from '../releases/dex-traits';
import { describeTarget, isPachyderm, isSince, type Target } from '../releases/target';
import type { ExplainingDifference, Move } from './difference';

interface DexRow {
  readonly text: string;
  readonly concerns: (connectors: readonly Connector[]) => boolean;
}

/** What the Dexes inside newer releases do. */
const DEX_ROWS: Readonly<Record<InsideFlag, DexRow>> = {
  takesOneGroup: {
    text: 'a groups claim with one name instead of a list counts as a list of one: people who had no groups may have one now',
    concerns: (connectors) => connectors.some(({ type }) => type === 'oidc'),
  },
  findsIdsWithSlashes: {
    text: 'a connector whose id has slashes is found',
    concerns: (connectors) => connectors.some(({ id }) => id.includes('/')),
  },
};

/** How the google connector decides whether it asks the Directory API for groups. */
const GOOGLE_RULES: Readonly<Record<DexTraits['googleDirectory'], string>> = {
  both: 'with a file of a service account and the address of an administrator',
  scopes: "where groups are asked for, with the machine's own credentials where no file is named",
  administrators: 'where administrators of domains are named',
};

/** What the Dex of the newer release does otherwise, and which keys of the connectors it begins or ceases to read. */
export function connectorDifferences({ before, after }: Move): ExplainingDifference[] {
  const [old, wanted] = [connectorTargetOf(before), connectorTargetOf(after)];
  if (old === wanted || !isPachyderm(old) || !isPachyderm(wanted)) return [];
  const { connectors } = before.identity;
  return [
    ...dexDifferences(old, wanted, connectors),
    ...connectors.flatMap((each) => keysOf(each, old, wanted)),
  ];
}

function dexDifferences(
  old: Target,
  wanted: Target,
  connectors: readonly Connector[],
): ExplainingDifference[] {
  const [before, after] = [dexTraits(old), dexTraits(wanted)];
  const flags = (Object.keys(DEX_ROWS) as InsideFlag[]).filter((flag) => before[flag] !== after[flag]);
  const differences: ExplainingDifference[] = flags.map((flag) => ({
    fact: `dex.${flag}`,
    audience: 'users',
    text: `Dex: ${DEX_ROWS[flag].text}`,
    concerns: DEX_ROWS[flag].concerns(connectors),
  }));
  if (before.googleDirectory !== after.googleDirectory)
    differences.push({
      fact: 'dex.googleDirectory',
      audience: 'users',
      text: `Dex: the google connector asks the Directory API ${GOOGLE_RULES[after.googleDirectory]}; before, ${GOOGLE_RULES[before.googleDirectory]}`,
      concerns: connectors.some(({ type }) => type === 'google'),
    });
  return differences;
}

function keysOf({ type, id, config }: Connector, old: Target, wanted: Target): ExplainingDifference[] {
  if (!Object.hasOwn(connectorTypes, type)) return [];
  const known = type as ConnectorType;
  const written = new Set(paths(config, ''));
  const changed = connectorKeys(known).filter(({ facts }) => isRead(facts, old) !== isRead(facts, wanted));
  const differences = changed
    .filter(({ path }) => written.has(path))
    .map(({ path, facts }): ExplainingDifference => {
      const isNew = isRead(facts, wanted);
      return {
        fact: `connector.${id}.${path}`,
        audience: 'users',
        text: isNew
          ? `connector ${id}: ${describeTarget(wanted)} reads \`${path}\`, which ${describeTarget(old)} ignores: it takes effect with the upgrade`
          : `connector ${id}: ${describeTarget(wanted)} ignores \`${path}\`${facts.ignoredEffect === undefined ? '' : `: ${facts.ignoredEffect}`}`,
        ...(isNew ? {} : { todo: facts.instead ?? `remove \`${path}\`` }),
        concerns: true,
      };
    });
  const offered = changed.filter(({ path, facts }) => isRead(facts, wanted) && !written.has(path));
  const refresh = refreshDifference(known, id, old, wanted);
  return [
    ...differences,
    ...(refresh === undefined ? [] : [refresh]),
    ...(offered.length === 0
      ? []
      : [
          {
            fact: `connector.${id}.keys`,
            audience: 'operators' as const,
            text: `connector ${id}: ${describeTarget(wanted)} also reads ${offered.map(({ path }) => `\`${path}\``).join(', ')}`,
            concerns: true,
          },
        ]),
  ];
}

function refreshDifference(
  type: ConnectorType,
  id: string,
  old: Target,
  wanted: Target,
): ExplainingDifference | undefined {
  const { refresh } = connectorTypes[type];
  if (typeof refresh === 'string' || isSince(old, refresh) || !isSince(wanted, refresh)) return undefined;
  return {
    fact: `connector.${id}.refresh`,
    audience: 'users',
    text: `connector ${id}: clients of Dex that ask for offline_access get refresh tokens with it`,
    concerns: true,
  };
}

/** Paths of all keys, those of items of lists with `[]`. */
function paths(value: ConfigValue, prefix: string): string[] {
  if (
    value === null ||
    typeof value !== 'object' ||
    value instanceof Secret ||
    value instanceof ReferredSecret
  )
    return [];
  if (Array.isArray(value)) return value.flatMap((item: ConfigValue) => paths(item, `${prefix}[]`));
  return Object.entries(value as Readonly<Record<string, ConfigValue>>).flatMap(([key, inner]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [path, ...paths(inner, path)];
  });
}
