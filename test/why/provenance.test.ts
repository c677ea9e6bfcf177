import fs from 'node:fs';
import path from 'node:path';
import type { Document } from '../../src/document/document';
import { fileInput } from '../../src/document/input';
import { readDocuments } from '../../src/document/read-documents';
import type { JsonValue } from '../../src/document/source-node';
import { placeholders } from '../../src/helm-migration/placeholder';
import { resolveCluster } from '../../src/model/resolve';
import { outputs } from '../../src/outputs/registry';
import { expandDocument } from '../../src/pipeline/expand-document';
import { provenanceOf } from '../../src/why/ask';
import { makersOf, type FileOutput, type Leaf } from '../../src/why/leaves';
import type { Origin, Provenance } from '../../src/why/provenance';
import { Chance } from '../support/chance';
import { documentOf } from '../support/input-of';

const ROOT = path.resolve(__dirname, '..', '..');
const FILES = fs
  .readdirSync(path.join(ROOT, 'examples'))
  .flatMap((name) => ['pachyderm.yaml', 'pachyderm.ts'].map((file) => `examples/${name}/${file}`))
  .filter((file) => fs.existsSync(path.join(ROOT, file)));

/** Random fields whose answers are tried. */
const TRIALS = 500;

interface Asked {
  readonly document: Document;
  readonly provenance: Provenance;
  readonly answers: readonly Origin[];
}

const asked: Asked[] = [];
let files: readonly FileOutput[];

beforeAll(async () => {
  files = await Promise.all(
    outputs
      .filter(({ needs }) => !needs.includes('objects'))
      .map(async (row) => ({
        name: row.name,
        output: await row.load(),
        appliesTo: (cluster) => row.appliesTo(cluster),
      })),
  );
  for (const file of FILES) {
    const [document] = readDocuments(file, fileInput(ROOT)).documents;
    if (!document) throw new Error(file);
    const provenance = await provenanceOf(document, (field) => `about ${field}`);
    const answers = [...provenance.written].flatMap(([object, leaves]) =>
      [...leaves.keys()].map((field) => provenance.answer(object, field)),
    );
    asked.push({ document, provenance, answers });
  }
}, 600_000);

test('every leaf field of everything that the examples are made into answers', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(6);
  const answers = asked.flatMap((each) => each.answers);
  expect(answers.length).toBeGreaterThan(8_000);
  expect(answers.filter(({ causes }) => causes.length === 0)).toEqual([]);
  for (const kind of ['line', 'existence', 'default', 'release', 'derivation', 'fixed'] as const)
    expect(
      answers.filter(({ causes }) => causes.some((cause) => cause.kind === kind)).length,
    ).toBeGreaterThan(0);
});

test('no field that a line of the document changes is said to be the same everywhere', () => {
  const fixed = asked.flatMap(({ answers }) =>
    answers.filter(({ causes }) => causes.some(({ kind }) => kind === 'fixed') && causes.length > 1),
  );
  expect(fixed).toEqual([]);
});

test('no secret is in an answer', async () => {
  expect(JSON.stringify(asked.map(({ answers }) => answers))).not.toMatch(/secret-number/);
  const document = documentOf(`apiVersion: pachkit/v1
release: 2.11.6
auth: { rootToken: planted-root-token }
pachd: { environment: { OTHER: planted-root-token, API_TOKEN: planted-too } }
storage: { local: {} }
`);
  const provenance = await provenanceOf(document, () => '');
  for (const [object, leaves] of provenance.written)
    if (/pachyderm-auth|Deployment\/pachd/.test(object))
      for (const field of leaves.keys()) {
        expect(JSON.stringify(provenance.answer(object, field))).not.toContain('planted');
      }
});

/** The steps of a path such as `identity.connectors[0].config.issuer`. */
function stepsOf(field: string): (string | number)[] {
  return [...field.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, word]) =>
      quoted !== undefined
        ? (JSON.parse(`"${quoted}"`) as string)
        : index !== undefined
          ? Number(index)
          : (word ?? ''),
  );
}

/** The value with something else at a path, or nothing there. */
function changed(value: JsonValue, steps: readonly (string | number)[], to: unknown): JsonValue {
  const copy = structuredClone(value);
  const parent = steps
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>(
      (inner, step) => inner[step] as Record<string | number, unknown>,
      copy as Record<string, unknown>,
    );
  const last = steps.at(-1) ?? '';
  if (to !== undefined) parent[last] = to;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

/** What a person would try in the place of a value. */
function others(value: unknown): unknown[] {
  if (typeof value === 'boolean') return [!value, undefined];
  if (typeof value === 'number') return [value + 1, value - 1, undefined];
  if (typeof value !== 'string') return [undefined];
  const words = [
    'proxy',
    'ingress',
    'nodePort',
    'portForward',
    'dev',
    'production',
    'standalone',
    'require',
    'none',
  ];
  return [
    value.replace(/\d+(?!.*\d)/s, (digits) => String(Number(digits) + 1)),
    value.replace(/([a-z])(?![^]*:\/\/)/i, '$1z'),
    `${value}z`,
    `z${value}`,
    undefined,
    ...words,
  ].filter((other) => other !== value);
}

function valueOf(
  document: JsonValue,
  { defaultName }: Document,
  object: string,
  field: string,
): Leaf | undefined {
  try {
    const read = { ...documentOf({ 'pachyderm.json': JSON.stringify(document) }), defaultName };
    const cluster = resolveCluster(expandDocument(read).document, placeholders).value;
    if (!cluster) return undefined;
    for (const written of makersOf(cluster, files).values()) {
      const value = written.get(object)?.get(field);
      if (value !== undefined) return value;
    }
  } catch {
    // Not every other value makes a cluster.
  }
  return undefined;
}

test('a line that is named changes the field, and so for random fields of all examples', () => {
  const chance = new Chance(2026);
  const candidates = asked.flatMap(({ document, answers }) =>
    answers.flatMap(({ object, field, causes }) =>
      causes.flatMap((cause) => (cause.kind === 'line' ? [{ document, object, field, line: cause }] : [])),
    ),
  );
  const wrong: string[] = [];
  for (let trial = 0; trial < TRIALS; trial++) {
    const { document, object, field, line } = chance.of(candidates);
    const steps = stepsOf(line.field);
    const written = steps.reduce<unknown>(
      (inner, step) => (inner as Record<string | number, unknown>)[step],
      document.value,
    );
    const before = valueOf(document.value, document, object, field);
    const isChanged = others(written).some((other) => {
      const after = valueOf(changed(document.value, steps, other), document, object, field);
      return after !== undefined && after !== before;
    });
    if (!isChanged) wrong.push(`${document.file} ${object} ${field} by ${line.field}`);
  }
  expect(wrong).toEqual([]);
}, 600_000);

test('lines are where the field is written, as the file has them', () => {
  for (const { document, answers } of asked.filter((each) => each.document.file.endsWith('.yaml'))) {
    const lines = fs.readFileSync(path.join(ROOT, document.file), 'utf8').split('\n');
    for (const { causes } of answers)
      for (const cause of causes)
        if (cause.kind === 'line') {
          const steps = stepsOf(cause.field);
          const key = String(steps.findLast((step) => typeof step === 'string'));
          const line = lines[cause.line - 1] ?? '';
          // An entry of a list is on a line of its own, or on that of the list.
          const isEntry = typeof steps.at(-1) === 'number' && /^ *- /.test(line);
          expect(line).toContain(isEntry ? '- ' : key);
        }
  }
});
