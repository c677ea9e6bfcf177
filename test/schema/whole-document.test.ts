import { checkSchema } from '../../src/schema/check-schema';
import { documentOf } from '../support/input-of';
import { findingsOf } from './findings-of';

describe('a whole document', () => {
  test('is missing the required keys that every document needs', () => {
    const codes = checkSchema(documentOf('name: a')).map(({ code, message, hint }) => [code, message, hint]);
    expect(codes).toEqual([
      [
        'SCH002',
        'The document is missing the required key "apiVersion"',
        'add the line: apiVersion: pachkit/v1',
      ],
      [
        'SCH002',
        'The document is missing the required key "release"',
        'add the release of Pachyderm that runs, such as: release: 2.11.6',
      ],
    ]);
  });

  test.each([
    ['[a]', 'a list'],
    ['text', 'a string'],
    ['5', 'a number'],
    ['~', 'empty'],
  ])('%s is no mapping', (text, kind) =>
    expect(checkSchema(documentOf(text)).map(({ message }) => message)).toEqual([
      `The document must be a mapping, not ${kind}`,
    ]),
  );

  test('every mistake is found in one run', () =>
    expect(
      findingsOf('nme: a\naccess: { via: x, prot: 1 }\netcd: { replicas: 0, size: -1 }\nauth0: {}\n').map(
        ([code, line, column]) => `${code} ${line}:${column}`,
      ),
    ).toEqual(['SCH001 3:1', 'SCH004 4:16', 'SCH001 4:19', 'SCH005 5:19', 'SCH005 5:28', 'SCH002 6:1']));

  test('keys that objects have by themselves are refused where any other key is allowed', () =>
    expect(
      findingsOf(
        'pachd: { placement: { labels: { constructor: a }, nodeSelector: { constructor: a } } }\n',
      ).map(([code, line, column, message]) => [code, line, column, message]),
    ).toEqual([
      ['SCH005', 3, 33, 'A key cannot be called "constructor": no manifest with it can be written'],
      ['SCH005', 3, 67, 'A key cannot be called "constructor": no manifest with it can be written'],
    ]));

  test('a missing key that a misspelt one was meant for is one mistake', () => {
    const client = (keys: string) =>
      findingsOf(`identity: { clients: [{ ${keys} }] }\n`).map(([code, , , message]) => [code, message]);
    expect(client('id: a, secret: x, redirect_uris: [http://localhost/x]')).toEqual([
      ['SCH001', 'identity.clients[0] has no key "redirect_uris"'],
    ]);
    expect(client('id: a, secrett: x, redirectURLs: [http://localhost/x]')).toEqual([
      ['SCH001', 'identity.clients[0] has no key "secrett"'],
      ['SCH001', 'identity.clients[0] has no key "redirectURLs"'],
    ]);
    // What is meant is there already: the other key is missing besides.
    expect(client('id: a, secret: x, secrett: y')).toEqual([
      ['SCH002', 'identity.clients[0] is missing the required key "redirectURIs"'],
      ['SCH001', 'identity.clients[0] has no key "secrett"'],
    ]);
  });

  test('keys of Kubernetes are those that Kubernetes has', () => {
    const affinity = (text: string) =>
      findingsOf(`pachd: { placement: { affinity: { ${text} } } }\n`).map(([code, , column, message]) => [
        code,
        column,
        message,
      ]);
    expect(affinity('nodeAfinity: {}')).toEqual([
      ['SCH001', 35, 'pachd.placement.affinity has no key "nodeAfinity"'],
    ]);
    const required = 'nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution';
    expect(affinity(`${required}: { nodeSelectorTerm: [] } }`).map(([code]) => code)).toEqual(['SCH001']);
    const condition = (text: string) =>
      affinity(`${required}: { nodeSelectorTerms: [{ matchExpressions: [{ ${text} }] }] } }`).map(
        ([code]) => code,
      );
    expect(condition('key: pool, operater: In, values: [pach]')).toEqual(['SCH001']);
    expect(condition('key: pool, operater: In, xyz: [pach]')).toEqual(['SCH001', 'SCH001']);
    expect(condition('key: pool, xyz: In, values: [pach]')).toEqual(['SCH002', 'SCH001']);
    expect(condition('key: pool, operator: In, values: pach')).toEqual(['SCH003']);
    expect(condition('key: pool, operator: Is, values: [pach]')).toEqual(['SCH004']);
    expect(condition('key: pool, operator: In, values: [pach]')).toEqual([]);
  });

  test.each([
    ['database: { identityName: "x\\nEOSQL\\ntouch x" }', 'database.identityName'],
    ['database: { name: "a -h evil" }', 'database.name'],
    [`database: { name: ${'a'.repeat(64)} }`, 'database.name'],
    ['network: { httpProxy: "http://b:1/\\u0001" }', 'network.httpProxy'],
    ['network: { httpProxy: "http://a:b c@proxy:3128" }', 'network.httpProxy'],
    ['network: { httpProxy: "http://a:b@c@proxy:3128" }', 'network.httpProxy'],
    ['network: { noProxy: "a,$(OAUTH_CLIENT_SECRET)" }', 'network.noProxy'],
    ['storage: { local: { hostPath: /var/pachyderm/../../etc/ } }', 'storage.local.hostPath'],
    ['pachd: { placement: { labels: { team: "a b" } } }', 'pachd.placement.labels.team'],
    ['pachd: { placement: { annotations: { "a b": c } } }', 'A key of pachd.placement.annotations'],
    ['pachd: { resources: { limits: { cpus: 1 } } }', 'A key of pachd.resources.limits'],
    ['access: { ingress: { className: a..b } }', 'access.ingress.className'],
  ])('%s is refused', (text, place) => {
    const [finding, ...others] = findingsOf(`${text}\n`);
    expect(others).toEqual([]);
    expect(finding?.[0]).toBe('SCH005');
    expect(finding?.[3]).toContain(`${place} must`);
  });

  test('thousands of mistakes are found', () =>
    expect(findingsOf(Array.from({ length: 5_000 }, (_, index) => `key${index}: 1\n`).join(''))).toHaveLength(
      5_000,
    ));

  test('without mistakes nothing is said', () =>
    expect(findingsOf('name: a\nstorage: { local: {} }\n')).toEqual([]));
});

test.each([
  ['global: {}', 'database, images, network and securityContexts'],
  ['oidc: {}', 'identity, access.urls and auth.requireVerifiedEmail'],
  ['deployTarget: LOCAL', 'storage.s3, storage.gcs, storage.azure, storage.minio and storage.local'],
  ['proxy: {}', 'access.via, access.host, access.tls and access.proxy'],
  ['postgresql: {}', 'database.internal and database.external'],
  ['cloudsqlAuthProxy: {}', 'database.external.cloudSqlProxy and database.external.iamLogin'],
  ['etcd: { storageSize: 5Gi }', 'etcd.size'],
  ['etcd: { dynamicNodes: 3 }', 'etcd.replicas'],
  ['console: { config: {} }', 'console.clientID, console.clientSecret, console.telemetry and access.urls'],
  ['pachd: { podLabels: { a: b } }', 'pachd.placement.labels'],
  ['pachd: { nodeSelector: { a: b } }', 'pachd.placement.nodeSelector'],
  ['pachd: { rootToken: abcdefgh }', 'auth.rootToken'],
  ['pachd: { activateAuth: true }', 'auth.enabled'],
  ['pachd: { pachAuthClusterRoleBindings: {} }', 'auth.roleBindings'],
])('SCH001: %s is what the official chart calls a field', (text, fields) => {
  const [[code, , , , hint] = []] = findingsOf(text);
  expect([code, hint]).toEqual(['SCH001', `that is a value of the official chart; here it is ${fields}`]);
});

describe('what to write instead', () => {
  const releaseFinding = (written: string): { hint?: string; replacement?: string } => {
    const [found] = checkSchema(documentOf(`apiVersion: pachkit/v1\nrelease: ${written}\n`));
    return {
      ...(found?.hint && { hint: found.hint }),
      ...(found?.fix && { replacement: found.fix.replacement }),
    };
  };

  test.each([
    ['2.11', 'name the patch, such as 2.11.6; pachctl version prints that of pachd'],
    ['"2.11"', 'name the patch, such as 2.11.6; pachctl version prints that of pachd'],
    ['2.8.x', 'name the patch, such as 2.8.0; pachctl version prints that of pachd'],
    ['2.9', 'name the patch, such as 2.9.0; pachctl version prints that of pachd'],
    ['latest', 'name the release that runs, such as 2.11.6; pachctl version prints it'],
  ])('release: %s', (written, hint) => expect(releaseFinding(written)).toEqual({ hint }));

  test.each([
    ['v2.11.6', '2.11.6'],
    ['2.11.06', '2.11.6'],
    ['"v2.12.0-rc.3"', '"2.12.0-rc.3"'],
  ])('release: %s, which is a tag', (written, replacement) =>
    expect(releaseFinding(written)).toEqual({
      hint: `write: ${replacement.replaceAll('"', '')}`,
      replacement,
    }),
  );

  test.each([
    ['dex: { version: v2.45.1 }', 'write: 2.45.1', '2.45.1'],
    ['dex: { version: "2.44" }', 'write: 2.44.0', undefined],
    ['dex: { version: 2.43 }', 'write: 2.43.1', undefined],
    ['dex: { version: latest }', 'write: 2.45.1', undefined],
    ['dex: { version: v2.99.1 }', 'write: 2.45.1', undefined],
    [
      'auth0: { domain: a.auth0.com, terraform: { providerVersion: "~> v1.55" } }',
      'write: ~> 1.55',
      '"~> 1.55"',
    ],
  ])('%s, which is no version', (text, hint, replacement) => {
    const found = checkSchema(documentOf(`apiVersion: pachkit/v1\nrelease: 2.11.6\n${text}\n`))[0];
    expect([found?.hint, found?.fix?.replacement]).toEqual([hint, replacement]);
  });

  test.each([
    ['auth: { sessionDuration: 30 days }', 'write: 30d'],
    ['auth: { sessionDuration: 1 day 12 hours }', 'write: 1d12h'],
    ['name: My_Cluster', 'write: my-cluster'],
    ['name: " prod "', 'write: prod'],
  ])('%s', (text, hint) => expect(findingsOf(text)[0]?.[4]).toBe(hint));

  test('a section that is empty, with its keys beside it', () =>
    expect(
      findingsOf('identity:\nconnectors: []\n').map(([code, line, , , hint]) => [code, line, hint]),
    ).toEqual([
      ['SCH003', 3, 'indent connectors below it by two spaces'],
      ['SCH001', 4, 'indent it by two spaces, so that it is in identity'],
    ]));
});
