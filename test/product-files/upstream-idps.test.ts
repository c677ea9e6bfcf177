import { check, only, rows, type Row } from './support/check';

const SETTINGS =
  'clientID: a\nclientSecret: b\nredirectURI: https://x.example.com/dex/callback\norgs: [{name: acme}]\n';
const JSON_SETTINGS =
  '{"clientID":"a","clientSecret":"b","redirectURI":"https://x.example.com/dex/callback","orgs":[{"name":"acme"}]}';
const indented = (text: string, by = 4): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
const item = (more = '', settings = SETTINGS): string =>
  `- id: gh\n  name: GitHub\n  type: github\n${more}  config:\n${indented(settings)}`;
const old = (json: string, more = ''): string =>
  `- id: gh\n  name: GitHub\n  type: github\n${more}  jsonConfig: ${json}\n`;

const jobSecret = (section: 'data' | 'stringData', list: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: pachyderm-bootstrap-config }\n${section}:\n  idps: ${
    section === 'data' ? `${Buffer.from(list).toString('base64')}\n` : `|\n${indented(list)}`
  }`;

test.each<[string, string, string]>([
  ['a list', item(), 'pachyderm@2.11'],
  ['chart values', `pachd: {}\noidc:\n  upstreamIDPs:\n${indented(item())}`, 'pachyderm@2.11'],
  ['a key of a Secret', `upstream-idps:\n${item()}`, 'pachyderm@2.11'],
  [
    'a Secret with a string',
    `kind: Secret\nstringData:\n  upstream-idps: |\n${indented(item())}`,
    'pachyderm@2.11',
  ],
  [
    'a Secret in base64',
    `kind: Secret\ndata:\n  upstream-idps: ${Buffer.from(item()).toString('base64')}\n`,
    'pachyderm@2.11',
  ],
  [
    'a Secret in base64 in a block',
    `kind: Secret\ndata:\n  upstream-idps: |\n    ${Buffer.from(item()).toString('base64')}\n`,
    'pachyderm@2.11',
  ],
  [
    'a Secret in base64 with a boolean of YAML 1.1',
    `kind: Secret\ndata:\n  upstream-idps: ${Buffer.from(item('', `${SETTINGS}useLoginAsID: yes\n`)).toString('base64')}\n`,
    'pachyderm@2.11',
  ],
  [
    'a Secret beside other objects',
    `apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Secret\nstringData:\n  upstream-idps: |\n${indented(item())}---\n`,
    'pachyderm@2.11',
  ],
  ["the Secret of 2.2's config Job", jobSecret('stringData', old(`'${JSON_SETTINGS}'`)), 'pachyderm@2.2'],
  ["the Secret of 2.2's config Job in base64", jobSecret('data', old(`'${JSON_SETTINGS}'`)), 'pachyderm@2.2'],
  ['jsonConfig', old(`'${JSON_SETTINGS}'`), 'pachyderm@2.11'],
  ['jsonConfig, which 2.2 needs', old(`'${JSON_SETTINGS}'`), 'pachyderm@2.2'],
  ['a configVersion', item('  configVersion: 3\n'), 'pachyderm@2.11'],
  ['values without a list', 'oidc: { mockIDP: true }\n', 'pachyderm@2.11'],
  ['no list at all', 'oidc:\n  upstreamIDPs:\n  mockIDP: false\n', 'pachyderm@2.11'],
  ['no list beside a Secret', 'oidc: { upstreamIDPs: [], upstreamIDPsSecretName: idps }\n', 'pachyderm@2.11'],
])('%s is valid', (_, text, target) => expect(rows(check('upstream-idps', text, target))).toEqual([]));

test.each<[string, string, string, Row[]]>([
  ['a version', item('  version: 1\n'), 'pachyderm@2.3', [['FIL002', 4, 3]]],
  [
    'an id in capitals',
    item().replace('id:', 'ID:'),
    'pachyderm@2.11',
    [
      ['FIL002', 1, 3],
      ['FIL004', 2, 3],
    ],
  ],
  [
    'json_config',
    old(`'${JSON_SETTINGS}'`).replace('jsonConfig', 'json_config'),
    'pachyderm@2.11',
    [
      ['FIL004', 1, 3],
      ['FIL002', 4, 3],
    ],
  ],
  ['an id that is a number', item().replace('gh', '123'), 'pachyderm@2.11', [['FIL003', 1, 7]]],
  [
    'a name that YAML 1.1 takes for a boolean',
    item().replace('GitHub', 'on'),
    'pachyderm@2.11',
    [['FIL003', 2, 9]],
  ],
  ['the same in quotes', item().replace('GitHub', '"on"'), 'pachyderm@2.11', []],
  ['a boolean that is one in YAML 1.1', item('', `${SETTINGS}useLoginAsID: yes\n`), 'pachyderm@2.11', []],
  [
    'a boolean in quotes',
    item('', `${SETTINGS}useLoginAsID: "yes"\n`),
    'pachyderm@2.11',
    [['DEX103', 9, 19]],
  ],
  [
    'a mapping instead of a list',
    `upstream-idps:\n${indented(item().replace('- ', '  '), 0)}`,
    'pachyderm@2.11',
    [['FIL011', 1, 1]],
  ],
  ['a string instead of a list', 'oidc:\n  upstreamIDPs: none\n', 'pachyderm@2.11', [['FIL011', 2, 3]]],
  ['an item that is a string', '- github\n', 'pachyderm@2.11', [['FIL011', 1, 3]]],
  [
    'nothing in config',
    '- { id: m, name: M, type: mockCallback, config: {} }\n',
    'pachyderm@2.11',
    [
      ['PRO001', 1, 27],
      ['FIL004', 1, 41],
    ],
  ],
  [
    'no config',
    '- { id: m, name: M, type: mockCallback }\n',
    'pachyderm@2.11',
    [
      ['FIL004', 1, 5],
      ['PRO001', 1, 27],
    ],
  ],
  [
    'an empty jsonConfig, which counts',
    '- { id: m, name: M, type: mockCallback, jsonConfig: "{}" }\n',
    'pachyderm@2.11',
    [['PRO001', 1, 27]],
  ],
  ['both', `${item()}  jsonConfig: '{"a":1}'\n`, 'pachyderm@2.11', [['FIL012?', 9, 3]]],
  ['config, which 2.2 ignores', item(), 'pachyderm@2.2', [['FIL012', 4, 3]]],
  ['jsonConfig that is not JSON', old("'{clientID: a}'"), 'pachyderm@2.11', [['FIL012', 4, 15]]],
  ['jsonConfig that is a mapping', old('{ clientID: a }'), 'pachyderm@2.2', [['FIL003', 4, 15]]],
  [
    'a slip in jsonConfig in quotes',
    old(`'${JSON_SETTINGS.replace('clientID', 'clientid')}'`),
    'pachyderm@2.2',
    [['DEX106?', 4, 15]],
  ],
  [
    'a slip in jsonConfig in a block',
    old(`|\n    ${JSON_SETTINGS.replace('clientID', 'clientid')}`),
    'pachyderm@2.2',
    [['DEX106?', 5, 6]],
  ],
  [
    "a slip in the Secret of 2.2's config Job",
    jobSecret('stringData', item()),
    'pachyderm@2.2',
    [['FIL012', 9, 7]],
  ],
  [
    'the Secret of the config Job, which later releases have not',
    jobSecret('stringData', old(`'${JSON_SETTINGS}'`)),
    'pachyderm@2.3',
    [['FIL013', 5, 3]],
  ],
  [
    'idps of another Secret',
    jobSecret('stringData', item()).replace('pachyderm-bootstrap-config', 'a'),
    'pachyderm@2.2',
    [['FIL011', 1, 1]],
  ],
  ['two of one id', `${item()}${item()}`, 'pachyderm@2.11', [['IDN003', 9, 7]]],
  [
    'a slip in a string of a Secret',
    `stringData:\n  upstream-idps: |\n${indented(item('', `${SETTINGS}orgz: []\n`))}`,
    'pachyderm@2.11',
    [['DEX101', 11, 9]],
  ],
  [
    'lost nesting',
    item().replace('  config:\n', '').replace(/^ {4}/gm, '  '),
    'pachyderm@2.11',
    [['FIL001', 4, 3]],
  ],
  [
    'a list under pachd',
    `pachd:\n  upstreamIDPs:\n${indented(item())}`,
    'pachyderm@2.11',
    [['FIL010', 2, 3]],
  ],
  ['a misspelt list', `oidc:\n  upstreamIDP:\n${indented(item())}`, 'pachyderm@2.11', [['FIL010', 2, 3]]],
  [
    'manifests without a list, said once',
    'apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Secret\n',
    'pachyderm@2.11',
    [['FIL011', 1, 1]],
  ],
])('%s', (_, text, target, expected) => expect(rows(check('upstream-idps', text, target))).toEqual(expected));

test('pachd’s own words about an unknown key', () => {
  const text = item('  version: 1\n');
  expect(only('upstream-idps', text, 'pachyderm@2.11').message).toMatch(/unknown field "version"`$/);
  expect(only('upstream-idps', text, 'pachyderm@2.6').message).toMatch(
    /unknown field "version" in identity\.IDPConnector`$/,
  );
  // The Job of 2.2 is lenient.
  expect(only('upstream-idps', old(`'${JSON_SETTINGS}'`, '  version: 1\n'), 'pachyderm@2.2').message).toMatch(
    /the config Job ignores it silently$/,
  );
});

test('a word that is a boolean says so', () => {
  expect(only('upstream-idps', item().replace('GitHub', 'on'), 'pachyderm@2.11')).toMatchObject({
    message: expect.stringMatching(
      /`invalid value for string type: true`; pachd reads YAML 1\.1, in which the unquoted word on is true$/,
    ) as string,
    hint: 'put it in quotes: "on"',
    path: '/0/name',
  });
});

test('paths lead through what the list stands in', () => {
  const paths = (text: string): string[] =>
    check('upstream-idps', text, 'pachyderm@2.11').map(({ path }) => path);
  const slip = item('', `${SETTINGS}orgz: []\n`);
  expect(paths(slip)).toEqual(['/0/config/orgz']);
  expect(paths(`oidc:\n  upstreamIDPs:\n${indented(slip)}`)).toEqual(['/oidc/upstreamIDPs/0/config/orgz']);
  expect(paths(old(`'${JSON_SETTINGS.replace(/}$/, ',"orgz":1}')}'`))).toEqual(['/0/jsonConfig/orgz']);
  expect(paths(slip.replace('  config:\n', '').replace(/^ {4}/gm, '  '))).toEqual(['/0/clientID', '/0/orgz']);
});

test('the list of the config Job is not shown where it is not read', () => {
  const text = `kind: Secret\nmetadata: { name: pachyderm-bootstrap-config }\ndata: { idps: cGFzc3dvcmQ= }\n`;
  const { location } = only('upstream-idps', text, 'pachyderm@2.11');
  expect(location.source?.shownLine(3)).not.toContain('cGFzc3dvcmQ');
});
