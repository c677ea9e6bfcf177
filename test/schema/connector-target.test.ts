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

describe('without a release that has one, of a connector', () => {
  const written = 'release: 2.11\nidentity:\n  connectors:\n    - type: oidc\n      id: a\n      config:\n';
  const shown = (line: string): string | undefined => {
    const document = documentOf(`${written}        ${line}`);
    expect(checkConnectorConfigs(document)).toEqual([]);
    return document.root.source.shownLine(7)?.trim();
  };
  test.each([
    ['a key that Dex has is shown', 'issuer: acme', 'issuer: acme'],
    ['a secret is hidden', 'clientSecret: hunter2', 'clientSecret: *******'],
    ['what may be one under a misspelt name is hidden', 'clientSecrt: hunter2', 'clientSecrt: *******'],
    ['a key that no Dex has is hidden', 'foo: hunter2', 'foo: *******'],
  ])('%s', (_shows, line, masked) => expect(shown(line)).toBe(masked));
});
