import { check, rows, type Row } from './support/check';

/** What is found in values of one machine with a license, in which these lines stand from line 3 on. */
function found(pachd: string, lines: string, target = 'pachyderm@2.11'): Row[] {
  const text = `deployTarget: LOCAL\npachd: { enterpriseLicenseKeySecretName: l, ${pachd} }\n${lines}\n`;
  return rows(check('helm-values', text, target)).filter(([code]) => /^FIL/.test(code));
}

const ROOT = 'rootTokenSecretName: r';
/** What the chart of 2.2 wants to be told when a release is upgraded. */
const PASSWORDS = 'global: { postgresql: { postgresqlPassword: a, postgresqlPostgresPassword: b } }';
const AZURE = `${ROOT}, storage: { backend: MICROSOFT, storageURL: "azblob://b", microsoft: { id: acme } }`;
const IDENTITY =
  'serviceAccount: { additionalAnnotations: { azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000 } }';
const TLS = 'tls: { enabled: true, secretName: c }';

describe('what the chart renders and what cannot work', () => {
  test.each<[pachd: string, lines: string, target: string, Row[]]>([
    [ROOT, 'oidc: { mockIDP: false }', 'pachyderm@2.11', [['FIL029?', 3, 9]]],
    [ROOT, 'oidc: { mockIDP: false, upstreamIDPsSecretName: a }', 'pachyderm@2.11', []],
    [`${ROOT}, activateAuth: false`, 'oidc: { mockIDP: false }', 'pachyderm@2.11', []],
    [`${ROOT}, oauthClientID: console`, '', 'pachyderm@2.11', [['FIL029', 2, 69]]],
    [`${ROOT}, oauthClientID: console`, 'console: { enabled: false }', 'pachyderm@2.11', []],
    [`${ROOT}, oauthClientID: console`, 'console: { config: { oauthClientID: c } }', 'pachyderm@2.11', []],
    [ROOT, `ingress: { ${TLS} }`, 'pachyderm@2.11', [['FIL029?', 3, 19]]],
    [ROOT, `ingress: { ${TLS} }\nproxy: { host: a.example.com, ${TLS} }`, 'pachyderm@2.11', []],
    [ROOT, 'ingress: { uriHttpsProtoOverride: true }', 'pachyderm@2.11', [['FIL029?', 3, 12]]],
    [ROOT, `proxy: { ${TLS} }`, 'pachyderm@2.11', [['FIL029?', 3, 17]]],
    [
      ROOT,
      `proxy: { host: a.example.com, ${TLS}, service: { legacyPorts: { grpc: 30650, oidc: 0 } } }`,
      'pachyderm@2.11',
      [['FIL029', 3, 96]],
    ],
    [ROOT, 'proxy: { service: { legacyPorts: { grpc: 30650 } } }', 'pachyderm@2.11', []],
    [
      ROOT,
      'proxy: { service: { type: NodePort, httpNodePort: 8080 } }',
      'pachyderm@2.11',
      [['FIL029?', 3, 37]],
    ],
    [ROOT, 'proxy: { service: { type: NodePort, httpNodePort: 32767 } }', 'pachyderm@2.11', []],
    [ROOT, 'etcd: { podLabels: { app: other, team: data } }', 'pachyderm@2.11', [['FIL029', 3, 22]]],
    [ROOT, 'console: { podLabels: { suite: other } }', 'pachyderm@2.11', [['FIL029', 3, 25]]],
    [ROOT, 'etcd: { podLabels: { app: etcd } }', 'pachyderm@2.11', []],
    [
      `${ROOT}, storage: { backend: AMAZON, storageURL: "s3://b", amazon: { id: a } }`,
      '',
      'pachyderm@2.11',
      [['FIL029?', 2, 129]],
    ],
    [
      `${ROOT}, storage: { backend: AMAZON, storageURL: "s3://b", amazon: { id: a, secret: b } }`,
      '',
      'pachyderm@2.11',
      [],
    ],
    [
      `${ROOT}, storage: { backend: MICROSOFT, storageURL: "azblob://b", microsoft: { id: acme, secret: "a=b;c" } }`,
      '',
      'pachyderm@2.11',
      [['FIL029?', 2, 149]],
    ],
    [
      `${ROOT}, storage: { backend: MICROSOFT, storageURL: "azblob://b", microsoft: { id: acme, secret: "YWI=" } }`,
      '',
      'pachyderm@2.11',
      [],
    ],
    [
      `${ROOT}, storage: { backend: MICROSOFT, storageURL: "azblob://b", microsoft: { id: acme, secret: "\${KEY}" } }`,
      '',
      'pachyderm@2.11',
      [['FIL027?', 2, 157]],
    ],
    [`${AZURE}, ${IDENTITY}`, '', 'pachyderm@2.11', [['FIL029?', 2, 171]]],
    [`${AZURE}, ${IDENTITY}, podLabels: { azure.workload.identity/use: "true" }`, '', 'pachyderm@2.11', []],
    [
      ROOT,
      `oidc: { upstreamIDPs: [{ id: a, name: A, type: ldap, config: { rootCA: /dexcreds/ca.pem } }] }`,
      'pachyderm@2.11',
      [['FIL029?', 3, 9]],
    ],
    [
      ROOT,
      `oidc: { upstreamIDPs: [{ id: a, name: A, type: ldap, jsonConfig: '{"rootCA": "/dexcreds/ca.pem"}' }] }`,
      'pachyderm@2.11',
      [['FIL029?', 3, 9]],
    ],
    [
      ROOT,
      `oidc: { dexCredentialSecretName: c, upstreamIDPs: [{ id: a, name: A, type: ldap, config: { rootCA: /dexcreds/ca.pem } }] }`,
      'pachyderm@2.11',
      [],
    ],
    [
      ROOT,
      `oidc: { upstreamIDPs: [{ id: a, name: A, type: ldap, config: { rootCA: /etc/ssl/certs/ca.pem } }] }`,
      'pachyderm@2.11',
      [],
    ],
    [
      `${ROOT}, storage: { backend: GOOGLE, storageURL: "gs://b", google: { cred: /keys/key.json } }`,
      '',
      'pachyderm@2.11',
      [['FIL029?', 2, 129]],
    ],
    [
      `${ROOT}, storage: { backend: GOOGLE, storageURL: "gs://b", google: { cred: '{"type": "a"}' } }`,
      '',
      'pachyderm@2.11',
      [],
    ],
    [
      `${ROOT}, enabled: false`,
      'enterpriseServer: { enabled: true }\noidc: { mockIDP: false }',
      'pachyderm@2.8',
      [['FIL029?', 4, 9]],
    ],
    ...(
      [
        ['', 'pachyderm@2.11', [['FIL029?', 3, 21]]],
        ['\nconsole: { enabled: true }', 'pachyderm@2.11', [['FIL029', 4, 12]]],
        ['\nconsole: { enabled: false }', 'pachyderm@2.11', []],
        // A Secret of the user may have the key.
        ['\nconsole: { config: { oauthClientSecretSecretName: c } }', 'pachyderm@2.11', []],
        ['', 'pachyderm@2.10', []],
      ] satisfies [string, string, Row[]][]
    ).map(([line, target, expected]): [string, string, string, Row[]] => [
      `${ROOT}, enabled: false`,
      `enterpriseServer: { enabled: true }${line}`,
      target,
      expected,
    ]),
    ...(
      [
        ['backend: MINIO', 'pachyderm@2.10', [['FIL029', 2, 80]]],
        ['backend: MINIO, gocdkEnabled: false', 'pachyderm@2.10', []],
        ['backend: MINIO', 'pachyderm@2.9', []],
        ['backend: MINIO, gocdkEnabled: true', 'pachyderm@2.9', [['FIL029', 2, 80]]],
      ] satisfies [string, string, Row[]][]
    ).map(([storage, target, expected]): [string, string, string, Row[]] => [
      `${ROOT}, storage: { ${storage}, minio: { bucket: b } }`,
      '',
      target,
      expected,
    ]),
    [ROOT, 'pachw: { minReplicas: 3, maxReplicas: 2 }', 'pachyderm@2.11', [['FIL029', 3, 10]]],
    [ROOT, 'pachw: { minReplicas: 2, maxReplicas: 2 }', 'pachyderm@2.11', []],
    [
      `${ROOT}, storage: { backend: GOOGLE, storageURL: "s3://b" }`,
      '',
      'pachyderm@2.11',
      [['FIL029?', 2, 97]],
    ],
    [`${ROOT}, storage: { backend: GOOGLE, storageURL: "gs://b" }`, '', 'pachyderm@2.11', []],
    // Beside what is said of all of pachd.
    ['storage: { backend: GOOGLE, storageURL: "s3://b" }', '', 'pachyderm@2.11', [['FIL029?', 2, 73]]],
    [
      `${ROOT}, activateEnterpriseMember: true, enterpriseServerAddress: a, enterpriseServerToken: b`,
      'oidc: { issuerURI: "http://a/dex" }',
      'pachyderm@2.11',
      [['FIL029', 2, 1]],
    ],
    [
      `${ROOT}, activateEnterpriseMember: true, enterpriseServerAddress: a, enterpriseServerToken: b, enterpriseCallbackAddress: c`,
      'oidc: { issuerURI: "http://a/dex" }',
      'pachyderm@2.11',
      [],
    ],
    [ROOT, 'postgresql: { enabled: false }', 'pachyderm@2.11', [['FIL029?', 3, 15]]],
    [
      ROOT,
      'cloudsqlAuthProxy: { enabled: true, service: { type: NodePort } }',
      'pachyderm@2.11',
      [['FIL029?', 3, 48]],
    ],
    [ROOT, 'cloudsqlAuthProxy: { service: { type: NodePort } }', 'pachyderm@2.11', []],
    // POSTGRES_HOST is the value alone, and the Service of the proxy has a name of its own.
    [
      ROOT,
      'postgresql: { enabled: false }\ncloudsqlAuthProxy: { enabled: true }',
      'pachyderm@2.11',
      [['FIL029?', 3, 15]],
    ],
    ...(
      [
        ['enterpriseServerTokenSecretName: b', [['FIL029', 2, 159]]],
        ['enterpriseRootTokenSecretName: b', [['FIL029', 2, 159]]],
        ['enterpriseRootTokenSecretName: b, enterpriseServerToken: t', [['FIL023?', 2, 159]]],
        ['enterpriseRootToken: b, enterpriseServerToken: t', [['FIL023?', 2, 159]]],
      ] satisfies [string, Row[]][]
    ).map(([token, expected]): [string, string, string, Row[]] => [
      `${ROOT}, activateEnterpriseMember: true, enterpriseServerAddress: a, enterpriseCallbackAddress: c, ${token}`,
      'oidc: { issuerURI: "http://a/dex" }',
      'pachyderm@2.11',
      expected,
    ]),
    [
      ROOT,
      'global: { postgresql: { postgresqlExistingSecretName: p } }',
      'pachyderm@2.11',
      [['FIL029?', 3, 25]],
    ],
    [ROOT, 'global: { postgresql: { postgresqlExistingSecretName: postgres } }', 'pachyderm@2.11', []],
    [ROOT, 'global: { postgresql: { postgresqlHost: db.acme.com } }', 'pachyderm@2.11', [['FIL029?', 3, 25]]],
    [
      ROOT,
      'postgresql: { enabled: false }\nglobal: { postgresql: { postgresqlHost: db.acme.com } }',
      'pachyderm@2.11',
      [],
    ],
    [ROOT, 'global: { postgresql: { postgresqlHost: my-database } }', 'pachyderm@2.11', []],
    [`${ROOT}, storage: { memoryThreshold: 1073741824 }`, '', 'pachyderm@2.11', [['FIL029', 2, 97]]],
    [`${ROOT}, storage: { memoryThreshold: 999999 }`, '', 'pachyderm@2.11', []],
    [ROOT, 'pgbouncer: { maxConnections: 1000000 }', 'pachyderm@2.11', [['FIL029', 3, 30]]],
  ])('%s | %s | %s', (pachd, lines, target, expected) =>
    expect(found(pachd, lines, target)).toEqual(expected),
  );

  test.each<[pachd: string, target: string, Row[]]>([
    ['enterpriseSecret: a', 'pachyderm@2.11', [['FIL029?', 2, 10]]],
    ['enterpriseSecretSecretName: a', 'pachyderm@2.3', [['FIL029?', 2, 10]]],
    ['enterpriseSecretSecretName: a', 'pachyderm@2.2', []],
    ['enterpriseSecret: a, enterpriseLicenseKeySecretName: l', 'pachyderm@2.11', []],
    ['enterpriseSecret: a, enterpriseLicenseKey: l', 'pachyderm@2.11', []],
    ['enterpriseSecret: a, enabled: false', 'pachyderm@2.11', []],
  ])('the secret of Enterprise without a license: %s, %s', (pachd, target, expected) => {
    const text = `deployTarget: LOCAL\npachd: { ${pachd} }\n${PASSWORDS}\n`;
    expect(rows(check('helm-values', text, target)).filter(([code]) => /^FIL029/.test(code))).toEqual(
      expected,
    );
  });

  test.each([
    ['"12345"', true],
    ['"true"', true],
    ['"abc #def"', true],
    ['"a: b"', true],
    ['"*star"', true],
    ['"0x1f"', true],
    ['"1e3"', true],
    ['"{a"', true],
    ['f00dcafe', false],
    ['"c2VjcmV0PT0="', false],
    ['"a:b#c"', false],
    ['"a\\n"', false],
    ['"a\\nb: c"', true],
  ])('a root token %s that the chart writes without quotes', (token, isChanged) =>
    expect(found(`rootToken: ${token}`, '')).toEqual(isChanged ? [['FIL029', 2, 56]] : []),
  );

  test('a root token that another tool fills in is not known', () =>
    expect(found("rootToken: '{{ root_token }}'", '')).toEqual([]));

  test('a key that is a number is said once, and not shown', () => {
    const text =
      'deployTarget: MICROSOFT\npachd: { storage: { storageURL: azblob://a, microsoft: { id: a, secret: 987654321 } } }\n';
    const findings = check('helm-values', text, 'pachyderm@2.11').filter(({ code }) =>
      code.startsWith('FIL'),
    );
    expect(rows(findings)).toEqual([['FIL024', 2, 73]]);
    expect(findings[0]?.message).not.toMatch(/9.?87654321/);
  });

  test('no root token is shown', () => {
    const text = 'deployTarget: LOCAL\npachd: { rootToken: "12345" }\n';
    const [finding] = check('helm-values', text, 'pachyderm@2.11').filter(({ code }) => code === 'FIL029');
    expect(JSON.stringify([finding?.message, finding?.hint])).not.toContain('12345');
    expect(finding?.location.source?.shownLine(2)).not.toContain('12345');
  });
});

describe('what the chart itself refuses', () => {
  test.each<[pachd: string, lines: string, target: string, Row[]]>([
    [ROOT, 'oidc:', 'pachyderm@2.11', [['FIL025', 3, 1]]],
    [ROOT, 'console: null', 'pachyderm@2.10', [['FIL025', 3, 1]]],
    [ROOT, 'global: { postgresql: ~ }', 'pachyderm@2.11', [['FIL025', 3, 11]]],
    [ROOT, 'proxy: { tls: }', 'pachyderm@2.11', [['FIL025', 3, 10]]],
    [ROOT, 'proxy: { enabled: false, tls: }', 'pachyderm@2.11', []],
    [ROOT, `proxy:\n${PASSWORDS}`, 'pachyderm@2.2', []],
    [ROOT, 'console: { enabled: false, config: }', 'pachyderm@2.11', []],
    [ROOT, 'console: {}', 'pachyderm@2.10', []],
    [ROOT, 'proxy: { tls: { secretName: c, secret: { key: k } } }', 'pachyderm@2.11', [['FIL025', 3, 32]]],
    [ROOT, 'proxy: { tls: { secretName: c, secret: { key: k, cert: c } } }', 'pachyderm@2.11', []],
    [
      ROOT,
      'ingress: { enabled: true, host: a.b, tls: { enabled: true } }\nconsole: { enabled: false }',
      'pachyderm@2.11',
      [['FIL025', 3, 38]],
    ],
    [ROOT, 'proxy: { labels: { a: b } }', 'pachyderm@2.11', [['FIL025', 3, 10]]],
    [ROOT, 'proxy: { labels: {} }', 'pachyderm@2.11', []],
    [ROOT, 'proxy: { enabled: false, labels: { a: b } }', 'pachyderm@2.11', []],
    [ROOT, 'proxy: { labels: { a: b } }', 'pachyderm@2.12', [['FIL022?', 2, 10]]],
    [ROOT, 'proxy: { tls: { secret: { key: k, cert: c } } }', 'pachyderm@2.11', [['FIL025', 3, 10]]],
    [
      ROOT,
      'proxy: { enabled: false, tls: { enabled: true } }\nglobal: { customCaCerts: true }',
      'pachyderm@2.11',
      [['FIL025', 3, 26]],
    ],
    [
      'enabled: false',
      'enterpriseServer: { enabled: true, tls: { enabled: true } }\nconsole: { enabled: false }',
      'pachyderm@2.11',
      [['FIL025', 3, 36]],
    ],
    [
      'enabled: false',
      'enterpriseServer: { enabled: true, tls: { enabled: true, secretName: s, newSecret: { create: true, crt: a } } }\nconsole: { enabled: false }',
      'pachyderm@2.11',
      [['FIL025', 3, 86]],
    ],
    // What the chart of a release does not have, it does not refuse either.
    [
      ROOT,
      'enterpriseServer: { enabled: true, tls: { enabled: true, secretName: s, newSecret: { crt: a } } }',
      'pachyderm@2.12',
      [
        ['FIL022?', 2, 10],
        ['FIL022?', 3, 1],
      ],
    ],
    [ROOT, 'determined: { enabled: true }', 'pachyderm@2.11', [['FIL025', 3, 15]]],
    [ROOT, 'determined: { enabled: true, initialUserPassword: a }', 'pachyderm@2.11', []],
    [ROOT, `oidc: { mockIDP: false }\n${PASSWORDS}`, 'pachyderm@2.2', [['FIL025', 3, 9]]],
    [
      'activateEnterprise: true, oauthClientSecret: a',
      PASSWORDS,
      'pachyderm@2.2',
      [
        ['FIL025?', 2, 1],
        ['FIL025?', 2, 1],
      ],
    ],
    [
      'activateEnterprise: true, oauthClientSecret: a, rootTokenSecretName: b, enterpriseSecretSecretName: c',
      PASSWORDS,
      'pachyderm@2.2',
      [],
    ],
    [ROOT, 'global: { postgresql: { postgresqlPassword: a } }', 'pachyderm@2.2', [['FIL025?', 3, 11]]],
    [
      ROOT,
      'global: { postgresql: { postgresqlPostgresPassword: a } }',
      'pachyderm@2.2',
      [['FIL025?', 3, 11]],
    ],
    [ROOT, 'postgresql: { existingSecret: db }', 'pachyderm@2.2', []],
    [ROOT, '', 'pachyderm@2.3', []],
  ])('%s | %s | %s', (pachd, lines, target, expected) =>
    expect(found(pachd, lines, target)).toEqual(expected),
  );
});

describe('a member of an enterprise server', () => {
  const MEMBER =
    'deployTarget: LOCAL\npachd: { activateEnterpriseMember: true, enterpriseServerAddress: "grpc://a:1", enterpriseCallbackAddress: "grpc://b:1"';
  const findings = (rest: string, target = 'pachyderm@2.11'): ReturnType<typeof check> =>
    check('helm-values', `${MEMBER}${rest} }\noidc: { issuerURI: "http://a/dex" }\n`, target).filter(
      ({ code }) => /^FIL/.test(code),
    );

  test.each<[string, string, Row[]]>([
    [', enterpriseServerToken: t', 'pachyderm@2.11', [['FIL029?', 2, 1]]],
    [', enterpriseServerToken: t, enterpriseLicenseKeySecretName: l', 'pachyderm@2.11', []],
    // The secret without a license has a finding of its own.
    [', enterpriseServerToken: t, enterpriseSecretSecretName: s', 'pachyderm@2.11', [['FIL029?', 2, 148]]],
    // The Job of 2.2 takes the license from the server.
    [', enterpriseRootToken: t', 'pachyderm@2.2', []],
  ])('needs a license too: %s, %s', (rest, target, expected) =>
    expect(rows(findings(rest, target)).filter(([code]) => code !== 'FIL025?')).toEqual(expected),
  );

  test.each([
    ['', 'pachyderm@2.11', 'FIL025', 'give the token in `pachd.enterpriseServerToken`'],
    ['', 'pachyderm@2.2', 'FIL025', 'in `pachd.enterpriseRootTokenSecretName`'],
    [
      ', enterpriseServerTokenSecretName: s, enterpriseServerToken: t',
      'pachyderm@2.11',
      'FIL023',
      'remove `pachd.enterpriseServerTokenSecretName`',
    ],
    [
      ', enterpriseServerTokenSecretName: s, enterpriseServerToken: t',
      'pachyderm@2.11',
      'FIL029',
      'remove the line: `pachd.enterpriseServerToken` has the token',
    ],
    [
      ', enterpriseRootTokenSecretName: s, enterpriseRootToken: t',
      'pachyderm@2.2',
      'FIL023',
      'remove one of the two',
    ],
  ])('is never told to name a Secret that the chart cannot read: %s, %s, %s', (rest, target, code, hint) => {
    const lines = `, enterpriseLicenseKeySecretName: l${rest}`;
    const hints = findings(lines, target).flatMap((each) => (each.code === code ? [each.hint ?? ''] : []));
    expect(hints.filter((each) => each.includes(hint))).toHaveLength(1);
  });
});
