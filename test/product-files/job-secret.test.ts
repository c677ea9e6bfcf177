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
    ['two issuers', 'http://pachd:1658', 'http://pachd:30658/dex', [['ACC005', 8, 13]]],
    ['one issuer', 'http://pachd:30658/dex', 'http://pachd:30658/dex', []],
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
