import * as fs from 'node:fs';
import * as path from 'node:path';
import { dump, load, loadAll } from 'js-yaml';
import { imagesOf } from '../../src/images/images-of';
import { blocksOf, checkout } from './ci/blocks';
import { planted, program } from './deploy/program';
import { provideVolumes } from './deploy/volumes';
import {
  describeWithTools,
  nodeTools,
  run,
  startKubernetes,
  temporaryDirectory,
  type Finished,
} from './harness';
import { registryTools, startRegistry, writeImage } from './images/registry';

const blocks = blocksOf('docs/guide/ci.md');

function block(heading: string, language: 'sh' | 'yaml', has = ''): string {
  const [found, ...others] = blocks.filter(
    (each) => each.heading === heading && each.language === language && each.text.includes(has),
  );
  if (found === undefined || others.length > 0)
    throw new Error(`the guide has not one block of ${language} with ${has} under "${heading}"`);
  return found.text;
}

/** Headings whose blocks are run here; the suite ci-guide runs those of the others. */
const HERE = [
  'Reports',
  'Warnings that are right as they are',
  'Helm values',
  'Images by digest',
  'What was written',
  'Deploying from a pipeline',
];
const IN_CI_GUIDE = [
  'Old files with many findings',
  'GitHub Actions',
  'GitLab',
  'Before a commit',
  'Any other pipeline',
];

const DOCUMENT = fs
  .readFileSync(path.join(checkout, 'examples/production-auth0/pachyderm.yaml'), 'utf8')
  .replace(/^name: .*$/m, 'name: prod');
const VALUES = 'deployTarget: LOCAL\npachd: { enterpriseLicenseKey: key, image: { tag: 2.11.6 } }\n';
/** What `helm test` runs. */
const BUSYBOX = 'docker.io/library/busybox:1.37.0';

test('every block of the guide is run', () => {
  expect([...new Set(blocks.map(({ heading }) => heading))].sort()).toEqual([...HERE, ...IN_CI_GUIDE].sort());
});

describe('The commands of the guide', () => {
  const folder = temporaryDirectory('ci-commands');
  afterAll(() => folder.remove());

  /** Runs a script where `pachkit` is the built program, with more arguments after those of some commands. */
  function shell(
    script: string,
    more: Readonly<Record<string, string>> = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Finished> {
    const bin = folder.join('bin');
    fs.mkdirSync(bin, { recursive: true });
    const cases = Object.entries(more).map(([command, args]) => `${command}) set -- "$@" ${args} ;;\n`);
    fs.writeFileSync(
      path.join(bin, 'pachkit'),
      `#!/bin/sh\ncase "$1" in\n${cases.join('')}esac\nexec '${process.execPath}' '${program}' "$@"\n`,
      { mode: 0o755 },
    );
    return run({
      name: 'sh',
      program: '/bin/sh',
      args: ['-e', '-c', script],
      environment: {
        ...{ NO_COLOR: '1', CI: 'true', PATH: `${bin}:${process.env['PATH']}`, ...planted },
        ...environment,
      },
      workingDirectory: folder.path,
    });
  }

  function write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(folder.join(file)), { recursive: true });
    fs.writeFileSync(folder.join(file), text);
  }

  beforeEach(() => write('clusters/prod.yaml', DOCUMENT));

  test('one run writes a report for each reader', async () => {
    const { code, output, standardOutput } = await shell(block('Reports', 'sh'));
    expect([code, output]).toEqual([0, expect.any(String)]);
    expect(standardOutput).toContain('valid: ');
    expect(JSON.parse(fs.readFileSync(folder.join('pachkit.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
    expect(fs.readFileSync(folder.join('pachkit.xml'), 'utf8')).toContain('clusters/prod.yaml');
  });

  test('comments suppress the warnings that they name, and these alone', async () => {
    // A day that comes is over some day.
    const section = block('Warnings that are right as they are', 'yaml').replace(
      /until \S+:/,
      'until 2999-12-31:',
    );
    const sections = Object.keys(load(section) as object);
    const others = Object.fromEntries(
      Object.entries(load(DOCUMENT) as object).filter(([name]) => !sections.includes(name)),
    );
    const validate = async (text: string): Promise<readonly string[]> => {
      write('clusters/prod.yaml', `${dump(others)}${text}`);
      const { code, standardOutput } = await shell('pachkit validate clusters/prod.yaml --format json');
      expect(code).toBe(0);
      const { diagnostics } = JSON.parse(standardOutput) as {
        readonly diagnostics: readonly { readonly code: string }[];
      };
      return diagnostics.map((diagnostic) => diagnostic.code).sort();
    };
    const without = await validate(section.replaceAll(/#.*/g, ''));
    expect(without).toEqual(expect.arrayContaining(['STO002', 'STO006']));
    expect(await validate(section)).toEqual(without.filter((code) => code !== 'STO002' && code !== 'STO006'));
  });

  test('values of the chart are checked for the release that is named', async () => {
    write('values.yaml', VALUES);
    const script = block('Helm values', 'sh');
    expect(await shell(script)).toMatchObject({ code: 0 });
    write('values.yaml', `${VALUES}consol: { enabled: true }\n`);
    expect(await shell(script)).toMatchObject({
      code: 1,
      output: expect.stringContaining('consol') as string,
    });
  });

  test('checksums are those of what was written, and of nothing else', async () => {
    write('clusters/prod.yaml', `${DOCUMENT}${block('What was written', 'yaml')}`);
    const synth = await shell('pachkit synth clusters/prod.yaml --no-frozen --out dist/pachkit');
    expect([synth.code, synth.code === 0 ? '' : synth.output]).toEqual([0, '']);
    expect(fs.existsSync(folder.join('dist/pachkit/prod/sbom/images.cdx.json'))).toBe(true);
    const script = block('What was written', 'sh');
    expect(await shell(script)).toMatchObject({ code: 0, output: '' });
    fs.appendFileSync(folder.join('dist/pachkit/prod/manifests/06-pachd.yaml'), '# changed\n');
    const changed = await shell(script);
    expect([changed.code, changed.output]).toEqual([1, expect.stringContaining('06-pachd.yaml: FAILED')]);
  });

  describeWithTools('with a registry', registryTools, () => {
    test('images are locked, and every night the tags are asked for again', async () => {
      expect(await shell('pachkit synth clusters/*.yaml --no-frozen --out locked')).toMatchObject({
        code: 0,
      });
      const manifests = folder.join('locked/prod/manifests');
      const images = imagesOf(
        fs
          .readdirSync(manifests)
          .flatMap(
            (file) =>
              loadAll(fs.readFileSync(path.join(manifests, file), 'utf8')) as Record<string, unknown>[],
          )
          .filter(Boolean),
      );
      const registry = await startRegistry(folder);
      const digest = writeImage(folder, 'first');
      for (const name of [...images, BUSYBOX]) await registry.push('first', name);
      const arguments_ = { lock: `--mirror docker.io=${registry.host}` };
      const script = block('Images by digest', 'sh');
      const { code, output } = await shell(script, arguments_);
      expect([code, code === 0 ? '' : output]).toEqual([0, '']);
      const lock = JSON.parse(fs.readFileSync(folder.join('clusters/pachkit.lock'), 'utf8')) as {
        images: object;
      };
      expect(new Set(Object.values(lock.images))).toEqual(new Set([digest]));
      writeImage(folder, 'moved');
      await registry.push('moved', String(images[0]));
      expect((await shell(script, arguments_)).code).toBe(16);
      fs.rmSync(folder.join('clusters/pachkit.lock'));
    });
  });

  describeWithTools('with a cluster', nodeTools, () => {
    test('the deploy asks nothing, and says what happens a line each, the result last', async () => {
      const kubernetes = await startKubernetes({ controllerManager: true, nodes: {} });
      await provideVolumes(kubernetes);
      const { contexts: [context, ...others] = [], ...config } = JSON.parse(
        fs.readFileSync(kubernetes.kubeconfigFile, 'utf8'),
      ) as { contexts?: { name: string }[] };
      const named = { ...config, contexts: [{ ...context, name: 'production' }, ...others] };
      write('kubeconfig', JSON.stringify({ ...named, 'current-context': '' }));
      // Nothing of the cluster runs, and there is no tenant of Auth0.
      const { code, standardOutput, output } = await shell(
        block('Deploying from a pipeline', 'sh'),
        { deploy: '--no-frozen --no-verify --no-terraform --timeout 120' },
        { KUBECONFIG: folder.join('kubeconfig') },
      );
      expect([code, code === 0 ? '' : output]).toEqual([0, '']);
      const types = standardOutput
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { readonly type: string }).type);
      const said = fs.readFileSync(path.join(checkout, 'docs/guide/ci.md'), 'utf8');
      for (const type of new Set(types)) expect(said).toContain(`\`${type}\``);
      expect(types).toEqual(expect.arrayContaining(['plan', 'applied', 'waiting', 'ready', 'done']));
      expect(types.at(-1)).toBe('result');
      for (const secret of Object.values(planted)) expect(output).not.toContain(secret);
    });
  });
});
