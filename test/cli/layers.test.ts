import fs from 'node:fs';
import { pachkit, temporaryFolder } from '../support/pachkit';

const FILES = {
  'values.yaml': `deployTarget: LOCAL
pachd:
  storage: { local: { hostPath: /srv/pach/ } }
  replicas: many
  rootToken: token-of-acme
`,
  'production.yaml': 'pachd:\n  replicas: 2\n  logLevel: debug\n',
  'empty.yaml': '# nothing yet\n',
  'other.yaml': 'controller: { service: {}, config: {} }\ntcp: {}\ndefaultBackend: {}\n',
  'template.yaml': 'pachd:\n  replicas: {{ .Values.replicas }}\n',
  'token.txt': 'token-of-acme',
  'umbrella.yaml': `global: { domain: example.com }
grafana: { adminPassword: grafana-of-acme }
blue: { deployTarget: LOCAL, pachd: { storage: { local: { hostPath: /srv/blue/ } }, replicas: many } }
green: { deployTarget: LOCAL, pachd: { storage: { local: { hostPath: /srv/green/ } } } }
`,
};

let folder: string;
beforeEach(() => (folder = temporaryFolder(FILES)));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const run = (command: string, ...more: string[]) => pachkit([...command.split(' '), ...more], { folder });

interface Found {
  readonly code: string;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Where errors are, in short. */
function found(...args: string[]): string[] {
  const { stdout } = run('validate --format json --severity error', ...args);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Found[] };
  return diagnostics.map(({ code, file, line, column }) => [code, file, line, column].join(' ').trim());
}

describe('validate', () => {
  test('what a later layer sets right is right', () => {
    expect(found('values.yaml')).toEqual(['FIL024 values.yaml 4 13']);
    const { exitCode, stdout } = run('validate -f values.yaml -f production.yaml');
    expect(stdout).toMatch(
      /^valid: values\.yaml \+ production\.yaml \(helm-values, pachyderm@2\.\d+\)\nchecked: /,
    );
    expect(exitCode).toBe(0);
  });

  test.each<[string, string[], string[]]>([
    ['a file after another', ['values.yaml', '-f', 'production.yaml'], []],
    ['both in one option', ['--values', 'values.yaml,production.yaml'], []],
    ['files in the other order', ['-f', 'production.yaml', '-f', 'values.yaml'], ['FIL024 values.yaml 4 13']],
    ['a single value', ['values.yaml', '--set', 'pachd.replicas=2'], []],
    ['a string', ['values.yaml', '--set-string', 'pachd.replicas=2'], ['FIL024 --set-string 1 16']],
    ['JSON', ['values.yaml', '--set-json', 'pachd={"replicas":[]}'], ['FIL024 --set-json 1 19']],
    [
      'a file for a value',
      ['-f', 'production.yaml', '--set-file', 'pachd.replicas=token.txt'],
      ['FIL024 --set-file 1 16'],
    ],
    ['values without a file', ['--set', 'deployTarget=LOCAL,pachd.rootTokn=x'], ['FIL020 --set 1 26']],
    ['null, which takes a value away', ['values.yaml', '--set', 'pachd.replicas=null'], []],
    ['an empty file', ['values.yaml', '-f', 'empty.yaml', '-f', 'production.yaml'], []],
    ['nothing but an empty file', ['-f', 'empty.yaml'], ['FIL011 empty.yaml']],
    ['values of another chart', ['-f', 'other.yaml'], ['FIL026 other.yaml 1 1']],
    ['a template', ['-f', 'values.yaml', '-f', 'template.yaml'], ['FIL027 template.yaml 2 13']],
    [
      'two wrong arguments',
      ['values.yaml', '--set', 'a', '--set', 'b'],
      ['FIL028 --set #1 1 1', 'FIL028 --set #2 1 1'],
    ],
  ])('%s', (_, args, expected) => expect(found(...args)).toEqual(expected));

  test.each([
    [
      ['--as', 'connector', 'values.yaml', '--set', 'a=1'],
      '--as says that the files are of the kind connector',
    ],
    [['-', '-f', '-'], 'standard input can be one layer of values only'],
    [[], 'name the files to check'],
  ])('%j is no way to ask', (args, said) => {
    const { exitCode, stderr } = run('validate', ...args);
    expect(stderr).toContain(said);
    expect(exitCode).toBe(2);
  });

  test('no fix is written where an argument would have to be', () => {
    const { exitCode } = run('validate --fix values.yaml', '--set', 'pachd.replicas=2,pachd.rootTokn=x');
    expect(exitCode).toBe(1);
    expect(fs.readFileSync(`${folder}/values.yaml`, 'utf8')).toBe(FILES['values.yaml']);
  });

  test('no secret of an argument is shown', () => {
    const { stdout } = run('validate values.yaml', '--set', 'pachd.rootToken=token-of-acme,pachd.replicas=x');
    expect(stdout).toContain('--set:1:46');
    expect(stdout).not.toContain('token-of-acme');
  });
});

describe('import', () => {
  test('carries layers, and says of each value which one it came from', () => {
    const { stdout, stderr, exitCode } = run(
      'import helm-values values.yaml -f production.yaml --release 2.11.6',
      '--set',
      'pachd.image.repository=registry.example.com/pachd,console.enabled=false',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('replicas: 2');
    expect(stderr).toContain('production.yaml:2  pachd.replicas');
    expect(stderr).toContain('--set:1  console.enabled');
    expect(stderr).not.toContain('values.yaml:4');
  });

  test('null takes the default of the chart away', () => {
    const { stdout } = run(
      'import helm-values --release 2.11.6 -f values.yaml -f production.yaml',
      '--set',
      'pachd.resources=null',
    );
    expect(stdout).toContain('pachyderm');
    expect(stdout).not.toContain('resources');
  });

  test('an argument that Helm cannot parse makes no document', () => {
    const { stdout, stderr, exitCode } = run('import helm-values values.yaml', '--set', 'pachd.replicas');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error FIL028');
  });
});

test('overrides of a document are checked against its objects, and no secret has to be there', () => {
  const document = `apiVersion: pachkit/v1
name: pach
release: 2.11.6
auth: { rootToken: { env: ROOT_TOKEN } }
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pach.example.com, tls: { secretName: cert } }
storage: { url: 's3://bucket?region=eu-west-1', s3: { bucket: bucket, region: eu-west-1 } }
identity:
  connectors:
    - { type: github, id: github, name: GitHub, config: { clientID: a, clientSecret: { env: GITHUB_SECRET }, orgs: [{ name: acme }] } }
overrides:
  - { kind: Deployment, name: pachd, patch: [{ op: replace, path: /spec/replicas, value: 2 }] }
  - { kind: Deployment, name: pachdd, patch: [{ op: replace, path: /spec/replicas, value: 2 }] }
  - { kind: Deployment, name: pachd, patch: [{ op: replace, path: /spec/nothing, value: 2 }] }
`;
  fs.writeFileSync(`${folder}/pachyderm.yaml`, document);
  expect(found('pachyderm.yaml')).toEqual(['OVR002 pachyderm.yaml 13 31', 'OVR003 pachyderm.yaml 14 67']);
});

describe('values of a chart that depends on ours', () => {
  test('are those under its key, or under the one that --key names', () => {
    expect(found('umbrella.yaml')).toEqual(['FIL024 umbrella.yaml 3 95']);
    expect(found('umbrella.yaml', '--key', 'green')).toEqual([]);
    expect(found('umbrella.yaml', '--key', 'gren')).toEqual(['FIL026 umbrella.yaml 1 1']);
    expect(found('umbrella.yaml', '--set', 'blue.pachd.replicas=2')).toEqual([]);
    expect(run('validate --key green').stderr).toContain('name the files to check');
  });

  test('become the document of one cluster', () => {
    const several = run('import helm-values umbrella.yaml');
    expect([several.exitCode, several.stdout]).toEqual([1, '']);
    expect(several.stderr).toContain('error IMP001: Values of the chart stand under blue and under green');
    expect(several.stderr).toContain('--key blue');
    const { exitCode, stdout, stderr } = run('import helm-values umbrella.yaml --key green --release 2.11.6');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('hostPath: /srv/green/');
    expect(stderr).toContain('umbrella.yaml:4  green.deployTarget → storage.local');
    expect(stderr).toContain('umbrella.yaml:2  grafana: it is of another chart');
    expect(stderr).toContain('umbrella.yaml:1  global.domain: it is of other charts');
    expect(stdout + stderr).not.toContain('grafana-of-acme');
  });
});

test('a key that is there twice is imported as Helm takes it, and said', () => {
  const text =
    FILES['values.yaml'].replace('many', '1') + 'etcd: { storageSize: 1Gi }\netcd: { storageSize: 2Gi }\n';
  fs.writeFileSync(`${folder}/twice.yaml`, text);
  const { exitCode, stdout, stderr } = run('import helm-values twice.yaml --release 2.11.6');
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('size: 2Gi')]);
  expect(stderr).toContain('warning DOC004: Duplicate key "etcd": Helm takes this one');
});
