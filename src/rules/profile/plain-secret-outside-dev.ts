import { listed } from '../../diagnostics/listed';
import { WHOLE_REFERENCE } from '../../connectors/variable-reference';
import { meantAs } from '../../model/literal-reference';
import { formatPath, writtenPath, type PathStep } from '../../document/source-node';
import { connectorTargetOf } from '../../releases/connector-target';
import { isPachyderm } from '../../releases/target';
import { secretFields } from '../support/secret-fields';
import type { Rule } from '../rule';

export const plainSecretOutsideDev: Rule = {
  code: 'PRO002',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Secret in plain text outside profile dev',
  reason:
    'A document is read by everyone who works on the cluster, and kept for ever in the history of a repository. A secret in it is no longer secret. A path or the name of a variable is taken literally there, in profile dev too.',
  remedy:
    'Say where the secret is: { env: NAME }, { file: PATH }, { existing: { name, key } } or { generate: {} }. Then change the secret, because it has been in the document.',
  *check({ document, root, cluster }) {
    const isDev = cluster.profile === 'dev';
    const isSaidElsewhere = isPachyderm(connectorTargetOf(cluster));
    for (const { path, value, isOurs } of secretFields(document)) {
      if (typeof value !== 'string') continue;
      // DEX016 says of the name of a variable that the Dex inside Pachyderm expands none.
      const isVariableOfConnector = isInConnector(path) && WHOLE_REFERENCE.test(value);
      if (isVariableOfConnector && (isDev || isSaidElsewhere)) continue;
      const field = formatPath(writtenPath(root, path));
      const meant = meantAs(value);
      if (!isDev)
        yield {
          path,
          message: `${field} is in the document as plain text, for everyone who reads it or an older version of it`,
          hint:
            meant === undefined
              ? `say where the secret is: ${formsOf(isInConnector(path), isOurs)}; profile: dev permits plain text`
              : HINTS[meant],
        };
      else if (meant !== undefined)
        yield {
          path,
          severity: 'warning',
          message: `${field} is a string, which is the secret itself: it looks like ${meant === 'file' ? 'the path of a file' : 'the name of a variable'}, and what is in that is not read`,
          hint: HINTS[meant],
        };
    }
  },
};

/** What to write where a string was meant for something else. It may be a secret all the same, and is not said. */
const HINTS = {
  variable: 'write { env: NAME } with the name of the variable: nothing expands variables in a document',
  file: 'write { file: PATH }, with the path relative to the document',
} as const;

function isInConnector([section, list]: readonly PathStep[]): boolean {
  return section === 'identity' && list === 'connectors';
}

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
