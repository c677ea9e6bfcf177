import { nodeAt, toValue, type JsonValue } from '../../../src/document/source-node';
import { checkDocument } from '../../../src/pipeline/check-document';
import { documentOf } from '../../support/input-of';

/** The settings of Dex that a connector in the words of a provider becomes: `provider: okta, domain: acme.okta.com, …`. */
export function derivedConfig(words: string): Readonly<Record<string, JsonValue>> {
  const { document, diagnostics } = checkDocument(
    documentOf({
      'pachyderm.yaml': `apiVersion: pachkit/v1
release: 2.12.4
profile: dev
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
identity: { connectors: [{ ${words} }] }
`,
    }),
  );
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const node = nodeAt(document.root, ['identity', 'connectors', 0, 'config']);
  return node ? (toValue(node) as Record<string, JsonValue>) : {};
}
