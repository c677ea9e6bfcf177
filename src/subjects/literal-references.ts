import { ANY_REFERENCE, referenceIn } from '../connectors/variable-reference';
import { isSecretName } from '../document/mask';
import type { PathStep } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { DexConfigSubject } from './dex-config';
import { textsIn } from './document-connectors';
import { textsWithVariables } from './expanded-sections';
import type { LiteralReference } from './facts';
import type { CheckedCluster } from './subject';

/** Strings of a document that end up in Dex's file outside of connectors and storage. */
const PLACES: readonly {
  readonly path: readonly PathStep[];
  readonly value: (document: ClusterDocument) => unknown;
}[] = [
  { path: ['access', 'urls'], value: ({ access }) => access?.urls },
  {
    path: ['identity', 'clients'],
    value: ({ identity }) => identity?.clients?.map(({ secret: _, ...rest }) => rest),
  },
  { path: ['dex', 'web'], value: ({ dex }) => dex?.web },
  { path: ['dex', 'frontend'], value: ({ dex }) => dex?.frontend },
  {
    path: ['dex', 'staticPasswords'],
    value: ({ dex }) => dex?.staticPasswords?.map(({ hash: _, ...rest }) => rest),
  },
];

export function referencesInDocument({ document, cluster }: CheckedCluster): readonly LiteralReference[] {
  if (!cluster.dex) return [];
  return PLACES.flatMap(({ path: place, value }) =>
    textsIn(value(document), place, (text) => ANY_REFERENCE.test(text)).map(({ path, text }) => ({
      path,
      reference: ANY_REFERENCE.exec(text)?.[0],
    })),
  );
}

const INSTEAD: Readonly<Record<string, string>> = {
  id: 'use `idEnv` instead',
  secret: 'use `secretEnv` instead',
  hash: 'use `hashFromEnv` instead',
};

/** Keys that hold the name of a variable; how to write it is said where their form is checked. */
const NAMES_OF_VARIABLES = ['idEnv', 'secretEnv', 'hashFromEnv'];

export function* referencesInDexConfig(config: DexConfigSubject): Iterable<LiteralReference> {
  // Argo CD puts in what it has for them, and escapes what is left.
  if (config.completedBy === 'argo-cd') return;
  for (const { path, text } of textsWithVariables(config, false)) {
    const key = String(path.at(-1));
    const reference = meantReference(key, text);
    if (reference === undefined) continue;
    const isOfClient = path[0] === 'staticClients' || path[0] === 'staticPasswords';
    yield {
      path,
      reference: isSecretName(key) ? undefined : reference,
      instead: isOfClient ? INSTEAD[key] : undefined,
    };
  }
}

/** The reference to a variable that is meant by the text of a key, whether Dex puts the variable in there or not. */
export function meantReference(key: string, text: string): string | undefined {
  if (NAMES_OF_VARIABLES.includes(key)) return undefined;
  return referenceIn(text, isSecretName(key));
}
