import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { check, only } from './support/check';

/** What stands around the settings of a connector. */

const SETTINGS =
  'clientID: a\nclientSecret: b\nredirectURI: https://x.example.com/dex/callback\norgs: [{name: acme}]\n';
const indented = (text: string, by = 2): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
const ENVELOPE = 'type: github\nid: gh\nname: GitHub\n';
/** A connector file as pachctl reads it. */
const FILE = `${ENVELOPE}config:\n${indented(SETTINGS)}`;
/** The same with all nesting lost. */
const FLAT = `${ENVELOPE}${SETTINGS}`;
/** The same as an item of the list that pachd reads when it starts. */
const item = (text: string): string => `- ${indented(text).trimStart()}`;

const PACHCTL = 'pachyderm@2.11';
const VALID_KEYS = 'type, id, name, version, config';

const pachctl = (text: string): Diagnostic[] => check('connector', text, PACHCTL);
const places = (found: readonly Diagnostic[]): string[] => found.map(({ code, path }) => `${code} ${path}`);

describe('keys in another case, which Go’s decoder of JSON reads', () => {
  test('the key is said to be written otherwise, and renamed', () =>
    expect(only('connector', FILE.replace('id:', 'ID:'), PACHCTL)).toMatchObject({
      code: 'FIL005',
      severity: 'warning',
      path: '/ID',
      message: '`ID` is written `id`; it is read all the same here, elsewhere it is not',
      hint: 'write `id`',
      fix: { replacement: 'id', range: { line: 2, column: 1, endColumn: 3 } },
    }));

  test('findings lead to the key as it is written', () =>
    expect(places(pachctl(FILE.replace('config:', 'Config:').replace('orgs: [', 'orgz: [')))).toEqual([
      'FIL005 /Config',
      'DEX101 /Config/orgz',
    ]));

  test('keys of the same name further down keep theirs', () =>
    expect(places(pachctl(FILE.replace('name:', 'Name:').replace('acme', '5')))).toEqual([
      'FIL005 /Name',
      'DEX103 /config/orgs/0/name',
    ]));

  test('the type is one in any case', () =>
    expect(places(pachctl(`${FILE.replace('type:', 'Type:')}bindDN: cn=a\n`))).toEqual([
      'FIL005 /Type',
      'FIL002 /bindDN',
    ]));

  test.each([
    ['the first of two, in front', 'ID: a b\nid: gh\n', ['FIL006 /ID']],
    ['the first of two, behind', 'id: gh\nID: a b\n', ['FIL006 /ID']],
    ['two of which neither is written right', 'ID: a b\niD: gh\n', ['FIL006 /ID', 'FIL005 /iD']],
    ['the last of two has no value', 'ID: gh\nid:\n', ['FIL005 /ID', 'FIL006 /id']],
    ['the first of two has no value', 'ID:\nid: gh\n', ['FIL006 /ID']],
    ['neither of two has a value', 'ID:\nid:\n', ['FIL004 ', 'FIL006 /ID']],
  ])('of two the last in the order of their bytes that has a value counts: %s', (_shows, ids, findings) =>
    expect(places(pachctl(FILE.replace('id: gh\n', ids)))).toEqual(findings),
  );

  test('of two one has to go', () =>
    expect(only('connector', FILE.replace('name:', 'Id: x\nname:'), PACHCTL)).toMatchObject({
      message: '`Id` is a duplicate in different cases; only one of them counts',
      hint: 'keep one of them, written `id`',
    }));
});

describe('keys that no connector has', () => {
  test.each<[string, string, string]>([
    ['one like nothing else', 'team: x', `remove it; valid keys: ${VALID_KEYS}`],
    ['a slip of one that is there', 'names: x', `remove it; valid keys: ${VALID_KEYS}`],
    ['a slip of one that is not there', 'versoin: 0', 'did you mean `version`?'],
    ['a key of the list that pachd reads', 'configVersion: 0', 'it is called `version` in this file'],
    ['the same in another case', 'ConfigVersion: 0', 'it is called `version` in this file'],
    ['the settings in a string', "jsonConfig: '{}'", 'write the settings as a mapping under `config`'],
    ['a key of a later Dex', 'grantTypes: [a]', "remove it; Pachyderm's Dex knows no such key"],
  ])('%s', (_shows, line, hint) => {
    const finding = only('connector', `${FILE}${line}\n`, PACHCTL);
    const key = line.split(':', 1).join('');
    expect(finding).toMatchObject({
      code: 'FIL002',
      path: `/${key}`,
      message: `\`${key}\` is not a key of a connector: pachctl drops it silently`,
      hint,
    });
    expect(finding.fix).toBeUndefined();
  });

  test('a slip of a single letter is corrected', () =>
    expect(only('connector', `${FILE}versio: 0\n`, PACHCTL)).toMatchObject({
      hint: 'did you mean `version`?',
      fix: { replacement: 'version', range: { line: 9, column: 1, endColumn: 7 } },
    }));

  test.each(['grantTypes', 'GrantTypes'])('%s, which no release of Dex reads yet', (key) =>
    expect(only('connector', `${FILE}${key}: [password]\n`, 'dex@2.45')).toMatchObject({
      code: 'DEX202',
      path: `/${key}`,
      location: { range: { line: 9, column: 1 } },
      message: `\`${key}\` is read by no release yet: Dex ignores it silently`,
      hint: 'remove it: no released Dex reads it yet',
    }),
  );

  test('the value may be a secret under a misspelt name, and that of a key that others read is none', () => {
    const shown = (line: string): string | undefined =>
      only('connector', `${FILE}${line}\n`, PACHCTL).location.source?.shownLine(9);
    expect(shown('teem: 7xk8O71U')).not.toContain('7xk8O71U');
    expect(shown('configVersion: 70810')).toContain('70810');
  });
});

describe('settings beside config', () => {
  test.each<[string, string, string[]]>([
    ['those of the type', `${FILE}useLoginAsID: true\n`, ['FIL001 /useLoginAsID']],
    ['in another case', `${FILE}USELOGINASID: true\n`, ['FIL001 /USELOGINASID', 'DEX106 /USELOGINASID']],
    ['with hyphens', `${FILE}load-all-groups: 1\n`, ['FIL001 /load-all-groups', 'DEX101 /load-all-groups']],
    ['those of another type are keys that no connector has', `${FILE}bindDN: cn=a\n`, ['FIL002 /bindDN']],
    [
      'where the type is unknown, those of any',
      `${FILE.replace('github', 'oauth2')}bindDN: cn=a\n`,
      ['DEX105 /type', 'FIL001 /bindDN'],
    ],
    [
      'where there is no type, those of any',
      `${FILE.replace('type: github\n', '')}bindDN: cn=a\n`,
      ['FIL004 ', 'FIL001 /bindDN'],
    ],
    [
      'a slip of one is a key that no connector has',
      `${FILE}useLoginAsID: true\norgz: []\n`,
      ['FIL001 /useLoginAsID', 'FIL002 /orgz'],
    ],
    [
      'one that is there twice is the one under config',
      `${FILE.replace('clientID: a', 'clientID: 5')}clientID: a\n`,
      ['DEX103 /config/clientID', 'FIL001 /clientID'],
    ],
    [
      'beside a config that is a string',
      `${ENVELOPE}config: none\n${SETTINGS.replace('clientID: a', 'clientID: 5')}`,
      ['FIL003 /config', 'FIL001 /clientID', 'DEX103 /clientID'],
    ],
    [
      'with all nesting lost, a word like none of the others',
      `${FLAT}teamz: x\n`,
      ['FIL001 /clientID', 'DEX101 /teamz'],
    ],
    [
      'with all nesting lost, a key that others read',
      `${FLAT}grantTypes: [a]\n`,
      ['FIL001 /clientID', 'FIL002 /grantTypes'],
    ],
    [
      'with all nesting lost, a slip of a key that is not there',
      FLAT.replace('name: GitHub', 'names: GitHub'),
      ['FIL004 ', 'FIL002 /names', 'FIL001 /clientID'],
    ],
    [
      'without settings nothing is lost',
      'type: mockCallback\nid: m\nname: M\nteam: x\n',
      ['FIL004 ', 'PRO001 /type', 'FIL002 /team'],
    ],
  ])('%s', (_shows, text, findings) => expect(places(pachctl(text))).toEqual(findings));

  test('findings in jsonConfig are about jsonConfig, whatever stands beside it', () => {
    const text = item(`${ENVELOPE}jsonConfig: '{"clientID": 1}'\nclientID: a\n`);
    const found = places(check('upstream-idps', text, 'pachyderm@2.2'));
    expect(found).toContain('FIL001 /0/clientID');
    expect(found).toContain('DEX103 /0/jsonConfig/clientID');
  });

  test.each<[string, string, string, string]>([
    [
      'one beside config',
      `${FILE}useLoginAsID: true\n`,
      '`useLoginAsID` stands beside `type` instead of under `config`; pachctl silently drops what is there, and pachd gets a connector without it',
      'move `useLoginAsID` under `config`',
    ],
    [
      'two beside config',
      `${FILE}useLoginAsID: true\nhostName: a.example.com\n`,
      '`useLoginAsID` and `hostName` stand beside `type` instead of under `config`; pachctl silently drops what is there, and pachd gets a connector without it',
      'move `useLoginAsID`, `hostName` under `config`',
    ],
    [
      'one without config',
      `type: mockPassword\nid: m\nname: M\nusername: u\n`,
      '`username` stands beside `type` instead of under `config`; pachctl silently drops what is there, and pachd gets a connector without settings: `no configs are defined`',
      'write a line `config:` before `username`, level with `type:`, and indent `username` two spaces deeper than that line',
    ],
    [
      'without a type',
      FLAT.replace('type: github\n', ''),
      '`clientID`, `clientSecret`, `redirectURI` and `orgs` stand beside `id` instead',
      'write a line `config:` before `clientID`, level with `id:`, and indent `clientID` to `orgs` two spaces deeper than that line',
    ],
    [
      'with the type in between',
      `id: gh\ntype: github\nname: GitHub\n${SETTINGS}`,
      '`clientID`, `clientSecret`, `redirectURI` and `orgs` stand beside',
      'write a line `config:` before `clientID`, level with `type:`, and indent `clientID` to `orgs` two spaces deeper than that line',
    ],
    [
      'with a type in another case',
      FLAT.replace('type:', 'Type:'),
      '`clientID`, `clientSecret`, `redirectURI` and `orgs` stand beside `Type` instead',
      'write a line `config:` before `clientID`, level with `Type:`, and indent `clientID` to `orgs` two spaces deeper than that line',
    ],
    [
      'nothing but settings',
      'clientID: a\nclientSecret: b\n',
      '`clientID` and `clientSecret` stand at the top instead',
      'write a line `config:` before `clientID`, and indent `clientID` to `clientSecret` two spaces deeper than that line',
    ],
    [
      'one that is indented already, in what is not YAML because of that',
      'type: mockPassword\nid: m\nname: M\n    username: u\n',
      '`username` stands beside',
      'write a line `config:` before `username`, level with `type:`; `username` is indented below it already',
    ],
    [
      'one in JSON',
      '{"type": "mockPassword", "id": "m", "name": "M", "username": "u"}',
      '`username` stands beside',
      'write { "type": …, "id": …, "name": …, "config": { "username": … } }',
    ],
    [
      'two in JSON that begins with an empty line',
      '\n {"type": "mockPassword", "id": "m", "name": "M", "username": "u", "password": "p"}',
      '`username` and `password` stand beside',
      'write { "type": …, "id": …, "name": …, "config": { "username": …, … } }',
    ],
  ])('%s', (_shows, text, message, hint) => {
    const found = check('connector', text, PACHCTL).find(({ code }) => code === 'FIL001');
    expect(found?.message).toContain(`The nesting under \`config\` is lost: ${message}`);
    expect(found?.hint).toBe(hint);
  });
});

describe('keys that must be there', () => {
  test.each([
    ['type', 'type: github', 'such as `type: oidc`'],
    ['id', 'id: gh', 'a short word that becomes part of URLs, such as `id: auth0`'],
    ['name', 'name: GitHub', 'the text of the login button, such as `name: Auth0`'],
  ])('%s', (key, line, example) => {
    const of = (text: string): Diagnostic | undefined => pachctl(text).find(({ code }) => code === 'FIL004');
    const hint = `add \`${key}\`, ${example}`;
    expect(of(FILE.replace(`${line}\n`, ''))).toMatchObject({
      path: '',
      message: `The connector has no \`${key}\`: \`no ${key} specified\``,
      hint,
    });
    const empty = of(FILE.replace(line, `${key}: ''`));
    expect(empty).toMatchObject({
      path: `/${key}`,
      message: `The connector has an empty \`${key}\`: \`no ${key} specified\``,
      hint,
    });
    expect(empty?.location.range?.column).toBe(key.length + 3);
  });
});

test('an id that browsers change says so', () =>
  expect(only('connector', FILE.replace('id: gh', "id: '..'"), PACHCTL)).toMatchObject({
    code: 'FIL003',
    severity: 'error',
    path: '/id',
    message:
      'The id ".." is a step in a path, which browsers resolve: no link on the login page leads to the connector',
    hint: 'write it in lower case with hyphens, such as auth0-staff',
  }));

describe('versions, which are 64-bit integers', () => {
  const versioned = (version: string): string =>
    `${ENVELOPE}version: ${version}\nconfig:\n${indented(SETTINGS)}`;
  const SMALL = 'write a whole number, 0 for a new connector';
  const PARSING = 'unable to parse config: could not parse intermediate JSON: json: cannot unmarshal';
  const FIELD = 'into Go struct field connectorConfig.Version of type int64';

  test.each(['-9223372036854775808', '9223372036854775806', '-9_223_372_036_854_775_808', '0x10', '1e3'])(
    '%s is one',
    (version) => expect(places(pachctl(versioned(version)))).toEqual([]),
  );

  test.each([
    ['"1"', 'a string', 'string', 'write it without quotes'],
    ['"-10"', 'a string', 'string', 'write it without quotes'],
    ['first', 'a string', 'string', SMALL],
    ['"1.5"', 'a string', 'string', SMALL],
    ['v1', 'a string', 'string', SMALL],
    ['1e400', 'a string', 'string', SMALL],
    ['[1]', 'a list', 'array', SMALL],
    ['1.5', '1.5', 'number 1.5', SMALL],
    ['9223372036854775808', '9223372036854775808', 'number 9223372036854775808', SMALL],
    ['-9223372036854775809', '-9223372036854775809', 'number -9223372036854775809', SMALL],
  ])('%s is none', (version, shown, found, hint) =>
    expect(only('connector', versioned(version), PACHCTL)).toMatchObject({
      code: 'FIL003',
      path: '/version',
      message: `\`version\` must be a whole number, not ${shown}: \`${PARSING} ${found} ${FIELD}\``,
      hint,
    }),
  );

  test.each(['9223372036854775807', '9_223_372_036_854_775_807', '0x7fffffffffffffff'])(
    'no update can follow on %s',
    (version) =>
      expect(only('connector', versioned(version), PACHCTL)).toMatchObject({
        severity: 'warning',
        message:
          '`version` is the largest number there is: an update needs the next one, so the connector can only be deleted',
        hint: 'write a small number, 0 for a new connector',
      }),
  );

  test('protocol buffers take them in quotes', () => {
    const list = (version: string): Diagnostic[] =>
      check('upstream-idps', item(versioned(version).replace('version', 'configVersion')), PACHCTL);
    expect(places(list('"3"'))).toEqual([]);
    expect(places(list('"-3"'))).toEqual([]);
    expect(list('"9223372036854775807"')).toMatchObject([{ code: 'FIL003', severity: 'warning' }]);
    expect(list('"9223372036854775808"')).toMatchObject([{ code: 'FIL003', severity: 'error' }]);
    expect(list('"03"')).toMatchObject([{ code: 'FIL003', severity: 'error' }]);
    expect(list('three')).toMatchObject([{ code: 'FIL003', severity: 'error' }]);
  });
});

describe('values of another kind', () => {
  test.each([
    ['id: 5', 'a number', 'number into Go struct field connectorConfig.ID', 'put it in quotes'],
    [
      'id: [a]',
      'a list',
      'array into Go struct field connectorConfig.ID',
      'write one string instead of a list',
    ],
  ])('%s', (line, found, error, hint) => {
    const finding = only('connector', FILE.replace('id: gh', line), PACHCTL);
    expect(finding).toMatchObject({ code: 'FIL003', path: '/id', hint });
    expect(finding.message).toContain(`\`id\` must be a string, not ${found}: \``);
    expect(finding.message).toContain(`cannot unmarshal ${error} of type string\``);
  });

  test('a config of one word is to be a mapping', () =>
    expect(only('connector', `${ENVELOPE}config: none\n`, PACHCTL)).toMatchObject({
      code: 'FIL003',
      message: expect.stringMatching(/^`config` must be a mapping, not a string: /) as string,
      hint: 'write `config:` and the settings below it, indented, as `key: value` lines',
    }));

  /** pachd's decoder of protocol buffers quotes what it found; of strings and lists nothing is shown here. */
  test.each([
    ['id: 5', ': `invalid value for string type: 5`'],
    ['id: true', ': `invalid value for string type: true`'],
    ['id: [a]', ''],
    ['configVersion: 1.5', ': `invalid value for int64 type: 1.5`'],
    ['configVersion: true', ''],
    ['config: 5', ': `unexpected token 5`'],
    ['config: none', ''],
  ])('pachd’s own words about %s', (line, words) => {
    const [key = ''] = line.split(':');
    const text = key === 'id' ? FILE.replace('id: gh', line) : `${ENVELOPE}${line}\n`;
    const found = check('upstream-idps', item(text), PACHCTL).find(({ path }) => path === `/0/${key}`);
    const [, after] = found?.message.split('pachd refuses the whole list and restarts in a loop') ?? [];
    expect(after).toBe(words);
  });
});
