import { validateFiles } from '../../src/pipeline/validate-files';
import type { Target } from '../../src/releases/target';
import { inputOf } from '../support/input-of';
import { newestTarget } from '../../src/releases/target';
import { SourceFile } from '../../src/document/source-file';
import { readYaml } from '../../src/document/read-yaml';
import {
  defaultTarget,
  productFileKinds,
  recognizeKind,
  recoverKind,
} from '../../src/product-files/registry';

function kindOf(text: string): string | undefined {
  return recognizeKind(readYaml(new SourceFile('f.yaml', text, '/')).nodes)?.name;
}

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n';

test.each<[string, string | undefined]>([
  ['type: oidc\nid: a\n', 'connector'],
  ['Type: oidc\nName: a\n', 'connector'],
  ['{"id": "a", "type": "oidc", "config": {}}', 'connector'],
  ['type: auth0\nid: a\nissuer: b\nclientID: c\n', 'connector'],
  ['type: odcc\nname: a\nx: b\ny: c\nz: d\n', 'connector'],
  ['type: event\nid: a\nname: b\nconfig: {}\n', 'connector'],
  ['{"type": "event", "id": "a", "at": 1, "by": "b"}', undefined],
  ['{"name": "a", "version": "1.0.0", "type": "module", "config": {}}', undefined],
  ['{"name": "a/b", "type": "project", "require": {}, "config": {}}', undefined],
  ['- { id: a, type: oidc }\n', 'upstream-idps'],
  ['oidc: { upstreamIDPs: [] }\n', 'helm-values'],
  ['deployTarget: LOCAL\nconfig: { issuer: a, connectors: [] }\n', 'helm-values'],
  ['config: { issuer: a, connectors: [] }\n', 'dex-config'],
  ['oidc: { upstreamIDP: [] }\n', 'upstream-idps'],
  ['upstream-idps: []\n', 'upstream-idps'],
  ['kind: Secret\napiVersion: v1\nstringData: { upstream-idps: "" }\n', 'upstream-idps'],
  ['issuer: a\nstorage: {}\n', 'dex-config'],
  ['connectors: []\nweb: {}\n', 'dex-config'],
  ['connectors: [{ type: ldap }]\n', 'dex-config'],
  ['connectors: [{ name: ldap }]\n', undefined],
  ['staticClients: [{ id: a }]\n', 'dex-config'],
  ['{ apiVersion: v1, kind: ConfigMap, data: { config.yaml: "issuer: a\\nstorage: {}" } }', 'dex-config'],
  [
    `{ apiVersion: v1, kind: Secret, data: { config.yaml: ${Buffer.from('issuer: a\nweb: {}').toString('base64')} } }`,
    'dex-config',
  ],
  ['{ apiVersion: v1, kind: Secret, stringData: { dex.json: "{ issuer: a, web: {} }" } }', 'dex-config'],
  ['{ apiVersion: v1, kind: ConfigMap, data: { dex.conf: "issuer: a\\nstorage: {}" } }', undefined],
  ['{ apiVersion: v1, kind: ConfigMap, data: { config.yaml: "storage: {}\\nimage: a" } }', undefined],
  [
    '{ apiVersion: v1, kind: ConfigMap, data: { a.yaml: "Storage: { Type: etcd }\\nweb: {}" } }',
    'dex-config',
  ],
  ['{ apiVersion: v1, kind: ConfigMap, data: { a.yaml: "staticClients: []\\nweb: {}" } }', 'dex-config'],
  ['{ apiVersion: v1, kind: ConfigMap, data: { a.yaml: "storage: { raft: {} }\\nlogger: {}" } }', undefined],
  ['{ apiVersion: v1, kind: ConfigMap, data: { a.yaml: "storage: a\\ntelemetry: {}" } }', undefined],
  ['{ apiVersion: v1, kind: Service, data: { config.yaml: "issuer: a\\nweb: {}" } }', undefined],
  [`${SERVICE}---\n{ apiVersion: v1, kind: Secret, stringData: { upstream-idps: "" } }\n`, 'upstream-idps'],
  [
    `---\n---\n${SERVICE}---\n{ apiVersion: v1, kind: Secret, data: { upstream-idps: "" } }\n`,
    'upstream-idps',
  ],
  [`name: prod\n---\n{ apiVersion: v1, kind: Secret, stringData: { upstream-idps: "" } }\n`, undefined],
  [`${SERVICE}---\napiVersion: pachkit/v1\n---\nissuer: a\nweb: {}\n`, undefined],
  [SERVICE, undefined],
  ['apiVersion: pachkit/v1\ntype: oidc\nid: a\n', undefined],
  ['release: 2.11.6\nstorage: {}\nconsole: {}\n', undefined],
  ['name: prod\nidentity: {}\n', undefined],
  ['oidc: { mockIDP: true }\n', 'helm-values'],
  ['deployTarget: LOCAL\n', 'helm-values'],
  ['pachd: { storage: { storageURL: s3://bucket } }\n', 'helm-values'],
  ['global: { postgresql: { postgresqlHost: db.example.com } }\n', 'helm-values'],
  ['console: { config: { oauthClientID: console } }\n', 'helm-values'],
  ['ingress: { enabled: true }\n', undefined],
  ['pachd: { replicas: 2 }\n', 'helm-values'],
  ['console: { enabled: false }\npachd: { image: { tag: 2.11.6 } }\n', 'helm-values'],
  ['pachd: { replicas: 2 }\netcd: { replicas: 3 }\n', undefined],
  ['pachd: { replicas: 2 }\nstorage: {}\n', undefined],
  ['pachd: { rootTokn: a, replicas: 2 }\n', 'helm-values'],
  ['pachd: { goMaxPocs: 2, probes: {} }\n', undefined],
  ['[]\n', undefined],
  ['hello\n', undefined],
])('%j is %s', (text, kind) => expect(kindOf(text)).toBe(kind));

test('a string that is not well-formed', () => {
  const recover = (text: string): string | undefined =>
    recoverKind(new SourceFile('f', text, '/'))?.kind.name;
  expect(recover('type: oidc\nid: a\n    issuer: b\n')).toBe('connector');
  expect(recover('"type": "oidc",\n"id": "a",\n')).toBe('connector');
  expect(recover('type: oidc\nid: a\nconfig:\n issuer: b\n  x: y\n')).toBeUndefined();
  expect(recover('type: Deployment\nid: a\n  b: c\n')).toBeUndefined();
  expect(recover('apiVersion: pachkit/v1\ntype: oidc\nid: a\n  b: c\n')).toBeUndefined();
  expect(recover(`type: oidc\nid: a\n${'x: y\n'.repeat(300)}`)).toBeUndefined();
});

test('the newest version of its product reads a file', () =>
  expect(productFileKinds.map((kind) => [kind.name, defaultTarget(kind)])).toEqual([
    ['connector', newestTarget('pachyderm')],
    ['dex-config', newestTarget('dex')],
    ['helm-values', newestTarget('pachyderm')],
    ['upstream-idps', newestTarget('pachyderm')],
  ]));

describe('a file of several objects', () => {
  const bindings = (subject: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: pachyderm-auth }\nstringData:\n  cluster-role-bindings: |\n    ${subject}: [clusterAdmin]\n`;
  const dex = (section: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dex }\ndata:\n  config.yaml: |\n    issuer: https://dex.acme.com\n    storage: { type: kubernetes, config: { inCluster: true } }\n    web: { http: 0.0.0.0:5556 }\n    enablePasswordDB: true\n    ${section}: {}\n`;
  const found = (text: string, target?: Target): readonly string[] => {
    const { diagnostics, productFiles } = validateFiles(['all.yaml'], inputOf({ 'all.yaml': text }), {
      ...(target === undefined ? {} : { target }),
    });
    return [
      ...productFiles.map(({ kind }) => kind.name),
      ...diagnostics.map(({ code, location }) => `${code} ${location.range?.line}`),
    ];
  };

  test('is checked for everything in it', () => {
    expect(found(`${bindings('robots:ci')}---\n${dex('logging')}`)).toEqual([
      'dex-config',
      'upstream-idps',
      'AUT002 6',
      'DEX201 17',
    ]);
  });

  test('and for what the product of a target reads in it', () => {
    const text = `${bindings('robots:ci')}---\n${dex('logging')}`;
    expect(found(text, 'dex@2.45')).toEqual(['dex-config', 'DEX201 17']);
    expect(found(text, 'pachyderm@2.11')).toEqual(['upstream-idps', 'AUT002 6']);
  });

  test('may be a list, as kubectl prints it', () => {
    const items = [bindings('robots:ci'), dex('logging')].map(
      (text) => `- ${text.trimEnd().replace(/\n/g, '\n  ')}\n`,
    );
    expect(found(`apiVersion: v1\nkind: List\nitems:\n${items.join('')}`)).toEqual([
      'dex-config',
      'upstream-idps',
      'AUT002 9',
      'DEX201 19',
    ]);
  });

  test('a comment without a finding in any of them is told once', () => {
    const suppressed = `${bindings('user:ada@acme.com')}---\n${dex('frontend')}`.replace(
      '    web:',
      '    # pachkit-ignore AUT006: there is none\n    web:',
    );
    expect(found(suppressed)).toEqual(['dex-config', 'upstream-idps', 'SUP002 15']);
  });
});
