import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { nodeAt, isAtOrUnder } from '../document/source-node';
import { attempt } from '../files/attempt';
import type { ClusterDocument } from '../generated/cluster-document';
import { NEWEST_EXAMPLE } from '../releases/pachyderm';
import { guessReleases } from '../releases/release';
import { resolveCluster } from '../model/resolve';
import { writtenSecrets } from '../model/secret-reader';
import { checkRules } from '../rules/check-rules';
import { checkRun } from '../rules/check-run';
import type { RunCluster } from '../rules/run-rule';
import { checkSecretValues } from '../secrets/check-secret-values';
import { checkConnectorConfigs } from '../schema/check-connector-configs';
import { soundPart, type AssumedReleases, type SoundPart } from '../schema/sound-part';

/** Two releases that have little in common. */
const ANY_RELEASE: AssumedReleases = { first: NEWEST_EXAMPLE, second: '2.6.0' };

/** What rules look at in a document that no one has checked the form of, and what they find in it. */
interface Reading {
  readonly document: Document;
  readonly cluster: RunCluster;
  readonly findings: readonly Diagnostic[];
}

/**
 * A document with errors of form as rules see it, in two readings: without what has errors, and with that as it was
 * probably meant. What is found in both does not depend on the errors.
 */
class SoundReading {
  private constructor(
    private readonly sound: SoundPart,
    private readonly releases: AssumedReleases & { readonly line?: string },
    private readonly without: Reading,
    private readonly asMeant: Reading | undefined,
    /** JSON pointers of what neither reading has. */
    private readonly inNeither: readonly string[],
  ) {}

  /**
   * Undefined where nothing can be read: of a document without its base, which may say anything, and of one that makes no
   * cluster. `isUnknownRelease` says that the error is a release that pachkit does not support.
   */
  static of(document: Document, isUnknownRelease: boolean): SoundReading | undefined {
    if (document.lacksBase === true) return undefined;
    const releases = releasesOf(document);
    const sound = soundPart(document, releases, isUnknownRelease);
    const without = sound && read(sound.document);
    if (!without) return undefined;
    const asMeant = read(sound.asMeant) ?? read(sound.asMeantFilledIn());
    return asMeant
      ? new SoundReading(sound, releases, without, asMeant, [])
      : new SoundReading(sound, releases, without, read(sound.asMeantByKind()), sound.ofAnotherKind);
  }

  /** The cluster of each reading; twice the first one where what was meant makes no cluster. */
  get clusters(): readonly [without: RunCluster, asMeant: RunCluster] {
    return [this.without.cluster, (this.asMeant ?? this.without).cluster];
  }

  /**
   * What is made of the document as it was probably meant, else of the part that is right. Undefined where neither can be used:
   * a reading may have a host or URL that is not valid.
   */
  made<Result>(make: (reading: RunCluster) => Result): Result | undefined {
    const [without, asMeant] = this.clusters;
    return attempt(() => make(asMeant)) ?? attempt(() => make(without));
  }

  /** What the rules about one document, and the checks of connectors, find in both readings and `found` does not have. */
  findings(found: readonly Diagnostic[]): Diagnostic[] {
    return this.#inBoth(this.without.findings, this.asMeant?.findings, found);
  }

  /** What a check of documents finds in both readings. */
  check(look: (document: Document) => readonly Diagnostic[]): Diagnostic[] {
    const without = look(this.without.document);
    try {
      return this.inBoth(without, this.asMeant ? look(this.asMeant.document) : []);
    } catch {
      return [];
    }
  }

  /** What was found about the clusters of both readings, with its places in the document as it is. */
  inBoth(without: readonly Diagnostic[], asMeant: readonly Diagnostic[]): Diagnostic[] {
    return this.#inBoth(without, this.asMeant && asMeant, []);
  }

  #inBoth(
    findings: readonly Diagnostic[],
    others: readonly Diagnostic[] | undefined,
    found: readonly Diagnostic[],
  ): Diagnostic[] {
    const { sound, releases } = this;
    // Messages name the release, which differs where it had to be guessed.
    const isGuessed = sound.leftOut.includes('/release');
    const second = others && new Map(others.map((finding) => [idOf(finding, isGuessed), finding]));
    const known = new Set(found.map((finding) => idOf(finding)));
    return findings
      .map((finding) => ({ finding, path: sound.originalPath(finding.path) }))
      .filter(({ finding, path }) => {
        if (known.has(idOf(finding)) || sound.leftOut.some((pointer) => isAtOrUnder(path, pointer)))
          return false;
        return second
          ? second.has(idOf(finding, isGuessed)) &&
              !this.inNeither.some((pointer) => isDirectlyIn(pointer, path))
          : !sound.leftOut.some((pointer) => isAtOrUnder(pointer, path)) &&
              !sound.filledIn.some((pointer) => isAtOrUnder(path, pointer));
      })
      .map(({ finding, path }) => ({
        ...finding,
        path,
        ...(isGuessed ? inWords(finding, releases) : hintOf(second?.get(idOf(finding)))),
      }));
  }
}

export type { SoundReading };

/** Both readings of a document; see `SoundReading.of()`. */
export function soundReading(document: Document, isUnknownRelease = false): SoundReading | undefined {
  return SoundReading.of(document, isUnknownRelease);
}

/** Whether something is an item or key of what is at `path`: a mapping that has lost it may look empty. */
function isDirectlyIn(pointer: string, path: string): boolean {
  return pointer.slice(0, pointer.lastIndexOf('/')) === path;
}

/** What a finding says, with the line of a guessed release in the place of a patch that does not exist. */
function inWords(
  { message, hint }: Diagnostic,
  { first, line }: AssumedReleases & { readonly line?: string },
): Pick<Diagnostic, 'message' | 'hint'> {
  const say = (text: string): string => (line === undefined ? text : text.replaceAll(first, line));
  return { message: say(message), ...(hint === undefined ? {} : { hint: say(hint) }) };
}

/** A hint quotes what the document says, which only the reading as it is meant has: the other has strings of its own there. */
function hintOf(asMeant: Diagnostic | undefined): Pick<Diagnostic, 'hint'> {
  return asMeant?.hint === undefined ? {} : { hint: asMeant.hint };
}

function releasesOf({ root }: Document): AssumedReleases & { readonly line?: string } {
  const guess = guessReleases(nodeAt(root, ['release'])?.scalar);
  if (!guess) return ANY_RELEASE;
  const line = guess.newest.split('.', 2).join('.');
  return { first: guess.newest, second: guess.oldest, ...(guess.newest === guess.oldest ? {} : { line }) };
}

/** Undefined when it cannot be turned into a cluster, which a document of the wrong form may make fail in any way. */
function read(document: Document): Reading | undefined {
  try {
    const { value: cluster } = resolveCluster(document, writtenSecrets);
    if (!cluster) return undefined;
    const { file, root } = document;
    const context = { document: document.value as unknown as ClusterDocument, cluster, root, file };
    const findings = [
      ...checkConnectorConfigs(document),
      ...checkRules(context),
      ...checkSecretValues(document, cluster),
    ];
    // The rules about several clusters have to cope with it too, beside whatever other.
    checkRun([context, { ...context }]);
    return { document, cluster: context, findings };
  } catch {
    return undefined;
  }
}

/** What tells a finding from others, or one kind of it at one place where messages differ by a guess. */
export function idOf(
  { code, message, location: { file, range } }: Diagnostic,
  isWithoutMessage = false,
): string {
  return JSON.stringify([code, isWithoutMessage ? '' : message, file, range]);
}
