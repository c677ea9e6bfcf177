import { check, only, rows, type Row } from './support/check';

const CALLBACK = 'https://pach.example.com/dex/callback';
const WAY = 'proxy: { enabled: true, host: pach.example.com, tls: { enabled: true } }';

/** A connector that browsers do not come back from. */
const CROWD =
  '{ type: atlassian-crowd, id: c, name: C, config: { baseURL: https://c.example.com, clientID: a, clientSecret: b } }';

const github = (redirectURI: string): string =>
  `{ type: github, id: gh, name: G, config: { redirectURI: "${redirectURI}", clientID: a, clientSecret: b, orgs: [{ name: acme }] } }`;
const oidc = (more: string): string =>
  `{ type: oidc, id: o, name: O, config: { ${more}, issuer: https://id.example.com, clientID: a, clientSecret: b } }`;

/** Values of the chart: the way in, the issuer if there is one, one connector. */
function values(connector: string, issuerURI?: string, way = WAY): string {
  const issuer = issuerURI === undefined ? '' : `  issuerURI: ${issuerURI}\n`;
  return `${way}\noidc:\n${issuer}  upstreamIDPs:\n    - ${connector}\n`;
}

/** What rules say: reasons of the chart not to render have tests of their own. */
function found(text: string, target = 'pachyderm@2.11'): Row[] {
  return rows(check('upstream-idps', text, target).filter(({ code }) => code !== 'FIL025'));
}

describe('the callback URL of values', () => {
  test.each<[string, string, Row[]]>([
    ['is that of the issuer', values(github(CALLBACK), 'https://pach.example.com/dex'), []],
    ['is that of the host', values(github(CALLBACK)), []],
    [
      'is not another one',
      values(github('http://pach.example.com/callback'), 'https://pach.example.com/dex'),
      [['DEX001', 5, 63]],
    ],
    [
      'is not another one of the host',
      values(github('https://pach.example.com/callback')),
      [['DEX001', 4, 63]],
    ],
    [
      'may be another one where Dex does not look',
      values(
        oidc('redirectURI: https://a.example.com/x, insecureSkipIssuerCallbackDomainCheck: true'),
        'https://pach.example.com/dex',
      ),
      [],
    ],
    [
      'is not the machine of the browser, though Dex does not look',
      values(
        oidc('redirectURI: "http://localhost:30658/callback", insecureSkipIssuerCallbackDomainCheck: true'),
        undefined,
      ),
      [['DEX001?', 4, 60]],
    ],
    [
      'is no other path of the host, though Dex does not look',
      values(
        oidc('redirectURI: "https://pach.example.com/callback", insecureSkipIssuerCallbackDomainCheck: true'),
        'https://pach.example.com/dex',
      ),
      [['DEX001?', 5, 60]],
    ],
    [
      'may be that machine where the issuer is on it too',
      values(
        oidc('redirectURI: "http://localhost:30658/callback", insecureSkipIssuerCallbackDomainCheck: true'),
        'http://localhost:30658/dex',
        'proxy: { enabled: false }',
      ),
      [],
    ],
    ['is not known without a host', values(github('https://a.example.com/x'), undefined, 'proxy: {}'), []],
    [
      'may have the id behind it for saml',
      values(
        `{ type: saml, id: s, name: S, config: { redirectURI: ${CALLBACK}/s, ssoURL: https://id.example.com, ca: /dexcreds/a.pem, usernameAttr: a, emailAttr: b } }`,
      ),
      [],
    ],
    [
      'may be written another way for saml',
      values(
        '{ type: saml, id: s, name: S, config: { redirectURI: "https://Pach.example.com:443/dex/callback", ssoURL: https://id.example.com, ca: /dexcreds/a.pem, usernameAttr: a, emailAttr: b } }',
      ),
      [],
    ],
    [
      'may not be anywhere for saml',
      values(
        '{ type: saml, id: s, name: S, config: { redirectURI: https://evil.example.com/dex/callback, ssoURL: https://id.example.com, ca: /dexcreds/a.pem, usernameAttr: a, emailAttr: b } }',
      ),
      [['DEX001', 4, 60]],
    ],
    [
      'is what the ingress has, when that is the way in',
      values(github(CALLBACK), undefined, WAY.replace('proxy', 'ingress')),
      [],
    ],
    ['is not known with a variable in the issuer', values(github(CALLBACK), 'https://$HOST/dex'), []],
    ['of a placeholder is said there', values(github('https://<host>/dex/callback')), [['FIL007', 4, 63]]],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));

  test('is what the issuer is to be made for, where that is written in two ways', () =>
    expect(
      check('upstream-idps', values(github(CALLBACK), 'https://Pach.example.com/dex'), 'pachyderm@2.11').map(
        ({ code, hint }) => [code, hint],
      ),
    ).toEqual([
      ['ACC005', 'write https://pach.example.com/dex'],
      [
        'DEX001',
        'make the issuer https://pach.example.com/dex: write the host as browsers and the provider do',
      ],
    ]));

  test('is quoted as Dex does', () =>
    expect(
      only('upstream-idps', values(github('https://pach.example.com/x')), 'pachyderm@2.11').message,
    ).toContain(
      `\`expected callback URL "${CALLBACK}" did not match the URL in the config "https://pach.example.com/x"\``,
    ));
});

test('a redirectURI is quoted without its password', () => {
  const text = values(github('https://ops:hunter2@pach.example.com/dex/callback'));
  const { message, hint } = only('upstream-idps', text, 'pachyderm@2.11');
  expect(message).toContain('the config "https://ops:*******@pach.example.com/dex/callback"');
  expect(`${message} ${hint}`).not.toContain('hunter2');
});

describe('the issuer of values', () => {
  test.each<[string, string, string, Row[]]>([
    ['https://pach.example.com/dex/', WAY, 'pachyderm@2.11', [['ACC004', 3, 14]]],
    ['https://pach.example.com', 'proxy: { host: pach.example.com }', 'pachyderm@2.5', [['ACC004', 3, 14]]],
    ['https://Pach.example.com/dex', WAY, 'pachyderm@2.11', [['ACC005?', 3, 14]]],
    ['https://pach.example.com:443/dex', WAY, 'pachyderm@2.11', [['ACC005?', 3, 14]]],
    ['http://pachd:1658', 'proxy: {}', 'pachyderm@2.4', []],
    ['http://pachd:1658/', 'proxy: { enabled: false }', 'pachyderm@2.11', [['ACC005?', 3, 14]]],
    ['pach.example.com', WAY, 'pachyderm@2.11', [['SCH005', 3, 14]]],
    ['pach.example.com/dex', WAY, 'pachyderm@2.11', [['SCH005', 3, 14]]],
    ['pach.example.com:443/', 'proxy: { enabled: false }', 'pachyderm@2.11', [['SCH005', 3, 14]]],
    ['https:///dex', WAY, 'pachyderm@2.11', [['SCH005', 3, 14]]],
    ['https://ops@pach.example.com/dex', WAY, 'pachyderm@2.11', [['SCH005', 3, 14]]],
    ['<issuer>', WAY, 'pachyderm@2.11', [['FIL007', 3, 14]]],
    ['$ISSUER', WAY, 'pachyderm@2.11', []],
  ])('%s with %s for %s', (issuer, way, target, expected) =>
    expect(found(values(CROWD, issuer, way), target)).toEqual(expected),
  );

  test('that misses Dex is refused by the chart', () =>
    expect(
      only('upstream-idps', values(CROWD, 'https://pach.example.com'), 'pachyderm@2.11').message,
    ).toContain(
      'and the chart refuses the values: `With the proxy enabled, oidc.issuerURI must end with /dex, not https://pach.example.com`',
    ));

  test('is fixed when it is a URL', () =>
    expect(
      only('upstream-idps', values(CROWD, 'https://Pach.example.com/?a'), 'pachyderm@2.11').fix?.replacement,
    ).toBe('https://pach.example.com/dex'));

  test.each(['https://ops:hunter2@pach.example.com/', 'https://ops:hunter2@pach.example.com/dex'])(
    'is quoted without the password of %s',
    (issuer) => {
      const { message, hint } = only('upstream-idps', values(CROWD, issuer), 'pachyderm@2.11');
      expect(message).toContain('https://ops:*******@pach.example.com/');
      expect(`${message} ${hint}`).not.toContain('hunter2');
    },
  );

  test('is left alone when it is none', () => {
    const { message, hint, fix } = only('upstream-idps', values(CROWD, 'pach.example.com'), 'pachyderm@2.11');
    expect(fix).toBeUndefined();
    expect(message).toContain('`oidc.issuerURI` cannot be "pach.example.com"');
    expect(hint).toContain('write an absolute URL');
  });
});

describe('the mock login of the chart', () => {
  test.each<[string, Row[]]>([
    ['oidc: { upstreamIDPs: [], mockIDP: true }\n', [['PRO001', 1, 27]]],
    ['oidc: { upstreamIDPs: [], mockIDP: yes }\n', [['PRO001', 1, 27]]],
    ['oidc: { upstreamIDPs: [] }\n', [['PRO001', 1, 9]]],
    ['oidc: { upstreamIDPs: [], mockIDP: no }\n', []],
    [`oidc: { upstreamIDPs: [${github(CALLBACK)}], mockIDP: true }\n`, []],
    ['deployTarget: LOCAL\noidc: { upstreamIDPs: [], mockIDP: true }\n', []],
    [
      'deployTarget: LOCAL\nproxy: { host: pach.example.com }\noidc: { upstreamIDPs: [], mockIDP: true }\n',
      [['PRO001', 3, 27]],
    ],
    [
      'deployTarget: LOCAL\noidc: { upstreamIDPs: [{ type: mockPassword, id: m, name: M, config: { username: a, password: b } }] }\n',
      [],
    ],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

describe('clients of values', () => {
  const withClients = (key: string): string =>
    `${values(github(CALLBACK))}  ${key}: [{ id: a, secret: b, name: A, redirect_uris: ['https://a.example.com/'] }]\n`;

  test.each(['additionalOIDCClient', 'additionalOIDCClients', 'additionalClient'])(
    'are not read under oidc.%s',
    (key) => expect(found(withClients(key))).toEqual([['FIL016', 5, 3]]),
  );

  test('are read under oidc.additionalClients', () => {
    expect(found(withClients('additionalClients'))).toEqual([]);
  });
});

describe('values without a list', () => {
  const secrets = 'oidc: { mockIDP: false, upstreamIDPsSecretName: idps }\n';

  test.each<[string, string, string, Row[]]>([
    ['with the list in a Secret', `deployTarget: AMAZON\n${secrets}`, 'pachyderm@2.12', []],
    ['for one machine', 'deployTarget: LOCAL\n', 'pachyderm@2.12', []],
    ['of a part of a cluster', 'proxy: { enabled: true }\n', 'pachyderm@2.12', []],
    ['without authentication', 'deployTarget: AMAZON\n', 'pachyderm@2.11', []],
    ['that switch it off', 'deployTarget: AMAZON\npachd: { activateAuth: false }\n', 'pachyderm@2.12', []],
    [
      'of a member',
      'deployTarget: AMAZON\npachd: { enterpriseLicenseKey: a, activateEnterpriseMember: true, oauthClientID: m, enterpriseCallbackAddress: "grpc://pachd:30650", rootToken: b }\n',
      'pachyderm@2.11',
      [['SEC019?', 2, 1]],
    ],
    ['that everyone logs in to', 'deployTarget: AMAZON\n', 'pachyderm@2.12', [['PRO001?', 1, 1]]],
    [
      'that everyone logs in to with a license',
      'deployTarget: AMAZON\npachd: { enterpriseLicenseKeySecretName: a, rootToken: b }\noidc: { mockIDP: true }\n',
      'pachyderm@2.11',
      [
        ['SEC019?', 2, 1],
        ['PRO001?', 3, 9],
      ],
    ],
    [
      'whose list is elsewhere',
      'deployTarget: AMAZON\noidc: { upstreamIDP: [] }\n',
      'pachyderm@2.12',
      [['FIL010', 2, 9]],
    ],
    [
      'whose list is in a section of no chart',
      'deployTarget: AMAZON\nidentity: { upstreamIDPs: [] }\n',
      'pachyderm@2.12',
      [['FIL010', 2, 13]],
    ],
    [
      'whose list is at the top',
      'deployTarget: AMAZON\nupstreamIDPs: []\n',
      'pachyderm@2.12',
      [['FIL010', 2, 1]],
    ],
  ])('%s', (_, text, target, expected) => expect(found(text, target)).toEqual(expected));
});

test('an enterprise server is whole without a word about where data is kept', () => {
  const server = (rest: string): Row[] =>
    found(
      `enterpriseServer: { enabled: true }\npachd: { enabled: false, enterpriseLicenseKey: a }\nconsole: { enabled: false }\n${rest}`,
      'pachyderm@2.11',
    );
  expect(server('')).toEqual([
    ['PRO001?', 1, 21],
    ['AUT013?', 2, 1],
    ['SEC019?', 2, 1],
  ]);
  // Its issuer follows from nothing that the proxy has.
  const [finding] = check(
    'helm-values',
    'enterpriseServer: { enabled: true }\npachd: { enabled: false }\noidc: { issuerURI: "http://a.acme.com:31658" }\n',
    'pachyderm@2.10',
  ).filter(({ code }) => code === 'ACC004');
  expect(finding?.hint).toBe('write http://a.acme.com:31658/dex');
});

test.each<[string, string, Row[]]>([
  ['pachd: { enterpriseLicenseKey: a }', 'pachyderm@2.11', [['AUT013?', 2, 1]]],
  ['pachd: { rootToken: "" }', 'pachyderm@2.12', [['AUT013?', 2, 1]]],
  [
    'pachd: { activateEnterpriseMember: true, enterpriseLicenseKey: a, oauthClientID: m, enterpriseCallbackAddress: "grpc://pachd:30650" }',
    'pachyderm@2.3',
    [['AUT013?', 2, 1]],
  ],
  ['pachd: { rootTokenSecretName: a }', 'pachyderm@2.12', []],
  ['pachd: { rootToken: a }', 'pachyderm@2.12', []],
  ['pachd: { activateAuth: false }', 'pachyderm@2.12', []],
  // Without a license there is no authentication.
  ['pachd: {}', 'pachyderm@2.11', []],
  // The Job asks for a token of its own, and the chart stops at the upgrade.
  ['pachd: { enterpriseLicenseKey: a }', 'pachyderm@2.2', []],
])('a root token that every upgrade replaces: %s, %s', (line, target, expected) =>
  expect(found(`deployTarget: LOCAL\n${line}\n`, target)).toEqual(expected),
);

test('a root token that every upgrade replaces is a warning that names both keys', () =>
  expect(
    only('upstream-idps', 'deployTarget: LOCAL\npachd: { rootToken: "" }\n', 'pachyderm@2.12'),
  ).toMatchObject({
    code: 'AUT013',
    severity: 'warning',
    message: expect.stringMatching(/pachd\.rootTokenSecretName.*pachd\.rootToken/) as string,
  }));

test('values that are laid over others may leave the root token to them', () =>
  expect(found('proxy: { enabled: true }\npachd: { enterpriseLicenseKey: a }\n')).toEqual([]));

/** A cluster with names of its own, and what every upgrade generates anew in it. */
function regenerated(pachd: string, more = '', target = 'pachyderm@2.11'): string[] {
  const text = `deployTarget: AMAZON\nproxy: { host: pach.example.com }\n${more}\npachd: { enterpriseLicenseKeySecretName: l, rootTokenSecretName: r, ${pachd} }\n`;
  return check('helm-values', text, target)
    .filter(({ code }) => code === 'SEC019')
    .flatMap(({ message }) =>
      [...message.matchAll(/`((?:pachd|console)\.[\w.]+)`/g)].map(([, name = '']) => name),
    );
}

const CLIENT = 'oauthClientSecretSecretName: c';
const CONSOLE = 'console: { config: { oauthClientSecretSecretName: c } }';
const REST = 'clusterDeploymentID: d, enterpriseSecretSecretName: e';

test.each<[string, string, string, string[]]>([
  [
    '',
    '',
    'pachyderm@2.11',
    [
      'console.config.oauthClientSecret',
      'pachd.clusterDeploymentID',
      'pachd.enterpriseSecret',
      'pachd.oauthClientSecret',
    ],
  ],
  // A release without licenses has no secret for them.
  [
    '',
    '',
    'pachyderm@2.12',
    ['console.config.oauthClientSecret', 'pachd.clusterDeploymentID', 'pachd.oauthClientSecret'],
  ],
  [CLIENT, CONSOLE, 'pachyderm@2.11', ['pachd.clusterDeploymentID', 'pachd.enterpriseSecret']],
  [`${CLIENT}, ${REST}`, 'console: { enabled: false }', 'pachyderm@2.11', []],
  [`${CLIENT}, ${REST}`, CONSOLE, 'pachyderm@2.2', []],
  [`oauthClientSecret: c, ${REST}`, '', 'pachyderm@2.2', ['console.config.oauthClientSecret']],
  ['activateAuth: false', '', 'pachyderm@2.11', []],
])('secrets that every upgrade replaces: %j, %j, %s', (pachd, more, target, expected) =>
  expect(regenerated(pachd, more, target)).toEqual(expected),
);

test.each<[string, Row[]]>([
  ['serviceAccount: { name: pach-sa }', [['PCH115', 2, 34]]],
  ['serviceAccount: { name: pachyderm }', []],
  ['serviceAccount: { name: "" }', []],
  ['serviceAccount: { name: pach-sa }, rbac: { create: true }', [['PCH115', 2, 34]]],
  ['serviceAccount: { name: pach-sa }, rbac: { create: false }', []],
])('a service account without rights: %s', (line, expected) =>
  expect(found(`deployTarget: LOCAL\npachd: { ${line} }\n`)).toEqual(expected),
);

describe('values that no chart has', () => {
  test.each<[string, Row[], string | undefined]>([
    ['pachd: { rootTokn: x }', [['FIL020', 2, 10]], 'did you mean `rootToken`?'],
    ['pachd: { externalService: { aPIGrpcport: 1 } }', [['FIL020', 2, 29]], 'did you mean `apiGRPCPort`?'],
    [
      'global: { postgresql.postgresqlPassword: x }',
      [['FIL020', 2, 11]],
      'the chart reads `global.postgresql.postgresqlPassword`: write it there, one mapping inside the other',
    ],
    [
      'console: { disableTelemetry: true }',
      [['FIL020', 2, 12]],
      'the chart reads `console.config.disableTelemetry`: write it there, one mapping inside the other',
    ],
    [
      'pachd: { storage: { amazon: { storageURL: x } } }',
      [['FIL020', 2, 31]],
      'the chart reads `pachd.storage.storageURL`: write it there, one mapping inside the other',
    ],
    ['pachd: { rootToken: x, enabled: true }', [], undefined],
  ])('%s', (line, expected, hint) => {
    const diagnostics = check('upstream-idps', `deployTarget: LOCAL\n${line}\n`, 'pachyderm@2.11');
    expect(rows(diagnostics)).toEqual(expected);
    expect(diagnostics[0]?.hint).toBe(hint);
  });

  test('are renamed where only the name is wrong', () => {
    const { fix } = only('upstream-idps', 'deployTarget: LOCAL\npachd: { rootTokn: x }\n', 'pachyderm@2.11');
    expect(fix?.replacement).toBe('rootToken');
  });
});

test.each<[string, Row[]]>([
  ['oidc: { IDTokenExpiry: 24h, RotationTokenExpiry: 48h }', []],
  ['oidc: { IDTokenExpiry: 1d }', [['SCH005', 2, 24]]],
  ['oidc: { RotationTokenExpiry: forever }', [['SCH005', 2, 30]]],
  ['oidc: { additionalClients: [{ id: a, name: A, secret: b, redirectURIs: [] }] }', [['FIL021', 2, 58]]],
  ['oidc: { additionalClients: [{ id: a, name: A, trustedPeers: [], trusted_peers: [] }] }', []],
  [
    'oidc: { additionalClients: [{ id: pachd, name: A, secret: b, redirect_uris: [] }] }',
    [['IDN004', 2, 35]],
  ],
  [
    'pachd: { oauthClientID: p }\noidc: { additionalClients: [{ id: pachd, name: A, secret: b, redirect_uris: [] }] }',
    [],
  ],
  [
    'oidc: { additionalClients: [{ id: a, name: A, secret: b, redirect_uris: ["https://*.acme.com"] }, { id: a, name: A }] }',
    [
      ['IDN006', 2, 74],
      ['IDN004', 2, 105],
    ],
  ],
  // What pachd cannot decode, or does not take.
  [
    'oidc: { additionalClients: [{ id: a, secret: b, redirect_uris: "https://a.acme.com" }, { id: 5, name: "" }, a] }',
    [
      ['FIL031', 2, 29],
      ['FIL031', 2, 49],
      ['FIL031', 2, 94],
      ['FIL031', 2, 103],
      ['FIL031', 2, 109],
    ],
  ],
  ['pachd: { pachAuthClusterRoleBindings: { "user:a@example.com": [clusterAdmin] } }', []],
  ['pachd: { pachAuthClusterRoleBindings: { "a@example.com": [clusterAdmin] } }', [['AUT002', 2, 41]]],
  ['pachd: { pachAuthClusterRoleBindings: { "robot:a": [logReader] } }', [['AUT001', 2, 53]]],
  ['oidc: { IDTokenExpiry: 24h, RotationTokenExpiry: 48h }', []],
  ['oidc: { IDTokenExpiry: 10ms }', [['PCH012', 2, 24]]],
  [
    'oidc: { IDTokenExpiry: 0s, RotationTokenExpiry: "0" }',
    [
      ['PCH012?', 2, 24],
      ['PCH012?', 2, 49],
    ],
  ],
  ['global: { postgresql: { postgresqlSSL: require } }', [['STO008', 2, 40]]],
  ['global: { postgresql: { postgresqlSSL: prefer } }', []],
  [
    'postgresql: { enabled: false }\nglobal: { postgresql: { postgresqlHost: db.example.com, postgresqlSSL: require } }',
    [],
  ],
  ['postgresql: { tls: { enabled: true } }\nglobal: { postgresql: { postgresqlSSL: require } }', []],
  [
    'postgresql: { enabled: false }\nglobal: { postgresql: { postgresqlHost: db.example.com, postgresqlSSL: verify-ca } }',
    [['STO008', 3, 72]],
  ],
  [
    'postgresql: { enabled: false }\nglobal: { postgresql: { postgresqlHost: db.example.com, postgresqlSSL: verify-ca, postgresqlSSLCACert: PEM } }',
    [['SCH005?', 3, 104]],
  ],
])('%s', (line, expected) => expect(found(`deployTarget: LOCAL\n${line}\n`)).toEqual(expected));

test.each<[values: string, found: string[]]>([
  ['global: { proxy: "http://pach:s3cret@proxy.example.com:3128" }', ['`global.proxy`']],
  [
    'pachd: { storage: { storageURL: "s3://a?endpoint=https://pach:s3cret@minio&region=b" } }',
    ['`pachd.storage.storageURL`'],
  ],
  ['pachd: { metrics: { endpoint: "https://a:s3cret@example.com" } }', ['`pachd.metrics.endpoint`']],
  // In Secrets of the chart.
  ['pachd: { rootToken: "https://a:s3cret@example.com" }', []],
  ['deployTarget: LOCAL\nglobal: { proxy: "http://pach:s3cret@proxy.example.com:3128" }', []],
])('a secret in a URL is said of what the chart keeps in no Secret: %s', (text, found) => {
  const findings = check('helm-values', text, 'pachyderm@2.11').filter(({ code }) => code === 'SEC032');
  expect(findings.map(({ message }) => /`[^`]*`/.exec(message)?.[0])).toEqual(found);
  for (const { message, hint } of findings) expect(`${message} ${hint}`).not.toContain('s3cret');
});
