import { listed } from '../../diagnostics/listed';
import { WHOLE_REFERENCE } from '../../connectors/variable-reference';
import { formatPath, writtenPath, type PathStep } from '../../document/source-node';
import { connectorTargetOf } from '../../releases/connector-target';
import { isPachyderm } from '../../releases/target';
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
  *check({ document, root, cluster }) {
    if (cluster.profile === 'dev') return;
    const isSaidElsewhere = isPachyderm(connectorTargetOf(cluster));
    for (const { path, value, isOurs } of secretFields(document))
      // DEX016 says of the name of a variable that the Dex inside Pachyderm expands none.
      if (
        typeof value === 'string' &&
        !(isSaidElsewhere && isInConnector(path) && WHOLE_REFERENCE.test(value))
      )
        yield {
          path,
          message: `${formatPath(writtenPath(root, path))} is in the document as plain text, for everyone who reads it or an older version of it`,
          hint:
            formMeant(value) ??
            `say where the secret is: ${formsOf(isInConnector(path), isOurs)}; profile: dev permits plain text`,
        };
  },
};

/** What was meant by the path of a file or by the variable of a shell, which are no secrets; undefined for what may be one. */
function formMeant(value: string): string | undefined {
  const variable = /^\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*))$/.exec(value);
  if (variable)
    return `write { env: ${variable[1] ?? variable[2]} }: nothing expands variables in a document`;
  return /^(\.{1,2}|~|)\/[\w./-]{1,200}\.(txt|key|pem|crt|json|token|secret|lic)$/i.test(value)
    ? `write { file: ${value} }, with the path relative to the document: a string is the secret itself`
    : undefined;
}

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
