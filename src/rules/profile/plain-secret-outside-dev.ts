import { listed } from '../../diagnostics/listed';
import { formatPath, writtenPath } from '../../document/source-node';
import { secretFields } from '../support/secret-fields';
import type { Rule } from '../rule';

export const plainSecretOutsideDev: Rule = {
  code: 'PRO002',
  severity: 'error',
  reads: ['cluster'],
  title: 'Secret in plain text outside profile dev',
  reason:
    'A document is read by everyone who works on the cluster, and kept for ever in the history of a repository. A secret in it is no longer secret.',
  remedy:
    'Say where the secret is: { env: NAME }, { file: PATH }, { existing: { name, key } } or { generate: {} }. Then change the secret, because it has been in the document.',
  *check({ document, root, cluster: { profile } }) {
    if (profile === 'dev') return;
    for (const { path, value, isOurs } of secretFields(document))
      if (typeof value === 'string')
        yield {
          path,
          message: `${formatPath(writtenPath(root, path))} is in the document as plain text, for everyone who reads it or an older version of it`,
          hint: `say where the secret is: ${formsOf(path[0] === 'identity' && path[1] === 'connectors', isOurs)}; profile: dev permits plain text`,
        };
  },
};

function formsOf(isOfConnector: boolean, isOurs: boolean): string {
  return listed(
    [
      '{ env: NAME }',
      '{ file: PATH }',
      ...(isOurs ? ['{ generate: {} }'] : []),
      ...(isOfConnector ? [] : ['{ existing: { name, key } }']),
    ],
    'or',
  );
}
