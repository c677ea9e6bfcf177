import { formatPath } from '../../document/source-node';
import type { Rule } from '../rule';

export const variableOutsideConnectors: Rule<'cluster' | 'dex-config'> = {
  code: 'DEX308',
  severity: 'error',
  reads: ['cluster', 'dex-config'],
  documentsAlone: 'standalone',
  title: 'Variable where Dex fills none in',
  reason:
    'Dex expands $NAME below storage.config and connectors[].config, and from 2.45 on signer.config. Everywhere else a dollar sign is a dollar sign: an issuer or redirect URI with $NAME in it matches nothing, and a client whose secret is $NAME has those characters for a secret.',
  remedy:
    'Write the value itself. Secrets of clients and hashes of users are brought in by pachkit in a cluster document; in a file of Dex use idEnv, secretEnv and hashFromEnv.',
  *check({ literalReferences }) {
    for (const { path, reference, instead = 'write the value itself' } of literalReferences)
      yield {
        path,
        message: `Dex expands no environment variables in \`${formatPath(path)}\`: the ${reference === undefined ? 'text with its dollar sign is the value' : `text ${reference} stays as it is`}`,
        hint: instead,
      };
  },
};
