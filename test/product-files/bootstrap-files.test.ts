import pico from 'picocolors';
import { pretty } from '../../src/cli/reporters/pretty';
import { validateFiles } from '../../src/pipeline/validate-files';
import { inputOf } from '../support/input-of';
import { check, rows } from './support/check';

const IDPS =
  '    - { type: github, id: gh, name: G, jsonConfig: \'{"clientID": "a", "clientSecret": "b", "redirectURI": "http://pachd:1658/callback", "orgs": [{"name": "acme"}]}\' }\n';

/** The Secret that the config Job of 2.2 reads, with files besides the connectors. */
function secret(files: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: { name: pachyderm-bootstrap-config }\nstringData:\n  idps: |\n${IDPS}${files}`;
}

describe('the bootstrap Secret of Pachyderm 2.2', () => {
  it('is checked for subjects and roles as a document is', () => {
    const found = check(
      'upstream-idps',
      secret(
        "  clusterRoleBindings: |\n    robots:test: [repoReader]\n    'user:ada@acme.com': [clusterAdmin, projectCreator]\n    allClusterUsers: [repoReader]\n",
      ),
      'pachyderm@2.2',
    );
    expect(rows(found)).toEqual([
      ['AUT002', 8, 5],
      ['AUT001', 9, 41],
    ]);
    expect(found[0]?.message).toContain('subject has unrecognized prefix: robots:');
    expect(found[1]?.message).toContain('unknown role "projectCreator"');
  });

  it.each(['authConfig', 'identityServiceConfig'])('is checked for the issuer in %s', (key) => {
    const text = secret(`  ${key}: |\n    issuer: http://pachd:1658/\n`);
    expect(rows(check('upstream-idps', text, 'pachyderm@2.2'))).toEqual([['ACC005', 8, 13]]);
    const sound = text.replace('1658/\n', '1658\n');
    expect(rows(check('upstream-idps', sound, 'pachyderm@2.2'))).toEqual([]);
  });

  it.each([
    ['one with a slash, one without', 'http://pachd:1658/', 'http://pachd:1658', [['ACC005', 8, 13]]],
    ['the same the other way round', 'http://pachd:1658', 'http://pachd:1658/', [['ACC005', 10, 13]]],
    [
      'the same slash in both, which works here and nowhere else',
      'http://pachd:1658/',
      'http://pachd:1658/',
      [
        ['ACC005?', 8, 13],
        ['ACC005?', 10, 13],
      ],
    ],
    ['two issuers', 'http://pachd:30658/dex', 'http://pachd:1658', [['ACC005', 8, 13]]],
    ['one issuer', 'http://pachd:1658', 'http://pachd:1658', []],
  ])('is checked for what pachd compares: %s', (_what, inAuth, inIdentity, expected) => {
    const text = secret(
      `  authConfig: |\n    issuer: ${inAuth}\n  identityServiceConfig: |\n    issuer: ${inIdentity}\n`,
    );
    expect(rows(check('upstream-idps', text, 'pachyderm@2.2'))).toEqual(expected);
  });

  it('is checked without a list of connectors too', () => {
    const text =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: pachyderm-bootstrap-config }\nstringData:\n  clusterRoleBindings: |\n    robots:test: [repoReader]\n';
    expect(rows(check('upstream-idps', text, 'pachyderm@2.2'))).toEqual([['AUT002', 6, 5]]);
    expect(rows(check('upstream-idps', text, 'pachyderm@2.11'))).toEqual([['FIL013', 5, 3]]);
  });

  it('may have a variable in place of a file', () => {
    const text = secret('  authConfig: $AUTH_CONFIG\n  clusterRoleBindings: $BINDINGS\n');
    expect(rows(check('upstream-idps', text, 'pachyderm@2.2'))).toEqual([]);
  });

  it('is read from base64 too', () => {
    const bindings = Buffer.from('robots:test: [repoReader]\n').toString('base64');
    const text = `${secret('')}data:\n  clusterRoleBindings: ${bindings}\n`;
    expect(rows(check('upstream-idps', text, 'pachyderm@2.2'))).toEqual([['AUT002', 8, 24]]);
  });
});

describe('every key of the Secret of 2.2', () => {
  it.each<[string, string, ReturnType<typeof rows>]>([
    ['the root token', '  rootToken: "tok\u00e9n"\n', [['PCH111', 7, 14]]],
    ['a license key', '  license: "not a license !"\n', [['SEC018', 7, 12]]],
    ['a license from a variable', '  license: $ENTERPRISE_LICENSE_KEY\n', []],
    [
      'lifetimes',
      '  identityServiceConfig: |\n    issuer: http://pachd:1658\n    id_token_expiry: 1d\n',
      [['SCH005', 9, 22]],
    ],
    [
      'clients',
      '  oidcClients: |\n    - { id: a, name: A, secret: s, redirect_uris: ["https://*.acme.com/cb"] }\n    - { id: a, name: B, redirectURIs: [] }\n',
      [
        ['IDN006', 8, 52],
        ['IDN004', 9, 13],
        ['FIL021', 9, 25],
      ],
    ],
    ['a list of bindings', '  clusterRoleBindings: |\n    - user:ada@acme.com\n', [['FIL031', 8, 5]]],
    [
      'a role without a list',
      '  clusterRoleBindings: |\n    user:ada@acme.com: clusterAdmin\n',
      [['FIL031', 8, 5]],
    ],
  ])('%s', (_shows, text, expected) => {
    expect(rows(check('upstream-idps', secret(text), 'pachyderm@2.2'))).toEqual(expected);
  });
});

describe('what pachd reads from 2.3 on', () => {
  const object = (kind: string, name: string, texts: Readonly<Record<string, string>>): string =>
    [
      'apiVersion: v1',
      `kind: ${kind}`,
      `metadata: { name: ${name} }`,
      kind === 'Secret' ? 'stringData:' : 'data:',
      ...Object.entries(texts).map(([key, text]) => `  ${key}: |-\n${text.replace(/^/gm, '    ')}`),
      '',
    ].join('\n');
  const auth = (texts: Readonly<Record<string, string>>): string => object('Secret', 'pachyderm-auth', texts);
  const identity = (texts: Readonly<Record<string, string>>): string =>
    object('ConfigMap', 'pachyderm-identity-config', texts);
  const AUTH_CONFIG =
    'client_id: pachd\nissuer: https://pach.acme.com/dex\nlocalhost_issuer: true\nredirect_uri: https://pach.acme.com/authorization-code/callback\nscopes: [email, openid]';
  const found = (text: string, target = 'pachyderm@2.11'): string[] =>
    check('upstream-idps', text, target).map(({ code, path }) => `${code} ${path}`);

  it.each<[string, string, readonly string[]]>([
    [
      'nothing is wrong with',
      `${auth({ 'root-token': 'abc', 'auth-config': AUTH_CONFIG, 'cluster-role-bindings': 'user:ada@acme.com: [clusterAdmin]' })}---\n${identity({ 'identity-config': 'issuer: https://pach.acme.com/dex\nid_token_expiry: 24h', 'oidc-clients': '- { id: pachd, name: pachd, redirectUris: ["https://pach.acme.com/authorization-code/callback"], trusted_peers: [console] }', 'trusted-peers': '[console]' })}`,
      [],
    ],
    [
      'role bindings',
      auth({ 'cluster-role-bindings': 'robots:ci: [repoReader]\nuser:ada@acme.com: [clusterAdmn]' }),
      [
        'AUT002 /stringData/cluster-role-bindings/robots:ci',
        'AUT001 /stringData/cluster-role-bindings/user:ada@acme.com/0',
      ],
    ],
    [
      'role bindings of another form',
      auth({ 'cluster-role-bindings': 'user:ada@acme.com: clusterAdmin\nallClusterUsers: [1]' }),
      [
        'FIL031 /stringData/cluster-role-bindings/user:ada@acme.com',
        'AUT001 /stringData/cluster-role-bindings/allClusterUsers/0',
      ],
    ],
    [
      'a boolean in quotes, and keys of another spelling',
      auth({
        'auth-config': AUTH_CONFIG.replace('true', '"true"').replace('redirect_uri', 'redirectURI'),
      }),
      ['FIL031 /stringData/auth-config/localhost_issuer', 'FIL031 /stringData/auth-config/redirectURI'],
    ],
    [
      'a boolean of YAML 1.1',
      auth({ 'auth-config': AUTH_CONFIG.replace('localhost_issuer: true', 'localhost_issuer: yes') }),
      [],
    ],
    [
      'two issuers',
      `${auth({ 'auth-config': AUTH_CONFIG })}---\n${identity({ 'identity-config': 'issuer: https://pach.acme.com/identity' })}`,
      ['ACC005 /stringData/auth-config/issuer'],
    ],
    [
      'an issuer without a scheme, and lifetimes',
      identity({
        'identity-config': 'issuer: pach.acme.com/dex\nid_token_expiry: 1us\nrotation_token_expiry: 2d',
      }),
      [
        'SCH005 /data/identity-config/issuer',
        'PCH012 /data/identity-config/id_token_expiry',
        'SCH005 /data/identity-config/rotation_token_expiry',
      ],
    ],
    [
      'clients',
      object('Secret', 'my-clients', {
        'additional-oidc-clients': '- { id: a, name: A, redirectURIs: [] }\n- { id: a, name: 1 }',
      }),
      [
        'FIL021 /stringData/additional-oidc-clients/0/redirectURIs',
        'IDN004 /stringData/additional-oidc-clients/1/id',
        'FIL031 /stringData/additional-oidc-clients/1/name',
      ],
    ],
    ['clients that are no list', identity({ 'oidc-clients': 'id: a' }), ['FIL031 /data/oidc-clients']],
    [
      'a license',
      object('Secret', 'pachyderm-license', { 'enterprise-license-key': 'no license !' }),
      ['SEC018 /stringData/enterprise-license-key'],
    ],
    ['a root token of two lines', auth({ 'root-token': 'a\nb' }), ['SEC008 /stringData/root-token']],
  ])('%s', (_shows, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('is recognized by itself, and secrets are not shown', () => {
    const text = auth({
      'root-token': 'hunter2Xw é',
      'cluster-role-bindings': 'user:ada@acme.com: [clusterAdmn]',
    });
    const { diagnostics, productFiles } = validateFiles(['auth.yaml'], inputOf({ 'auth.yaml': text }));
    expect(productFiles.map(({ kind }) => kind.name)).toEqual(['upstream-idps']);
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['AUT001', 'PCH111']);
    const shown = pretty(diagnostics, { colors: pico.createColors(false) });
    expect(shown).toContain('user:ada@acme.com: [clusterAdmn]');
    expect(shown).not.toContain('hunter2');
  });

  it('is not read by the Job of 2.2', () => {
    expect(found(auth({ 'auth-config': AUTH_CONFIG }), 'pachyderm@2.2')).toEqual([
      'FIL013 /stringData/auth-config',
    ]);
  });

  it('is nothing to other Secrets with a key of such a name', () => {
    const vault = object('Secret', 'vault', { 'root-token': 'a\nb' });
    const { productFiles } = validateFiles(['vault.yaml'], inputOf({ 'vault.yaml': vault }));
    expect(productFiles).toEqual([]);
  });
});

describe('logins that do not fit each other', () => {
  const job = (texts: string): ReturnType<typeof check> =>
    check('upstream-idps', secret(texts), 'pachyderm@2.2');

  it('in the callback URL of a connector, which follows from the issuer', () => {
    const found = job('  identityServiceConfig: |\n    issuer: https://pach.acme.com/dex\n');
    expect(rows(found)).toEqual([['DEX001', 6, 52]]);
    expect(found[0]?.message).toContain('expected callback URL "https://pach.acme.com/dex/callback"');
  });

  it('between objects of a later release', () => {
    const text = (callback: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: pachyderm-identity }\nstringData:\n  upstream-idps: |\n    - { type: github, id: gh, name: G, config: { clientID: a, clientSecret: b, redirectURI: "${callback}", orgs: [{ name: acme }] } }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: pachyderm-identity-config }\ndata:\n  identity-config: |\n    issuer: https://pach.acme.com/dex\n`;
    const codes = (callback: string): string[] =>
      check('upstream-idps', text(callback), 'pachyderm@2.11').map(({ code }) => code);
    expect(codes('https://pach.acme.com/callback')).toEqual(['DEX001']);
    expect(codes('https://pach.acme.com/dex/callback')).toEqual([]);
    expect(codes('https://pach.acme.com/dex/callback ')).toEqual(['DEX103']);
  });

  it('in a connector that asks Dex itself', () =>
    expect(
      check(
        'upstream-idps',
        'apiVersion: v1\nkind: Secret\nmetadata: { name: pachyderm-identity }\nstringData:\n  identity-config: |\n    issuer: https://pach.acme.com/dex\n  upstream-idps: |\n    - { type: oidc, id: a, name: A, config: { issuer: https://pach.acme.com/dex, clientID: a, clientSecret: b, redirectURI: https://pach.acme.com/dex/callback } }\n',
        'pachyderm@2.11',
      ).map(({ code }) => code),
    ).toEqual(['DEX056']));

  it('by what is around strings of pachd', () => {
    const found = job(
      '  authConfig: |\n    client_id: "pachd "\n    client_secret: |\n      abc\n    redirect_uri: " https://pach.acme.com/cb"\n    issuer: http://pachd:1658\n',
    );
    expect(rows(found)).toEqual([
      ['DEX053?', 8, 16],
      ['DEX053?', 9, 20],
      ['DEX053?', 11, 19],
    ]);
    expect(found.map(({ message }) => /`[^`]*`$/.exec(message)?.[0])).toEqual([
      '`Invalid client_id ("…")`',
      '`invalid_client`',
      '`Unregistered redirect_uri ("…")`',
    ]);
  });

  it.each([
    ['that Dex has', 'https://pach.acme.com/cb', []],
    ['that Dex has not', 'https://pach.acme.com/callback', [['IDN006', 9, 19]]],
  ])('in a redirect URI %s', (_which, uri, expected) =>
    expect(
      rows(
        job(
          `  authConfig: |\n    client_id: pachd\n    redirect_uri: ${uri}\n  oidcClients: |\n    - { id: pachd, name: pachd, secret: s, redirect_uris: ["https://pach.acme.com/cb"] }\n`,
        ),
      ),
    ).toEqual(expected),
  );

  it.each([
    ['that Dex has', 's1', []],
    ['that Dex has not', 's2', [['IDN017', 9, 20]]],
    ['of a variable', '$SECRET', []],
  ])('in a client secret %s', (_which, secret, expected) =>
    expect(
      rows(
        job(
          `  authConfig: |\n    client_id: pachd\n    client_secret: ${secret}\n  oidcClients: |\n    - { id: pachd, name: pachd, secret: s1, redirect_uris: ["https://pach.acme.com/cb"] }\n`,
        ),
      ),
    ).toEqual(expected),
  );

  it('in the form of redirect URIs and peers of clients', () =>
    expect(
      rows(
        job(
          '  oidcClients: |\n    - { id: a, name: A, secret: s, redirect_uris: ["https://a.acme.com/cb ", "a.acme.com/cb", "/cb"], trusted_peers: ["console ", b] }\n',
        ),
      ),
    ).toEqual([
      ['IDN006?', 8, 52],
      ['IDN006?', 8, 78],
      ['DEX053?', 8, 119],
    ]));
});
