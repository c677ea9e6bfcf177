import { createHash, createHmac } from 'node:crypto';
import type { StringMap } from '../../model/cluster';
import type { LiteralSecret, SecretReference } from '../../model/secret';

/** Annotation of a pod template that changes with what the pod reads, so that Kubernetes starts new pods. */
export const CHECKSUM_ANNOTATION = 'pachkit.dev/configuration-checksum';

/** What a pod reads from Secrets and ConfigMaps at its start and does not follow later. */
export interface PodConfiguration {
  /** Data that is no secret, by the name of the ConfigMap or Secret that holds it. */
  readonly plain?: Readonly<Record<string, StringMap>>;
  /**
   * Secrets, by where the pod reads them: `object/key`. Those that exist in the cluster already are passed over. An id
   * that is shown to users is no secret, even where it is generated and kept in a Secret: it belongs to `plain`.
   */
  readonly secrets?: Readonly<Record<string, SecretReference | undefined>>;
  /** Secrets that the pod does not read; the first generated one is the key when none of its own is generated. */
  readonly guards?: readonly (SecretReference | undefined)[];
}

/**
 * Letters and digits that a generated secret has to have before it is a key: 22 of them have 131 bits of entropy, so
 * that no one finds the key by trying.
 */
const SHORTEST_KEY = 22;

/**
 * The annotation for a pod that reads `configuration`: SHA-256 over its canonical JSON; nothing for a pod that reads
 * nothing known at synthesis.
 *
 * Annotations are read by many who may not read Secrets, so a plain hash over a password that a person chose would be
 * an invitation to try passwords until the hash fits. Secrets are therefore only mixed in under a key (HMAC) that is a
 * secret itself: one that pachkit generated, with at least 128 bits of entropy. Without that key nothing can be tried.
 * A secret from a variable or a file is never the key, since nobody knows how it came about, and a text derived from a
 * document's seed is not either. Where no key is at hand secrets are left out: then a change of a secret alone needs
 * `kubectl rollout restart`.
 */
export function checksumAnnotation(configuration: PodConfiguration): StringMap {
  const checksum = configurationChecksum(configuration);
  return checksum === undefined ? {} : { [CHECKSUM_ANNOTATION]: checksum };
}

function configurationChecksum({
  plain = {},
  secrets = {},
  guards = [],
}: PodConfiguration): string | undefined {
  const texts: Record<string, string> = {};
  for (const [place, reference] of Object.entries(secrets))
    if (reference?.kind === 'literal') texts[place] = reference.value.reveal();

  const own = Object.keys(secrets)
    .sort()
    .map((place) => secrets[place]);
  const key = Object.keys(texts).length === 0 ? undefined : [...own, ...guards].find(isKey);
  if (key !== undefined)
    return createHmac('sha256', key.value.reveal())
      .update(canonicalJson({ plain, secrets: texts }))
      .digest('hex');
  if (Object.keys(plain).length === 0) return undefined;
  return createHash('sha256').update(canonicalJson({ plain })).digest('hex');
}

function isKey(reference: SecretReference | undefined): reference is LiteralSecret {
  return (
    reference?.kind === 'literal' &&
    reference.isGenerated === true &&
    reference.value.reveal().length >= SHORTEST_KEY
  );
}

/** JSON with the keys of every object in order, so that equal data has one text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
