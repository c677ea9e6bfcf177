import { dexKeyRanges } from '../generated/dex-key-ranges';
import { isInTargets, type Target, type TargetRange } from './target';

/** How the google connector decides whether it asks the Directory API; `scopes` takes the machine's own credentials where no file is named. */
export type GoogleDirectoryRule = 'both' | 'scopes' | 'administrators';

/** A key of Dex's configuration that not every release reads, as a path; `[]` stands for positions in lists. */
export type RecentDexKey = keyof typeof dexKeyRanges;

/** What only some Dexes do. Those inside Pachyderm are meant where the row has a range for them. */
const FLAGS = {
  /** Takes a private key of root that the group may read, which is what a pod can have of a Secret. */
  takesGroupReadableKeys: { dex: { since: 32 } },
  /** Has an image without a distribution. */
  hasDistrolessImage: { dex: { since: 32 } },
  /** Takes `dn` in any case for the name of an LDAP entry. */
  ignoresCaseOfDN: { dex: { since: 37 } },
  /**
   * Escapes the name that someone logs in with twice in the filter of LDAP, and so finds no one whose name has to be escaped.
   * Added in 2.39.0 (dexidp/dex#3372), seen in 2.41; newer ones were not tried.
   */
  escapesLoginsTwice: { dex: { since: 39, until: 41 } },
  /** Starts with response types of several words, such as `code id_token`. */
  takesCombinedResponseTypes: { dex: { since: 38 } },
  /** Reads the log level with Go's slog: any case, `warn`, steps such as `INFO+2`; no null, and no number. */
  logsWithSlog: { dex: { since: 40 } },
  /** Replaces references to variables in each string of a decoded `config`; before, in the text of the file's JSON. */
  expandsDecodedStrings: { dex: { since: 42 } },
  /** Takes the text of a certificate where other versions want the path of its file. */
  takesCertificateText: { dex: { since: 42 } },
  /** Takes a claim with the name of one group for a list of one. */
  takesOneGroup: { dex: { since: 34 }, pachyderm: { since: 7 } },
  /** Takes groups that are objects with a name. */
  takesGroupObjects: { dex: { since: 42 } },
  /** Sends the domain of the connector keystone by its name, unless it is a UUID or `default`. */
  takesDomainNames: { dex: { since: 40 } },
  /** Finds a connector whose id has slashes. */
  findsIdsWithSlashes: { pachyderm: { since: 12 } },
} as const satisfies Readonly<Record<string, TargetRange>>;

/** The google connector's rules, newest first; the first whose range the target is in holds. */
const GOOGLE_DIRECTORY: readonly (TargetRange & { readonly rule: GoogleDirectoryRule })[] = [
  { rule: 'administrators', dex: { since: 37 } },
  { rule: 'scopes', dex: { since: 34 }, pachyderm: { since: 7 } },
];

export type DexFlag = keyof typeof FLAGS;

/** What differs between Dexes, beside the keys that they read. Code asks for a trait and never compares versions. */
export type DexTraits = Readonly<Record<DexFlag, boolean>> & {
  readonly googleDirectory: GoogleDirectoryRule;
};

/** The traits of a standalone Dex, or of the one inside Pachyderm. */
export function dexTraits(target: Target): DexTraits {
  const known = traitsByTarget.get(target) ?? traitsOf(target);
  traitsByTarget.set(target, known);
  return known;
}

/** Rules ask for each connector. */
const traitsByTarget = new Map<Target, DexTraits>();

function traitsOf(target: Target): DexTraits {
  const flags = Object.entries(FLAGS).map(([name, range]) => [name, isInTargets(target, range)]);
  return {
    ...(Object.fromEntries(flags) as Readonly<Record<DexFlag, boolean>>),
    googleDirectory: GOOGLE_DIRECTORY.find((row) => isInTargets(target, row))?.rule ?? 'both',
  };
}

/** Whether a standalone Dex reads the key of its configuration. */
export function readsDexKey(target: Target, key: RecentDexKey): boolean {
  return isInTargets(target, { dex: dexKeyRanges[key] });
}

/** The first Dex, such as `2.39`, that reads the key. */
export function firstDexReading(key: RecentDexKey): string {
  return `2.${dexKeyRanges[key].since}`;
}

/** A flag of standalone Dexes. */
export type StandaloneFlag = {
  [Flag in DexFlag]: (typeof FLAGS)[Flag] extends { readonly dex: unknown } ? Flag : never;
}[DexFlag];

/** The first standalone Dex, such as `2.32`, that does what the flag says. */
export function firstDexWith(flag: StandaloneFlag): string {
  return `2.${FLAGS[flag].dex.since}`;
}

/** A flag of the Dexes inside Pachyderm. */
export type InsideFlag = {
  [Flag in DexFlag]: (typeof FLAGS)[Flag] extends { readonly pachyderm: unknown } ? Flag : never;
}[DexFlag];
