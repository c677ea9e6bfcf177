import fs from 'node:fs';
import path from 'node:path';
import { githubAnnotations } from '../../src/cli/reporters/github';
import { gitlab } from '../../src/cli/reporters/gitlab';
import { junit } from '../../src/cli/reporters/junit';
import { cell, findingsMarkdown } from '../../src/cli/reporters/markdown';
import type { Judged } from '../../src/cli/reporters/reporter';
import { sarif } from '../../src/cli/reporters/sarif';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { pachkit, temporaryFolder } from '../support/pachkit';

const DOCUMENT = `apiVersion: pachkit/v1
name: prod
release: 2.11.6
realese: 2.11
Profile: production
access: { via: ingress, host: pach.acme.com, tls: { secretName: pach-tls } }
auth:
  rootToken: { existing: { name: root, key: token } }
  sessionDuration: 7 days
  roleBindings: { 'user:ada@acme.com': [ClusterAdmin], '😀 ada': [clusterAdmin], 'user:Bob@acme.com': [clusterAdmin] }
storage: { s3: { bucket: acme, region: eu-central-1 } }
enterprise: { licenseKey: { existing: { name: license, key: key } } }
identity:
  connectors:
    - { type: okta, id: okta, name: Okta, config: {} }
    - { type: github, id: github, name: GitHub, config: { clientID: hunter2-id, clientSecret: hunter2secretvalue, orgs: acme } }
`;

interface JsonReport {
  readonly diagnostics: readonly {
    code: string;
    file: string;
    line: number;
    column: number;
    message: string;
  }[];
}

interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { id: string; help: { text: string } }[] };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly fixes?: readonly object[];
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number; readonly startColumn: number };
            };
          },
        ];
      }[];
    },
  ];
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder;
}

describe('one run with every format', () => {
  const folder = folderWith({ 'a b.yaml': DOCUMENT });
  const outcome = pachkit(
    [
      'validate',
      'a b.yaml',
      ...['json', 'sarif', 'junit', 'gitlab', 'github'].flatMap((format) => [
        '--format',
        format,
        '--output',
        `report.${format}`,
      ]),
      ...['--format', 'pretty'],
    ],
    { folder },
  );
  const read = (format: string): string => fs.readFileSync(path.join(folder, `report.${format}`), 'utf8');
  const findings = (JSON.parse(read('json')) as JsonReport).diagnostics;
  const places = findings.map(({ code, line }) => `${code} ${line}`);

  test('shows people what the terminal always shows, and fails', () => {
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stdout).toContain('error SCH001: The document has no key "realese"');
    expect(findings.length).toBeGreaterThan(5);
  });

  test('names the same lines in all of them', () => {
    const [{ results }] = (JSON.parse(read('sarif')) as SarifLog).runs;
    const inSarif = results.map(
      ({
        ruleId,
        locations: [
          {
            physicalLocation: { region },
          },
        ],
      }) => `${ruleId} ${region.startLine}`,
    );
    const inJunit = [...read('junit').matchAll(/ name="(\w+) [\w-]+ at (\d+):/g)].map(
      ([, code, line]) => `${code} ${line}`,
    );
    const inGitlab = (
      JSON.parse(read('gitlab')) as { check_name: string; location: { lines: { begin: number } } }[]
    ).map(({ check_name: name, location }) => `${name.split('-')[0]} ${location.lines.begin}`);
    const inGithub = [...read('github').matchAll(/^::\w+ title=(\w+),file=a b\.yaml,line=(\d+)/gm)].map(
      ([, code, line]) => `${code} ${line}`,
    );
    const inPretty = [...outcome.stdout.matchAll(/^\w+ ([A-Z]{3}\d+): .*\n {2}at a b\.yaml:(\d+)/gm)].map(
      ([, code, line]) => `${code} ${line}`,
    );
    expect({ inSarif, inJunit, inGitlab, inGithub, inPretty }).toEqual({
      inSarif: places,
      inJunit: places,
      inGitlab: places,
      inGithub: places,
      inPretty: places,
    });
  });

  test('gives every finding a fingerprint of its own, the same when lines are added above', () => {
    const marks = (text: string): string[] => {
      const next = folderWith({ 'a b.yaml': text });
      const { stdout } = pachkit(['validate', 'a b.yaml', '--format', 'sarif'], { folder: next });
      const [{ results }] = (JSON.parse(stdout) as SarifLog).runs;
      return results.map(({ partialFingerprints }) => String(partialFingerprints['pachkit/v1']));
    };
    const before = marks(DOCUMENT);
    expect(new Set(before).size).toBe(findings.length);
    expect(marks(`# The cluster of everyone.\n\n${DOCUMENT}`)).toEqual(before);
  });

  test('has a page for each code, safe fixes and file names as URIs in SARIF', () => {
    const [{ tool, results }] = (JSON.parse(read('sarif')) as SarifLog).runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(
      [...new Set(findings.map(({ code }) => code))].sort(),
    );
    expect(tool.driver.rules.every(({ help }) => help.text.length > 40)).toBe(true);
    expect(results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b.yaml');
    expect(results.some(({ fixes }) => fixes !== undefined)).toBe(true);
  });

  test('shows no secret in any of them', () => {
    const all =
      ['json', 'sarif', 'junit', 'gitlab', 'github'].map(read).join('') + outcome.stdout + outcome.stderr;
    expect(all).not.toContain('hunter2secretvalue');
  });
});

describe('what fails a run', () => {
  const WARNED = DOCUMENT.replace('realese: 2.11\nProfile: production\n', '')
    .replace('7 days', '7d')
    .replace('[ClusterAdmin]', '[clusterAdmin]')
    .replace("'😀 ada': [clusterAdmin], ", '')
    .replace(/ {4}- \{ type: okta.*\n/, '')
    .replace('clientSecret: hunter2secretvalue', 'clientSecret: { env: SECRET }')
    .replace('orgs: acme', 'orgs: [{ name: acme }]');
  const folder = folderWith({ 'pachyderm.yaml': WARNED });
  const validate = (...options: string[]): ReturnType<typeof pachkit> =>
    pachkit(['validate', 'pachyderm.yaml', ...options], { folder });

  test('is an error, and with --fail-on warning a warning too', () => {
    expect(validate().stdout).toMatch(/^warning /);
    expect(validate().exitCode).toBe(0);
    const strict = validate('--fail-on', 'warning');
    expect(strict.exitCode).toBe(1);
    expect(strict.stdout).not.toContain('valid:');
  });

  test('is found although --severity error does not show it', () => {
    const hidden = validate('--severity', 'error');
    expect(hidden).toMatchObject({ exitCode: 0, stdout: 'valid: prod\n' });
    expect(validate('--severity', 'error', '--fail-on', 'warning').exitCode).toBe(1);
  });

  test('is a failed test in JUnit', () => {
    expect(validate('--format', 'junit').stdout).toContain('failures="0"');
    expect(validate('--format', 'junit', '--fail-on', 'warning').stdout).not.toMatch(
      /<testsuites [^>]*failures="0"/,
    );
  });
});

describe('a report that cannot be written', () => {
  const folder = folderWith({ 'pachyderm.yaml': DOCUMENT });

  test.each<[string, string[], string]>([
    [
      'would replace the document',
      ['--format', 'json', '--output', './pachyderm.yaml'],
      '--output ./pachyderm.yaml is a file to check',
    ],
    ['is in no folder', ['--format', 'json', '--output', 'reports/a.json'], 'create reports first'],
    [
      'is below a file',
      ['--format', 'json', '--output', 'pachyderm.yaml/a.json'],
      'create pachyderm.yaml first',
    ],
    ['is a folder', ['--format', 'json', '--output', '.'], 'name a file in it'],
    ['has no format', ['--output', 'a.json'], '--output a.json has no --format'],
    [
      'meets another',
      ['--format', 'json', '--output', 'a', '--format', 'sarif', '--output', './a'],
      'two reports go to ./a',
    ],
    ['shares the terminal', ['--format', 'json', '--format', 'sarif'], 'one report can go to the terminal'],
    ['has an unknown form', ['--format', 'xml'], "argument 'xml' is invalid"],
  ])('because it %s', (_title, options, problem) => {
    const { exitCode, stdout, stderr } = pachkit(['validate', 'pachyderm.yaml', ...options], { folder });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(problem);
    expect(fs.readFileSync(path.join(folder, 'pachyderm.yaml'), 'utf8')).toBe(DOCUMENT);
    expect(fs.readdirSync(folder)).toEqual(['pachyderm.yaml']);
  });

  test('belongs to the format behind it when none is before', () => {
    const { exitCode, stdout } = pachkit(
      ['validate', 'pachyderm.yaml', '--output', 'a.json', '--format', 'json'],
      { folder },
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(fs.readFileSync(path.join(folder, 'a.json'), 'utf8')).toContain('"SCH001"');
  });
});

describe('characters that a format reads as its own', () => {
  const hostile: Diagnostic = {
    code: 'SCH001',
    severity: 'error',
    message: 'a "b" <c> & `d|e` ]]> \u0001 %0A::error::x\r\nnext *bold*',
    location: { file: 'a,b:c%.yaml', range: { line: 2, column: 3, endLine: 2, endColumn: 4 } },
    path: '',
  };
  const judged: Judged = { diagnostics: [hostile], fails: () => true, isFailure: true };

  test('stay text in annotations of GitHub: one line, one command', () => {
    const text = githubAnnotations(judged);
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('file=a%2Cb%3Ac%25.yaml,line=2');
    expect(text).toContain('%250A::error::x%0D%0Anext');
  });

  test('stay text in the summary of a job: one row', () => {
    const rows = findingsMarkdown(judged)
      .split('\n')
      .filter((line) => line.startsWith('| error'));
    expect(rows).toEqual([
      expect.stringContaining('&lt;c> &amp; `d\\|e` \\]\\]> � %0A::error::x� next \\*bold\\*'),
    ]);
  });

  test.each([
    ['```<img src=x>', '\\`\\`\\`&lt;img src=x>'],
    ['``a`<b>`', '\\`\\`a`<b>`'],
    ['a `b` c`<d>', 'a `b` c\\`&lt;d>'],
  ])('stay text behind backticks that begin no code: %s', (text, shown) => {
    expect(cell(text)).toBe(shown);
  });

  test('stay text in JUnit', () => {
    expect(junit(judged)).toContain(
      'message="a &quot;b&quot; &lt;c&gt; &amp; `d|e` ]]&gt; � %0A::error::x&#13;&#10;next *bold*"',
    );
  });

  test('stay text in JSON', async () => {
    expect(JSON.parse(gitlab(judged))).toHaveLength(1);
    const [{ results }] = (JSON.parse(await sarif(judged)) as SarifLog).runs;
    expect(results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe('a%2Cb%3Ac%25.yaml');
  });
});

test('the summary of a job is added to what other steps wrote', () => {
  const folder = folderWith({ 'pachyderm.yaml': DOCUMENT, 'summary.md': '# Build\n' });
  const run = { folder, environment: { GITHUB_STEP_SUMMARY: 'summary.md' } };
  expect(pachkit(['validate', 'pachyderm.yaml'], run).exitCode).toBe(1);
  expect(fs.readFileSync(path.join(folder, 'summary.md'), 'utf8')).toBe('# Build\n');
  pachkit(['validate', 'pachyderm.yaml', '--format', 'github'], run);
  expect(fs.readFileSync(path.join(folder, 'summary.md'), 'utf8')).toMatch(
    /^# Build\n### pachkit: \d+ errors?, \d+ warnings? in 1 file\n\n\| \| code/,
  );
});
