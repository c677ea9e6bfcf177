import type { Diagnostic } from '../diagnostics/diagnostic';
import type { PathStep } from '../document/source-node';
import { Secret, type ExistingSecret, type LiteralSecret } from '../model/secret';
import { failed, ok, type Sighting } from './hop';

/**
 * Reads a Secret of the cluster: its values by key, undefined where there is no such Secret, or why it cannot be told.
 */
export type SecretsOfCluster = (
  namespace: string,
  name: string,
) => Promise<ReadonlyMap<string, string> | undefined | Diagnostic>;

/** A value in a Secret that a document refers to. */
export interface ReferredValue {
  readonly path: readonly PathStep[];
  readonly reference: ExistingSecret;
}

/** What was read in the cluster. */
export interface ClusterSecrets {
  /** The secret that a reference stands for; undefined where it was not read. */
  readonly find: (reference: ExistingSecret) => LiteralSecret | undefined;
  readonly sighting: Sighting;
  /** Why the cluster could not be asked. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the Secrets that a document refers to, each once. */
export async function readClusterSecrets(
  references: readonly ReferredValue[],
  namespace: string,
  read: SecretsOfCluster,
): Promise<ClusterSecrets> {
  const secrets = new Map<string, ReadonlyMap<string, string> | undefined>();
  for (const name of new Set(references.map(({ reference }) => reference.name))) {
    const secret = await read(namespace, name);
    if (secret !== undefined && 'severity' in secret)
      return {
        find: () => undefined,
        sighting: { status: 'skipped', seen: 'the cluster cannot be asked, see below' },
        diagnostics: [secret],
      };
    secrets.set(name, secret);
  }
  const find = ({ name, key }: ExistingSecret): LiteralSecret | undefined => {
    const text = secrets.get(name)?.get(key);
    return text === undefined ? undefined : { kind: 'literal', value: new Secret(text) };
  };
  return { find, sighting: sightingOf(references, secrets, namespace), diagnostics: [] };
}

function sightingOf(
  references: readonly ReferredValue[],
  secrets: ReadonlyMap<string, ReadonlyMap<string, string> | undefined>,
  namespace: string,
): Sighting {
  const missing = references.find(({ reference: { name, key } }) => secrets.get(name)?.has(key) !== true);
  if (missing === undefined) return ok(`${references.length} read in the namespace ${namespace}`);
  const { name, key } = missing.reference;
  const what = secrets.get(name) === undefined ? `no Secret ${name}` : `no key ${key} in the Secret ${name}`;
  return failed(`there is ${what}`, {
    code: 'HOP039',
    effect: `The namespace ${namespace} has ${what}, which the document refers to: pods that need it do not start (\`CreateContainerConfigError\`)`,
    hint: `make it: kubectl -n ${namespace} create secret generic ${name} --from-literal=${key}=…`,
    path: missing.path,
  });
}
