import {
  dexTraits,
  firstDexReading,
  firstDexWith,
  readsDexKey,
  type RecentDexKey,
  type StandaloneFlag,
} from '../../releases/dex-traits';
import { describeTarget, type Target } from '../../releases/target';
import type { PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import type { Finding, Rule } from '../rule';

type Section = NonNullable<ClusterDocument['dex']>;

/** Which releases of Dex take a setting. */
interface Readers {
  readonly isRead: (target: Target) => boolean;
  /** The first that does, such as `2.39`. */
  readonly since: string;
}

/** A setting that only newer releases of Dex take. */
interface Setting extends Readers {
  readonly path: readonly PathStep[];
  readonly value: (dex: Section) => unknown;
  /** What happens instead. */
  readonly effect: string;
}

const SETTINGS: readonly Setting[] = [
  {
    path: ['oauth2', 'grantTypes'],
    ...ofKey('oauth2.grantTypes'),
    value: (dex) => dex.oauth2?.grantTypes,
    effect: 'clients may use every grant type',
  },
  {
    path: ['oauth2', 'responseTypes'],
    ...ofFlag('takesCombinedResponseTypes'),
    value: (dex) => dex.oauth2?.responseTypes?.some((type) => type.includes(' ')) || undefined,
    effect: 'Dex does not start: `unsupported response_type`, for types of several words',
  },
  {
    path: ['web', 'headers'],
    ...ofKey('web.headers'),
    value: (dex) => dex.web?.headers,
    effect: 'answers have none of the headers',
  },
  {
    path: ['web', 'allowedHeaders'],
    ...ofKey('web.allowedHeaders'),
    value: (dex) => dex.web?.allowedHeaders,
    effect: 'pages may send the header Authorization alone',
  },
  {
    path: ['web', 'clientRemoteIP'],
    ...ofKey('web.clientRemoteIP'),
    value: (dex) => dex.web?.clientRemoteIP,
    effect: "the log has the proxy's address for every browser",
  },
  {
    path: ['logger', 'level'],
    ...ofFlag('logsWithSlog'),
    value: (dex) => (dex.logger?.level === 'warn' ? 'warn' : undefined),
    effect:
      'Dex does not start: `invalid config: log level is not one of the supported values (debug, info, error): warn`',
  },
  {
    path: ['telemetry', 'enableProfiling'],
    ...ofKey('telemetry.enableProfiling'),
    value: (dex) => dex.telemetry?.enableProfiling,
    effect: 'there are no profiles',
  },
];

const PASSWORD_KEYS = ['name', 'preferredUsername', 'emailVerified', 'groups'] as const;

export const unreadSetting: Rule = {
  code: 'DEX312',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Setting that the release of Dex does not know',
  reason: 'Dex skips keys that it does not know, silently, and refuses some values that later releases take.',
  remedy: 'Take a newer dex.version, or remove the setting.',
  *check({ document, cluster }) {
    if (!cluster.dex || !document.dex) return;
    const { target } = cluster.dex;
    for (const { path, isRead, since, value, effect } of SETTINGS)
      if (value(document.dex) !== undefined && !isRead(target))
        yield unread(['dex', ...path], since, `${describeTarget(target)} does not know it: ${effect}`);
    for (const [index, user] of (document.dex.staticPasswords ?? []).entries())
      for (const key of PASSWORD_KEYS) {
        const { isRead, since } = ofKey(`staticPasswords[].${key}`);
        if (user[key] !== undefined && !isRead(target))
          yield unread(
            ['dex', 'staticPasswords', index, key],
            since,
            `${describeTarget(target)} does not know ${key} and ignores it`,
          );
      }
  },
};

function unread(path: readonly PathStep[], since: string, message: string): Finding {
  return {
    path,
    onKey: true,
    message,
    hint: `it is read from Dex ${since} on; set dex.version, or remove it`,
  };
}

function ofKey(key: RecentDexKey): Readers {
  return { isRead: (target) => readsDexKey(target, key), since: firstDexReading(key) };
}

function ofFlag(flag: StandaloneFlag): Readers {
  return { isRead: (target) => dexTraits(target)[flag], since: firstDexWith(flag) };
}
