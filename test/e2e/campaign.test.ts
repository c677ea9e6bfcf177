import fs from 'node:fs';
import path from 'node:path';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import pico from 'picocolors';
import { reporters } from '../../src/cli/reporters';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { planFiles } from '../../src/plan/plan';
import { validateFiles } from '../../src/pipeline/validate-files';
import { Chance } from '../support/chance';
import { inputOf } from '../support/input-of';
import { mutate, mutationKinds, type Mutation } from '../support/mutations';

/** How many documents each part tries, and where the row of random numbers begins: the same seed tries the same. */
const RUNS = Number(process.env['PACHKIT_CAMPAIGN_RUNS'] ?? 20_000);
const SEED = Number(process.env['PACHKIT_CAMPAIGN_SEED'] ?? 20_261_128);

/** How many of them are synthesized, which takes longer. */
const SYNTHESES = Math.ceil(RUNS / 10);

/** How long a document may take, in milliseconds of the processor, before it counts as hanging. */
const HANGING_MS = 2_000;

const SECRET = /Pl4ntedSecretText[A-Za-z]*/;
const colors = pico.createColors(false);
const root = path.resolve(__dirname, '../..');
const readText = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

const everySecret = readText('test/fixtures/documents/every-secret.yaml');

/** A connector document as pachctl reads it, and a Dex configuration, chart values and a Secret that hold the like. */
const CONNECTOR =
  'type: ldap\nid: corp\nname: Corp\nversion: 0\nconfig:\n  host: ldap.acme.com:636\n  bindDN: cn=a\n  bindPW: Pl4ntedSecretTextBind\n  userSearch:\n    baseDN: dc=acme\n    username: uid\n    idAttr: uid\n    emailAttr: mail\n';
const DEX_CONFIG =
  'issuer: https://dex.acme.com/dex\nstorage:\n  type: postgres\n  config:\n    host: db\n    user: dex\n    password: Pl4ntedSecretTextStorage\nweb:\n  http: 0.0.0.0:5556\nconnectors:\n  - type: github\n    id: github\n    name: GitHub\n    config:\n      clientID: acme\n      clientSecret: Pl4ntedSecretTextGitHub\nstaticClients:\n  - id: pachd\n    name: Pachyderm\n    secret: Pl4ntedSecretTextClient\n    redirectURIs: [https://pach.acme.com/authorization-code/callback]\n';
const VALUES = `proxy:\n  enabled: true\n  host: pach.acme.com\noidc:\n  upstreamIDPs:\n    - type: github\n      id: github\n      name: GitHub\n      jsonConfig: >-\n        { "clientID": "a", "clientSecret": "Pl4ntedSecretTextValues" }\n`;

const DOCUMENTS: readonly string[] = [
  ...fs
    .readdirSync(path.join(root, 'examples'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('pachyderm.yaml'))
    .sort()
    .map((name) => readText(path.join('examples', name))),
  everySecret,
  everySecret.replace('release: 2.11.6', 'release: 2.12.0-rc.3'),
  CONNECTOR,
  DEX_CONFIG,
  VALUES,
];

interface Figures {
  tried: number;
  refused: number;
  slowest: number;
  readonly codes: Set<string>;
  readonly faults: string[];
}

/** Tries one text as `pachkit validate` does, and notes what must never be. */
async function attempt(
  text: string,
  secret: RegExp | undefined,
  figures: Figures,
  note: string,
): Promise<void> {
  const start = process.cpuUsage();
  const fault = (what: string): void => {
    if (figures.faults.length < 20) figures.faults.push(`${note}: ${what}\n${text.slice(0, 4000)}`);
  };
  figures.tried += 1;
  try {
    const { diagnostics } = validateFiles(['a.yaml'], inputOf({ 'a.yaml': text }));
    if (diagnostics.length > 0) figures.refused += 1;
    for (const diagnostic of diagnostics) {
      figures.codes.add(diagnostic.code);
      const problem = placeProblem(diagnostic, text);
      if (problem !== undefined) fault(problem);
      if (diagnostic.message.length > 2_000) fault(`a message of ${diagnostic.message.length} characters`);
    }
    if (secret)
      for (const [form, printed] of await reportsOf(diagnostics)) {
        const shown = secret.exec(printed);
        if (shown) fault(`shows ${shown[0]} in the form ${form}:\n${printed.slice(0, 3000)}`);
      }
  } catch (error) {
    fault(`throws ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
  }
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  figures.slowest = Math.max(figures.slowest, milliseconds);
  if (milliseconds > HANGING_MS) fault(`takes ${Math.round(milliseconds)} ms`);
}

/** What each form of report prints. */
async function reportsOf(diagnostics: readonly Diagnostic[]): Promise<[string, string][]> {
  const fails = ({ severity }: Diagnostic): boolean => severity === 'error';
  const outcome = { diagnostics, checked: ['a.yaml'], fails, isFailure: diagnostics.some(fails) };
  return Promise.all(
    reporters.map(async ({ name, findings, result, summary }): Promise<[string, string]> => [
      name,
      `${findings?.(outcome, { colors }) ?? ''}${await result(outcome, { colors })}${summary?.text(outcome) ?? ''}`,
    ]),
  );
}

function placeProblem({ code, location, message }: Diagnostic, text: string): string | undefined {
  const { range } = location;
  if (!range) return undefined;
  const lines = Buffer.from(text)
    .toString()
    .replace(/^\ufeff/, '')
    .split('\n');
  const isInside = (line: number, column: number): boolean =>
    column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
  const isInOrder =
    range.endLine > range.line || (range.endLine === range.line && range.endColumn >= range.column);
  return isInside(range.line, range.column) && isInside(range.endLine, range.endColumn) && isInOrder
    ? undefined
    : `${code} has no place in the file: ${JSON.stringify(range)} ${message}`;
}

function newFigures(): Figures {
  return { tried: 0, refused: 0, slowest: 0, codes: new Set(), faults: [] };
}

function expectNoFaults(what: string, figures: Figures): void {
  const { tried, refused, slowest, codes, faults } = figures;
  process.stderr.write(
    `${what}: seed ${SEED}, ${tried} tried, ${refused} with findings of ${codes.size} codes, slowest ${Math.round(slowest)} ms, ${faults.length} faults\n`,
  );
  expect(faults.join('\n\n')).toBe('');
}

test(`${RUNS} mutated documents`, async () => {
  const chance = new Chance(SEED);
  const figures = newFigures();
  for (let run = 0; run < RUNS; run++) {
    const text = chance.of(DOCUMENTS);
    if (run % 3 === 0) {
      await attempt(withOtherBytes(text, chance), undefined, figures, `run ${run}, bytes`);
      continue;
    }
    const changes: Mutation[] = Array.from({ length: 1 + chance.below(4) }, () => ({
      kind: chance.of(mutationKinds),
      where: chance.below(1 << 30),
      what: chance.below(1 << 30),
    }));
    await attempt(
      mutate(text, changes, SECRET),
      SECRET,
      figures,
      `run ${run}, ${changes.map(({ kind }) => kind).join(', ')}`,
    );
  }
  expectNoFaults('mutated', figures);
}, 3_600_000);

/** What secrets of the environment and of files say; found in no file that is not for secrets. */
const READ_SECRET = 'Pl4ntedSecretTextRead';

test(`what is synthesized from those of ${SYNTHESES} mutated documents that have no error`, async () => {
  const chance = new Chance(SEED + 2);
  const figures = newFigures();
  const documents = DOCUMENTS.filter((text) => text.includes('apiVersion: pachkit/v1'));
  const secrets = {
    variable: () => READ_SECRET.padEnd(40, 'x'),
    readFile: () => Buffer.from(READ_SECRET),
    frozen: true,
  };
  for (let run = 0; run < SYNTHESES; run++) {
    const text = chance.of(documents);
    const change = (): Mutation => ({
      kind: chance.of(mutationKinds),
      where: chance.below(1 << 30),
      what: chance.below(1 << 30),
    });
    const mutated = mutate(text, [change()], SECRET);
    const note = `run ${run}`;
    try {
      const { clusters, diagnostics } = await planFiles(['a.yaml'], inputOf({ 'a.yaml': mutated }), secrets);
      if (diagnostics.some(({ severity }) => severity === 'error')) continue;
      figures.tried += 1;
      for (const { path: name, content, isSecret } of clusters.flatMap(({ files }) => files)) {
        const problem = fileProblem(name, content);
        if (problem !== undefined) figures.faults.push(`${note}: ${name}: ${problem}\n${mutated}`);
        if (!isSecret && SECRET.test(content))
          figures.faults.push(`${note}: ${name} has a secret and is not for secrets\n${mutated}`);
      }
    } catch (error) {
      figures.faults.push(
        `${note}: throws ${error instanceof Error ? error.stack : String(error)}\n${mutated}`,
      );
    }
    if (figures.faults.length > 5) break;
  }
  expect(figures.tried).toBeGreaterThan(SYNTHESES / 4);
  expectNoFaults('synthesized', figures);
}, 3_600_000);

function fileProblem(name: string, content: string): string | undefined {
  try {
    if (name.endsWith('.json')) JSON.parse(content);
    else if (name.endsWith('.yaml')) loadAll(content, { schema: CORE_SCHEMA });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** Some bytes replaced, taken out or put in, whatever becomes of the text. */
function withOtherBytes(text: string, chance: Chance): string {
  let bytes = Buffer.from(text);
  for (let change = 1 + chance.below(8); change > 0; change--) {
    const at = chance.below(bytes.length + 1);
    const put = Buffer.from(
      Array.from({ length: chance.below(3) }, () =>
        chance.below(4) === 0 ? chance.below(256) : 32 + chance.below(95),
      ),
    );
    bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + chance.below(3))]);
  }
  return bytes.toString('utf8');
}

/** Secrets of several kinds; in each, six characters in a row are found nowhere else. */
const SECRETS = ['hunter2Xw', 'zwiebelkuchenofen', 'Tr0ub4dor&3zQ', 'zq7/Kp+w8Yv0JmXn=='] as const;

/** Ways to write a secret behind its key; `K` stands for the key, `S` for the secret, two spaces for one level. */
const SLIPS: readonly string[] = [
  'K: S',
  'K: "S"',
  "K: 'S'",
  'K: S # S',
  'K: #S',
  'K: abc #S',
  'K:S',
  'K S',
  'K = S',
  'K:\n  S',
  'K:\n  - S',
  'K: [S]',
  'K: {S}',
  'K: { S: x }',
  'K: { x: S }',
  'K: { value: S }',
  'K: { env: S }',
  'K: { env: "S " }',
  'K: { env: A, S: 1 }',
  'K: { existing: S }',
  'K: { existing: { name: a, key: b, S: 1 } }',
  'K: { generate: S }',
  'K: { env: A } # S',
  'K: !S',
  'K: !vault S',
  'K: &S',
  'K: &a S',
  'K: *S',
  'K: |S',
  'K: |\n  S',
  'K: >-\n  S\n  S',
  'K: "S',
  "K: 'S",
  'K: "a\\"S"',
  'K: @S',
  'K: %S',
  'K: `S`',
  'K: S: x',
  'K: - S',
  '? K\n: S',
  '# K: S',
  'K: x\nK: S',
  '\tK: S',
  'K: S\n\tx: 1',
];

/** Ways to write a secret in the JSON of a connector, well or not. */
const JSON_SLIPS: readonly string[] = [
  '{ "K": "S" }',
  '{ "K": ""S" }',
  '{ "K": "S", }',
  '{ "K": S }',
  '{ "K": !S }',
  '{ "K": "a" "S" }',
  '{ "K": ["S" }',
  '{ "K": {"S" }',
  '{ "K": "a", "S" }',
  '{ "K" "S" }',
  '{ "id": "a" "K": "S" }',
  "{ 'K': 'S' }",
  '{ K: S',
  '[{ "K": "S" }',
  '{ "K": "S" } x',
  'K: S',
];

/** Ways to have a string in YAML. */
const QUOTES: readonly ((text: string) => string)[] = [
  (text) => `'${text.replaceAll("'", "''")}'`,
  (text) => JSON.stringify(text),
  (text) => `>-\n        ${text}`,
  (text) => `|\n        ${text}`,
];

/** Chart values with a secret in the JSON of a connector. */
function valuesWith(json: string, chance: Chance): string {
  const unknown = chance.below(2) === 0 ? '\n      unknownKey: 1' : '';
  return VALUES.replace(/>-\n.*/, () => chance.of(QUOTES)(json) + unknown);
}

/** Slips in the key. */
const KEY_SLIPS: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => key.toLowerCase(),
  (key) => key.toUpperCase(),
  (key) => `${key}s`,
  (key) => key.slice(0, -1),
  (key) => key.slice(0, 1) + key.slice(2),
  (key) => `"${key}"`,
];

/** The field of a secret on a line of its own: what is in front of the key, and the key. */
const FIELD = /^( *(?:- )?)"?(\w+)"?: *["']?Pl4ntedSecretText\w+["']?$/;

test(`${RUNS} secrets, in each field that holds one, with each slip`, async () => {
  const chance = new Chance(SEED + 1);
  const figures = newFigures();
  const fields = [everySecret, CONNECTOR, DEX_CONFIG].flatMap((text) =>
    // The id of an access key is public, and hidden in its place alone.
    text
      .split('\n')
      .flatMap((line, index) => (FIELD.test(line) && !/\bid:/.test(line) ? [{ text, index }] : [])),
  );
  expect(fields.length).toBeGreaterThan(15);
  for (let run = 0; run < RUNS; run++) {
    const { text, index } = fields[run % fields.length] ?? { text: '', index: 0 };
    const lines = text.replace(/Pl4ntedSecretText/g, 'other').split('\n');
    const [, before = '', key = ''] = FIELD.exec(text.split('\n')[index] ?? '') ?? [];
    const secret = chance.of(SECRETS);
    if (run % 8 === 0) {
      const slip = chance.of(JSON_SLIPS);
      const written = slip.replace(/[KS]/g, (sign) => (sign === 'S' ? secret : 'clientSecret'));
      await attempt(valuesWith(written, chance), fragmentsOf(secret), figures, `run ${run}, ${slip}`);
      continue;
    }
    const slip = chance.of(SLIPS);
    // A word of lowercase letters behind env is the name of a variable, and shown as one.
    if (slip === 'K: { env: S }' && /^[a-z]+$/.test(secret)) continue;
    const keySlip = chance.below(4) === 0 ? chance.of(KEY_SLIPS) : KEY_SLIPS[0];
    const indentation = ' '.repeat(before.length);
    const written = slip.replace(/[KS]/g, (sign) => (sign === 'S' ? secret : (keySlip?.(key) ?? key)));
    lines[index] = before + written.split('\n').join(`\n${indentation}`);
    // So that a frame shows the line.
    if (chance.below(2) === 0) lines.splice(index + 1, 0, `${indentation}unknownKey: 1`);
    await attempt(lines.join('\n'), fragmentsOf(secret), figures, `run ${run}, ${key}, ${slip}`);
  }
  expectNoFaults('planted', figures);
}, 3_600_000);

/** Any six characters in a row of a secret. */
function fragmentsOf(secret: string): RegExp {
  const fragments = Array.from({ length: secret.length - 5 }, (_, at) => secret.slice(at, at + 6));
  return new RegExp(fragments.map((fragment) => fragment.replace(/[^\w]/g, '\\$&')).join('|'));
}
