import { asterisks } from '../../src/document/asterisks';
import {
  hideIn,
  maskAssignments,
  maskUnreadProgram,
  maskUnreadYaml,
  maskMessage,
  maskUrlPasswords,
  occurrences,
} from '../../src/document/mask-text';
import { shownBy, type Rows } from '../support/shown-by';

describe('a known secret in a string', () => {
  test.each<[string, string, string]>([
    ['hunter2', 'hunter2, or hunter2', '*******, or *******'],
    ['hunter2', 'myhunter2is', 'my*******is'],
    ['two words', 'these two words here', 'these *** ***** here'],
    ['aaaaaa', 'aaaaaaaaaaaa', '************'],
    ['', 'nothing', 'nothing'],
    // A secret of a few letters is hidden where it is a word, else every e would be.
    ['e', 'e, the letter e (e) ee e1 1e _e e', '*, the letter * (*) ee e1 1e _e *'],
    ['abcde', 'abcde xabcde abcdex', '***** xabcde abcdex'],
    ['abcdef', 'abcdef xabcdef abcdefx', '****** x****** ******x'],
    ['a+', 'a+b a++ xa+', '**b **+ xa+'],
  ])('%j in %j', (secret, text, shown) => expect(hideIn(text, [secret])).toBe(shown));

  test('several at once', () =>
    expect(hideIn('alice:hunter2@db', ['hunter2', 'db'])).toBe('alice:*******@**'));

  test('places', () => {
    expect(occurrences('hunter2 hunter2', 'hunter2')).toEqual([
      [0, 7],
      [8, 15],
    ]);
    expect(occurrences('hunter2', '')).toEqual([]);
  });
});

test('asterisks leave white space, so that columns and lines stay', () =>
  expect(asterisks('two\twords\n more')).toBe('***\t*****\n ****'));

describe('what is assigned to a name that says secret', () => {
  shownBy(maskAssignments, [
    ['rootToken: hunter2', 'rootToken: *******'],
    ['rootToken:hunter2', 'rootToken:*******'],
    ['rootToken  =  hunter2', 'rootToken  =  *******'],
    ['PACH_TOKEN=hunter2', 'PACH_TOKEN=*******'],
    ['my-token: hunter2', 'my-token: *******'],
    ['_token: hunter2', '_token: *******'],
    ['a.token: hunter2', 'a.token: *******'],
    ['"rootToken": "hunter2",', '"rootToken": *********,'],
    ["'rootToken': 'hunter2',", "'rootToken': *********,"],
    ['rootToken: "a, b" # why', 'rootToken: *** ** * ***'],
    ["rootToken: 'a, b', host: acme", 'rootToken: *** **, host: acme'],
    ['rootToken: two words, clientID: pachd', 'rootToken: *** *****, clientID: pachd'],
    ['{ rootToken: hunter2 }', '{ rootToken: ******* }'],
    ['[rootToken: hunter2]', '[rootToken: *******]'],
    ['rootToken: hunter2\nhost: acme', 'rootToken: *******\nhost: acme'],
    ['"rootToken: hunter2"', '"rootToken: ********'],
    [String.raw`{\"rootToken\": \"hunter2\"}`, String.raw`{\"rootToken\": ***********}`],
    [String.raw`{\\\\"rootToken\\\\": 5x}`, String.raw`{\\\\"rootToken\\\\": **}`],
    ["x: 'rootToken: hunter2'", "x: 'rootToken: ********"],
    ['x: host=db password=hunter2', 'x: host=db password=*******'],
    ['args: ["--token=hunter2", "-v"]', 'args: ["--token=********, "-v"]'],
    ['rootToken: clientSecret: hunter2', 'rootToken: ************* *******'],
    ['rootToken: true'],
    ['rootToken: false'],
    ['rootToken: null'],
    ['rootToken: 8080'],
    ['rootToken: 80801', 'rootToken: *****'],
    ['rootToken: truely', 'rootToken: ******'],
    ['rootToken: untrue', 'rootToken: ******'],
    ['rootToken: { env: TOKEN }'],
    ['rootToken: [a]'],
    ['rootToken: |'],
    ['rootToken: >'],
    ['rootToken: &anchor'],
    ['rootToken: *alias'],
    ['rootToken: !tag'],
    ['rootToken:\n  hunter2'],
    ['host: acme.com'],
    ['key: tls.key'],
    ['apiKey: hunter2', 'apiKey: *******'],
    ['9token: hunter2', '9token: hunter2'],
  ]);
});

describe('what is assigned where a quote is one too many, or the colon is missing', () => {
  shownBy(maskAssignments, [
    ['"rootToken" "hunter2"', '"rootToken" *********'],
    ["'rootToken' 'hunter2'", "'rootToken' *********"],
    ['"rootToken": "hunter2""', '"rootToken": **********'],
    ['"rootToken": ""hunter2"', '"rootToken": **********'],
    ["rootToken: 'a''hunter2', host: acme", 'rootToken: ************, host: acme'],
    ['"rootToken": "hunter2', '"rootToken": ********'],
    ['{ rootToken: "hunter2, host: acme }', '{ rootToken: ********, host: acme }'],
    ['"rootToken""hunter2", "host": "acme"', '"rootToken"*********, "host": "acme"'],
    ['"host" "acme"'],
    ['"key" "acme"'],
  ]);
});

describe('a comment', () => {
  shownBy(maskAssignments, [
    ['# rootToken: hunter2', '# rootToken: *******'],
    ['rootToken: { env: TOKEN } # was hunter', 'rootToken: { env: TOKEN } * *** ******'],
    ['"rootToken": { env: TOKEN } # was hunter', '"rootToken": { env: TOKEN } * *** ******'],
    ['rootToken : { env: TOKEN } # was hunter', 'rootToken : { env: TOKEN } * *** ******'],
    ['host: acme # was hunter'],
    ['key: acme # was hunter'],
    ['rootToken { env: TOKEN } # was hunter'],
    ['rootToken: { env: A }\nhost: acme # was hunter'],
    ['url: https://acme.com/#token'],
    // In prose, odd words behind a word that says secret: of letters and digits, or with capitals inside.
    ['# the password is hunter2Xw', '# the password is *********'],
    ['# the password is huntTwoXY', '# the password is *********'],
    ['# the password is hunterTwo'],
    ['# the password is hunter2, really', '# the password is *******, really'],
    ['# hunter2Xw is the password', '# hunter2Xw is the password'],
    ['# the password is in the vault'],
    ['# the password has 123456 digits'],
    ['# the password is ab12'],
    ['# the password is 123hunter', '# the password is *********'],
    ['# the keys are hunter2Xw', '# the keys are *********'],
    ['# the host is hunter2Xw'],
    ['host: acme # the password is hunter2Xw', 'host: acme # the password is *********'],
    ['# the password:\n#\n  #  hunter2Xw\na: b', '# the password:\n#\n  #  *********\na: b'],
    ['a: b # the password\n#      hunter2Xw', 'a: b # the password\n#      *********'],
    ['rootToken: { env: A } # was\n# hunter2Xw', 'rootToken: { env: A } * ***\n# *********'],
    ['# the password\na: b # hunter2Xw\n# hunter2Xw'],
    ['# the password\n\n# hunter2Xw'],
  ]);
});

describe('a comment of a program', () => {
  shownBy(
    (text) => maskAssignments(text, 'typescript'),
    [
      ['rootToken: env, // was hunter', 'rootToken: ***, ** *** ******'],
      ['rootToken: { env: A } /* was hunter */', 'rootToken: { env: A } ** *** ****** **'],
      ['rootToken: { env: A }// was hunter', 'rootToken: { env: A }** *** ******'],
      ['// the password is hunter2Xw', '// the password is *********'],
      ['# the password is hunter2Xw', '# the password is hunter2Xw'],
      ['rootToken: { env: A } # was hunter', 'rootToken: { env: A } # was hunter'],
    ],
  );
});

describe('the password in a URL', () => {
  shownBy(maskUrlPasswords, [
    ['http://user:hunter2@proxy:3128', 'http://user:*******@proxy:3128'],
    ['http://:hunter2@proxy', 'http://:*******@proxy'],
    ['http://user:hunter2 x@proxy', 'http://user:******* *@proxy'],
    ['http://user:a@b@proxy', 'http://user:***@proxy'],
    ['http://user:hunter2@proxy, or ask bob@acme.com', 'http://user:*******@proxy, or ask bob@acme.com'],
    ['http://ada@acme.com:hunter2@proxy', 'http://***@acme.com:*******@proxy'],
    ['http://proxy:3128/a'],
    ['"http://user:a" b@c'],
  ]);
});

describe('what a message quotes', () => {
  shownBy(maskMessage, [
    ['unknown role "password: hunter2"', 'unknown role "password: *******"'],
    ['"cn=a password=hunter2" is not a DN', '"cn=a password=*******" is not a DN'],
    ['"{"clientSecret":"hunter2"}" is not', '"{"clientSecret":*********}" is not'],
    ['"ghp_abcdefgh" is not a host', '"************" is not a host'],
    ['"https://ada:hunter2@acme.com" is not', '"https://ada:*******@acme.com" is not'],
    ['add clientSecret: { env: NAME }'],
    ['`authorization failed (OIDC state token: …)`'],
    ['"acme" is not a host; write password: x'],
  ]);
});

describe('the user of a URL without a password, which is a token where programs log in', () => {
  shownBy(maskUrlPasswords, [
    ['https://hunter2@proxy:3128', 'https://*******@proxy:3128'],
    ['https://hunter2@[::1]/a', 'https://*******@[::1]/a'],
    ['https://hunter2@proxy or https://b@proxy', 'https://*******@proxy or https://*@proxy'],
    ['ssh://git@acme.com/a.git'],
    ['https://acme.com/@hunter2'],
    ['https://acme.com?mail=ada@acme.com'],
    ['https://acme.com#ada@acme.com'],
    ['https://hunter2@'],
  ]);
});

describe('a parameter of a URL whose name says secret', () => {
  shownBy(maskUrlPasswords, [
    ['https://acme.com?token=hunter2', 'https://acme.com?token=*******'],
    ['https://acme.com?a=b&token=hunter2&c=d', 'https://acme.com?a=b&token=*******&c=d'],
    ['https://acme.com?token=hunter2#top', 'https://acme.com?token=*******#top'],
    ['"https://acme.com?token=hunter2"', '"https://acme.com?token=*******"'],
    ['`https://acme.com?token=hunter2`', '`https://acme.com?token=*******`'],
    ['https://acme.com?x.api-token=hunter2 or', 'https://acme.com?x.api-token=******* or'],
    ['https://acme.com?host=hunter2'],
    ['https://acme.com?token='],
    ['https://acme.com/token=hunter2'],
  ]);
});

describe('user and password before a host, without a scheme', () => {
  shownBy(maskUrlPasswords, [
    ['postgres:hunter2@db', 'postgres:*******@db'],
    ['host=postgres:hunter2@db', 'host=postgres:*******@db'],
    ['postgres:hunter2@[::1]', 'postgres:*******@[::1]'],
    ['a.b-c+d%e:hunter2@db', 'a.b-c+d%e:*******@db'],
    // Subjects of role bindings look alike; a port makes the difference.
    ...['user', 'group', 'robot', 'pipeline', 'mailto', 'id', 'pach', 'internal', 'project', 'repo'].flatMap(
      (kind): Rows => [
        [`${kind}:alice@acme.com`],
        [`${kind}s:alice@acme.com`],
        [`${kind}:alice@acme.com:80`, `${kind}:*****@acme.com:80`],
      ],
    ),
    ['superuser:alice@acme.com', 'superuser:*****@acme.com'],
    ['pachyderm/pachd:2.11.6@sha256:abc'],
    ['//user:/alice@acme.com'],
    ['alice@acme.com'],
    ['a:b @c'],
    ['a:"b@c'],
    ['a:b@ c'],
  ]);
});

describe('user and password that are percent-encoded', () => {
  shownBy(maskUrlPasswords, [
    ['ada%3Ahunter2@proxy:3128', 'ada%3A*******@proxy:3128'],
    ['ada%3ahunter2@[::1]', 'ada%3a*******@[::1]'],
    ['ada%40acme.com%3Ahunter2@db', 'ada%40acme.com%3A*******@db'],
    // No one encodes the subject of a role binding.
    ['user%3Ahunter2@proxy', 'user%3A*******@proxy'],
    ['http://ada%3Ahunter2@proxy', 'http://*************@proxy'],
    ['https%3A%2F%2Fada%3Ahunter2%40git%2Fa', 'https%3A%2F%2F*************%40git%2Fa'],
    [
      'https://a.b?u=https%3a%2f%2fada%3ahunter%40%40git',
      'https://a.b?u=https%3a%2f%2f***************%40git',
    ],
    ['https%3A%2F%2Facme.com%2F%40hunter2'],
    ['https%3A%2F%2Facme.com%3Fmail=ada%40acme.com'],
    ['https%3A%2F%2Facme.com?mail=ada%40acme.com'],
    ['ada%3Ahunter2 @proxy'],
  ]);
});

describe('a YAML or JSON document that cannot be read', () => {
  shownBy(maskUnreadYaml, [
    ['auth:\n  rootToken: hunter\n  host: acme', 'auth:\n  rootToken: ******\n  host: acme'],
    ['auth:\n  rootToken:\n    hunter\n  host: acme', 'auth:\n  rootToken:\n    ******\n  host: acme'],
    ['auth:\n  rootToken:\n    a: hunter\n  host: acme', 'auth:\n  rootToken:\n    ** ******\n  host: acme'],
    ['auth:\n  rootToken: |\nhunter\nhost: acme', 'auth:\n  rootToken: *\n******\nhost: acme'],
    ['rootToken:\n\n  }\n# comment\n---\nhunter', 'rootToken:\n\n  }\n# comment\n---\n******'],
    ['rootToken:\n...\nhunter', 'rootToken:\n...\n******'],
    ['- rootToken: hunter\n  host: acme', '- rootToken: ******\n  host: acme'],
    ['- rootToken:\n    hunter\n- host: acme', '- rootToken:\n    ******\n- host: acme'],
    ['host: acme, rootToken: a\n  port: 1\nhost: b', 'host: acme, rootToken: *\n  ***** *\nhost: b'],
    [
      '  host: acme, rootToken: a\n    port: 1\n  host: b',
      '  host: acme, rootToken: *\n    ***** *\n  host: b',
    ],
    ['rootToken:\nhunter x: y', 'rootToken:\n****** ** *'],
    ['rootToken:\n  hunter #2\n  # comment', 'rootToken:\n  ****** **\n  # comment'],
    ['rootToken : hunter', 'rootToken : ******'],
    ['rootToken  hunter', 'rootToken  ******'],
    ['  ?  rootToken  \n  : hunter', '  ?  rootToken  \n  * ******'],
    ['why ? rootToken\nx: hunter'],
    ['{"rootToken":\n"hunter",\n"host": "acme"}', '{"rootToken":\n*********\n"host": "acme"}'],
    ['rootToken hunter', 'rootToken ******'],
    ['rootToken= hunter', 'rootToken= ******'],
    ['? rootToken\n: hunter', '? rootToken\n* ******'],
    ['rootToken'],
    ['tokenless\n: hunter'],
    ['a.rootToken: hunter', 'a.rootToken: ******'],
    ['host: acme'],
    ['rootToken:\n-  host: acme\nport: 1', 'rootToken:\n-  host: acme\nport: 1'],
    ['rootToken:\nhost : acme'],
    ['rootToken:\nhosts:\n  a: hunter'],
    ['x: why ? rootToken'],
    ['? rootToken x: hunter', '? rootToken ** ******'],
  ]);
});

describe('a reference to a secret in such a document', () => {
  shownBy(maskUnreadYaml, [
    ['rootToken: { env: TOKEN }'],
    ['rootToken: {env: TOKEN}'],
    ['rootToken:{ env: TOKEN }'],
    ['rootToken:  { env:  TOKEN }'],
    ['rootToken: { existing :  { name: a } }'],
    ['rootToken: { "env" : "TOKEN" }'],
    ["rootToken: { 'file': './token.txt' }"],
    ['rootToken: { existing: { name: a, key: b } }'],
    ['rootToken: { existing: { name: a }}'],
    ['rootToken: { generate: {} }'],
    ['rootToken: { "generate": {} }'],
    ['rootToken: { env: hunter2 }', 'rootToken: * **** ******* *'],
    ['rootToken: { env: TOKEN, x: y }', 'rootToken: * **** ****** ** * *'],
    ['rootToken: { env: "TOKEN }', 'rootToken: * **** ****** *'],
    ['rootToken: { host: TOKEN }', 'rootToken: * ***** ***** *'],
    ['rootToken: { existing: hunter }', 'rootToken: * ********* ****** *'],
    ['rootToken: { existing: { name: "hunter" } }', 'rootToken: * ********* * ***** ******** * *'],
    ['rootToken: x { env: TOKEN }', 'rootToken: * * **** ***** *'],
    ['rootToken: { env: TOKEN }, clientSecret: a', 'rootToken: { env: TOKEN }, clientSecret: *'],
  ]);
});

describe('what looks like a generated token in such a document', () => {
  shownBy(maskUnreadYaml, [
    ['x: 0123456789abcdef', 'x: ****************'],
    ['x: abcdef0123456789', 'x: ****************'],
    ['x: 0123456789abcde'],
    ['x: 0123456789012345'],
    ['x: abcdefghijklmnop'],
    ['x: 01234567.89abcdef'],
    ['x: a-b_c+d/e=0123456', 'x: *****************'],
    ['clientID: 0123456789abcdef'],
    ['clientID : 0123456789abcdef'],
    ['  clientID: 0123456789abcdef'],
    ['- clientId: 0123456789abcdef'],
    ['-   clientId: 0123456789abcdef'],
    ['"clientID": 0123456789abcdef'],
    ['hostname: 0123456789abcdef.acme.com'],
    ['issuer: https://0123456789abcdef.acme.com'],
    ['domain: 0123456789abcdef'],
    ['redirectURI: 0123456789abcdef'],
    ['jwksURL: 0123456789abcdef'],
    ['x: y # clientID: 0123456789abcdef', 'x: y # clientID: ****************'],
    ['clientID: { x: 0123456789abcdef', 'clientID: { x: ****************'],
    ['clientID: [0123456789abcdef', 'clientID: [****************'],
  ]);
});

describe('a line of a file of accounts', () => {
  shownBy(maskUnreadYaml, [
    ['root:hunter:1:0::', 'root:************'],
    ['root:hunter:', 'root:*******'],
    ['root::', 'root:*'],
    ['root:hunter'],
    ['root:hunter: 1'],
    ['"root":a:b'],
    ['http://acme.com:80'],
    ['a root:hunter:1'],
  ]);
});

describe('a program that cannot be read', () => {
  shownBy(maskUnreadProgram, [
    ["const a = 'hunter', b = 1;", "const a = '*******, b = 1;"],
    ['const a = "hunter", b = 1;', 'const a = "*******, b = 1;'],
    ['const a = `hunter\n2`, b = 1;', 'const a = `******\n**, b = 1;'],
    [String.raw`const a = 'hun\'ter', b = 1;`, String.raw`const a = '*********, b = 1;`],
    [String.raw`const a = "hun\"ter", b = 1;`, String.raw`const a = "*********, b = 1;`],
    ['const a = `hun\\`ter`, b = 1;', 'const a = `*********, b = 1;'],
    ['const a = `hun\\\nter`, b = 1;', 'const a = `****\n****, b = 1;'],
    ["const a = 'hunter\nconst b = 1;", "const a = '******\nconst b = 1;"],
    ['const a = "hunter\nconst b = 1;', 'const a = "******\nconst b = 1;'],
    ['const a = `hunter\nconst b = 1;', 'const a = `******\n***** * * **'],
    ["// that's it\nconst a = 'hunter';", "// that's it\nconst a = '*******;"],
    ["/* that's\nit */ const a = 'hunter';", "/* that's\nit */ const a = '*******;"],
    ["/* that's", "/* that's"],
    ["release: '2.11.6'"],
    ["release: '2.12.0-rc.3'"],
    ["release: '12.11.6'"],
    ["release: '2.12.0-rc.12'"],
    [`note: 'hunter"2.11.6"`, `note: '**************`],
    [`note: "see '2.11.6' and"`, `note: "*** ******** ****`],
    ['release: "2.11"'],
    ["apiVersion: 'pachkit/v1'"],
    ["import 'pachkit';"],
    ["release: '2.11.6-hunter'", "release: '**************"],
    ["release: 'x2.11.6'", "release: '********"],
    ["release: '2.11.6.1'", "release: '*********"],
    ["release: '2'", "release: '**"],
    ["apiVersion: 'pachkit/v12'", "apiVersion: '************"],
  ]);
});
