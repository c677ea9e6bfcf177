import { refersToVariable } from '../../connectors/variable-reference';
import { isSecretName } from '../../document/mask';
import { formatPath, type PathStep } from '../../document/source-node';
import { isPachyderm } from '../../releases/target';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

/** A cluster document has `{ env: NAME }` for secrets alone. */
const SECRET_HINT = {
  cluster: 'write { env: NAME }, which pachkit reads when it runs',
  connector: 'write the value, or let pachkit do it in a cluster document: { env: NAME }',
};

export const unexpandedVariables: ConnectorRule = {
  code: 'DEX016',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Reference to a variable that Pachyderm does not expand',
  reason:
    'A standalone Dex replaces $NAME and ${NAME} in the configuration of connectors by environment variables. The Dex inside Pachyderm does not, nor does pachd: it sends the literal text $NAME, or a string with it inside, to the identity provider, which refuses it.',
  remedy:
    'In a cluster document write { env: NAME } for a secret, which pachkit reads when it runs; write other values as they are.',
  *check({ document, target, kind }) {
    // DEX307 and DEX208 say what becomes of them in a standalone Dex.
    if (!isPachyderm(target)) return;
    for (const connector of documentConnectors(document)) {
      for (const { text, path } of connector.textsWhere((each) => each.includes('$'))) {
        const keys = path.slice(connector.at().length);
        // What is wrong with the name of a variable or of a Secret is said with the form of the value.
        if (isSecretKey(connector, path.slice(0, -1)) || isSecretKey(connector, path.slice(0, -2))) continue;
        const isSecret = isSecretKey(connector, path);
        if (!refersToVariable(text, isSecret || keys.some((key) => isSecretName(String(key))))) continue;
        yield {
          path,
          message: `The Dex inside Pachyderm expands no environment variables, and takes ${formatPath(keys)} literally, with its $`,
          hint: isSecret ? SECRET_HINT[kind] : 'write the value itself',
        };
      }
    }
  },
};

/** Whether a cluster document takes `{ env: NAME }` at the path. */
function isSecretKey(connector: DocumentConnector, path: readonly PathStep[]): boolean {
  return connector.facts.secretKeys.some(
    (key) => formatPath(connector.at(...key.split('.'))) === formatPath(path),
  );
}
