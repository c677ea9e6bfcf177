import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import pico from 'picocolors';
import { json } from '../src/cli/reporters/json';
import { pretty } from '../src/cli/reporters/pretty';
import { summarize, summaryText } from '../src/cli/summary';
import { hasErrors, type Diagnostic } from '../src/diagnostics/diagnostic';
import { defaultOutputs } from '../src/outputs/registry';
import { checkFiles } from '../src/pipeline/check-files';
import { readCluster } from '../src/pipeline/read-cluster';
import { construct } from '../src/plan/plan';
import { mutate, mutations, type Mutation } from './support/mutations';

/** So many that the mutations lead to most codes; each document that is accepted is constructed too, which takes half a minute in all. */
const RUNS = Number(process.env['PACHKIT_PROPERTY_RUNS'] ?? 2_400);

const SECRET = /Pl4ntedSecretText[A-Za-z]*/;
const colors = pico.createColors(false);

const root = path.resolve(__dirname, '..');
const examples = fs
  .readdirSync(path.join(root, 'examples'), { recursive: true })
  .map((name) => path.join('examples', String(name)))
  .filter((name) => name.endsWith('pachyderm.yaml'))
  .sort();
const everySecret = fs.readFileSync(path.join(__dirname, 'fixtures/documents/every-secret.yaml'), 'utf8');

/** Documents to begin with: those that people begin with, and one with every secret at releases of every era. */
const documents: readonly string[] = [
  ...examples.map((name) => fs.readFileSync(path.join(root, name), 'utf8')),
  everySecret,
  everySecret.replace('release: 2.11.6', 'release: 2.12.0-rc.3').replace(/\nenterprise:[\s\S]*?(?=\n\n)/, ''),
  everySecret
    .replace('release: 2.11.6', 'release: 2.2.8')
    .replace('via: proxy', 'via: ingress')
    .replaceAll('projectCreator', 'repoReader'),
  everySecret.replace(/\n(storage|auth0|database):[\s\S]*?(?=\n\n)/g, ''),
];

let folder: string;
beforeAll(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'))));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly accepted: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Everything that the program would print. */
  readonly printed: string;
}

/** What `pachkit synth` does with a string, but for writing its files. */
async function run(text: string): Promise<Outcome> {
  const checked = checkFiles(['test.yaml'], {
    directory: folder,
    readFile: (name) => {
      if (path.basename(name) === 'test.yaml') return Buffer.from(text);
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
    readStandardInput: () => Buffer.alloc(0),
  });
  const diagnostics = [...checked.diagnostics];
  const summaries: string[] = [];
  if (!hasErrors(diagnostics))
    for (const document of checked.documents) {
      const read = readCluster(document, {
        variable: (name) => `value-of-${name}`,
        readFile: () => Buffer.from('content of a file\n'),
        frozen: false,
      });
      diagnostics.push(...read.diagnostics);
      if (!read.value) continue;
      const content = await construct(read.value, defaultOutputs);
      const plan = { document: document.document, cluster: read.value, ...content };
      const summary = summarize(plan, 'dist/pachkit/test', { workingDirectory: folder, program: 'pachkit' });
      summaries.push(summaryText(summary, colors), JSON.stringify(summary));
    }
  const printed = [pretty(diagnostics, { colors }), json(diagnostics), ...summaries].join('\n');
  return { accepted: !hasErrors(diagnostics), diagnostics, printed };
}

/** Findings about the store of generated secrets are about no place in the document. */
const WITHOUT_PLACE = ['SEC003', 'SEC005', 'SEC006'];

function expectPlaceInside({ code, location, message }: Diagnostic, text: string): void {
  if (WITHOUT_PLACE.includes(code)) return;
  const { range } = location;
  if (!range) throw new Error(`${code} has no place: ${message}`);
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const line = lines[range.line - 1];
  if (line === undefined || range.column < 1 || range.column > line.length + 1)
    throw new Error(`${code} is at ${range.line}:${range.column}, outside of the file: ${message}`);
  if (range.endLine < range.line || (range.endLine === range.line && range.endColumn < range.column))
    throw new Error(`${code} ends before it begins: ${JSON.stringify(range)}`);
}

async function expectProperties(text: string): Promise<Outcome> {
  const outcome = await run(text);
  for (const diagnostic of outcome.diagnostics) expectPlaceInside(diagnostic, text);
  const leaked = SECRET.exec(outcome.printed);
  if (leaked) throw new Error(`${leaked[0]} is printed:\n${outcome.printed}`);
  return outcome;
}

test.each(documents.map((text, index) => [index, text] as const))(
  'document %d is accepted as it is',
  async (_index, text) => {
    const { accepted, printed } = await expectProperties(text);
    expect(accepted ? '' : printed).toBe('');
  },
);

test(`${RUNS} mutated documents: no exception, every finding has its place, no secret is printed`, async () => {
  let accepted = 0;
  const codes = new Set<string>();
  const property = fc.asyncProperty(
    fc.nat(documents.length - 1),
    mutations,
    async (index: number, changes: Mutation[]) => {
      const outcome = await expectProperties(mutate(documents[index] ?? '', changes, SECRET));
      if (outcome.accepted) accepted++;
      for (const { code } of outcome.diagnostics) codes.add(code);
    },
  );
  await fc.assert(property, { numRuns: RUNS });
  // The mutations are of use only when they lead everywhere.
  expect(accepted).toBeGreaterThan(RUNS / 20);
  expect(accepted).toBeLessThan(RUNS / 1.25);
  expect(codes.size).toBeGreaterThan(30);
}, 180_000);

test('a string that is no document is refused, whatever it is', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.string({ unit: fc.constantFrom(...'ab: -\n\t#{}[]"\'&*!|>%@?,~<'), maxLength: 200 }),
    fc.json({ maxDepth: 5 }),
  );
  await fc.assert(
    fc.asyncProperty(text, async (each) => {
      const { accepted, diagnostics } = await run(each);
      expect(accepted).toBe(false);
      for (const diagnostic of diagnostics) expectPlaceInside(diagnostic, each.toWellFormed());
    }),
    { numRuns: 600 },
  );
}, 60_000);
