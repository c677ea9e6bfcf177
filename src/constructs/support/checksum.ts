import { createHash, createHmac, scryptSync } from 'node:crypto';
import type { Cluster, StringMap } from '../../model/cluster';
import type { LiteralSecret, SecretReference } from '../../model/secret';
import { isWellKnownPassword } from '../../rules/profile/well-known-passwords';
import { withSortedKeys } from '../../document/sorted-keys';
import type { JsonValue } from '../../document/source-node';

/** Annotation of a pod template that changes with what the pod reads, so that Kubernetes starts new pods. */
export const CHECKSUM_ANNOTATION = 'pachkit.dev/configuration-checksum';

/** What a pod reads from Secrets and ConfigMaps at its start and does not follow later. */
export interface PodConfiguration {
  /** Data that is no secret, by the name of the ConfigMap or Secret that holds it. */
  readonly plain?: Readonly<Record<string, StringMap>>;
  /**
   * Secrets, by where the pod reads them: `object/key`. Those that exist in the cluster already are skipped. An id
   * that is shown to users is no secret, even where it is generated and kept in a Secret: it belongs to `plain`.
   */
  readonly secrets?: Readonly<Record<string, SecretReference | undefined>>;
  /** Secrets that the pod does not read; the strongest is the key when none of its own is stronger. */
  readonly guards?: readonly (SecretReference | undefined)[];
}

/** Secrets of a cluster that can be the key for pods with weak secrets of their own, those that rarely change first. */
export function checksumGuards({
  auth,
  console,
  database,
  enterprise,
}: Pick<Cluster, 'auth' | 'console' | 'database'> & Partial<Pick<Cluster, 'enterprise'>>): NonNullable<
  PodConfiguration['guards']
> {
  return [
    auth?.rootToken,
    auth?.clientSecret,
    console.clientSecret,
    enterprise?.secret,
    enterprise?.licenseKey,
    database.password,
  ];
}

/**
 * Characters that a secret has to have before it is a key: 22 letters and digits at random have 131 bits of entropy, so that
 * no one finds the key by trying.
 */
const SHORTEST_KEY = 22;

/**
 * The annotation for a pod that reads `configuration`: SHA-256 over its canonical JSON; nothing for a pod that reads
 * nothing known at synthesis.
 *
 * Annotations are read by many who may not read Secrets, so a plain hash over a password that a person chose would be
 * an invitation to try passwords until the hash fits. Secrets are therefore only mixed in under a key (HMAC) that is a
 * secret itself, of at least 22 characters: one that pachkit generated, or, where there is none, one from a variable, a file
 * or the document. How that one came about no one knows, so it is stretched (scrypt), and passwords that everyone knows are
 * never the key. Nor is a file that secrets are only a part of: its length says nothing about the secrets in it. Where no key is at hand secrets are left out: then a change of a secret alone needs
 * `kubectl rollout restart`, as does a change of a secret that exists in the cluster already.
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
  const key = Object.keys(texts).length === 0 ? undefined : keyAmong([...own, ...guards]);
  if (key !== undefined)
    return createHmac('sha256', key)
      .update(canonicalJson({ plain, secrets: texts }))
      .digest('hex');
  if (Object.keys(plain).length === 0) return undefined;
  return createHash('sha256').update(canonicalJson({ plain })).digest('hex');
}

function keyAmong(references: readonly (SecretReference | undefined)[]): string | Buffer | undefined {
  const keys = references.filter(isLongEnough);
  const generated = keys.find(({ isGenerated }) => isGenerated === true);
  if (generated) return generated.value.reveal();
  return keys[0] && stretched(keys[0].value.reveal());
}

function isLongEnough(reference: SecretReference | undefined): reference is LiteralSecret {
  if (reference?.kind !== 'literal' || reference.isComposed === true) return false;
  const text = reference.value.reveal();
  return text.length >= SHORTEST_KEY && !isWellKnownPassword(text);
}

/** Several pods have the same key, and stretching takes some milliseconds. */
const stretchedKeys = new Map<string, Buffer>();

function stretched(text: string): Buffer {
  const known = stretchedKeys.get(text);
  if (known) return known;
  const key = scryptSync(text, 'pachkit/v1 checksum', 32, { N: 2 ** 10 });
  stretchedKeys.set(text, key);
  return key;
}

function canonicalJson(value: { readonly [key: string]: JsonValue }): string {
  return JSON.stringify(withSortedKeys(value));
}
