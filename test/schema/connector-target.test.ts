import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import { checkConnectorConfigs } from '../../src/schema/check-connector-configs';
import { connectorTarget } from '../../src/schema/connector-target';

function documentOf(text: string) {
  const [root] = readYaml(new SourceFile('pachyderm.yaml', text, '/')).nodes;
  if (!root) throw new Error('the document cannot be read');
  return { file: 'pachyderm.yaml', directory: '/', defaultName: 'test', root, value: toValue(root) };
}

test.each([
  ['release: 2.11.6', 'pachyderm@2.11'],
  ['release: 2.12.0-rc.3\nidentity: { dex: embedded }\ndex: { version: 2.40.0 }', 'pachyderm@2.12'],
  ['release: 2.11.6\nidentity: { dex: standalone }', 'dex@2.45'],
  ['release: 2.11.6\nidentity: { dex: standalone }\ndex: { version: 2.36.0 }', 'dex@2.36'],
  ['release: nonsense\nidentity: { dex: standalone }', 'dex@2.45'],
  ['release: 2.11.6\nidentity: { dex: standalone }\ndex: { version: 2.99.0 }', undefined],
  ['release: 2.11.6\nidentity: { dex: standalone }\ndex: { version: 2.4 }', undefined],
  ['release: 1.13.0', undefined],
  ['identity: {}', undefined],
])('%j has its connectors read by %s', (text, target) =>
  expect(connectorTarget(documentOf(text))).toBe(target),
);

test('keys of connectors are those of that Dex', () => {
  const connectors =
    '{ connectors: [{ type: oidc, id: a, config: { issuer: "https://a", clientID: a, clientSecret: b, allowedGroups: [g] } }]';
  const codes = (dex: string) =>
    checkConnectorConfigs(documentOf(`release: 2.11.6\nidentity: ${connectors}${dex} }`)).map(
      ({ code }) => code,
    );
  expect(codes('')).toEqual(['DEX102']);
  expect(codes(', dex: standalone')).toEqual([]);
});
