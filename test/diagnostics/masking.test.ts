import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pico from 'picocolors';
import { json } from '../../src/cli/reporters/json';
import { pretty } from '../../src/cli/reporters/pretty';
import { checkFiles } from '../../src/pipeline/check-files';
import { inputOf } from '../support/input-of';

const SECRET = 'hunter2';
const HEAD = 'apiVersion: pachkit/v1\nrelease: 2.12.0-rc.3\nprofile: dev\n';
const colors = pico.createColors(false);

function report(text: string, fileName = 'test.yaml'): string {
  const { diagnostics } = checkFiles([fileName], inputOf({ [fileName]: text }));
  return pretty(diagnostics, { colors }) + json(diagnostics);
}

/** Places to write a secret in, each with a mistake near enough that a frame shows the line. */
const documents: Readonly<Record<string, string>> = {
  'beside a mistake': `${HEAD}auth:\n  rootToken: ${SECRET}\n  sessionDuraton: 1h\n`,
  'under a misspelt name': `${HEAD}auth:\n  rootTokn: ${SECRET}\n`,
  'under a name that says nothing': `${HEAD}auth:\n  xyz: { a: [${SECRET}] }\n`,
  'under a misspelt section': `${HEAD}atuh:\n  clientSecret: ${SECRET}\n`,
  'in a connector, under a misspelt name': `${HEAD}identity:\n  connectors:\n    - { type: ldap, id: a, config: { host: x, bindPwd: ${SECRET} } }\n`,
  'in a connector without type': `${HEAD}identity:\n  connectors:\n    - { id: a, config: { clientSecret: ${SECRET} } }\n`,
  'in a connector of an unknown type': `${HEAD}identity:\n  connectors:\n    - { type: odic, id: a, config: { clientSecret: ${SECRET} } }\n`,
  'in a document without release': `apiVersion: pachkit/v1\nidentity:\n  connectors:\n    - type: ldap\n      id: a\n      config:\n        bindPW: ${SECRET}\n        hosst: x\n`,
  'in a flow mapping': `${HEAD}auth: { rootToken: ${SECRET}, foo: 1, clientSecret: "${SECRET}" }\n`,
  'as a key of a secret value': `${HEAD}auth:\n  rootToken: { ${SECRET}: }\n`,
  'as a key and a value of a secret value': `${HEAD}auth:\n  rootToken:\n    x${SECRET}: ${SECRET}\n`,
  'as existing': `${HEAD}auth:\n  rootToken: { existing: ${SECRET} }\n`,
  'as generate': `${HEAD}auth:\n  rootToken: { generate: ${SECRET} }\n`,
  'in a list': `${HEAD}auth:\n  rootToken:\n    - ${SECRET}\n`,
  'under keys that objects have': `${HEAD}auth:\n  rootToken:\n    __proto__: ${SECRET}\n    constructor: ${SECRET}\n`,
  'in a block scalar': `${HEAD}enterprise:\n  licenseKey: |\n    ${SECRET}\n    ${SECRET}\n  secert: 1\n`,
  'in a folded scalar over several lines': `${HEAD}enterprise:\n  licenseKey: one\n    ${SECRET}\n  secert: 1\n`,
  'behind an anchor': `${HEAD}auth:\n  rootToken: &token ${SECRET}\n  foo: *token\n`,
  'as an anchor': `${HEAD}auth:\n  rootToken: &${SECRET}\n`,
  'as an alias': `${HEAD}auth:\n  rootToken: *${SECRET}\n`,
  'as a tag': `${HEAD}auth:\n  rootToken: !${SECRET}\n`,
  'behind a tag': `${HEAD}auth:\n  rootToken: !vault ${SECRET}\n`,
  'in a header of a block scalar': `${HEAD}auth:\n  rootToken: |${SECRET}\n`,
  'in an escape sequence': `${HEAD}auth:\n  rootToken: "\\${SECRET}"\n`,
  'in quotes that are not closed': `${HEAD}auth:\n  rootToken: "${SECRET}\n`,
  'in quotes with quotes in them': `${HEAD}auth:\n  rootToken: "a\\"${SECRET}" }\n`,
  'in single quotes with quotes in them': `${HEAD}auth:\n  rootToken: 'a''${SECRET}' ]\n`,
  'with commas and hashes in it': `${HEAD}auth:\n  rootToken: a,b#${SECRET}: x\n`,
  'in brackets that are not closed': `${HEAD}auth: { rootToken: ${SECRET}, clientSecret: [${SECRET}, }\n`,
  'in a block scalar that is not indented': `${HEAD}enterprise:\n  licenseKey: |\n${SECRET}\n  secret: [\n`,
  'on the line behind its key, in text that is not well-formed': `${HEAD}auth:\n  rootToken:\n    ${SECRET}: a: b\n`,
  'under a misspelt name, in text that is not well-formed': `${HEAD}auth:\n  rootTokn: ${SECRET}: b\n`,
  'beside a key that is a duplicate': `${HEAD}enterprise:\n  licenseKey: |\n    ${SECRET}\n  licenseKey: ${SECRET}\n`,
  'behind a tab': `${HEAD}auth:\n\trootToken: ${SECRET}\n`,
  'in JSON that is not closed': `{ "auth": {\n"rootToken":\n"${SECRET}",\n"clientSecret": "${SECRET}"\n`,
  'in a comment': `${HEAD}# rootToken: ${SECRET}\nfoo: 1\n`,
  'as the password of a URL': `${HEAD}network:\n  httpProxy: http://user:${SECRET}@proxy:3128\n`,
  'as the password of a URL with a space': `${HEAD}network:\n  httpProxy: "http://user:${SECRET} @proxy:3128"\n`,
  'as a parameter of a URL': `${HEAD}identity:\n  connectors:\n    - { type: oidc, id: a, name: A, config: { issuer: 'https://acme.okta.com?token=${SECRET}', clientID: a, clientSecret: { env: A } } }\n`,
  'as a number': `${HEAD}auth:\n  rootToken: 5550123\n`,
  'as a number where a section belongs': `${HEAD}enterprise: 5550123\n`,
  ...Object.fromEntries(
    [
      'enterprise: SECRET',
      'auth: SECRET',
      'auth0: SECRET',
      'database: SECRET',
      'storage: SECRET',
      'enterprise: { member: SECRET }',
      'identity: { clients: SECRET }',
      'identity: { clients: [SECRET] }',
      'identity: { connectors: [SECRET] }',
      'database: { external: SECRET }',
      'storage: { azure: SECRET }',
      'dex: { staticPasswords: [SECRET] }',
      'identity: { connectors: [{ type: ldap, id: a, config: SECRET }] }',
      'identity: { connectors: [{ type: ldap, id: a, config: { host: x, userSearch: SECRET } }] }',
      'identity: { connectors: [{ type: github, id: a, config: { orgs: [SECRET] } }] }',
      'identity: { connectors: [{ type: github, id: a, config: { orgs: SECRET } }] }',
      'identity: { connectors: [{ provider: github, id: a, orgs: SECRET }] }',
    ].map((line) => [`where a section belongs: ${line}`, `${HEAD}${line.replace('SECRET', SECRET)}\n`]),
  ),
  'that begins with the sign of a comment': `${HEAD}auth:\n  rootToken: #${SECRET}\n`,
  'that has the sign of a comment in it': `${HEAD}auth:\n  rootToken: abc #${SECRET}\n  foo: 1\n`,
  'in a comment behind a reference': `${HEAD}auth:\n  rootToken: { env: TOKEN } # ${SECRET}\n  foo: 1\n`,
  'in a comment behind a key that no one knows': `${HEAD}foo: 1 # was ${SECRET}\n`,
  'in a comment behind the key of a section': `${HEAD}foo: # ${SECRET}\n  a: 1\n`,
  'in the words of a comment': `${HEAD}# the password is ${SECRET}\nfoo: 1\n`,
  'in a comment, in text that is not well-formed': `${HEAD}auth:\n  rootToken: #${SECRET}\n  a: b: c\n`,
  'in braces, in a connector': `${HEAD}identity:\n  connectors:\n    - { type: ldap, id: a, config: { host: x, bindPW: {${SECRET}} } }\n`,
  'in braces with a value, in a connector': `${HEAD}identity:\n  connectors:\n    - { type: ldap, id: a, config: { host: x, bindPW: { ${SECRET}: x } } }\n`,
  'in braces beside a reference, in a connector': `${HEAD}identity:\n  connectors:\n    - { type: ldap, id: a, config: { host: x, bindPW: { env: A, ${SECRET}: 1 } } }\n`,
  'as the password in front of a host without scheme': `${HEAD}network:\n  httpProxy: user:${SECRET}@proxy:3128\n`,
  'as the password of a URL that is no path': `${HEAD}extends: https://u:${SECRET}@git/x.yaml\n`,
  'in the environment as a personal access token': `${HEAD}pachd:\n  environment:\n    GITHUB_PAT: ${SECRET}\n    9: x\n`,
  'in the environment as a header': `${HEAD}pachd:\n  environment:\n    AUTHORIZATION: Bearer ${SECRET}\n    9: x\n`,
  'in the environment as a header under a name that says nothing': `${HEAD}pachd:\n  environment:\n    X: Bearer ${SECRET}\n    9: x\n`,
  'in the environment as a data source': `${HEAD}pachd:\n  environment:\n    DATABASE_DSN: u:${SECRET}\n    9: x\n`,
  ...Object.fromEntries(
    [
      '{ env: "SECRET " }',
      '{ env: SECRET }',
      '{ existing: "SECRET" }',
      '{ generate: SECRET }',
      '{ file: "\\nSECRET" }',
    ].map((value) => [
      `as ${value}, in text that is not well-formed`,
      `${HEAD}enterprise:\n  licenseKey: ${value.replace('SECRET', SECRET)}\n  a: b: c\n`,
    ]),
  ),
  'behind a key with a question mark, in text that is not well-formed': `${HEAD}enterprise:\n  ? licenseKey\n  : "${SECRET}"\n  a: b: c\n`,
  'where the name of a variable belongs': `${HEAD}auth:\n  rootToken: { env: ${SECRET} }\n  foo: 1\n`,
  'in the lines of a file of passwords': `root:$6$${SECRET}$${SECRET}:1:0::\nbin:${SECRET}:1:0::\nbin:${SECRET}:1:0::\n`,
  'in the lines of a file that is no document': `root:${SECRET}:1:\nbin:${SECRET}:1:\n`,
  ...Object.fromEntries(
    Object.entries({
      'in quotes that are escaped': JSON.stringify(`{"clientSecret": "${SECRET}, {${SECRET}}"}`),
      'in quotes that are escaped twice': JSON.stringify(JSON.stringify({ clientSecret: SECRET })),
      'with quotes in it': JSON.stringify(JSON.stringify({ clientSecret: `a"${SECRET}` })),
      'on a line of its own': `>-\n    {"clientSecret":\n    "${SECRET}"}`,
      'on a line of its own, as a string in quotes': `'{"clientSecret":\n    "${SECRET}"}'`,
    }).flatMap(([name, value]) => [
      [`in JSON inside a string, ${name}`, `${HEAD}foo: 1\nx: ${value}\n`],
      [`in JSON inside a string, ${name}, in text that is not well-formed`, `${HEAD}a: b: c\nx: ${value}\n`],
      [
        `in settings that another key overrules, ${name}`,
        `oidc:\n  upstreamIDPs:\n  - type: github\n    id: a\n    name: A\n    jsonConfig: ${value}\n    config: x\n`,
      ],
    ]),
  ),
  ...Object.fromEntries(
    [
      `{ "clientSecret": ""${SECRET}" }`,
      `{ "clientID": "a" "clientSecret": "${SECRET}" }`,
      `{ "clientSecret": "${SECRET}", }`,
      `{ "clientSecret": ${SECRET} }`,
      `{ "clientSecret": !${SECRET} }`,
      `{ "clientSecret": "a" "${SECRET}" }`,
      `{ "clientSecret": ["${SECRET}" }`,
      `{ "clientSecret": {"${SECRET}" }`,
      `{ "clientSecret": "a", "${SECRET}" }`,
      `{ "clientSecret" "${SECRET}" }`,
      `{ 'clientSecret': '${SECRET}' }`,
      `{ clientSecret: ${SECRET}`,
      `[{ "clientSecret": "${SECRET}" }`,
      `{ "clientSecret": "${SECRET}" } x`,
    ].flatMap((inner) =>
      [`'${inner.replaceAll("'", "''")}'`, JSON.stringify(inner), `>-\n    ${inner}`].flatMap((value) => [
        [`in JSON that is not JSON, inside a string, as ${value}`, `${HEAD}foo: 1\nx: ${value}\n`],
        [
          `in settings that are not JSON, as ${value}`,
          `oidc:\n  upstreamIDPs:\n  - type: github\n    id: a\n    name: A\n    jsonConfig: ${value}\n    config: x\n`,
        ],
        [
          `in a variable that is not JSON, as ${value}`,
          `${HEAD}pachd:\n  environment:\n   SETTINGS: ${value}\n   1bad: x\n`,
        ],
      ]),
    ),
  ),
  'with CRLF': `${HEAD}auth:\n  rootToken: ${SECRET}\n  foo: 1\n`.replaceAll('\n', '\r\n'),
};

describe('a secret is never shown', () => {
  test.each(Object.keys(documents))('%s', (name) => {
    const shown = report(documents[name] ?? '');
    expect(shown).toContain('error');
    expect(shown).not.toMatch(/hunter|unter2|5550123/);
  });

  test('also when the document extends another that cannot be read', () => {
    const files = {
      'a.yaml': `auth: { rootToken: ${SECRET} }\nextends: b.yaml\n`,
      'b.yaml': `rootToken: ${SECRET}\n\tx: 1\n`,
    };
    const { diagnostics } = checkFiles(['a.yaml'], inputOf(files));
    expect(pretty(diagnostics, { colors })).toContain('b.yaml:2:1');
    expect(pretty(diagnostics, { colors }) + json(diagnostics)).not.toContain(SECRET);
  });
});

describe('a secret in a program is never shown', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function reportOf(text: string): string {
    fs.writeFileSync(path.join(folder, 'a.ts'), text);
    const { diagnostics } = checkFiles(['a.ts'], {
      directory: folder,
      readFile: (name) => fs.readFileSync(name),
      readStandardInput: () => Buffer.alloc(0),
    });
    return pretty(diagnostics, { colors }) + json(diagnostics);
  }

  test.each([
    [
      'in a constant',
      `const a = '${SECRET}'; const foo = 1;\nexport default { auth: { rootToken: a }, foo };`,
    ],
    [
      'in a list of constants',
      `const all = ['x', '${SECRET}'], foo = 1;\nexport default { auth: { rootToken: all[1] }, foo };`,
    ],
    ['beside a mistake', `export default { auth: { rootToken: '${SECRET}', foo: 1 } };`],
    ['where a section belongs', `const a = ['${SECRET}']; export default { enterprise: a[0] };`],
    [
      'in a program that does not compile',
      `const a = '${SECRET}'; const b = ;\nexport default { auth: { rootToken: a } };`,
    ],
    ['where quotes are missing', `export default { auth: { rootToken: x ${SECRET} } };`],
    ['in quotes that are not closed', `export default { auth: { rootToken: '${SECRET} } };`],
    ...(
      [
        ['in the text of an error', "'oops ' + a"],
        ['in the text of an error, as a template', '`oops ${a}`'],
        ['in the text of an error, from a function', `'oops ' + ((b: string) => b)('${SECRET}')`],
      ] as const
    ).map(([name, expression]): [string, string] => [
      name,
      `const a = '${SECRET}';\nthrow new Error(${expression});\nexport default {};`,
    ]),
    [
      'in what is thrown late',
      `const a = '${SECRET}'; setTimeout(() => { throw new Error('oops ' + a); }, 1);\nexport default {};`,
    ],
    [
      'in what a promise is rejected with',
      `const a = '${SECRET}'; Promise.reject(new Error('oops ' + a));\nexport default {};`,
    ],
    ['in a comment', `export default { auth: { rootToken: 'x', // was ${SECRET}\n foo: 1 } };`],
    ['where JSON belongs', `JSON.parse(['${SECRET}', 'x'].join('\\n'));\nexport default {};`],
    ['that is thrown', `const a = '${SECRET}';\nthrow a;\nexport default {};`],
    ['in a template', 'const a = `\n' + SECRET + '`; const b = ;\nexport default a;'],
    [
      'in a program that throws',
      `const a = '${SECRET}'; throw new Error('no');\nexport default { auth: { rootToken: a } };`,
    ],
  ])('%s', (_name, text) => {
    const shown = reportOf(text);
    expect(shown).toContain('error');
    expect(shown).not.toContain(SECRET);
  });

  test('and a release is none', () =>
    expect(reportOf("export default { release: '2.11.6', foo: ; };")).toContain("release: '2.11.6'"));

  test('and a short one hides no parts of words', () =>
    expect(reportOf("export default { auth: { rootToken: 'e' }, foo: 1 };")).toContain(
      'export default { auth: { rootToken: *** }, foo: * };',
    ));

  test('and names of Secrets, keys, variables and files are no secrets', () => {
    const shown = reportOf(
      [
        'export default {',
        "  auth: { rootToken: { existing: { name: 'pachyderm', key: 'a' } } },",
        "  console: { clientSecret: { env: 'host' } },",
        "  access: { host: 'pachyderm.acme.com', foo: 1 },",
        '};',
      ].join('\n'),
    );
    expect(shown).toContain("access: { host: 'pachyderm.acme.com', foo:");
  });
});

describe('what is no secret is shown', () => {
  test.each([
    ['a license of the file', '# SPDX-License-Identifier: Apache-2.0\nfoo: 1'],
    ['a comment about a secret', '# the license key comes from the vault\nfoo: 1'],
    ['names of Secrets', 'images:\n  pullSecrets: [registry]\n  foo: 1'],
    ['choices', 'auth0:\n  database: { passwordPolicy: excellent, foo: 1 }'],
    ['choices about secrets', 'auth0:\n  clientSecretFrom: state'],
    ['true and false', 'enablePasswordDB: true'],
    ['true under a key that no one knows', 'auth: { foo: true }'],
    ['the value of a key that was certainly meant', 'access: { hosst: pachyderm.acme.com }'],
    ['a section under a key that was certainly meant', 'acces: { host: pachyderm.acme.com }'],
    ['mail addresses of users', 'auth: { roleBindings: { "user:alice@acme.com": [clusterAdmin] }, foo: 1 }'],
    ['images', 'images: { registry: pachyderm/pachd:2.11.6@sha256:abc, foo: 1 }'],
  ])('%s', (_name, text) => {
    const last = text.split('\n').findLast((line) => !/foo: 1$/.test(line) || line.length > 8) ?? '';
    expect(report(`${HEAD}${text}\n`)).toContain(last.replace('foo: 1', 'foo: *'));
  });

  test('names of variables, files and Secrets', () => {
    const shown = pretty(
      checkFiles(
        ['test.yaml'],
        inputOf({
          'test.yaml': `${HEAD}auth: { rootToken: { env: ROOT_TOKEN }, clientSecret: { existing: { name: clients, key: pachd } } }\nfoo: 1\n`,
        }),
      ).diagnostics,
      { colors },
    );
    expect(shown).toContain('env: ROOT_TOKEN');
    expect(shown).toContain('name: clients, key: pachd');
  });

  test('other values, in text that is not well-formed', () => {
    const shown = report(`${HEAD}access:\n  via: proxy\n  host: a: b\n`);
    expect(shown).toContain('  host: a: b');
    expect(shown).toContain('  via: proxy');
  });

  test('other values beside a secret', () =>
    expect(report(`${HEAD}auth:\n  clientID: pachd\n  clientSecret: ${SECRET}\n  foo: 1\n`)).toContain(
      '  clientSecret: *******\n',
    ));
});
