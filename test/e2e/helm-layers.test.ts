import fs from 'node:fs';
import fc from 'fast-check';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { fileInput } from '../../src/document/input';
import { isMapping } from '../../src/document/is-mapping';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { nodeAt, setOwn, toValue, type JsonValue } from '../../src/document/source-node';
import { withGlobals } from '../../src/helm-values/layers/globals';
import { asHelmReads } from '../../src/helm-values/layers/helm-yaml';
import { readLayers } from '../../src/helm-values/layers/read-layers';
import { isSame, layered, type JsonMapping } from '../../src/helm-migration/json';
import { validateFiles } from '../../src/pipeline/validate-files';
import { parseTarget } from '../../src/releases/target';
import {
  DIRECTORY,
  generatedLayers,
  generatedUmbrella,
  VALUE_FILES,
  type GeneratedLayers,
  type GeneratedUmbrella,
} from './helm/generate-layers';
import { describeWithTools, run, temporaryDirectory, toolPath, type TemporaryDirectory } from './harness';

/** Another seed and more sets: PACHKIT_CAMPAIGN_SEED=7 PACHKIT_CAMPAIGN_COUNT=2000 npm run test:e2e -- helm-layers */
const SEED = Number(process.env['PACHKIT_CAMPAIGN_SEED'] ?? '20261129');
const COUNT = Number(process.env['PACHKIT_CAMPAIGN_COUNT'] ?? '150');

/** The values in one line that YAML cannot change. */
const TEMPLATE = 'values: {{ toJson .Values | b64enc }}\n';

const UMBRELLA = `apiVersion: v2
name: umbrella
version: 0.1.0
dependencies: [{ name: printer, alias: dependency, version: 0.1.0 }]
`;

let directory: TemporaryDirectory;
beforeAll(() => {
  directory = temporaryDirectory('helm-layers');
  fs.mkdirSync(directory.join('chart/templates'), { recursive: true });
  fs.writeFileSync(directory.join('chart/Chart.yaml'), 'apiVersion: v2\nname: printer\nversion: 0.1.0\n');
  fs.writeFileSync(directory.join('chart/templates/values.yaml'), TEMPLATE);
  fs.mkdirSync(directory.join('umbrella/charts'), { recursive: true });
  fs.cpSync(directory.join('chart'), directory.join('umbrella/charts/printer'), { recursive: true });
  fs.writeFileSync(directory.join('umbrella/Chart.yaml'), UMBRELLA);
  for (const [name, text] of Object.entries(VALUE_FILES)) fs.writeFileSync(directory.join(name), text);
});
afterAll(() => directory.remove());

/** Arguments with the files of the directory in them. */
function inDirectory(sets: GeneratedLayers['sets']): GeneratedLayers['sets'] {
  return sets.map(({ flag, text }) => ({ flag, text: text.replaceAll(DIRECTORY, directory.path) }));
}

/** What Helm renders of a template with values in a file; its message where it refuses. */
async function rendered(template: string, defaults: string, values: string): Promise<string> {
  fs.mkdirSync(directory.join('reader/templates'), { recursive: true });
  fs.writeFileSync(directory.join('reader/Chart.yaml'), 'apiVersion: v2\nname: reader\nversion: 0.1.0\n');
  fs.writeFileSync(directory.join('reader/values.yaml'), defaults);
  fs.writeFileSync(directory.join('reader/templates/read.yaml'), template);
  fs.writeFileSync(directory.join('reader.yaml'), values);
  const { output } = await run({
    name: 'helm',
    program: toolPath('helm'),
    args: ['template', 'release', directory.join('reader'), '--values', directory.join('reader.yaml')],
  });
  return output;
}

/** What pachkit says of values for release 2.11.6. */
function findingsOf(values: string): Diagnostic[] {
  const directory = '/';
  const readFile = (): Buffer => Buffer.from(values);
  const input = { directory, readFile, readStandardInput: readFile };
  const target = parseTarget('pachyderm@2.11');
  if (!target.ok) throw new Error(target.message);
  return [...validateFiles(['values.yaml'], input, { target: target.target }).diagnostics];
}

interface Outcome {
  /** Missing where the values are refused. */
  readonly values?: JsonValue;
  /** What was said then. */
  readonly says: string;
}

async function ofHelm({ defaults, files, sets }: GeneratedLayers): Promise<Outcome> {
  fs.writeFileSync(directory.join('chart/values.yaml'), defaults);
  const args = [
    ...files.flatMap((text, index) => {
      fs.writeFileSync(directory.join(`layer-${index}.yaml`), text);
      return ['--values', directory.join(`layer-${index}.yaml`)];
    }),
    ...inDirectory(sets).flatMap(({ flag, text }) => [`--${flag}`, text]),
  ];
  const { code, output, standardOutput } = await run({
    name: 'helm',
    program: toolPath('helm'),
    args: ['template', 'release', directory.join('chart'), ...args],
  });
  if (code !== 0) return { says: output };
  const encoded = /^values: (\S*)$/m.exec(standardOutput)?.[1] ?? '';
  return { values: JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as JsonValue, says: '' };
}

function ofPachkit({ defaults, files, sets }: GeneratedLayers): Outcome {
  const names = files.map((_, index) => `layer-${index}.yaml`);
  const input = fileInput(directory.path);
  const { root, diagnostics: all } = readLayers({ files: names, sets: inDirectory(sets) }, input, () => []);
  // Helm takes the last of keys that are there twice, and says nothing.
  const diagnostics = all.filter(({ code }) => code !== 'DOC004');
  if (diagnostics.length > 0) return { says: diagnostics.map(({ message }) => message).join('\n') };
  const { nodes, diagnostics: read } = readYaml(new SourceFile('values.yaml', defaults, directory.path));
  const refused = read.find(({ code }) => code !== 'DOC004');
  if (refused) return { says: refused.message };
  const [chart] = nodes;
  const own = chart?.entries ? toValue(asHelmReads(chart, () => undefined)) : {};
  return { values: overDefaults(own, root ? toValue(root) : {}), says: '' };
}

/** At the top null takes away only what the chart has. */
function overDefaults(defaults: JsonValue, values: JsonValue): JsonValue {
  const result = layered(defaults, values);
  if (isMapping(values) && isMapping(defaults) && isMapping(result))
    for (const [key, value] of Object.entries(values))
      if (value === null && !Object.hasOwn(defaults, key)) setOwn(result, key, null);
  return result;
}

/** What pachkit quotes of Helm, which tells the first reason alone; of a file that is not there Helm tells no more. */
function firstQuote({ says }: Outcome): string {
  const [quoted] = [...says.matchAll(/`(failed parsing [^`]*)`/g)];
  return /no such file|this is a directory/.test(says) ? '' : (quoted?.[1] ?? '');
}

/** What the templates of a dependency are given, without what null took away. */
async function ofDependency({ file }: GeneratedUmbrella): Promise<JsonValue | undefined> {
  fs.writeFileSync(directory.join('umbrella.yaml'), file);
  const { code, standardOutput } = await run({
    name: 'helm',
    program: toolPath('helm'),
    args: ['template', 'release', directory.join('umbrella'), '--values', directory.join('umbrella.yaml')],
  });
  const encoded = /^values: (\S*)$/m.exec(standardOutput)?.[1] ?? '';
  return code === 0 ? (JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as JsonValue) : undefined;
}

function dependencyOfPachkit({ file }: GeneratedUmbrella): JsonValue | undefined {
  const [root] = readYaml(new SourceFile('umbrella.yaml', file, directory.path)).nodes;
  const values = root && nodeAt(root, ['dependency']);
  return values && toValue(withGlobals(values, root, () => true));
}

/** Whether null is in it, which means the same as nothing. */
function withoutNull(value: JsonValue | undefined): JsonValue | undefined {
  if (!isMapping(value)) return value;
  const kept = Object.entries(value).flatMap(([key, inner]) =>
    inner === null ? [] : [[key, withoutNull(inner)]],
  );
  return Object.fromEntries(kept) as JsonValue;
}

describeWithTools('Values laid over each other', ['helm'], () => {
  test(
    `${COUNT} sets of layers are the same values to Helm and to pachkit`,
    async () => {
      const counts = { same: 0, refused: 0, withSets: 0, layers: 0 };
      await fc.assert(
        fc.asyncProperty(generatedLayers, async (layers) => {
          const [helm, pachkit] = [await ofHelm(layers), ofPachkit(layers)];
          counts.layers += layers.files.length;
          if (layers.sets.length > 0) counts.withSets += 1;
          if (helm.values === undefined) {
            counts.refused += 1;
            expect({ helm: helm.says, pachkit: pachkit.values }).toEqual({
              helm: helm.says,
              pachkit: undefined,
            });
            // Helm looks at arguments only once it has read the files.
            if (!/error converting YAML/.test(helm.says)) expect(helm.says).toContain(firstQuote(pachkit));
            return;
          }
          counts.same += 1;
          expect(pachkit.says).toBe('');
          if (!isSame(pachkit.values, helm.values)) expect(pachkit.values).toEqual(helm.values);
        }),
        { seed: SEED, numRuns: COUNT },
      );
      process.stderr.write(`helm-layers, seed ${SEED}: ${JSON.stringify(counts)}\n`);
      expect(counts.same).toBeGreaterThan(COUNT / 4);
      expect(counts.refused).toBeGreaterThan(COUNT / 20);
    },
    COUNT * 500 + 60_000,
  );

  test(
    `${COUNT} charts that depend on another hand the same values down to it`,
    () =>
      fc.assert(
        fc.asyncProperty(generatedUmbrella, async (umbrella) => {
          const { global = {}, ...helm } = withoutNull(await ofDependency(umbrella)) as JsonMapping;
          const ours = withoutNull(dependencyOfPachkit(umbrella)) as JsonMapping;
          expect({ global: {}, ...ours }).toEqual({ ...helm, global });
        }),
        { seed: SEED, numRuns: COUNT },
      ),
    COUNT * 500 + 60_000,
  );

  test.each([
    'pachd',
    'oidc',
    'proxy',
    'global.postgresql',
    'pachd.storage',
    'pachd.worker.image',
    'proxy.tls',
  ])('%s: null is an error to both, and {} is none', async (section) => {
    const template = `value: {{ .Values.${section}.key | quote }}\n`;
    const defaults = nested(section, '{ key: value }');
    const says = async (value: string) => {
      const values = nested(section, value);
      const findings = findingsOf(`deployTarget: LOCAL\n${values}`).filter(({ code }) => code === 'FIL025');
      return { helm: await rendered(template, defaults, values), findings };
    };
    const none = await says('null');
    expect(none.helm).toContain('nil pointer evaluating interface {}');
    expect(none.findings.map(({ path }) => path)).toEqual([`/${section.replaceAll('.', '/')}`]);
    expect(none.findings[0]?.message).toContain('`nil pointer evaluating interface {}`');
    const empty = await says('{}');
    expect(empty.helm).toContain('value: "value"');
    expect(empty.findings).toEqual([]);
  });

  test('numbers that Helm writes with an exponent are those that pachkit says it of', async () => {
    const numbers = [1, 999_999, 1_000_000, 1_234_567, 5_242_880, 1_073_741_824, 123_456_789_012];
    const values = numbers.map((number) => `n${number}: ${number}\n`).join('');
    const template = numbers.map((number) => `n${number}: {{ .Values.n${number} }}\n`).join('');
    const lines = await rendered(template, '', values);
    for (const number of numbers) {
      const [finding] = findingsOf(
        `deployTarget: LOCAL\npachd: { storage: { putFileConcurrencyLimit: ${number} } }\n`,
      ).filter(({ code }) => code === 'FIL029');
      const written = new RegExp(`^n${number}: (.*)$`, 'm').exec(lines)?.[1];
      expect(/ as (\S+), as numbers/.exec(finding?.message ?? '')?.[1] ?? String(number)).toBe(written);
    }
  });
});

/** A value below the keys of a path. */
function nested(section: string, value: string): string {
  const keys = section.split('.');
  return `${keys.map((key, index) => `${'  '.repeat(index)}${key}:`).join('\n')} ${value}\n`;
}
