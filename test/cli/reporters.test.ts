import { reporterIn, reporters } from '../../src/cli/reporters';

test('the first reporter is the one for people', () =>
  expect(reporters.map(({ name }) => name)).toEqual([
    'pretty',
    'json',
    'sarif',
    'junit',
    'github',
    'gitlab',
    'markdown',
  ]));

test.each<[string, string]>([
  ['validate a.yaml', 'pretty'],
  ['validate json', 'pretty'],
  ['json', 'pretty'],
  ['validate --format json a.yaml', 'json'],
  ['validate --format=json a.yaml', 'json'],
  ['validate --format', 'pretty'],
  ['validate --format=xml', 'pretty'],
])('%s: a failure of pachkit is reported in the form %s', (args, name) =>
  expect(reporterIn(args.split(' ')).name).toBe(name),
);

test('a failure is a report to programs, and leaves standard output empty for people', () =>
  expect(reporters.flatMap(({ name, crash }) => (crash ? [[name, crash('TypeError: x')]] : []))).toEqual([
    ['json', '{\n  "bug": "TypeError: x",\n  "diagnostics": []\n}\n'],
  ]));
