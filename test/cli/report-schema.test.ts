import fs from 'node:fs';
import path from 'node:path';
import { allCommands } from '../../src/cli/commands/registry';
import { pachkit, temporaryFolder, type Run } from '../support/pachkit';
import { reportFaults as faults, reportNames } from '../support/report-schema';

const example = (name: string): Buffer =>
  fs.readFileSync(path.resolve(__dirname, `../../examples/${name}/pachyderm.yaml`));

const FILES = {
  'quickstart.yaml': example('quickstart'),
  'production.yaml': example('production-auth0'),
  'slips.yaml': `${example('quickstart').toString('utf8')}\nRelease: 2.11.6\netcd: { replicas: 2 }\n`,
  'values.yaml': 'deployTarget: LOCAL\npachd: { rootToken: hunter2, replicas: 2, nothing: 1 }\n',
  'claims.json':
    '{ "iss": "https://acme.okta.com", "sub": "1", "email": "ada@acme.com", "email_verified": true }',
};

let folder: string;
beforeAll(() => (folder = temporaryFolder(FILES)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Each run once with what its report has besides findings. */
test.each<[report: string, args: string, has: readonly string[], run?: Partial<Run>]>([
  ['validate', 'validate slips.yaml values.yaml', []],
  [
    'validate',
    'validate slips.yaml --fix --baseline known.json --write-baseline',
    ['fixed', 'notFixed', 'baseline'],
  ],
  [
    'synth',
    'synth quickstart.yaml production.yaml',
    ['clusters'],
    { environment: { PACHYDERM_LICENSE: 'x' } },
  ],
  ['synth', 'synth quickstart.yaml', ['clusters']],
  ['diff', 'diff quickstart.yaml --to-release 2.12.0-rc.3 --against quickstart.yaml', ['differences']],
  ['status', 'status quickstart.yaml --kubeconfig missing', ['clusters']],
  ['who', 'who production.yaml', ['clusters']],
  ['who', 'who production.yaml --claims claims.json --connector auth0', ['clusters']],
  ['upgrade', 'upgrade production.yaml --to 2.12.0-rc.3', ['upgrades']],
  ['upgrade', 'upgrade slips.yaml --to 2.12.0-rc.3 --write', ['upgrades']],
  ['doctor', 'doctor production.yaml --offline', ['clusters']],
  ['secret', 'secret list quickstart.yaml', ['secrets', 'unused']],
  ['secret', 'secret get quickstart.yaml auth.rootToken', ['secret']],
  ['report', 'report production.yaml slips.yaml', ['clusters']],
  ['connector', 'connector list quickstart.yaml', ['connectors', 'changed']],
  ['init', 'init started --provider okta', ['written', 'choices', 'variables', 'next']],
  ['init', 'init started --agents', ['written']],
  ['explain', 'explain unread-connector-key', ['page']],
  ['explain', 'explain auth.sessionDuration', ['field']],
  ['explain', 'explain oidc.claimMapping.email', ['field']],
  ['explain', 'explain provider okta', ['provider']],
  ['explain', 'explain provider', ['providers']],
  [
    'import',
    'import helm-values values.yaml --release 2.11.6',
    ['document', 'text', 'report', 'variables', 'plainSecrets'],
  ],
  ['import', 'import helm-values missing.yaml', []],
  ['export', 'export helm-values quickstart.yaml', ['values', 'text', 'report', 'variables', 'plainSecrets']],
])('%s: what %s prints is as the schema says', (report, args, has, run = {}) => {
  const { stdout } = pachkit([...args.split(' '), '--format', 'json'], { folder, ...run });
  const printed = JSON.parse(stdout) as Record<string, unknown>;
  expect(Object.keys(printed)).toEqual([...has, 'diagnostics']);
  expect(faults(report, printed)).toEqual([]);
  expect(faults(report, { ...printed, more: 1 })).not.toEqual([]);
});

test.each([
  'deploy slips.yaml --yes',
  'destroy quickstart.yaml --yes --kubeconfig missing',
  'dev status quickstart.yaml',
])('%s: each line is as the schema says', (args) => {
  const { stdout } = pachkit([...args.split(' '), '--format', 'json'], { folder });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).not.toEqual([]);
  for (const line of lines) expect(faults('line', line)).toEqual([]);
});

/** What these print is read by programs as it is: JSON Schemas, and code of shells. */
const OTHERS = ['schema', 'completion'];

test('every command has --format json, and a report in the schema', () => {
  const reporting = allCommands().filter(({ options }) =>
    options.some(({ flags, choices }) => flags.startsWith('--format') && choices?.includes('json') === true),
  );
  expect(
    allCommands()
      .filter((command) => !reporting.includes(command))
      .map(({ name }) => name),
  ).toEqual(OTHERS);
  const lines = ['deploy', 'destroy', 'dev'];
  expect([...reportNames].sort()).toEqual(
    [...reporting.map(({ name }) => name).filter((name) => !lines.includes(name)), 'crash', 'line'].sort(),
  );
});

test('the report of a failure of pachkit itself is as the schema says', () =>
  expect(faults('crash', { bug: 'TypeError: x', diagnostics: [] })).toEqual([]));
