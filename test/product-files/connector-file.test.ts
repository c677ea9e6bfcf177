import fs from 'node:fs';
import path from 'node:path';
import { check, only, rows, type Row } from './support/check';

/** What a string shows, the text, the target, and what is wrong with it. */
type ConnectorRow = [string, string, string, Row[]];

const ENVELOPE = 'type: github\nid: gh\nname: GitHub\n';
const SETTINGS =
  'clientID: a\nclientSecret: b\nredirectURI: https://x.example.com/dex/callback\norgs: [{name: acme}]\n';
const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');
const VALID = `${ENVELOPE}version: 0\nconfig:\n${indented(SETTINGS)}`;

function fixture(name: string): string {
  return fs.readFileSync(path.resolve(__dirname, '../fixtures/connectors', name), 'utf8');
}

test.each(['pachyderm@2.2', 'pachyderm@2.7', 'pachyderm@2.12'])('a sound file is valid for %s', (target) =>
  expect(rows(check('connector', VALID, target))).toEqual([]),
);

test('version belongs to pachctl', () => {
  expect(rows(check('connector', VALID.replace('version: 0\n', ''), 'dex@2.45'))).toEqual([]);
  expect(only('connector', VALID, 'dex@2.45')).toMatchObject({ code: 'FIL002', path: '/version' });
});

test.each([
  ['clientSecret: b', 'clientSecret: $SECRET', /\{ env: NAME \}$/],
  ['clientSecret: b', 'clientsecret: $SECRET', /\{ env: NAME \}$/],
  ['clientID: a', 'clientID: $ID', /^write the value itself$/],
])('a cluster document reads variables for secrets alone: %s as %s', (sound, changed, hint) => {
  const found = check('connector', VALID.replace(sound, changed), 'pachyderm@2.11');
  expect(found.find(({ code }) => code === 'DEX016')?.hint).toMatch(hint);
});

test('Dex reads YAML 1.1', () => {
  const text =
    'type: ldap\nid: l\nname: yes\nconfig:\n  host: l.example.com:636\n  insecureSkipVerify: no\n  userSearch: { baseDN: dc=a, username: uid, idAttr: uid, emailAttr: mail }\n';
  expect(only('connector', text, 'dex@2.45')).toMatchObject({ code: 'FIL003', path: '/name' });
  expect(rows(check('connector', text, 'pachyderm@2.11'))).toEqual([['DEX103', 6, 23]]);
});

test.each<ConnectorRow>([
  [
    'keys in other cases',
    VALID.replace('id:', 'ID:').replace('config:', 'Config:'),
    'pachyderm@2.11',
    [
      ['FIL005?', 2, 1],
      ['FIL005?', 5, 1],
    ],
  ],
  [
    'a key twice in different cases',
    VALID.replace('name:', 'Id: x\nname:'),
    'pachyderm@2.11',
    [['FIL006', 3, 1]],
  ],
  ['a key twice', VALID.replace('name:', 'id: x\nname:'), 'pachyderm@2.11', [['DOC004', 3, 1]]],
  ['a key that no connector has', `${VALID}team: x\n`, 'pachyderm@2.11', [['FIL002', 10, 1]]],
  ['a version in quotes', VALID.replace('version: 0', 'version: "1"'), 'pachyderm@2.11', [['FIL003', 4, 10]]],
  ['a broken version', VALID.replace('version: 0', 'version: 1.5'), 'pachyderm@2.11', [['FIL003', 4, 10]]],
  ['a version below 0', VALID.replace('version: 0', 'version: -1'), 'pachyderm@2.11', []],
  [
    'numbers that JSON does not have',
    VALID.replace('version: 0', 'version: -.inf').replace('clientSecret: b', 'clientSecret: .nan'),
    'pachyderm@2.12',
    [
      ['FIL003', 4, 10],
      ['FIL003', 7, 17],
    ],
  ],
  [
    'a version for which Go has no place, and which stays a string',
    VALID.replace('version: 0', 'version: 1e400'),
    'pachyderm@2.12',
    [['FIL003', 4, 10]],
  ],
  ['a version with underscores', VALID.replace('version: 0', 'version: 1_000'), 'pachyderm@2.12', []],
  [
    'a version that is no 64-bit number',
    VALID.replace('version: 0', 'version: 9223372036854775808'),
    'pachyderm@2.12',
    [['FIL003', 4, 10]],
  ],
  [
    'a version below every 64-bit number',
    VALID.replace('version: 0', 'version: -9223372036854775809'),
    'pachyderm@2.12',
    [['FIL003', 4, 10]],
  ],
  [
    'a version that no update can follow',
    VALID.replace('version: 0', 'version: 9223372036854775807'),
    'pachyderm@2.12',
    [['FIL003?', 4, 10]],
  ],
  [
    'dates without quotes',
    'type: mockPassword\nid: m\nname: 2024-01-01\nconfig: { username: "2001-01-01", password: 2001-01-01 }\n',
    'pachyderm@2.12',
    [
      ['PRO001', 1, 7],
      ['FIL015?', 3, 7],
      ['FIL015', 4, 45],
    ],
  ],
  [
    'a date without quotes, which is a string to Dex',
    'type: mockPassword\nid: m\nname: 2024-01-01\nconfig: { username: u, password: p }\n',
    'dex@2.45',
    [['PRO001', 1, 7]],
  ],
  [
    'escapes of half a UTF-16 pair, alone and as JSON writes emoji',
    '{"type":"mockPassword","id":"m","name":"\\ud83d\\ude80 \\\\ud83d","config":{"username":"u","password":"a\\uD800b"}}',
    'pachyderm@2.12',
    [
      ['PRO001', 1, 9],
      ['FIL014', 1, 41],
      ['FIL014', 1, 101],
    ],
  ],
  ['an escape of another character', VALID.replace('GitHub', '"\\u00fc \\U0001F680"'), 'pachyderm@2.12', []],
  ['an id that is a number', VALID.replace('id: gh', 'id: 123'), 'pachyderm@2.11', [['FIL003', 2, 5]]],
  ...['a/b', 'a:b', '~x', 'x'.repeat(277)].map((id): ConnectorRow => [
    `the id ${id.slice(0, 9)}`,
    VALID.replace('id: gh', `id: '${id}'`),
    'pachyderm@2.12',
    [],
  ]),
  ...['a b', 'a%b', 'a?b', 'a#b', 'a+b', 'müller', 'a//b', '/a'].map((id): ConnectorRow => [
    `the id ${id}, which Dex does not find`,
    VALID.replace('id: gh', `id: '${id}'`),
    'pachyderm@2.12',
    [['FIL003?', 2, 5]],
  ]),
  ...["'.'", "'..'", "'a/../b'", '"a\\0b"'].map((id): ConnectorRow => [
    `the id ${id}, with which no one logs in`,
    VALID.replace('id: gh', `id: ${id}`),
    'pachyderm@2.12',
    [['FIL003', 2, 5]],
  ]),
  [
    'HTML in a name, which is shown as it stands',
    VALID.replace('GitHub', '<b>A</b> & B'),
    'pachyderm@2.12',
    [],
  ],
  ['a placeholder in a name', VALID.replace('GitHub', '<name> & B'), 'pachyderm@2.12', [['FIL007?', 3, 7]]],
  ['an id with a slash', VALID.replace('id: gh', 'id: a/b'), 'pachyderm@2.11', [['FIL003?', 2, 5]]],
  ['a config that is a string', `${ENVELOPE}config: text\n`, 'pachyderm@2.11', [['FIL003', 4, 9]]],
  ['a config that is a list', `${ENVELOPE}config: [a]\n`, 'pachyderm@2.2', [['FIL003', 4, 9]]],
  [
    'nothing but settings',
    'config: {}\n',
    'pachyderm@2.11',
    [
      ['FIL004', 1, 1],
      ['FIL004', 1, 1],
      ['FIL004', 1, 1],
      ['FIL004', 1, 1],
    ],
  ],
  ['an empty name', VALID.replace('name: GitHub', 'name: ""'), 'pachyderm@2.11', [['FIL004', 3, 7]]],
  [
    'no config',
    'type: mockCallback\nid: m\nname: M\n',
    'pachyderm@2.3',
    [
      ['FIL004', 1, 1],
      ['PRO001', 1, 7],
    ],
  ],
  [
    'a mock without an id',
    'type: mockCallback\nname: M\nconfig: { a: 1 }\n',
    'pachyderm@2.12',
    [
      ['FIL004', 1, 1],
      ['PRO001', 1, 7],
    ],
  ],
  [
    'any setting of a type that has none, which pachd 2.3 and later wants',
    'type: mockCallback\nid: m\nname: M\nconfig: { a: 1 }\n',
    'pachyderm@2.12',
    [['PRO001', 1, 7]],
  ],
  [
    'no config, which 2.2 permits',
    'type: mockCallback\nid: m\nname: M\n',
    'pachyderm@2.2',
    [['PRO001', 1, 7]],
  ],
  [
    'a config with nothing below it',
    'type: oidc\nid: x\nname: X\nconfig:\n',
    'dex@2.45',
    [
      ['DEX104', 4, 1],
      ['DEX104', 4, 1],
      ['DEX104?', 4, 1],
      ['DEX104', 4, 1],
    ],
  ],
  [
    'a config with nothing below it, which pachd refuses',
    'type: mockCallback\nid: x\nname: X\nConfig: null\n',
    'pachyderm@2.11',
    [
      ['PRO001', 1, 7],
      ['FIL005?', 4, 1],
      ['FIL004', 4, 1],
    ],
  ],
  [
    'a config with nothing below it, which 2.2 opens',
    'type: github\nid: x\nname: X\nconfig: ~\n',
    'pachyderm@2.2',
    [
      ['DEX104', 4, 1],
      ['DEX104', 4, 1],
      ['DEX104', 4, 1],
    ],
  ],
  [
    'settings under a misspelt config',
    VALID.replace('config:', 'confg:'),
    'dex@2.45',
    [
      ['FIL002', 4, 1],
      ['FIL002', 5, 1],
    ],
  ],
  ['two documents', `${VALID}---\n${VALID}`, 'pachyderm@2.11', [['FIL009', 11, 1]]],
  ['a list', '- type: github\n  id: gh\n', 'pachyderm@2.11', [['FIL011', 1, 1]]],
  ['a string', 'hello\n', 'pachyderm@2.11', [['FIL011', 1, 1]]],
  [
    'a key that is no string',
    VALID.replace('orgs: [{name: acme}]', 'orgs: [{1: acme, name: x}]'),
    'pachyderm@2.11',
    [['FIL003', 9, 11]],
  ],
  [
    'a key of the settings that is no string',
    VALID.replace('clientID: a', 'clientID: a\n  1: b'),
    'pachyderm@2.11',
    [['FIL003', 7, 3]],
  ],
  [
    'a key of the connector that is no string',
    VALID.replace('version: 0', 'version: 0\ntrue: b'),
    'pachyderm@2.11',
    [['FIL003', 5, 1]],
  ],
  [
    'a key that is no string, which Dex makes one',
    VALID.replace('version: 0\n', '').replace('clientID: a', 'clientID: a\n  1: b'),
    'dex@2.45',
    [['DEX101', 6, 3]],
  ],
  ['a placeholder', VALID.replace('x.example.com', '<ip>'), 'pachyderm@2.11', [['FIL007', 8, 16]]],
  [
    'a placeholder for a whole value, which is one mistake',
    'type: oidc\nid: o\nname: O\nversion: 0\nconfig:\n  issuer: "<ISSUER>"\n  clientID: "<ID>"\n  clientSecret: s\n  redirectURI: " <callback URL> "\n  getUserInfo: "<true or false>"\n  insecureEnableGroups: true\n',
    'pachyderm@2.11',
    [
      ['FIL007', 6, 11],
      ['FIL007', 7, 13],
      ['FIL007', 9, 16],
      ['FIL007', 10, 16],
    ],
  ],
  [
    'a variable',
    VALID.replace('clientSecret: b', 'clientSecret: $SECRET'),
    'pachyderm@2.11',
    [['DEX016', 7, 17]],
  ],
  [
    'variables in parts of strings',
    VALID.replace('clientID: a', 'clientID: ${ID}x')
      .replace('clientSecret: b', 'clientSecret: $FOO-bar')
      .replace('https://x.example.com', '${HOST}'),
    'pachyderm@2.11',
    [
      ['DEX016', 6, 13],
      ['DEX016', 7, 17],
      ['DEX016', 8, 16],
    ],
  ],
  [
    'dollar signs that are meant',
    VALID.replace('clientID: a', 'clientID: a$b').replace('clientSecret: b', 'clientSecret: Winter$A1$$'),
    'pachyderm@2.11',
    [],
  ],
  [
    'a variable that Dex puts in',
    VALID.replace('clientSecret: b', 'clientSecret: $SECRET').replace('version: 0\n', ''),
    'dex@2.45',
    [],
  ],
  ['no redirectURI', VALID.replace(/ *redirectURI.*\n/, ''), 'pachyderm@2.11', [['DEX104', 5, 1]]],
  [
    'a type that does not exist',
    VALID.replace('type: github', 'type: oauth2'),
    'pachyderm@2.11',
    [['DEX105', 1, 7]],
  ],
  ['an empty file', '# nothing\n', 'pachyderm@2.11', [['DOC010', 1, 1]]],
])('%s', (_, text, target, expected) => expect(rows(check('connector', text, target))).toEqual(expected));

test.each<[string, string, RegExp]>([
  [
    'version: 1e400',
    'pachyderm@2.12',
    /^`version` must be a whole number, not a string: .*cannot unmarshal string into Go struct field/,
  ],
  ['version: .inf', 'pachyderm@2.12', /^`version` is \+Inf, .*: … json: unsupported value: \+Inf`$/],
  [
    'version: "1"',
    'pachyderm@2.11',
    /`unable to parse config: could not parse intermediate JSON: json: cannot unmarshal string into Go struct field connectorConfig\.Version of type int64`$/,
  ],
  [
    'version: 1.5',
    'pachyderm@2.11',
    /cannot unmarshal number 1\.5 into Go struct field connectorConfig\.Version of type int64`$/,
  ],
])('%s is refused with pachctl’s own words', (line, target, message) =>
  expect(only('connector', VALID.replace('version: 0', line), target).message).toMatch(message),
);

test('pachctl refuses a key that is a duplicate', () => {
  expect(only('connector', VALID.replace('name:', 'id: x\nname:'), 'pachyderm@2.11').message).toMatch(
    /`unable to parse config: yaml: unmarshal errors: line 3: mapping key "id" already defined at line 2`$/,
  );
});

test('who refuses a config that is no mapping depends on the release', () => {
  const text = `${ENVELOPE}config: text\n`;
  expect(only('connector', text, 'pachyderm@2.7').message).toMatch(
    /`unable to parse config: could not parse intermediate JSON: json: cannot unmarshal string into Go struct field connectorConfig\.Config of type map\[string\]interface \{\}`$/,
  );
  expect(only('connector', text, 'pachyderm@2.6').message).toMatch(
    /pachd refuses it: `unable to deserialize JSON: /,
  );
});

describe('lost nesting', () => {
  const flat = `${ENVELOPE}version: 0\n${SETTINGS}`;

  test('in YAML that is well-formed', () => {
    const finding = only('connector', flat, 'pachyderm@2.11');
    expect(rows([finding])).toEqual([['FIL001', 5, 1]]);
    expect(finding).toMatchObject({ path: '/clientID' });
    expect(finding.message).toMatch(
      /^The nesting under `config` is lost: `clientID`, `clientSecret`, `redirectURI` and `orgs` stand beside `type` instead of under `config`; .*`no configs are defined`$/,
    );
    expect(finding.hint).toBe(
      'write a line `config:` before `clientID`, level with `type:`, and indent `clientID` to `orgs` two spaces deeper than that line',
    );
  });

  test('in JSON with its braces', () => {
    const finding = only(
      'connector',
      JSON.stringify({
        type: 'github',
        id: 'g',
        name: 'G',
        clientID: 'a',
        clientSecret: 'b',
        redirectURI: 'https://x/callback',
        orgs: [{ name: 'acme' }],
      }),
      'pachyderm@2.11',
    );
    expect(rows([finding])).toEqual([['FIL001', 1, 38]]);
    expect(finding.hint).toBe('write { "type": …, "id": …, "name": …, "config": { "clientID": …, … } }');
  });

  test('of one key beside config', () => {
    const finding = only('connector', `${VALID}useLoginAsID: true\n`, 'pachyderm@2.11');
    expect(rows([finding])).toEqual([['FIL001', 10, 1]]);
    expect(finding.hint).toBe('move `useLoginAsID` under `config`');
    expect(finding.message).toMatch(/pachd gets a connector without it$/);
  });

  test('the settings are checked where they stand', () => {
    const text = flat.replace('orgs:', 'clientsecret2: 1\norg: true\norgz:');
    expect(check('connector', text, 'pachyderm@2.11').map(({ code, path: at }) => [code, at])).toEqual([
      ['FIL001', '/clientID'],
      ['DEX101', '/clientsecret2'],
      ['DEX103', '/org'],
      ['DEX101', '/orgz'],
    ]);
  });

  test('of a type that does not exist', () => {
    const text = flat.replace('type: github', 'type: odic').replace(/orgs.*\n/, '');
    expect(rows(check('connector', text, 'pachyderm@2.11'))).toEqual([
      ['DEX105', 1, 7],
      ['FIL001', 5, 1],
    ]);
  });
});

describe('the examples of the documentation as they were printed', () => {
  test('JSON without braces', () => {
    const findings = check('connector', fixture('oidc-as-printed.json.txt'), 'pachyderm@2.11');
    expect(rows(findings)).toEqual([
      ['DOC002', 1, 15],
      ['FIL001', 5, 5],
      ['DEX104', 5, 15],
      ['FIL007', 8, 20],
      ['DEX102', 12, 5],
    ]);
    expect(findings[1]?.hint).toBe(
      'write { "type": …, "id": …, "name": …, "version": …, "config": { "issuer": …, … } }, with braces around the whole',
    );
  });

  test('YAML without its config line', () => {
    const findings = check('connector', fixture('oidc-as-printed.yaml.txt'), 'pachyderm@2.11');
    expect(rows(findings)).toEqual([
      ['DOC002', 4, 14],
      ['FIL001', 5, 9],
      ['DEX104', 5, 9],
      ['FIL007', 7, 22],
      ['DEX103', 10, 48],
      ['DOC002', 11, 9],
    ]);
    const byCode = new Map(findings.map((finding) => [finding.code, finding]));
    expect(byCode.get('FIL001')?.hint).toBe(
      'write a line `config:` before `clientID`, level with `type:`; `clientID` to `insecureSkipIssuerCallbackDomainCheck` are indented below it already',
    );
    expect(byCode.get('DEX103')?.message).toMatch(
      /`unable to deserialize JSON: json: cannot unmarshal string into Go struct field Config\.insecureSkipIssuerCallbackDomainCheck of type bool`$/,
    );
  });

  test.each(['oidc-repaired.json', 'oidc-repaired.yaml'])('%s is valid up to 2.6', (name) => {
    for (const target of ['pachyderm@2.2', 'pachyderm@2.6'])
      expect(
        check('connector', fixture(name), target).filter(({ severity }) => severity === 'error'),
      ).toEqual([]);
    const later = check('connector', fixture(name), 'pachyderm@2.7').filter(
      ({ severity }) => severity === 'error',
    );
    expect(later.map(({ code, path: at }) => [code, at])).toEqual([
      ['DEX102', '/config/forwardedLoginParams'],
    ]);
  });

  test('no secret is shown', () => {
    for (const name of ['oidc-as-printed.json.txt', 'oidc-as-printed.yaml.txt']) {
      const findings = check('connector', fixture(name), 'pachyderm@2.11');
      for (const { location, message, hint } of findings)
        expect(
          `${message} ${hint} ${location.source?.shownLine(7)} ${location.source?.shownLine(6)}`,
        ).not.toContain('7xk8O71Uhp5T');
    }
  });

  test('a broken file that has its config line is not guessed about', () => {
    const text = fixture('oidc-as-printed.yaml.txt').replace(
      '        clientID',
      '    config:\n        clientID',
    );
    expect(new Set(rows(check('connector', text, 'pachyderm@2.11')).map(([code]) => code))).toEqual(
      new Set(['DOC002']),
    );
  });
});
