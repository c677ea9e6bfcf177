import fs from 'node:fs';
import path from 'node:path';
import { Chance } from '../support/chance';
import { mutate, mutationKinds } from '../support/mutations';
import { pachkit, temporaryFolder } from '../support/pachkit';

/** A finding of the report for programs; without a line it is about the whole file. */
interface Finding {
  readonly code: string;
  readonly file: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

interface SarifResult {
  readonly ruleId: string;
  readonly locations: readonly [{ physicalLocation: { artifactLocation: { uri: string }; region: Region } }];
}

/** The documents of the tests, those as they are and some with mistakes made by chance. */
function documents(): Record<string, string> {
  const folder = path.resolve(__dirname, '../fixtures');
  const texts = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .sort();
  const chance = new Chance(20_261_129);
  const slips = Array.from({ length: 60 }, () => {
    const changes = Array.from({ length: 1 + chance.below(4) }, () => ({
      ...{ kind: chance.of(mutationKinds), where: chance.below(1 << 30), what: chance.below(1 << 30) },
    }));
    return mutate(chance.of(texts), changes, /\bhunter2\b/);
  });
  return Object.fromEntries(
    [...texts, ...slips, ...WIDE].map((text, index) => [`d${String(index).padStart(3, '0')}.yaml`, text]),
  );
}

/** Characters of two UTF-16 code units, of one, and of two that are shown as one, before what is wrong in the line. */
const WIDE = ['😀', 'ä', 'a\u0308', '日本', '👩‍👩‍👧', 'a'].map(
  (sign) =>
    `{ apiVersion: pachkit/v1, name: prod, release: 2.11.6, access: { via: ingress, host: pach.acme.com, annotations: { '${sign}': "${sign}${sign}" }, realese: 1 }, auth: { roleBindings: { 'user:${sign}': [clusterAdmin], 'user:a@b.c': [clustrAdmin] } }, 'x${sign}y': 2, etdc: {} }\n`,
);

const FORMATS = ['json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;

const texts = documents();
const folder = temporaryFolder(texts);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const { stdout, exitCode } = pachkit(
  [
    'validate',
    ...Object.keys(texts),
    ...FORMATS.flatMap((format) => ['--format', format, '--output', `report.${format}`]),
    ...['--format', 'pretty'],
  ],
  { folder },
);
const read = (format: (typeof FORMATS)[number]): string =>
  fs.readFileSync(path.join(folder, `report.${format}`), 'utf8');
const findings = (JSON.parse(read('json')) as { diagnostics: readonly Finding[] }).diagnostics;

/** What a format says of every finding, as lines in an order of their own. */
const expected = (say: (finding: Finding) => readonly unknown[]): string[] =>
  findings.map((finding) => say(finding).join(' ')).sort();

test('there are hundreds of findings, of many codes, most of them with a place', () => {
  expect(exitCode).toBe(2);
  expect(findings.length).toBeGreaterThanOrEqual(200);
  expect(new Set(findings.map(({ code }) => code)).size).toBeGreaterThanOrEqual(30);
  expect(findings.filter(({ line }) => line !== undefined).length).toBeGreaterThanOrEqual(190);
});

test('the terminal names their lines and columns', () => {
  const said = [
    ...stdout.matchAll(/^(?:error|warning) ([A-Z]{3}\d+): .*\n {2}at (d\d+\.yaml)(?::(\d+):(\d+))?$/gm),
  ];
  expect(said.map((match) => match.slice(1).join(' ')).sort()).toEqual(
    expected(({ code, file, line, column }) => [code, file, line, column]),
  );
});

test('SARIF has the same regions, and the first line for a whole file', () => {
  const [{ results }] = (JSON.parse(read('sarif')) as { runs: [{ results: readonly SarifResult[] }] }).runs;
  const said = results.map(
    ({
      ruleId,
      locations: [
        {
          physicalLocation: { artifactLocation, region },
        },
      ],
    }) =>
      [
        ...[ruleId, artifactLocation.uri, region.startLine, region.startColumn],
        ...[region.endLine ?? region.startLine, region.endColumn],
      ].join(' '),
  );
  expect(said.sort()).toEqual(
    expected(({ code, file, line = 1, column, endLine = line, endColumn }) => [
      ...[code, file, line, column, endLine, endColumn],
    ]),
  );
});

test('JUnit has the same lines and columns', () => {
  const said = [
    ...read('junit').matchAll(
      /<testcase classname="(d\d+\.yaml)" name="([A-Z]{3}\d+) [\w-]+(?: at (\d+):(\d+))?" time="0"><(?:failure|system-out)/g,
    ),
  ];
  expect(said.map(([, file, code, line, column]) => [code, file, line, column].join(' ')).sort()).toEqual(
    expected(({ code, file, line, column }) => [code, file, line, column]),
  );
});

test('annotations of GitHub have the same lines, and the columns of what is on one line', () => {
  const said = [
    ...read('github').matchAll(
      /^::\w+ title=(\w+),file=(d\d+\.yaml)(?:,line=(\d+),endLine=(\d+)(?:,col=(\d+),endColumn=(\d+))?)?::/gm,
    ),
  ];
  expect(said.map((match) => match.slice(1).join(' ')).sort()).toEqual(
    expected(({ code, file, line, endLine, column, endColumn }) => [
      ...[code, file, line, endLine],
      ...(line === endLine ? [column, endColumn] : [undefined, undefined]),
    ]),
  );
});

test('Code Quality of GitLab has the same lines; a whole file is its first', () => {
  const issues = JSON.parse(read('gitlab')) as {
    check_name: string;
    location: { path: string; lines: { begin: number; end: number } };
  }[];
  expect(
    issues
      .map(({ check_name: name, location: { path: file, lines } }) =>
        [name.split('-')[0], file, lines.begin, lines.end].join(' '),
      )
      .sort(),
  ).toEqual(expected(({ code, file, line = 1, endLine = 1 }) => [code, file, line, endLine]));
});

test('a comment has the same lines', () => {
  const said = [
    ...read('markdown').matchAll(/^\| (?:error|warning) \| (\w+) \| (d\d+\.yaml)(?::(\d+))? \|/gm),
  ];
  expect(said.map((match) => match.slice(1).join(' ')).sort()).toEqual(
    expected(({ code, file, line }) => [code, file, line]),
  );
});

test('a place is what it is about: the key that a message names, counted in UTF-16 code units', () => {
  const named = findings.flatMap((finding) => {
    const key = /^\S.* has no key "([\w-]+)"$/.exec(finding.message)?.[1];
    return key === undefined ? [] : [{ ...finding, key }];
  });
  expect(named.length).toBeGreaterThanOrEqual(20);
  // Two of them in each document stand behind characters of two code units.
  expect(
    named.filter(({ file }) => /[^\x20-\x7e]/.test(texts[file]?.trimEnd() ?? '')).length,
  ).toBeGreaterThanOrEqual(10);
  for (const { file, line = 0, column = 0, endColumn = 0, key } of named) {
    const there = (texts[file] ?? '').split('\n')[line - 1]?.slice(column - 1, endColumn - 1);
    expect([key, `'${key}'`, `"${key}"`]).toContain(there);
  }
});
