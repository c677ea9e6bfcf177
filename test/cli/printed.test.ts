import fs from 'node:fs';
import path from 'node:path';
import { expectFile } from '../support/golden-file';
import { pachkit, temporaryFolder, type Run } from '../support/pachkit';

const expected = path.join(__dirname, 'expected');

const QUICKSTART = fs.readFileSync(path.resolve(__dirname, '../../examples/quickstart/pachyderm.yaml'));
const LEGACY = fs.readFileSync(path.resolve(__dirname, '../../examples/legacy-2.2/pachyderm.yaml'));
const PRODUCTION = fs.readFileSync(path.resolve(__dirname, '../../examples/production-auth0/pachyderm.yaml'));

const FILES = {
  'quickstart/pachyderm.yaml': QUICKSTART,
  'legacy.yaml': LEGACY,
  'production.yaml': PRODUCTION,
  'wrong.yaml': `apiVersion: pachkit/v1
release: 2.11.6
acess: { via: proxy }
auth:
  rootToken: hunter2
  sessionDuration: 30
  roleBindings:
    'user:ada@acme.com': [clusterAdmn]
identity:
  connectors:
    - type: oidc
      id: Okta acme
      config:
        issuer: https://acme.okta.com
        clientId: acme
        clientSecret: hunter2
`,
  'broken.yaml': 'apiVersion: pachkit/v1\nauth:\n  rootToken: "hunter2\n',
  'existing/notes.txt': 'mine\n',
};

let folder: string;
beforeAll(() => (folder = temporaryFolder(FILES)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Every case is one run of the program in a folder of its own state: the cases of a file run in order. */
const cases: Readonly<Record<string, readonly [args: string, run?: Omit<Run, 'folder'>]>> = {
  help: ['--help'],
  'help-init': ['init --help'],
  'help-validate': ['validate --help'],
  'help-synth': ['synth --help'],
  'help-deploy': ['deploy --help'],
  'help-destroy': ['destroy --help'],
  'help-diff': ['diff --help'],
  'help-status': ['status --help'],
  'help-secret': ['secret --help'],
  'help-lock': ['lock --help'],
  'help-who': ['who --help'],
  'help-upgrade': ['upgrade --help'],
  'help-why': ['why --help'],
  'help-graph': ['graph --help'],
  'help-report': ['report --help'],
  graph: ['graph production.yaml'],
  'graph-wrong': ['graph wrong.yaml'],
  'graph-broken': ['graph broken.yaml'],
  why: ['why production.yaml Secret/pachyderm-auth auth-config.issuer'],
  'why-terraform': ['why production.yaml auth0_client.application callbacks'],
  'why-unknown-object': ['why production.yaml Deployment/pach spec.replicas'],
  'why-unknown-field': ['why production.yaml Deployment/pachd spec.replica'],
  'why-wrong': ['why wrong.yaml Deployment/pachd spec.replicas'],
  upgrade: ['upgrade legacy.yaml --to 2.12.0-rc.3'],
  'help-doctor': ['doctor --help'],
  'help-connector': ['connector --help'],
  'help-dev': ['dev --help'],
  'help-import': ['import --help'],
  'help-schema': ['schema --help'],
  'help-explain': ['explain --help'],
  'without-arguments': [''],
  'unknown-command': ['synht quickstart/pachyderm.yaml'],
  'unknown-option': ['synth quickstart/pachyderm.yaml --outt x'],
  'unknown-choice': ['validate quickstart/pachyderm.yaml --format xml'],
  'missing-argument': ['validate'],
  'too-many-arguments': ['explain SCH001 SCH002'],
  'explain-providers': ['explain provider'],
  'explain-provider': ['explain provider keycloak'],
  'explain-nearly-a-provider': ['explain provider oktaa'],
  'explain-code': ['explain SCH001'],
  'explain-code-in-lowercase': ['explain doc007'],
  'explain-slug': ['explain unknown-key'],
  'explain-nearly-a-slug': ['explain unknwon-key'],
  'explain-field': ['explain auth.sessionDuration'],
  'explain-section': ['explain access'],
  'explain-connector-key': ['explain oidc.allowedGroups'],
  'explain-connector-settings': ['explain identity.connectors.config'],
  'explain-nearly-a-connector-key': ['explain oidc.alowedGroups'],
  'explain-secret': ['explain auth.rootToken'],
  'common-option-before-command': ['--quiet validate quickstart/pachyderm.yaml'],
  'explain-list-item': ['explain identity.connectors[].id'],
  'explain-nearly-a-field': ['explain auth.sesionDuration'],
  'explain-nothing': ['explain constructor'],
  'schema-nearly-a-name': ['schema connectors/odic'],
  'schema-nearly-a-type': ['schema odic'],
  'schema-unknown-target': ['schema oidc --target dex@2.99'],
  'schema-type-of-other-versions': ['schema oauth --target pachyderm@2.6'],
  'schema-without-versions': ['schema --target dex@2.45'],
  'schema-form-without-target': ['schema oidc --form file'],
  'validate-valid': ['validate quickstart/pachyderm.yaml'],
  'validate-several': ['validate quickstart/pachyderm.yaml legacy.yaml production.yaml'],
  'validate-wrong': ['validate wrong.yaml'],
  'validate-wrong-json': ['validate wrong.yaml --format json'],
  'validate-wrong-quiet': ['validate wrong.yaml --quiet'],
  'validate-wrong-in-color': ['validate broken.yaml --color always'],
  'validate-broken': ['validate broken.yaml'],
  'validate-several-with-wrong-ones': [
    'validate wrong.yaml quickstart/pachyderm.yaml broken.yaml nowhere.yaml',
  ],
  'validate-missing': ['validate nowhere.yaml'],
  'validate-folder': ['validate existing'],
  'validate-valid-quiet': ['validate quickstart/pachyderm.yaml --quiet'],
  'validate-valid-json': ['validate quickstart/pachyderm.yaml --format json'],
  'validate-standard-input': ['validate -', { standardInput: QUICKSTART }],
  'validate-standard-input-wrong': ['validate -', { standardInput: FILES['broken.yaml'] }],
  'validate-standard-input-empty': ['validate -'],
  'validate-same-file-twice': ['validate legacy.yaml legacy.yaml'],
  'synth-quickstart': ['synth quickstart/pachyderm.yaml'],
  'synth-quickstart-json': ['synth quickstart/pachyderm.yaml --format json'],
  'synth-quickstart-quiet': ['synth quickstart/pachyderm.yaml -q'],
  'synth-quickstart-in-color': ['synth quickstart/pachyderm.yaml --color always'],
  'synth-only': ['synth quickstart/pachyderm.yaml --only connectors --out only'],
  'synth-only-unknown': ['synth quickstart/pachyderm.yaml --only manifest'],
  'synth-several': [
    'synth quickstart/pachyderm.yaml legacy.yaml production.yaml --out several',
    {
      environment: { AUTH0_APPLICATION_SECRET: 'a', PACHYDERM_LICENSE: 'l', TF_VAR_auth0_client_secret: 'a' },
    },
  ],
  'synth-missing-variables': ['synth legacy.yaml', { environment: { AUTH0_APPLICATION_SECRET: 'a' } }],
  'synth-wrong': ['synth wrong.yaml'],
  'diff-without-kubeconfig': ['diff quickstart/pachyderm.yaml'],
  'diff-against-itself': ['diff quickstart/pachyderm.yaml --against quickstart/pachyderm.yaml'],
  'diff-releases': [
    'diff legacy.yaml --against legacy.yaml --to-release 2.2.9',
    { environment: { AUTH0_APPLICATION_SECRET: 'a', PACHYDERM_LICENSE: 'l' } },
  ],
  'diff-against-a-folder': ['diff quickstart/pachyderm.yaml --against dist/pachkit/quickstart'],
  'diff-in-markdown': [
    'diff legacy.yaml --against legacy.yaml --to-release 2.2.9 --no-secrets --format markdown',
  ],
  'diff-without-secrets-alone': ['diff legacy.yaml --no-secrets'],
  'diff-without-secrets-against-a-folder': [
    'diff quickstart/pachyderm.yaml --against dist/pachkit/quickstart --no-secrets',
  ],
  'validate-wrong-in-markdown': ['validate wrong.yaml --format markdown'],
  'diff-wrong': ['diff wrong.yaml'],
  'deploy-without-terminal': ['deploy quickstart/pachyderm.yaml'],
  'deploy-without-kubeconfig': ['deploy quickstart/pachyderm.yaml --yes'],
  'deploy-json': ['deploy quickstart/pachyderm.yaml --yes --format json'],
  'deploy-timeout-wrong': ['deploy quickstart/pachyderm.yaml --yes --timeout soon'],
  'status-without-kubeconfig': ['status quickstart/pachyderm.yaml'],
  'destroy-without-terminal': ['destroy quickstart/pachyderm.yaml'],
  'who-production': ['who production.yaml'],
  'who-wrong': ['who wrong.yaml'],
  'doctor-offline': ['doctor production.yaml --offline'],
  'doctor-offline-json': ['doctor production.yaml --offline --format json'],
  'doctor-wrong': ['doctor wrong.yaml --offline'],
  'doctor-missing': ['doctor missing.yaml'],
  'doctor-resolve-wrong': ['doctor quickstart/pachyderm.yaml --resolve dex.acme.com:443'],
  'doctor-timeout-wrong': ['doctor quickstart/pachyderm.yaml --timeout soon'],
  'doctor-login-unknown': ['doctor quickstart/pachyderm.yaml --login tset'],
  'doctor-login-standard-input': ['doctor - --login test', { standardInput: QUICKSTART }],
  'doctor-login-offline': ['doctor quickstart/pachyderm.yaml --login test --offline'],
  'doctor-ca-missing': ['doctor quickstart/pachyderm.yaml --ca nowhere.pem'],
  'connector-unknown-action': ['connector show quickstart/pachyderm.yaml'],
  'connector-with-errors': ['connector diff wrong.yaml'],
  'synth-standard-input': ['synth - --out standard-input', { standardInput: QUICKSTART }],
  'synth-out-is-a-file': ['synth quickstart/pachyderm.yaml --out wrong.yaml'],
  'synth-out-below-a-file': ['synth quickstart/pachyderm.yaml --out wrong.yaml/x/y'],
  'init-existing': ['init quickstart'],
  'init-a-file': ['init wrong.yaml'],
};

describe('what the program prints', () => {
  test.each(Object.keys(cases))('%s', (name) => {
    const [args, run] = cases[name] ?? [''];
    const { exitCode, stdout, stderr } = pachkit(args.split(' ').filter(Boolean), { folder, ...run });
    const report = `$ pachkit ${args}\nexit code ${exitCode}\n--- standard output\n${stdout}--- standard error\n${stderr}`;
    expect(report).not.toContain(folder);
    expect(report).not.toContain('hunter2');
    expectFile(report.replaceAll('\u001b', '␛'), path.join(expected, `${name}.txt`));
  });
});

test('every golden file has its case', () =>
  expect(fs.readdirSync(expected).sort()).toEqual(
    Object.keys(cases)
      .map((name) => `${name}.txt`)
      .sort(),
  ));

describe('colours', () => {
  const isColored = (args: string, environment?: Record<string, string>): boolean => {
    const { stdout, stderr } = pachkit(args.split(' '), { folder, ...(environment ? { environment } : {}) });
    return (stdout + stderr).includes('\u001b[');
  };

  test.each<[string, Record<string, string> | undefined, boolean]>([
    ['validate wrong.yaml', undefined, false],
    ['validate wrong.yaml --color always', undefined, true],
    ['validate wrong.yaml --color always', { NO_COLOR: '1' }, true],
    ['validate wrong.yaml --color never', { FORCE_COLOR: '1' }, false],
    ['synth wrong.yaml --color always', undefined, true],
    ['explain SCH001 --color always', undefined, true],
    ['explain SCH001', { NO_COLOR: '1' }, false],
    ['validate wrong.yaml --format json --color always', undefined, false],
  ])('%s with %j: %s', (args, environment, colored) => expect(isColored(args, environment)).toBe(colored));
});

test.each([
  'validate wrong.yaml',
  'synth quickstart/pachyderm.yaml --out for-json',
  'synth wrong.yaml',
  'validate nowhere.yaml',
])('%s --format json prints one JSON document and nothing else', (args) => {
  const { stdout, stderr } = pachkit([...args.split(' '), '--format', 'json'], { folder });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toHaveProperty('diagnostics');
});
