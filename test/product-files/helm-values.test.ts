import { STABLE_EXAMPLE } from '../../src/releases/pachyderm';
import { newestTarget } from '../../src/releases/target';
import { SourceFile } from '../../src/document/source-file';
import { readYaml } from '../../src/document/read-yaml';
import { helmValues, targetOfValues } from '../../src/product-files/helm-values';
import { nothingToCheck } from '../../src/product-files/other-files';
import { recoverKind } from '../../src/product-files/registry';
import { check, only, rows, type Row } from './support/check';
import { found, refusals } from './support/values';

/** The line that values are taken to be for which tell none. */
const STABLE = `pachyderm@${STABLE_EXAMPLE.replace(/\.\d+$/, '')}`;

const tree = (text: string) => {
  const { nodes } = readYaml(new SourceFile('values.yaml', text, '/work'));
  const [root] = nodes;
  if (!root) throw new Error('nothing was read');
  return root;
};

describe('names', () => {
  test.each<[string, string, Row[]]>([
    ['that no chart has', 'pachd: { gizmo: true }', [['FIL020', 2, 10]]],
    ['of labels are anyone’s own', 'pachd: { annotations: { rootTokn: x } }', []],
    ['one level too high', 'pachd: { storageURL: s3://a }', [['FIL020', 2, 10]]],
    ['one level too low', 'pachd: { storage: { amazon: { storageURL: s3://a } } }', [['FIL020', 2, 31]]],
    ['with a dot in them', 'global: { postgresql.postgresqlPassword: a }', [['FIL020', 2, 11]]],
    ['near others', 'etcd: { storageClassName: a }', [['FIL020', 2, 9]]],
    ['of a bundled chart', 'postgresql: { metrics: { enabled: true } }', []],
    ['that only hold anchors', 'defaults: &d { cpu: 1 }\npachd: { resources: { limits: *d } }', []],
    ['of extensions', 'x-common: { cpu: 1 }', []],
  ])('%s', (_, line, expected) => expect(found(line)).toEqual(expected));

  test('at the wrong level are told where the chart reads them', () =>
    expect(
      only('helm-values', 'deployTarget: LOCAL\npachd: { storageURL: s3://a }\n', 'pachyderm@2.11').hint,
    ).toContain('`pachd.storage.storageURL`'));
});

describe('what is meant by a name that no chart has', () => {
  test.each([
    ['etcd: { size: 10Gi }', '`storageSize`'],
    ['pachd: { licenseKey: a }', '`enterpriseLicenseKey`'],
    ['pachd: { serviceAccount: { annotations: {} } }', '`additionalAnnotations`'],
    ['pachd: { labels: {} }', '`podLabels`'],
    ['console: { config: { oauthClientSecretName: a } }', '`oauthClientSecretSecretName`'],
    ['pachd: { enterpriseSecretName: a }', '`enterpriseSecretSecretName`'],
    ['pachd: { rootTokenSecret: a }', '`rootTokenSecretName`'],
    ['pachd: { oidc: { mockIDP: false } }', 'the chart reads `oidc`'],
    ['console: { ingress: { host: a.example.com } }', 'the chart reads `ingress`'],
    ['postgresql: { postgresqlHost: db }', '`global.postgresql.postgresqlHost`'],
    ['postgresql: { host: db }', 'global.postgresql.postgresqlHost'],
    ['postgresql: { auth: { password: a } }', 'global.postgresql.postgresqlPassword'],
    ['pachd: { storage: { google: { serviceAccount: a } } }', 'pachd.serviceAccount.additionalAnnotations'],
    ['pachd: { storage: { size: 10Gi } }', 'etcd.storageSize and postgresql.persistence'],
    // What no number becomes of without its quotes.
    ['pachd: { replicas: "2" }', 'write it without quotes'],
    ['pachd: { replicas: two }', 'write a whole number'],
    ['pachd: { metrics: { enabled: "no" } }', 'write it without quotes'],
    ['pachd: { metrics: { enabled: never } }', 'write true or false'],
    ['proxy: { host: " a.example.com" }', 'write only the host: a.example.com'],
  ])('%s', (line, hint) =>
    expect(only('helm-values', `deployTarget: LOCAL\n${line}\n`, 'pachyderm@2.11').hint).toContain(hint),
  );

  test('no section is, by a mapping that has nothing of it', () =>
    expect(
      only('helm-values', 'deployTarget: LOCAL\npachd: { proxy: { size: 1 } }\n', 'pachyderm@2.11').hint,
    ).toMatch(/^remove it/));

  test.each<[string, string, Row[]]>([
    [
      'a host of the database',
      'postgresql: { enabled: false }\nglobal: { postgresqlHost: db, postgresql: { postgresqlPassword: a } }',
      [
        ['FIL025', 1, 1],
        ['FIL020', 3, 11],
      ],
    ],
    ['a storage URL', 'pachd: { storage: { amazon: { storageURL: s3://a } } }', [['FIL020', 2, 31]]],
  ])('%s that is missing elsewhere is one finding', (_, lines, expected) =>
    expect(
      rows(check('helm-values', `deployTarget: AMAZON\n${lines}\n`, 'pachyderm@2.11')).filter(([code]) =>
        code.startsWith('FIL'),
      ),
    ).toEqual(expected),
  );
});

describe('values of the bundled PostgreSQL that `global` goes before', () => {
  test.each<[string, string, Row[]]>([
    ['postgresql: { postgresqlPassword: a }', 'pachyderm@2.11', [['FIL023', 2, 15]]],
    ['postgresql: { postgresqlUsername: a }', 'pachyderm@2.11', [['FIL023', 2, 15]]],
    [
      'postgresql: { postgresqlPassword: a }\nglobal: { postgresql: { postgresqlPassword: a } }',
      'pachyderm@2.11',
      [],
    ],
  ])('%s for %s', (line, target, expected) => expect(found(line, target)).toEqual(expected));

  test('a password of them is that of 2.2', () =>
    expect(
      rows(
        check(
          'helm-values',
          'deployTarget: LOCAL\npostgresql: { postgresqlPassword: a, postgresqlPostgresPassword: b }\n',
          'pachyderm@2.2',
        ),
      ),
    ).toEqual([]));
});

describe('the last of several values counts', () => {
  test.each<[string, string, Row[]]>([
    [
      'behind what is merged',
      'd: &d { replicas: 1 }\npachd: { <<: *d, replicas: many }',
      [['FIL024', 3, 28]],
    ],
    ['before what is merged', 'd: &d { replicas: 1 }\npachd: { replicas: many, <<: *d }', []],
    [
      'of a key that is there twice',
      'etcd: { storageSize: 1 }\netcd: { storageSize: 1Gi }',
      [['DOC004', 3, 1]],
    ],
    ['of one that says the same', 'etcd: { storageSize: 1Gi, storageSize: 1Gi }', [['DOC004?', 2, 27]]],
    ['and tags mean nothing', 'proxy: { host: !env pach.example.com }', []],
  ])('%s', (_, line, expected) => expect(found(line)).toEqual(expected));
});

describe('values of other releases', () => {
  test.each<[string, string, string, Row[]]>([
    [
      'not there yet',
      'postgresql: { existingSecret: db }\nproxy: { enabled: true }',
      'pachyderm@2.2',
      [['FIL022', 3, 1]],
    ],
    ['gone', 'pachd: { storage: { gocdkEnabled: true } }', 'pachyderm@2.11', [['FIL022?', 2, 21]]],
    ['gone, and off', 'pachd: { storage: { gocdkEnabled: false } }', 'pachyderm@2.11', []],
    ['there', 'pachd: { storage: { gocdkEnabled: true } }', 'pachyderm@2.10', []],
    ['that nothing reads', 'kubeEventTail: { enabled: true }', 'pachyderm@2.11', [['FIL023?', 2, 18]]],
    ['that nothing reads, as the chart has it', 'kubeEventTail: { enabled: false }', 'pachyderm@2.11', []],
  ])('%s', (_, line, target, expected) => expect(found(line, target)).toEqual(expected));

  test.each([
    [
      'pachd: { securityContext: { enabled: true } }',
      'pachyderm@2.11',
      'write `global.securityContexts.enabled`, which is in its place in 2.11',
    ],
    [
      'global: { securityContexts: { enabled: true } }',
      'pachyderm@2.2',
      'write `pachd.securityContext.enabled` and `etcd.securityContext.enabled`, which are in its place in 2.2',
    ],
    ['pachd: { enterpriseServerToken: a }', 'pachyderm@2.2', 'write `pachd.enterpriseRootToken`'],
    ['pachd: { enterpriseServerToken: a, enterpriseRootToken: b }', 'pachyderm@2.2', 'remove it'],
    ['proxy: { host: a.b }', 'pachyderm@2.2', 'write `ingress.enabled` and `ingress.host`'],
    [
      'pachd: { storage: { microsoft: { container: a } } }',
      'pachyderm@2.12',
      'write `pachd.storage.storageURL`, which is in its place in 2.12',
    ],
    [
      'pachd: { storage: { microsoft: { container: a }, storageURL: "azblob://a" } }',
      'pachyderm@2.12',
      'remove it',
    ],
    [
      'pachd: { storage: { backend: MINIO } }',
      'pachyderm@2.11',
      'write AMAZON, `pachd.storage.storageURL` with s3://',
    ],
  ])('what is in the place of %s in %s', (line, target, hint) => {
    const hints = check('helm-values', `deployTarget: LOCAL\n${line}\n`, target).map(
      (each) => each.hint ?? '',
    );
    expect(hints.filter((each) => each.startsWith(hint))).toHaveLength(1);
  });

  test.each([
    ['deployTarget: LOCAL', STABLE],
    ['restoreSnapshot: { enabled: true }', newestTarget('pachyderm')],
    ['pachd: { storage: { gocdkEnabled: true } }', 'pachyderm@2.10'],
    ['pachd: { image: { tag: 2.8.1 } }', 'pachyderm@2.8'],
    ['pachd: { image: { tag: local } }', STABLE],
    // pachd reads what the chart of its own release writes: what another one has is a slip, which FIL022 says.
    ['proxy: { enabled: true }\npachd: { image: { tag: 2.2.0 } }', 'pachyderm@2.2'],
    ['pachd: { image: { tag: 2.12.0-rc.3 }, enterpriseLicenseKey: a }', 'pachyderm@2.12'],
    ['enterpriseServer: { image: { tag: 2.8.5 } }', 'pachyderm@2.8'],
  ])('tell the release: %s', (text, expected) => expect(targetOfValues(tree(text))).toBe(expected));
});

describe('what is no values', () => {
  test.each<[string, string, Row[]]>([
    ['an empty file', '', [['DOC010', 1, 1]]],
    ['a comment', '# nothing\n', [['DOC010', 1, 1]]],
    ['an empty mapping', '{}\n', [['FIL011', 1, 1]]],
    ['a list', '- deployTarget: LOCAL\n', [['FIL011', 1, 1]]],
    ['a string', 'LOCAL\n', [['FIL011', 1, 1]]],
    ['a document', 'apiVersion: pachkit/v1\nname: a\n', [['FIL011', 1, 1]]],
    ['a manifest', 'apiVersion: v1\nkind: ConfigMap\n', [['FIL011', 1, 1]]],
    ['keys of no one', 'colour: green\n', [['FIL026', 1, 1]]],
    ['two documents', 'deployTarget: LOCAL\n---\noidc: {}\n', [['FIL011', 3, 1]]],
  ])('%s', (_, text, expected) =>
    expect(rows(check('helm-values', text, 'pachyderm@2.11'))).toEqual(expected),
  );

  test.each([
    ['dex', 'config: { issuer: https://a.example.com, connectors: [] }'],
    ['argo-cd', 'configs: { cm: { url: https://a.example.com } }\nserver: {}'],
    ['oauth2-proxy', 'config: { clientID: a, cookieSecret: b }'],
    ['keycloak', 'auth: { adminUser: admin }'],
    ['grafana', 'grafana.ini: { server: {} }'],
    ['postgresql of Bitnami', 'auth: { postgresPassword: a }\nprimary: {}'],
  ])('values of the chart %s', (name, text) => {
    expect(nothingToCheck('values.yaml', [tree(text)])).toMatchObject({
      code: 'FIL026',
      message: expect.stringContaining(`of the chart ${name}`) as string,
    });
  });

  test.each([
    ['{}', 'There is nothing in values.yaml: it is an empty mapping'],
    ['replicaCount: 2\nfullnameOverride: a', 'There is nothing to check in values.yaml: none of its keys'],
    ['pachyderm: { deployTarget: LOCAL }', 'There is nothing to check in values.yaml: none of its keys'],
  ])('a mapping that says nothing of a cluster: %j', (text, message) =>
    expect(nothingToCheck('values.yaml', [tree(text)])).toMatchObject({
      code: 'FIL011',
      message: expect.stringContaining(message) as string,
    }),
  );

  test.each([
    ['releases: [{ name: p, chart: pachyderm/pachyderm }]', 'it is a Helmfile'],
    ['apiVersion: a/v2\nkind: HelmRelease\nspec: { values: { deployTarget: LOCAL } }', 'it tells Flux what'],
    ['apiVersion: a/v1\nkind: Application\nspec: { source: {} }', 'it tells Argo CD what'],
  ])('values inside of what another program installs are to be taken out: %j', (text, message) =>
    expect(nothingToCheck('a.yaml', [tree(text)])).toMatchObject({
      code: 'FIL011',
      message: expect.stringContaining(message) as string,
    }),
  );

  test.each(['name: a', 'identity: {}', 'identiti: {}', 'extends: base.yaml\ncolour: green'])(
    'what may be a document is checked as one: %j',
    (text) => expect(nothingToCheck('a.yaml', [tree(text)])).toBeUndefined(),
  );

  test.each([
    ['deployTarget: {{ .Values.target }}\n', 1, 15],
    [
      'deployTarget: LOCAL\nproxy:\n  host: "{{ .Host }}.example.com"\n{{- if .Tls }}\n  tls: { enabled: true }\n{{- end }}\n',
      4,
      1,
    ],
  ])('a template: %j', (text, line, column) => {
    const source = new SourceFile('values.yaml', text, '/work');
    const { nodes, diagnostics } = readYaml(source);
    const found =
      diagnostics.length > 0
        ? recoverKind(source)?.file.diagnostics
        : helmValues.check({ source, roots: nodes }, 'pachyderm@2.11');
    expect(rows(found ?? [])).toEqual([['FIL027', line, column]]);
  });

  test.each([
    ['pachd:\n  rootToken: {{ pachd_root_token }}\n', 2, 14],
    ['pachd:\n{% if auth %}\n  activateAuth: true\n{% endif %}\n', 2, 1],
    ['proxy:\n  host: pach.acme.com # {{ x\n%{ if tls ~}\n  tls: { enabled: true }\n%{ endif ~}\n', 3, 1],
    ['pachyderm:\n  proxy:\n    host: {{ .Host }}\n', 3, 11],
    ['pachd:\n  annotations: {}\n{{- range .Values.secrets }}\n  a: {{ . }}\n{{- end }}\n', 3, 1],
  ])('a template is all that is said of it: %j', (text, line, column) =>
    expect(rows(check('helm-values', text, 'pachyderm@2.11'))).toEqual([['FIL027', line, column]]),
  );

  test.each<[string, string, number, number]>([
    ['loads', '#@ load("@ytt:data", "data")\n---\ndeployTarget: LOCAL\n', 1, 1],
    ['values', 'deployTarget: LOCAL\npachd: { rootToken: "a" }\nproxy:\n  host: #@ data.values.host\n', 4, 9],
    ['overlays', 'deployTarget: LOCAL\npachd:\n  #@overlay/match missing_ok=True\n  rootToken: a\n', 3, 3],
    [
      'conditions',
      'deployTarget: LOCAL\n#@ if data.values.debug and not quiet:\npachd: { logLevel: debug }\n',
      2,
      1,
    ],
    ['loops', 'global:\n  imagePullSecrets:\n    #@ for name in data.values.names:\n    - #@ name\n', 3, 5],
    ['items', 'global:\n  imagePullSecrets:\n    - #@ name\n', 3, 7],
    ['variables', '#@ host = "my own host"\nproxy: { host: a.acme.com }\n', 1, 1],
  ])('a template of ytt is all that is said of it: %s', (_, text, line, column) =>
    expect(rows(check('helm-values', text, 'pachyderm@2.11'))).toEqual([['FIL027', line, column]]),
  );

  test.each([
    [
      'a comment',
      'deployTarget: LOCAL # @default\n#@since 2.3\n#!/bin/sh\npachd: { annotations: { a: "#@ b" } }',
    ],
    ['a text', 'deployTarget: LOCAL\npachd:\n  annotations:\n    a: |\n      #@ load("a")'],
    [
      'a note',
      '#@ note: see the wiki\ndeployTarget: LOCAL #@ for one machine\npachd: #@ the daemon itself\n  replicas: 1',
    ],
    ['a word', '#@\n#@ local\ndeployTarget: LOCAL #@ default'],
    [
      'documentation of values',
      '#@param pachd.replicas pods\n#@ default -- 1\n#@ if you need this: ask\npachd: { replicas: 1 }',
    ],
    ['an address', '#@ alice@acme.com\n#@see/wiki\npachd: { replicas: 1 }'],
  ])('%s is no template of ytt', (_, text) =>
    expect(rows(check('helm-values', text, 'pachyderm@2.11'))).toEqual([]),
  );

  const SOPS = 'ENC[AES256_GCM,data:CwE4O1s=,iv:2k=,tag:0bz6g==,type:str]';

  test.each<[string, string, Row[]]>([
    // What stands in the place of a value is not judged.
    [
      'envsubst',
      'pachd:\n  replicas: $' + '{REPLICAS}\n  image: { tag: "$' + '{TAG}" }',
      [['FIL027?', 3, 13]],
    ],
    [
      'Terraform',
      'proxy: { host: "$' + '{var.host}", replicas: 0.5 }',
      [
        ['FIL027?', 2, 16],
        ['FIL024', 2, 41],
      ],
    ],
    ['envsubst, of secrets', 'pachd: { rootToken: "$' + '{ROOT_TOKEN}" }', [['FIL027?', 2, 21]]],
    [
      'envsubst, in the JSON of a connector',
      `oidc: { upstreamIDPs: [{ id: a, name: a, type: github, jsonConfig: '{"clientID":"c","clientSecret":"$` +
        `{S}","orgs":[{"name":"o"}],"redirectURI":"https://a.b/dex/callback"}' }] }`,
      [['FIL027?', 2, 68]],
    ],
    [
      'envsubst, of a line of settings',
      'oidc:\n  upstreamIDPs:\n    - id: a\n      name: a\n      type: github\n      jsonConfig: |\n        { "clientID": "$' +
        '{CLIENT_ID}",\n          "clientSecret": "$' +
        '{CLIENT_SECRET}", "redirectURI": "https://a.example.com/dex/callback" }\n',
      [['FIL027?', 8, 23]],
    ],
    [
      'envsubst, the whole JSON of a connector',
      'oidc: { upstreamIDPs: [{ id: a, name: a, type: github, jsonConfig: "$' + '{GITHUB}" }] }',
      [['FIL027?', 2, 68]],
    ],
    ['spruce', 'oidc: { upstreamIDPs: (( grab meta.idps )) }', [['FIL027?', 2, 23]]],
    ['Concourse', 'pachd: { logLevel: ((level)) }', [['FIL027?', 2, 20]]],
    ['sops', `pachd: { lokiPort: "${SOPS}" }\nsops: { mac: a, version: 3.9.1 }`, [['FIL027?', 2, 20]]],
    ['sops, of secrets', `pachd: { rootToken: "${SOPS}" }\nsops: { mac: a, version: 3.9.1 }`, []],
    ['vals', 'pachd: { lokiPort: ref+awsssm://pach/port }', [['FIL027?', 2, 20]]],
    [
      'vals, of secrets',
      'pachd: { rootToken: "ref+vault://pach#/root", storage: { amazon: { id: ref+vault://pach#/id } } }',
      [],
    ],
    ['the Vault plugin of Argo CD', 'pachd: { lokiPort: <path:kv/data/pach#port> }', [['FIL027?', 2, 20]]],
    ['no one', 'pachd: { annotations: { a: "$' + '$' + '{x} $HOME ((", b: "preference+a://b" } }', []],
    ['Promtail', 'loki-stack: { promtail: { config: { host: "$' + '{HOSTNAME}" } } }', []],
  ])('values that another program fills in: %s', (_, line, expected) =>
    expect(found(line)).toEqual(expected),
  );

  test('what Dex does with a secret is not said before it is filled in', () =>
    expect(
      found(
        'oidc: { upstreamIDPs: [{ id: g, name: G, type: github, config: { clientID: a, clientSecret: "$' +
          '{GITHUB_SECRET}", redirectURI: "http://localhost/dex/callback", orgs: [{ name: a }] } }] }',
      ).filter(([code]) => code.startsWith('DEX016') || code.startsWith('FIL027')),
    ).toEqual([['FIL027?', 2, 93]]));

  test('the verdict names the program that has the secrets', () =>
    expect(
      helmValues.summary?.({
        source: new SourceFile('a', '', '/work'),
        roots: [tree('deployTarget: LOCAL\npachd: { rootToken: ref+vault://a#/b }')],
      }),
    ).toContain('secrets that vals, helm-secrets or Helmfile look up'));

  test('a template that Vault fills in stands in a text', () =>
    expect(
      found(
        'pachd:\n  annotations:\n    vault.hashicorp.com/agent-inject-template-a: |\n      {{- with secret "kv/a" -}}\n      {{ .Data.data.a }}\n      {{- end }}',
      ),
    ).toEqual([]));

  test.each([
    ['DOC004', '  replicas: 1\n  replicas: 2\n'],
    ['DOC002', ' replicas: 1\n'],
  ])('a template in the words of an annotation says nothing of a file with %s', (code, rest) =>
    expect(
      check(
        'helm-values',
        `pachd:\n  annotations:\n    a: hello {{ with secret "kv/a" }}x{{ end }}\n${rest}`,
        'pachyderm@2.11',
      ).map((each) => each.code),
    ).toContain(code),
  );

  test('a target that another tool fills in is not known', () =>
    expect(refusals('deployTarget: "{{ .Values.target }}"\npachd: { storage: {} }\n')).toEqual([]));

  test('connectors that are no list are refused by Helm itself', () =>
    expect(
      only('helm-values', 'deployTarget: LOCAL\noidc: { upstreamIDPs: { id: a } }\n', 'pachyderm@2.11')
        .message,
    ).toContain('Helm refuses all values'));

  test('braces in quotes and comments are no template', () =>
    expect(found('# {{ .Values.a }}\npachd: { annotations: { a: "{{ .Values.b }}" } }')).toEqual([]));
});

test('a summary says what was checked, and what was not', () => {
  const summary = (text: string) =>
    helmValues.summary?.({ source: new SourceFile('values.yaml', text, '/work'), roots: [tree(text)] });
  expect(summary('deployTarget: LOCAL\npachd: { replicas: 1, annotations: { a: b } }\n')).toMatch(
    /^3 values and 0 connectors: .*not checked: what is in Secrets/,
  );
  // The chart does not read them.
  expect(summary('oidc: { upstreamIDPs: [{ id: a }], upstreamIDPsSecretName: b }\n')).toMatch(
    / and 0 connectors: /,
  );
  expect(summary('oidc: { upstreamIDPs: [{ id: a }] }\n')).toMatch(
    /^1 value and 1 connector: .*not checked: deployTarget/,
  );
});

describe('a slip has one finding, and not those that follow from it', () => {
  const CONNECTOR =
    'upstreamIDPs: [{ id: gh, name: G, type: github, config: { clientID: a, clientSecret: b, redirectURI: "https://pach.acme.com/dex/callback", orgs: [{ name: acme }] } }]';
  const whole = (slip: readonly [string, string]): string =>
    [
      'deployTarget: LOCAL',
      'proxy: { host: pach.acme.com, tls: { enabled: true, secretName: cert } }',
      'pachd: { enterpriseLicenseKeySecretName: l, rootTokenSecretName: r, enterpriseSecretSecretName: e, clusterDeploymentID: a, oauthClientSecretSecretName: c }',
      'console: { config: { oauthClientSecretSecretName: c } }',
      `oidc: { mockIDP: false, ${CONNECTOR}, additionalClients: [{ id: grafana, name: Grafana, secret: abcdefgh12345678, redirect_uris: ["https://grafana.acme.com/a"] }] }`,
      'global: { postgresql: { postgresqlHost: db.acme.com, postgresqlPassword: abcdefgh } }',
      'postgresql: { enabled: false }',
      '',
    ]
      .join('\n')
      .replace(...slip);

  test('there is nothing to find', () =>
    expect(rows(check('helm-values', whole(['', '']), 'pachyderm@2.11'))).toEqual([]));

  test.each<[string, string, string]>([
    ['secretName: cert', 'secertName: cert', 'FIL020'],
    ['tls: { enabled: true', 'tls: { enabled: "true"', 'FIL024'],
    ['host: pach.acme.com', 'host: https://pach.acme.com/', 'SCH005'],
    ['rootTokenSecretName', 'root_token_secret_name', 'FIL020'],
    ['console:', 'Console:', 'FIL020'],
    ['upstreamIDPs', 'upstreamIdps', 'FIL010'],
    ['upstreamIDPs: [{', 'upstreamIDPs: {', 'FIL011'],
    ['redirect_uris', 'redirectURIs', 'FIL021'],
    ['postgresqlHost', 'postgresqlHots', 'FIL020'],
    ['postgresql: { enabled', 'postgres: { enabled', 'FIL020'],
    ['postgresql: { enabled: false }', '', 'FIL029'],
    ['name: G,', 'nmae: G,', 'FIL002'],
    ['mockIDP: false', 'mockIDP: "false"', 'FIL024'],
    ['mockIDP: false', 'mockIDP: false, issuerURI: https://pach.acme.com', 'ACC004'],
  ])('%s: %s', (right, wrong, code) => {
    // The end of the list goes with its beginning.
    const text = whole([right, wrong]).replace(code === 'FIL011' ? '}] } }]' : /$^/, '}] } }');
    expect(check('helm-values', text, 'pachyderm@2.11').map((each) => each.code)).toEqual([code]);
  });

  test('what has nothing to do with it is found', () => {
    const text = whole(['mockIDP: false', 'mockIDP: "false", IDTokenExpiry: 1d']);
    expect(check('helm-values', text, 'pachyderm@2.11').map(({ code }) => code)).toEqual([
      'FIL024',
      'SCH005',
    ]);
  });

  test('a list in the wrong place lets the chart’s own login in only where that is on', () => {
    const off = check('helm-values', whole(['upstreamIDPs', 'upstreamIdps']), 'pachyderm@2.11');
    expect(off[0]?.message).toMatch(/: no one logs in through it$/);
    const on = whole(['mockIDP: false, upstreamIDPs', 'upstreamIdps']);
    expect(check('helm-values', on, 'pachyderm@2.11')[0]?.message).toContain('lets everyone in as admin');
  });
});

test('clients are of later releases than 2.2', () => {
  const line = 'oidc: { additionalClients: [{ id: a, name: A }] }\n';
  expect(rows(check('helm-values', line, 'pachyderm@2.2'))).toEqual([['FIL022', 1, 9]]);
});

test('the release to name instead has the value', () => {
  const hint = (text: string): string | undefined => only('helm-values', text, 'pachyderm@2.11').hint;
  expect(hint('pachw: { inSidecars: true }')).toContain('such as --target pachyderm@2.10');
  expect(hint('restoreSnapshot: { enabled: true }')).toContain(
    `such as --target ${newestTarget('pachyderm')}`,
  );
});
