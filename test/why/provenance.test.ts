import fs from 'node:fs';
import path from 'node:path';
import type { Document } from '../../src/document/document';
import { fileInput } from '../../src/document/input';
import { readDocuments } from '../../src/document/read-documents';
import type { JsonValue } from '../../src/document/source-node';
import { attempt } from '../../src/files/attempt';
import { placeholders } from '../../src/helm-migration/placeholder';
import type { Cluster } from '../../src/model/cluster';
import { resolveCluster } from '../../src/model/resolve';
import { outputs } from '../../src/outputs/registry';
import { expandDocument } from '../../src/pipeline/expand-document';
import { provenanceOf } from '../../src/why/ask';
import { makersOf, writtenBy, type FileOutput, type Maker, type Written } from '../../src/why/leaves';
import type { Origin, Provenance } from '../../src/why/provenance';
import { Chance } from '../support/chance';
import { documentOf } from '../support/input-of';

const ROOT = path.resolve(__dirname, '..', '..');
// All of them: every line of each is changed, and what is made of it is made again, which takes a minute of a processor.
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

test('a section that is left out is named in place of the fields that it cannot be without', () => {
  const { provenance } = asked.find(({ document }) => document.file.includes('production-auth0')) ?? {};
  const fields = (field: string): (string | undefined)[] =>
    (provenance?.answer('Secret/pachyderm-auth', `stringData.auth-config.${field}`).causes ?? []).map(
      (cause) => (cause.kind === 'default' ? cause.field : undefined),
    );
  expect(fields('localhost_issuer')).toContain('enterprise.member');
  expect(fields('localhost_issuer')).not.toContain('enterprise.member.serverAddress');
  // The fields of this one stand for themselves.
  expect(fields('user_accessible_issuer_host')).toContain('access.urls.userAccessibleIssuer');
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

/** Clusters of a document with one thing changed, by the change, and what makers write of them: many fields come from one line. */
class Variants {
  readonly #clusters = new Map<string, Cluster | undefined>();
  readonly #written = new Map<Cluster, Map<Maker, Written>>();
  readonly #makers: ReadonlyMap<Maker, Written>;

  constructor(private readonly document: Document) {
    const cluster = this.#clusterOf(document.value);
    if (!cluster) throw new Error(document.file);
    this.#makers = makersOf(cluster, files);
  }

  /** Whether another value of a line, or none, is another value of the field. */
  changes(line: string, object: string, field: string): boolean {
    const [maker, written] = [...this.#makers].find(([, each]) => each.has(object)) ?? [];
    const steps = stepsOf(line);
    const before = steps.reduce<unknown>(
      (inner, step) => (inner as Record<string | number, unknown>)[step],
      this.document.value,
    );
    return others(before).some((other, index) => {
      const key = `${index} ${line}`;
      if (!this.#clusters.has(key))
        this.#clusters.set(key, this.#clusterOf(changed(this.document.value, steps, other)));
      const cluster = this.#clusters.get(key);
      const after = cluster && maker && this.#writtenBy(maker, cluster)?.get(object)?.get(field);
      return after !== undefined && after !== written?.get(object)?.get(field);
    });
  }

  /** Not every other value makes a cluster. */
  #clusterOf(value: JsonValue): Cluster | undefined {
    const { defaultName } = this.document;
    const read = { ...documentOf({ 'pachyderm.json': JSON.stringify(value) }), defaultName };
    return attempt(() => resolveCluster(expandDocument(read).document, placeholders).value);
  }

  #writtenBy(maker: Maker, cluster: Cluster): Written | undefined {
    const known = this.#written.get(cluster) ?? new Map<Maker, Written>();
    this.#written.set(cluster, known);
    if (!known.has(maker)) known.set(maker, attempt(() => writtenBy(maker, cluster)) ?? new Map());
    return known.get(maker);
  }
}

test('a line that is named changes the field, and so for random fields of all examples', () => {
  const chance = new Chance(2026);
  const candidates = asked.flatMap(({ document, answers }) =>
    answers.flatMap(({ object, field, causes }) =>
      causes.flatMap((cause) => (cause.kind === 'line' ? [{ document, object, field, line: cause }] : [])),
    ),
  );
  const variants = new Map(asked.map(({ document }) => [document, new Variants(document)]));
  const wrong: string[] = [];
  for (let trial = 0; trial < TRIALS; trial++) {
    const { document, object, field, line } = chance.of(candidates);
    if (!variants.get(document)?.changes(line.field, object, field))
      wrong.push(`${document.file} ${object} ${field} by ${line.field}`);
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
