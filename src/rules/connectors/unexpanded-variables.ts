import { refersToVariable } from '../../connectors/variable-reference';
import { formatPath } from '../../document/source-node';
import { documentConnectors } from '../../subjects/document-connectors';
import type { Rule } from '../rule';

export const unexpandedVariables: Rule = {
  code: 'DEX016',
  severity: 'error',
  reads: ['cluster'],
  title: 'Reference to a variable that Pachyderm does not expand',
  reason:
    'A standalone Dex replaces $NAME and ${NAME} in the configuration of connectors by environment variables. The Dex inside Pachyderm does not: it sends the very text $NAME, or a string with it inside, to the identity provider, which refuses it.',
  remedy:
    'Write { env: NAME } for a secret, which pachkit reads when it runs; write other values as they are.',
  *check({ document, cluster }) {
    // DEX307 says what becomes of them in a standalone Dex.
    if (cluster.dex) return;
    for (const connector of documentConnectors(document)) {
      for (const { text, path } of connector.textsWhere((each) => each.includes('$'))) {
        const isSecret = connector.facts.secretKeys.some(
          (key) => formatPath(connector.at(...key.split('.'))) === formatPath(path),
        );
        if (!refersToVariable(text, isSecret)) continue;
        yield {
          path,
          message: `The Dex inside Pachyderm expands no environment variables, and takes ${formatPath(path.slice(4))} as it stands, with its $`,
          hint: isSecret ? 'write { env: NAME }, which pachkit reads when it runs' : 'write the value itself',
        };
      }
    }
  },
};
