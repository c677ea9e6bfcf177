import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { dump, load } from 'js-yaml';
import { blocksOf, checkout } from './ci/blocks';
import { program } from './deploy/program';
import { provideVolumes } from './deploy/volumes';
import { standIn } from './dev/stand-in';
import {
  describeWithTools,
  freePort,
  nodeTools,
  run,
  startKubernetes,
  temporaryDirectory,
  type KubernetesServer,
  type TemporaryDirectory,
} from './harness';

const GUIDE = 'docs/guide/dev-clusters.md';
const blocks = blocksOf(GUIDE);

/** The one block of a section in a language, as people copy it. */
function block(heading: string, language: string): string {
  const [found, ...others] = blocks.filter((each) => each.heading === heading && each.language === language);
  if (!found || others.length > 0)
    throw new Error(`${GUIDE} has not one block of ${language} under "${heading}"`);
  return found.text;
}

type Sections = Readonly<Record<string, unknown>>;

describeWithTools('The guide for dev clusters, on a cluster whose nodes kwok plays', nodeTools, () => {
  let kubernetes: KubernetesServer;
  let folder: TemporaryDirectory;
  let port: number;
  /** The document as the guide has made it. */
  let document: Sections;

  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true, nodes: {} });
    await provideVolumes(kubernetes, 12);
    folder = temporaryDirectory('dev-guide');
    port = await freePort();
    mkdirSync(folder.join('acme'));
    standIn(folder.join('bin'), 'cluster-tool.cjs', ['kind']);
    standIn(folder.join('bin'), 'docker.cjs', ['docker']);
    // No login answers where no container runs, and dev up looks at it last.
    const pachkit = `#!/bin/sh
case "$1 $2" in "dev up" | "dev reset") set -- "$@" --no-verify;; esac
exec ${process.execPath} ${program} "$@"
`;
    writeFileSync(folder.join('bin/pachkit'), pachkit);
    chmodSync(folder.join('bin/pachkit'), 0o755);
  });
  afterAll(() => folder.remove());

  /** Runs lines as someone who follows the guide, in the folder of the document. */
  async function shell(lines: string, expected = 0): Promise<string> {
    const { code, output } = await run({
      name: 'sh',
      program: 'sh',
      args: ['-e', '-c', lines],
      workingDirectory: folder.join('acme'),
      environment: {
        PATH: `${folder.join('bin')}:${path.dirname(process.execPath)}:/usr/bin:/bin`,
        HOME: folder.path,
        KUBECONFIG: kubernetes.kubeconfigFile,
        RECORD: folder.join('calls.jsonl'),
        NO_COLOR: '1',
        CI: '',
        TF_VAR_auth0_client_secret: 'auth0-client-secret-0123456789',
      },
    });
    if (code !== expected) throw new Error(`${lines}\nexited with ${code}\n${output}`);
    return output;
  }

  const file = (name: string): string => folder.join('acme', name);
  const write = (sections: Sections): void => {
    document = { ...document, ...sections };
    writeFileSync(file('pachyderm.yaml'), dump(document));
  };
  const sectionsOf = (heading: string): Sections => load(block(heading, 'yaml')) as Sections;

  test('two commands lead to a login page, and the second one again changes nothing', async () => {
    const [init = '', up = '', ...more] = block('From nothing to a login page', 'sh').trim().split('\n');
    expect(more).toEqual([]);
    await shell(init);
    document = load(readFileSync(file('pachyderm.yaml'), 'utf8')) as Sections;
    // This machine may have something at the port of the guide.
    write({ access: { ...(document['access'] as Sections), port } });
    const first = await shell(up);
    expect(first).toContain('kind cluster pachkit-acme is made');
    expect(first).toContain(`open     http://localhost:${port}/`);
    expect(await shell(up)).toContain('nothing to change');
  });

  test('what extends the document of a real cluster has little to say', async () => {
    cpSync(path.join(checkout, 'examples/production-auth0/pachyderm.yaml'), file('production.yaml'));
    writeFileSync(file('dev.yaml'), block('From nothing to a login page', 'yaml'));
    expect(await shell('pachkit validate dev.yaml')).toContain('valid: dev');
    expect(await shell('pachkit dev config dev.yaml')).toContain('hostPort: 8080');
  });

  test('people are told with what prints their passwords, and it does', async () => {
    write(sectionsOf('People to try things with'));
    const output = await shell('pachkit dev up');
    const commands = [...output.matchAll(/with the password that this prints: (.+)/g)].map(
      ([, command = '']) => command,
    );
    expect(commands.length).toBe(3);
    expect(commands[0]).toBe("pachkit secret get pachyderm.yaml 'dev.users[0].password'");
    for (const command of commands) expect((await shell(command)).trim()).toMatch(/^\S{16,}$/);
  });

  test('nodes are what the document says', async () => {
    const { dev } = sectionsOf('The same cluster for everyone') as { dev: { nodes: Sections } };
    write({ dev: { ...(document['dev'] as Sections), ...dev } });
    for (const [tool, node] of Object.entries(dev.nodes))
      expect(await shell(`pachkit dev config --with ${tool}`)).toContain(String(node));
  });

  test('verify says part by part what the guide shows', async () => {
    const page = readFileSync(path.join(checkout, GUIDE), 'utf8');
    const shown = [...page.matchAll(/^ {4}[✓✗] (\w+) +\d+ compared/gm)].map(([, part]) => part);
    // The cluster is older than dev.nodes, and no Docker says what its node is.
    const output = await shell('pachkit dev verify', 16);
    // Without a lock file no image has a digest to compare.
    const parts = [...output.matchAll(/^\S (\w+) +\d+ compared/gm)].map(([, part]) => part);
    expect(shown.length).toBe(5);
    expect(parts).toEqual(shown);
  });

  test('an archive of docker save is loaded, and with a lock file refused', async () => {
    const lines = block('Without a registry', 'sh');
    expect(await shell(lines)).toContain('nothing to change');
    const calls = readFileSync(folder.join('calls.jsonl'), 'utf8');
    expect(calls).toContain(`["kind","load","image-archive","${file('pachd.tar')}","--name","pachkit-acme"]`);

    const listed = JSON.parse(await shell('pachkit lock pachyderm.yaml --check --format json || true')) as {
      locks: readonly [{ images: readonly { image: string }[] }];
    };
    const digest = `sha256:${'a'.repeat(64)}`;
    const images = Object.fromEntries(listed.locks[0].images.map(({ image }) => [image, digest]));
    writeFileSync(file('pachkit.lock'), JSON.stringify({ version: 1, images }));
    const refused = await shell(lines, 3);
    const page = readFileSync(path.join(checkout, GUIDE), 'utf8');
    const [command = ''] = /^ {4}(skopeo copy .*)$/m.exec(page)?.slice(1) ?? [];
    expect(refused).toContain(command.replaceAll('sha256:…', digest));
    await shell('rm pachkit.lock');
  });

  test('a cluster that others made gets the configuration', async () => {
    await shell(block('Clusters that others made', 'sh'));
    expect(readFileSync(file('k3d.yaml'), 'utf8')).toContain(`127.0.0.1:${port}:`);
  });

  test('https: up makes the certificate and says how it is trusted', async () => {
    const { access } = sectionsOf('https') as { access: Sections };
    write({ access: { ...access, port } });
    const output = await shell('pachkit dev up');
    expect(output).toContain(`open     https://localhost:${port}/`);
    expect(output).toContain('.pachkit/dev-ca.pem');
    expect(readFileSync(file('.pachkit/dev-ca.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
  });

  test('commands of the table do what it says', async () => {
    const page = readFileSync(path.join(checkout, GUIDE), 'utf8');
    const rows = [...page.matchAll(/^\| `(pachkit dev \w+)` /gm)].map(([, command = '']) => command);
    const said: Readonly<Record<string, [RegExp, number]>> = {
      'pachkit dev status': [/Deployment\/pachd/, 0],
      'pachkit dev verify': [/ports +1 compared/, 16],
      'pachkit dev logs': [/^$/, 0],
      'pachkit dev open': [new RegExp(`^https://localhost:${port}/`), 0],
      'pachkit dev reset': [/is deleted[^]*is made/, 0],
      'pachkit dev down': [/pachkit-acme is deleted/, 0],
    };
    expect(rows).toEqual(Object.keys(said));
    for (const command of rows) {
      const [wanted, code] = said[command] ?? [/^$/, 0];
      expect([command, await shell(command, code)]).toEqual([command, expect.stringMatching(wanted)]);
    }
  });
});
