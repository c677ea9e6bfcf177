import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { run, temporaryDirectory, type TemporaryDirectory } from './harness';
import {
  examplePrograms,
  guidePrograms,
  hasRegistry,
  pack,
  Project,
  testingPrograms,
} from './library/project';

interface Manifest {
  readonly peerDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8')) as Manifest;
const PEERS = Object.keys(manifest.peerDependencies);

/** Both ends of the ranges in package.json, and the continuation of cdktf under its name. */
const VERSIONS: readonly (readonly [name: string, packages: Readonly<Record<string, string>>])[] = [
  ['oldest', { constructs: '10.3.0', cdk8s: '2.68.12', 'cdk8s-plus-28': '2.0.3', cdktf: '0.18.0' }],
  ['newest', { constructs: '10.8.1', cdk8s: '2.70.106', 'cdk8s-plus-28': '2.5.6', cdktf: '0.21.0' }],
  ['cdktn', { constructs: '10.7.2', cdk8s: '2.70.106', 'cdk8s-plus-28': '2.5.6', cdktf: 'npm:cdktn@0.24.0' }],
];

const DOCUMENT = `apiVersion: pachkit/v1
name: prod
release: 2.12.0-rc.3
profile: dev
secrets: { seed: test }
access: { via: proxy, host: pachyderm.acme.com, tls: { secretName: tls } }
auth0:
  domain: acme.eu.auth0.com
  application: { clientID: abc, clientSecret: { env: SECRET } }
  allow: { emailDomains: [acme.com] }
  groups: { claim: https://acme.com/groups }
`;

/** Terraform without cdktf's own notes, which name its version, and without the path that it gives a local state. */
function withoutNotes(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    const isPath = key === 'path' && typeof value === 'string' && path.isAbsolute(value);
    return key === '//' || isPath ? undefined : value;
  });
}

const suite = hasRegistry() ? describe : describe.skip;
if (suite === describe.skip)
  process.stderr.write('SKIPPED library, for want of\n  the npm registry: npm view constructs fails\n');

suite('the library as it is published', () => {
  let directory: TemporaryDirectory;
  let tarball: string;
  const projects: Project[] = [];
  const written = new Map<string, Record<string, string>>();

  const newProject = (name: string): Project => {
    const project = new Project(name);
    projects.push(project);
    return project;
  };

  beforeAll(async () => {
    directory = temporaryDirectory('library-package');
    tarball = await pack(directory.path);
  });
  afterAll(() => {
    for (const project of projects) project.remove();
    directory.remove();
  });

  test('there are programs to try', () => {
    expect(Object.keys(guidePrograms()).sort()).toEqual(['auth0', 'dex', 'library']);
    expect(Object.keys(examplePrograms()).sort()).toEqual(['library-cdk8s', 'library-terraform']);
  });

  test.each(VERSIONS)(
    '%s: the programs of the guide and the examples compile strictly and run, as CommonJS and as ES modules',
    async (name, packages) => {
      const project = newProject(name);
      await project.install([
        tarball,
        ...Object.entries(packages).map(([packageName, version]) => `${packageName}@${version}`),
      ]);
      expect(project.versions(PEERS)).toEqual(
        Object.fromEntries(PEERS.map((peer) => [peer, (packages[peer] ?? '').replace(/^npm:\w+@/, '')])),
      );
      const programs = await project.compile({ ...guidePrograms(), ...examplePrograms() });
      for (const program of programs) {
        const { files, printed } = await project.run(program, DOCUMENT);
        expect(printed).toBe('');
        expect(Object.keys(files).length).toBeGreaterThan(0);
        const key = path.basename(program).replace(/\.\w+$/, '');
        const before = written.get(key);
        if (before === undefined) written.set(key, files);
        else
          for (const [file, text] of Object.entries(files)) {
            if (file.endsWith('cdk.tf.json'))
              expect(withoutNotes(text)).toEqual(withoutNotes(before[file] ?? ''));
            else if (!file.endsWith('manifest.json')) expect(text).toBe(before[file]);
          }
      }
    },
    600_000,
  );

  test('npm install pachkit alone brings everything, and its command runs', async () => {
    const project = newProject('alone');
    await project.install([tarball]);
    expect(Object.keys(project.versions(PEERS))).toEqual(PEERS);
    const [, program = ''] = await project.compile({ alone: guidePrograms()['auth0'] ?? '' });
    const { files } = await project.run(program, DOCUMENT);
    const own = Object.entries(files).find(([file]) => file.includes('stacks/mine'))?.[1] ?? '';
    expect(withoutNotes(own)).toMatchObject({
      provider: { auth0: [{ domain: 'acme.eu.auth0.com' }] },
      variable: {
        pachyderm_auth0_client_secret_D9E06DAE: { ephemeral: true, sensitive: true },
      },
    });
    const { code, output } = await run({
      name: 'npx pachkit',
      program: project.file('node_modules/.bin/pachkit'),
      args: ['validate', project.file('run-alone.mjs/pachyderm.yaml')],
      workingDirectory: directory.path,
    });
    expect([code, output]).toEqual([0, 'valid: prod\n']);
  });

  test('pachkit/testing gives a test a cluster, the same to modules of both kinds, and constructs take it', async () => {
    const project = newProject('testing');
    await project.install([tarball]);
    const [program = '', ...others] = testingPrograms();
    expect(others).toEqual([]);
    const withConstruct = `${program}
import { App, Chart } from 'cdk8s';
import { PachydermCluster } from 'pachkit';
void testCluster().then(({ resolved }) => {
  const app = new App();
  new PachydermCluster(new Chart(app, 'data', { namespace: 'data' }), 'pachyderm', resolved);
  app.synth();
});
`;
    const programs = await project.compile({ testing: withConstruct });
    const runs = [];
    for (const each of programs) runs.push(await project.run(each, DOCUMENT));
    const [first] = runs;
    expect(runs).toEqual([first, first]);
    expect(first?.printed).toBe('');
    expect(Object.keys(first?.files ?? {})).toEqual([
      'dist/data.k8s.yaml',
      'login.json',
      'test-cluster.yaml',
    ]);
    const login = JSON.parse(first?.files['login.json'] ?? '{}') as Record<string, string>;
    const { code, output } = await run({
      name: 'pachkit secret',
      program: project.file('node_modules/.bin/pachkit'),
      args: ['secret', 'get', project.file('run-testing.mjs/test-cluster.yaml'), 'dev.users[0].password'],
      workingDirectory: directory.path,
    });
    expect([code, output.trim()]).toEqual([0, login['password']]);
  });

  test('the command needs none of the packages that the library does', async () => {
    const project = newProject('command');
    await project.install(['--omit=peer', tarball]);
    expect(() => project.versions(PEERS)).toThrow('is there 0 times');
    const document = path.resolve(__dirname, '../../examples/quickstart/pachyderm.yaml');
    const { code, output } = await run({
      name: 'pachkit synth',
      program: project.file('node_modules/.bin/pachkit'),
      args: ['synth', document, '--out', directory.join('out')],
      workingDirectory: directory.path,
    });
    expect([code, output.includes('wrote')]).toEqual([0, true]);
  });
});
