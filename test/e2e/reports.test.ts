import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithTools, fromNpm, fromPypi, temporaryDirectory, toolPath, type Provided } from './harness';

const program = path.resolve(__dirname, '../../dist/bin/pachkit.js');
const fixtures = path.resolve(__dirname, '../fixtures');

/** Documents of every kind that have mistakes, each with a name of its own. */
const documents = fs
  .readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort();

const folder = temporaryDirectory('reports');
afterAll(() => folder.remove());

beforeAll(() => {
  const names = documents.map((file, index) => {
    const name = `${index} ä&"${path.basename(file)}`;
    fs.copyFileSync(file, folder.join(name));
    return name;
  });
  fs.writeFileSync(folder.join('broken.yaml'), 'a: [\n');
  const formats = ['sarif', 'junit', 'json'].flatMap((format) => [
    ...['--format', format, '--output', `report.${format}`],
  ]);
  const { status } = spawnSync(process.execPath, [program, 'validate', 'broken.yaml', ...names, ...formats], {
    cwd: folder.path,
  });
  expect(status).not.toBe(70);
  const { diagnostics } = JSON.parse(fs.readFileSync(folder.join('report.json'), 'utf8')) as {
    diagnostics: object[];
  };
  expect(diagnostics.length).toBeGreaterThan(20);
});

function describeWith(title: string, provided: Provided, body: (file: string) => void): void {
  if ('file' in provided) {
    describe(title, () => body(provided.file));
    return;
  }
  process.stderr.write(`SKIPPED ${title}, ${provided.reason}\n`);
  describe.skip(`${title} (${provided.reason})`, () => test('is skipped', () => {}));
}

const linux = '@microsoft/sarif-multitool-linux';
describeWith('SARIF', fromNpm(linux, '5.7.0', `${linux}/Sarif.Multitool`), (multitool) => {
  // The package leaves this to a script of its own.
  beforeAll(() => fs.chmodSync(multitool, 0o755));

  const findingsIn = (log: string): string[] => {
    const { stdout } = spawnSync(multitool, ['validate', log, '--output', `verdict-of-${log}`], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(stdout).toContain('1 files scanned');
    return stdout.split('\n').filter((line) => /(SARIF|JSON|GHAS)\d+/.test(line));
  };

  test('is without a finding of the validator of the format', () => {
    expect(findingsIn('report.sarif')).toEqual([]);
  });

  test('is really looked at', () => {
    const text = fs.readFileSync(folder.join('report.sarif'), 'utf8');
    fs.writeFileSync(folder.join('wrong.sarif'), text.replace(/"startLine": \d+/, '"startLine": -1'));
    expect(findingsIn('wrong.sarif')).not.toEqual([]);
  });
});

describeWithTools('JUnit', ['xmllint'], () => {
  describeWith(
    'and the schema of Jenkins',
    fromPypi('pytest', '8.3.5', 'testing/example_scripts/junit-10.xsd'),
    (schema) => {
      test('agree', () => {
        const { status, stderr } = spawnSync(
          toolPath('xmllint'),
          ['--noout', '--schema', schema, 'report.junit'],
          {
            cwd: folder.path,
            encoding: 'utf8',
          },
        );
        expect({ status, stderr }).toEqual({ status: 0, stderr: 'report.junit validates\n' });
      });
    },
  );
});
