import { SourceFile } from '../../src/document/source-file';
import { readYaml } from '../../src/document/read-yaml';
import { connectorTypeNames } from '../../src/connectors/connector-types';
import { checkConnectorRules } from '../../src/product-files/connector-rules';
import { connectorFacts } from '../../src/generated/connector-facts';
import { connectorTypes } from '../../src/connectors/connector-types';
import { check } from './support/check';

/** A setting for every key of a type, of a kind that Dex takes. */
function settings(type: (typeof connectorTypeNames)[number]): string {
  const texts: Record<string, unknown> = {
    string: 'https://acme.eu.auth0.com',
    base64: 'QUJD',
    secret: 's',
    boolean: true,
    integer: 1,
    list: ['a'],
    map: { a: 'b' },
    object: {},
  };
  const { keys } = connectorFacts[connectorTypes[type].schema];
  return JSON.stringify(
    Object.fromEntries(Object.entries(keys).map(([key, { value }]) => [key, texts[value.kind]])),
  );
}

/** A rule that looked at the cluster, which a connector by itself has not, would throw. */
test.each(connectorTypeNames)('every rule manages with a connector of type %s alone', (type) => {
  for (const config of [
    '{}',
    settings(type),
    '{"issuer": 5, "scopes": "a", "claimMapping": [1]}',
    undefined,
  ]) {
    const text = `{"type": "${type}", "id": "a", "name": "A"${config === undefined ? '' : `, "config": ${config}`}}`;
    const root = readYaml(new SourceFile('f', text, '/')).nodes[0];
    if (!root) throw new Error('no root');
    for (const target of ['pachyderm@2.11', 'dex@2.45'] as const)
      expect(() => [...checkConnectorRules(root, ['config'], target)]).not.toThrow();
  }
});

test('the issuer of Auth0 has its slash', () => {
  const text = `type: oidc
id: auth0
name: Auth0
config:
  issuer: https://acme.eu.auth0.com
  clientID: a
  clientSecret: b
  redirectURI: https://x.example.com/dex/callback
`;
  expect(check('connector', text, 'pachyderm@2.11')).toMatchObject([
    { code: 'DEX003', path: '/config/issuer', fix: { replacement: 'https://acme.eu.auth0.com/' } },
  ]);
});
