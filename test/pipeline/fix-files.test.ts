import { fixFiles, type FixedFiles } from '../../src/pipeline/fix-files';
import type { ValidateOptions } from '../../src/pipeline/validate-files';

/** Mends files that exist in memory only; `-` is standard input. */
function fix(
  files: Readonly<Record<string, string | Buffer>>,
  names: readonly string[] = Object.keys(files).slice(0, 1),
  options: ValidateOptions = {},
): FixedFiles {
  let isRead = false;
  return fixFiles(
    names,
    {
      directory: '/work',
      readFile: (fileName) => {
        const content = files[fileName.replace('/work/', '')];
        if (content === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
        return Buffer.from(content);
      },
      readStandardInput: () => {
        // A pipe is empty the second time.
        const content = isRead ? '' : (files['-'] ?? '');
        isRead = true;
        return Buffer.from(content);
      },
    },
    options,
  );
}

/** The fixed strings, by file. */
function texts(outcome: FixedFiles): Record<string, string> {
  return Object.fromEntries(outcome.fixed.map(({ file, content }) => [file, content.toString('utf8')]));
}

function codes({ diagnostics }: FixedFiles): string[] {
  return diagnostics.map(({ code }) => code);
}

const cluster = (connector: string, more = ''): string => `# Our cluster
apiVersion: pachkit/v1   # the first
release: 2.12.0-rc.3
profile: dev
secrets: { seed: x }
${more}storage:
  local: { hostPath: /var/pachyderm/ }
identity:
  connectors:
    - type: oidc
      id: auth0
      name: Auth0
      config:
${connector.replace(/^(?=.)/gm, '        ')}`;

const oidc = `issuer: https://acme.eu.auth0.com/
clientID: a
clientSecret: b
`;

test('keys in the wrong case and the slash of Auth0, with comments and layout kept', () => {
  const before = cluster(
    `issuer:   "https://acme.eu.auth0.com"   # ours\nclientid: a\n\n"clientSecret": b # secret\n`,
  );
  const outcome = fix({ 'a.yaml': before });
  expect(texts(outcome)).toEqual({
    'a.yaml': before.replace('auth0.com"', 'auth0.com/"').replace('clientid', 'clientID'),
  });
  expect(outcome.fixed[0]?.titles).toHaveLength(2);
  expect(outcome.fixed[0]?.absolute).toBe('/work/a.yaml');
  expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a fix may uncover another: rules come after the form', () => {
  const before = cluster(oidc.replace('.com/', '.com'), 'acces: { via: proxy }\n');
  const outcome = fix({ 'a.yaml': before });
  expect(texts(outcome)['a.yaml']).toBe(
    before.replace('acces:', 'access:').replace('auth0.com', 'auth0.com/'),
  );
});

test.each([
  ['one letter too few', 'acces: { via: proxy }\n', 'access: { via: proxy }\n'],
  [
    'an underscore',
    'access: { via: proxy, tls: { secret_name: a } }\n',
    'access: { via: proxy, tls: { secretName: a } }\n',
  ],
  ['another case', 'nameSpace: p\n', 'namespace: p\n'],
])('a key of a document with %s', (_, wrong, right) => {
  expect(texts(fix({ 'a.yaml': cluster(oidc, wrong) }))['a.yaml']).toBe(cluster(oidc, right));
});

test('a slash where Dex appends paths', () => {
  const before =
    'type: gitea\nid: g\nname: G\nconfig:\n  baseURL: "https://git.acme.com/" # ours\n  clientID: a\n  clientSecret: b\n  redirectURI: https://x.acme.com/callback\n';
  const outcome = fix({ 'a.yaml': before });
  expect(texts(outcome)['a.yaml']).toBe(before.replace('acme.com/"', 'acme.com"'));
  expect(outcome.fixed[0]?.titles).toEqual(['Remove the slash at the end']);
});

test('JSON stays JSON', () => {
  const before =
    '{"type":"linkedin","id":"l","name":"L","config":{"clientid":"a","clientSecret":"b","redirectURI":"https://x/callback"}}';
  expect(texts(fix({ 'a.json': before }))['a.json']).toBe(before.replace('clientid', 'clientID'));
});

test('ends of lines and the byte order mark stay', () => {
  const before = `\ufeff${cluster(oidc.replace('clientID', 'clientid')).replace(/\n/g, '\r\n')}`;
  const outcome = fix({ 'a.yaml': before });
  expect(outcome.fixed[0]?.content.equals(Buffer.from(before.replace('clientid', 'clientID')))).toBe(true);
});

test('characters beyond ASCII in front of the place', () => {
  const before = cluster(`claimMapping: { "groups": "https://ä/😀", Email: mail }\n${oidc}`);
  expect(texts(fix({ 'a.yaml': before }))['a.yaml']).toBe(before.replace('Email', 'email'));
});

test('a base is fixed where the value was written, once', () => {
  const base = cluster(oidc.replace('clientID', 'clientid'));
  const files = {
    'a.yaml': 'extends: ./base/common.yaml\nname: a\n',
    'b.yaml': 'extends: ./base/common.yaml\nname: b\n',
    'base/common.yaml': base,
  };
  const outcome = fix(files, ['a.yaml', 'b.yaml']);
  expect(texts(outcome)).toEqual({ 'base/common.yaml': base.replace('clientid', 'clientID') });
  expect(outcome.fixed[0]).toMatchObject({
    absolute: '/work/base/common.yaml',
    titles: ['Rename the key to clientID'],
  });
});

test('a key in two spellings is left to the user, and the others are fixed', () => {
  const before = cluster(`${oidc}clientid: c\nscope: [email, profile]\nredirecturi: https://x/callback\n`);
  const outcome = fix({ 'a.yaml': before });
  expect(texts(outcome)['a.yaml']).toBe(
    before.replace('scope:', 'scopes:').replace('redirecturi', 'redirectURI'),
  );
  expect(codes(outcome)).toContain('DEX107');
});

test('a file that is not well-formed is left alone', () => {
  const before = 'type: oidc\nid: a\nname: A\n    clientid: b\n';
  const outcome = fix({ 'a.yaml': before });
  expect(outcome.fixed).toEqual([]);
  expect(codes(outcome)).toContain('FIL001');
  const twice = cluster(`${oidc}clientSecret: c\ngetuserinfo: true\n`);
  expect(fix({ 'a.yaml': twice }).fixed).toEqual([]);
});

test('nothing to fix', () => {
  const outcome = fix({ 'a.yaml': cluster(oidc) });
  expect(outcome.fixed).toEqual([]);
  expect(outcome.programs).toEqual([]);
});

test('standard input', () => {
  const before = cluster(oidc.replace('clientID', 'clientid'));
  const outcome = fix({ '-': before });
  expect(texts(outcome)).toEqual({ '<stdin>': before.replace('clientid', 'clientID') });
  expect(outcome.fixed[0]).not.toHaveProperty('absolute');
  expect(outcome.standardInput?.toString()).toBe(before);
});

test('files of products, in the block of a string too', () => {
  const before = `kind: Secret
stringData:
  # read by pachd
  upstream-idps: |
    - id: l
      Name: L
      type: linkedin
      config: { clientid: a, clientSecret: b, redirectURI: "https://x/callback" }
`;
  expect(texts(fix({ 'a.yaml': before }))['a.yaml']).toBe(
    before.replace('Name', 'name').replace('clientid', 'clientID'),
  );
});

test('a slip that is not certain is left to the user', () => {
  const before = cluster(`${oidc}organisations: [a]\nclaimMapping: { nmae: x }\n`);
  expect(fix({ 'a.yaml': before }).fixed).toEqual([]);
});
