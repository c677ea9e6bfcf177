import { referenceIn } from '../../connectors/variable-reference';
import { isSecretName } from '../../document/mask';
import { formatPath } from '../../document/source-node';
import { textsWithVariables } from '../../subjects/expanded-sections';
import type { Rule } from '../rule';

const INSTEAD: Readonly<Record<string, string>> = {
  id: 'use `idEnv` instead',
  secret: 'use `secretEnv` instead',
  hash: 'use `hashFromEnv` instead',
};

/** Keys that hold the name of a variable; how to write it is said where their form is checked. */
const NAMES_OF_VARIABLES = ['idEnv', 'secretEnv', 'hashFromEnv'];

export const literalVariable: Rule<'dex-config'> = {
  code: 'DEX209',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Variable where Dex puts none in',
  reason:
    'Dex expands environment variables below storage.config and connectors[].config, and from 2.45 on signer.config. Everywhere else a dollar sign is a dollar sign: an issuer or redirect URI with $NAME in it matches nothing, and a client whose secret is $NAME has those characters for a secret.',
  remedy: 'Write the value. For clients and passwords use idEnv, secretEnv and hashFromEnv.',
  *check(config) {
    // Argo CD puts in what it has for them, and escapes what is left.
    if (config.completedBy === 'argo-cd') return;
    for (const { path, text } of textsWithVariables(config, false)) {
      const key = String(path.at(-1));
      const reference = meantReference(key, text);
      if (reference === undefined) continue;
      const isOfClient = path[0] === 'staticClients' || path[0] === 'staticPasswords';
      yield {
        path,
        message: `Dex expands no environment variables in \`${formatPath(path)}\`: the ${isSecretName(key) ? 'text with its dollar sign is the value' : `text ${reference} stays as it is`}`,
        hint: (isOfClient ? INSTEAD[key] : undefined) ?? 'write the value',
      };
    }
  },
};

/** The reference to a variable that is meant by the text of a key, whether Dex puts the variable in there or not. */
export function meantReference(key: string, text: string): string | undefined {
  if (NAMES_OF_VARIABLES.includes(key)) return undefined;
  return referenceIn(text, isSecretName(key));
}
