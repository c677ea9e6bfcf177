import { describeTarget, minorOf } from '../../connectors/target';
import type { PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import type { Finding, Rule } from '../rule';

type Section = NonNullable<ClusterDocument['dex']>;

/** A setting that only newer releases of Dex read. */
interface Setting {
  readonly path: readonly PathStep[];
  readonly sinceMinor: number;
  readonly value: (dex: Section) => unknown;
  /** What happens instead. */
  readonly effect: string;
}

/** Dex's struct tags from 2.29 to 2.45. */
const SETTINGS: readonly Setting[] = [
  {
    path: ['oauth2', 'grantTypes'],
    sinceMinor: 38,
    value: (dex) => dex.oauth2?.grantTypes,
    effect: 'clients may use every grant type',
  },
  {
    path: ['oauth2', 'responseTypes'],
    sinceMinor: 38,
    value: (dex) => dex.oauth2?.responseTypes?.some((type) => type.includes(' ')) || undefined,
    effect: 'Dex does not start: `unsupported response_type`, for types of several words',
  },
  {
    path: ['web', 'headers'],
    sinceMinor: 39,
    value: (dex) => dex.web?.headers,
    effect: 'answers have none of the headers',
  },
  {
    path: ['web', 'allowedHeaders'],
    sinceMinor: 38,
    value: (dex) => dex.web?.allowedHeaders,
    effect: 'pages may send the header Authorization alone',
  },
  {
    path: ['web', 'clientRemoteIP'],
    sinceMinor: 41,
    value: (dex) => dex.web?.clientRemoteIP,
    effect: "the log has the proxy's address for every browser",
  },
  {
    path: ['logger', 'level'],
    sinceMinor: 40,
    value: (dex) => (dex.logger?.level === 'warn' ? 'warn' : undefined),
    effect:
      'Dex does not start: `invalid config: log level is not one of the supported values (debug, info, error): warn`',
  },
  {
    path: ['telemetry', 'enableProfiling'],
    sinceMinor: 32,
    value: (dex) => dex.telemetry?.enableProfiling,
    effect: 'there are no profiles',
  },
];

const PASSWORD_KEYS_MINOR = 45;
const PASSWORD_KEYS = ['name', 'preferredUsername', 'emailVerified', 'groups'] as const;

export const unreadSetting: Rule = {
  code: 'DEX312',
  severity: 'error',
  reads: ['cluster'],
  title: 'Setting that the release of Dex does not know',
  reason: 'Dex skips keys that it does not know, silently, and refuses some values that later releases take.',
  remedy: 'Take a newer dex.version, or remove the setting.',
  *check({ document, cluster }) {
    if (!cluster.dex || !document.dex) return;
    const { target } = cluster.dex;
    for (const { path, sinceMinor, value, effect } of SETTINGS)
      if (value(document.dex) !== undefined && minorOf(target) < sinceMinor)
        yield unread(['dex', ...path], sinceMinor, `${describeTarget(target)} does not know it: ${effect}`);
    if (minorOf(target) >= PASSWORD_KEYS_MINOR) return;
    for (const [index, user] of (document.dex.staticPasswords ?? []).entries())
      for (const key of PASSWORD_KEYS)
        if (user[key] !== undefined)
          yield unread(
            ['dex', 'staticPasswords', index, key],
            PASSWORD_KEYS_MINOR,
            `${describeTarget(target)} does not know ${key} and ignores it`,
          );
  },
};

function unread(path: readonly PathStep[], sinceMinor: number, message: string): Finding {
  return {
    path,
    onKey: true,
    message,
    hint: `it is read from Dex 2.${sinceMinor} on; set dex.version, or remove it`,
  };
}
