import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { nodeAt } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import { EXAMPLE_RELEASES } from '../releases/pachyderm';
import { guessReleases } from '../releases/release';
import { resolveCluster } from '../model/resolve';
import { writtenSecrets } from '../model/secret-reader';
import { checkRules } from '../rules/check-rules';
import { checkSecretValues } from '../secrets/check-secret-values';
import { checkConnectorConfigs } from '../schema/check-connector-configs';
import { soundPart, type AssumedReleases } from '../schema/sound-part';

/** Two releases that have little in common. */
const ANY_RELEASE: AssumedReleases = { first: EXAMPLE_RELEASES[0] ?? '', second: '2.6.0' };

/**
 * What the rules, and the checks of connectors, find in a document with errors of form. They see it twice: without what
 * has errors, and with that as it was probably meant. What they find both times does not depend on the errors, and comes
 * out; findings that are there already do not come out again. Nothing comes out of a document without its base, which may
 * say anything. `isUnknownRelease` says that the error is a release that pachkit does not support.
 */
export function checkSoundPart(
  document: Document,
  found: readonly Diagnostic[],
  isUnknownRelease = false,
): Diagnostic[] {
  if (document.lacksBase === true) return [];
  const releases = releasesOf(document);
  const sound = soundPart(document, releases, isUnknownRelease);
  const findings = sound && findingsIn(sound.document);
  if (!findings) return [];
  const asMeant = findingsIn(sound.asMeant) ?? findingsIn(sound.asMeantByKind());
  // Messages name the release, which differs where it had to be guessed.
  const isGuessed = sound.leftOut.includes('/release');
  const others = asMeant && new Set(asMeant.map((finding) => idOf(finding, isGuessed)));
  const known = new Set(found.map((finding) => idOf(finding)));
  return findings
    .map((finding) => ({ finding, path: sound.originalPath(finding.path) }))
    .filter(({ finding, path }) => {
      if (known.has(idOf(finding)) || sound.leftOut.some((pointer) => isAtOrUnder(path, pointer)))
        return false;
      return others
        ? others.has(idOf(finding, isGuessed))
        : !sound.leftOut.some((pointer) => isAtOrUnder(pointer, path)) &&
            !sound.filledIn.some((pointer) => isAtOrUnder(path, pointer));
    })
    .map(({ finding, path }) => ({ ...finding, path, ...(isGuessed ? inWords(finding, releases) : {}) }));
}

/** What a finding says, with the line of a guessed release in the place of a patch that does not exist. */
function inWords(
  { message, hint }: Diagnostic,
  { first, line }: AssumedReleases & { readonly line?: string },
): Pick<Diagnostic, 'message' | 'hint'> {
  const say = (text: string): string => (line === undefined ? text : text.replaceAll(first, line));
  return { message: say(message), ...(hint === undefined ? {} : { hint: say(hint) }) };
}

function releasesOf({ root }: Document): AssumedReleases & { readonly line?: string } {
  const guess = guessReleases(nodeAt(root, ['release'])?.scalar);
  if (!guess) return ANY_RELEASE;
  const line = guess.newest.split('.', 2).join('.');
  return { first: guess.newest, second: guess.oldest, ...(guess.newest === guess.oldest ? {} : { line }) };
}

/** Undefined when it cannot be turned into a cluster, which a document of the wrong form may make fail in any way. */
function findingsIn(document: Document): Diagnostic[] | undefined {
  try {
    const { value: cluster } = resolveCluster(document, writtenSecrets);
    if (!cluster) return undefined;
    const context = { document: document.value as unknown as ClusterDocument, cluster, root: document.root };
    return [
      ...checkConnectorConfigs(document),
      ...checkRules(context),
      ...checkSecretValues(document, cluster),
    ];
  } catch {
    return undefined;
  }
}

function idOf({ code, message, location: { file, range } }: Diagnostic, isWithoutMessage = false): string {
  return JSON.stringify([code, isWithoutMessage ? '' : message, file, range]);
}

function isAtOrUnder(path: string, pointer: string): boolean {
  return path === pointer || path.startsWith(`${pointer}/`);
}
