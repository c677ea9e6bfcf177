import fs from 'node:fs';
import path from 'node:path';
import { checkFiles } from '../src/pipeline/check-files';
import { readCluster } from '../src/pipeline/read-cluster';
import { defaultOutputs } from '../src/outputs/registry';
import { construct } from '../src/plan/plan';
import { pagesOfRules } from '../src/rules/pages';
import { standaloneDocuments } from './support/dex-pod';
import { BASE } from './terraform/cluster-of';
import { EVERYTHING } from './terraform/everything';
import { readFolder } from './support/golden-folder';
import { pachkit, temporaryFolder } from './support/pachkit';

const root = path.resolve(__dirname, '..');

const files = new Set([
  ...standaloneDocuments(),
  ...fs
    .readdirSync(path.join(root, 'examples'))
    .map((name) => `examples/${name}/pachyderm.yaml`)
    .filter((name) => fs.existsSync(path.join(root, name))),
  'test/fixtures/documents/every-secret.yaml',
]);

const documents = new Map([
  ...[...files].map((file): [string, string] => [file, fs.readFileSync(path.join(root, file), 'utf8')]),
  [
    'all that Terraform makes at Auth0',
    EVERYTHING.replace('name: Pachyderm,', 'name: Pachyderm, clientID: abc,'),
  ],
  [
    'all that Terraform makes in Keycloak',
    `${BASE}profile: dev
auth: { roleBindings: { "group:data": [clusterAdmin], "user:ada@acme.com": [clusterAdmin] } }
keycloak:
  url: https://keycloak.acme.com
  realm: acme
  groupsFrom: roles
  terraform: { groups: create, backend: { s3: { bucket: states, key: keycloak, region: eu-west-1 } } }
`,
  ],
]);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** What the modules give for a document, without any file but the document and the strings generated for it. */
async function ofModules(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const checked = checkFiles([file], {
    directory: path.dirname(file),
    readFile: (name) => fs.readFileSync(name),
    readStandardInput: () => Buffer.from(''),
  });
  const [document] = checked.documents;
  const read =
    document &&
    readCluster(document, {
      variable: (name) => environment[name],
      readFile: (name) => fs.readFileSync(name),
      frozen: true,
    });
  if (!read?.value) throw new Error(JSON.stringify([checked.diagnostics, read?.diagnostics]));
  const { files } = await construct(read.value, defaultOutputs, { document: file });
  return Object.fromEntries(files.map(({ path: name, content }) => [name, content]));
}

// The program is bundled from parts that each have modules of their own, which must not be seen in what it writes.
test.each([...documents])('the built program writes what the modules give for %s', async (_name, text) => {
  const folder = temporaryFolder({ 'pachyderm.yaml': text });
  folders.push(folder);
  const environment = Object.fromEntries(
    [...text.matchAll(/\benv: (\w+)/g)].map(([, name]) => [String(name), `text-of-${name}`]),
  );
  const { exitCode, stderr } = pachkit(['synth', 'pachyderm.yaml', '--out', 'out'], { folder, environment });
  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });

  const [name] = fs.readdirSync(path.join(folder, 'out'));
  const written = readFolder(path.join(folder, 'out', String(name)));
  expect(written).toEqual({
    '.gitignore': expect.any(String) as string,
    '.pachkit.json': expect.any(String) as string,
    ...(await ofModules(path.join(folder, 'pachyderm.yaml'), environment)),
  });
});

// What only findings, seldom commands and other documents need would take a start a tenth of its time.
test.each([...files].filter((file) => file.startsWith('examples/')))(
  '%s is checked without what is loaded late',
  (file) => {
    const folder = temporaryFolder({});
    folders.push(folder);
    const { exitCode } = pachkit(['validate', path.join(root, file)], {
      folder,
      environment: { NODE_V8_COVERAGE: 'coverage' },
    });
    expect(exitCode).toBe(0);
    const loaded = Object.values(readFolder(path.join(folder, 'coverage'))).join('\n');
    expect(loaded).toContain('/dist/bin/cli.js"');
    expect(loaded).not.toMatch(/\/dist\/bin\/(late|cold-\w+)\.js"/);
  },
);

// The build takes the words of a rule's page out of the rule.
test.each(pagesOfRules().filter((_page, index) => index % 40 === 0))(
  'explain has the page of $code',
  ({ code, title, reason, remedy }) => {
    const { stdout } = pachkit(['explain', code, '--format', 'json'], { folder: root });
    expect(JSON.parse(stdout)).toMatchObject({ page: { code, title, reason, remedy } });
  },
);
