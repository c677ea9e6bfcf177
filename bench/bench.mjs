// Measures the built program. Prints medians, and how they compare with the limits that the project has set itself.
//
//   node bench/bench.mjs            at least 10 runs of each; exits 1 when a limit is passed
//   node bench/bench.mjs --smoke    2 runs of each, only to see that it runs
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findHelm } from './helm.mjs';
import { documentWithConnectors } from './many-connectors.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const program = path.join(root, 'dist', 'bin', 'pachkit.js');
const production = path.join(root, 'examples', 'production-auth0', 'pachyderm.yaml');
const smoke = process.argv.includes('--smoke');
const runs = smoke ? 2 : 15;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-bench-'));
fs.mkdirSync(path.join(folder, 'cache'), { mode: 0o700 });
const environment = {
  ...process.env,
  // Of its own, so that no run of someone else changes what is compiled already.
  XDG_CACHE_HOME: path.join(folder, 'cache'),
  NO_COLOR: '1',
  CI: 'true',
  TF_VAR_auth0_client_secret: 'a-client-secret-for-the-benchmark',
  // Reading certificates is the machine's cost, not pachkit's, and would flatter every ratio.
  NODE_EXTRA_CA_CERTS: undefined,
};

let written = 0;

/**
 * A folder of its own for each run. Output that is there already is not written again, and ext4 looks at every file that was
 * deleted in the last minute before it makes one: over and over in one folder that took four times as long as the rest.
 */
const freshFolder = () => path.join(folder, `out-${written++}`);

/** Runs a command; of its arguments, functions are asked for what they are in this run. */
function run(described, extra = {}, status = 0, command = process.execPath) {
  const args = described.map((arg) => (typeof arg === 'function' ? arg() : arg));
  const start = process.hrtime.bigint();
  const result = spawnSync(command, args, {
    cwd: folder,
    env: { ...environment, ...extra },
    maxBuffer: Infinity,
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== status) throw new Error(`${command} ${args.join(' ')} failed:\n${result.stderr}`);
  return milliseconds;
}

/** What a command used: memory in megabytes, and time on all processors in milliseconds. */
function usageOf(args) {
  const file = path.join(folder, 'usage');
  run(['--require', path.join(root, 'bench', 'report-usage.cjs'), ...args], { BENCH_USAGE: file });
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return { memory: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1000 };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const mediansOf = (measured) =>
  Object.fromEntries(Object.entries(measured).map(([name, values]) => [name, median(values)]));

/** Medians of several commands that exit with `status`, run in turns so that a slow moment of the machine hits all alike; `programs` are those that are not Node. */
function compare(commands, times, status = 0, programs = {}) {
  const measured = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  // The first run of a command compiles it, and the second keeps what was compiled: both are once for an installation.
  const once = 2;
  for (let round = 0; round < times + once; round++)
    for (const [name, args] of Object.entries(commands)) {
      const milliseconds = run(args, {}, status, programs[name]);
      if (round >= once) measured[name].push(milliseconds);
    }
  return mediansOf(measured);
}

/** Medians of first runs of several commands, with nothing compiled yet, in turns. */
function compareFirst(commands, times) {
  const measured = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < times; round++)
    for (const [name, args] of Object.entries(commands)) {
      const cache = fs.mkdtempSync(path.join(folder, 'first-'));
      measured[name].push(run(args, { XDG_CACHE_HOME: cache }));
    }
  return mediansOf(measured);
}

function writeClusters(count) {
  const names = [];
  const text = fs.readFileSync(production, 'utf8');
  for (let index = 0; index < count; index++) {
    // The same documents however many: a folder that another document was written to is refused.
    const file = path.join(folder, `cluster-${index}.yaml`);
    // Each in a tenant of its own: clusters that share one are refused.
    const own = text
      .replace('name: production-auth0', `name: cluster-${index}`)
      .replaceAll('acme.eu.auth0.com', `acme-${index}.eu.auth0.com`)
      .replace(/(clientID: \w{28})\w{4}/, `$1${1000 + index}`);
    fs.writeFileSync(file, own);
    names.push(file);
  }
  return names;
}

/** JSON in one line with keys that no document has: as many findings, in one long line. */
function writeUnknownKeys(count) {
  const file = path.join(folder, `unknown-${count}.json`);
  const keys = Array.from({ length: count }, (_, index) => [`unknown${index}`, index]);
  fs.writeFileSync(file, JSON.stringify(Object.fromEntries(keys)));
  return file;
}

function writeConnectors(count) {
  const file = path.join(folder, `connectors-${count}.yaml`);
  fs.writeFileSync(file, documentWithConnectors(count));
  return file;
}

/** Values of the official chart on 400 lines: those of a document, and more people. */
function writeValues() {
  const file = path.join(folder, 'values.yaml');
  const { stdout } = spawnSync(process.execPath, [program, 'export', 'helm-values', production], {
    env: environment,
    encoding: 'utf8',
  });
  const people = Array.from(
    { length: 400 - stdout.split('\n').length + 1 },
    (_, index) => `    user:person-${index}@acme.com: [projectCreator]\n`,
  );
  // What stands for a secret in exported values is for envsubst, and Dex would take it as it is.
  const values = stdout.replaceAll(/\$\{\w+\}/g, 'a-secret-for-the-benchmark');
  const bindings = '  pachAuthClusterRoleBindings:\n';
  if (!values.includes(bindings))
    throw new Error('the values have no role bindings that more can be added to');
  fs.writeFileSync(file, values.replace(bindings, bindings + people.join('')));
  return file;
}

const rows = [];
const report = (what, measured, limit, unit) =>
  rows.push({ what, measured, limit, unit, met: measured <= limit });

const single = compare(
  {
    nothing: ['-e', '0'],
    validate: [program, 'validate', production],
    synth: [program, 'synth', production, '--out', freshFolder],
    again: [program, 'synth', production, '--out', path.join(folder, 'single')],
    graph: [program, 'graph', production],
    tenConnectors: [program, 'validate', writeConnectors(10)],
    twoHundredConnectors: [program, 'validate', writeConnectors(200)],
  },
  runs,
);
report('validate, times node -e 0', single.validate / single.nothing, 2.4, '×');
report('graph as Mermaid, times node -e 0', single.graph / single.nothing, 3, '×');
report('synth, times node -e 0', single.synth / single.nothing, 4.2, '×');

const first = compareFirst(
  {
    nothing: ['-e', '0'],
    validate: [program, 'validate', production],
    synth: [program, 'synth', production, '--out', freshFolder],
  },
  runs,
);
report('first validate after an installation, times node -e 0', first.validate / first.nothing, 3.6, '×');
report('first synth after an installation, times node -e 0', first.synth / first.nothing, 6.3, '×');

report(
  'validate 200 connectors, times 10 connectors, start of node aside',
  (single.twoHundredConnectors - single.nothing) / (single.tenConnectors - single.nothing),
  2,
  '×',
);

/** The time on all processors, of which a busy machine changes less than of the time until the end. */
const cpu = { nothing: [], validate: [], synth: [] };
for (let round = 0; round < runs; round++) {
  cpu.nothing.push(usageOf(['-e', '0']).cpu);
  cpu.validate.push(usageOf([program, 'validate', production]).cpu);
  cpu.synth.push(usageOf([program, 'synth', production, '--out', freshFolder]).cpu);
}

const values = writeValues();
const ofValues = compare(
  {
    nothing: ['-e', '0'],
    validate: [program, 'validate', values, '--target', 'pachyderm@2.11'],
    import: [program, 'import', 'helm-values', values, '--release', '2.11.6'],
    export: [program, 'export', 'helm-values', production],
  },
  runs,
);
report('validate 400 lines of values, times node -e 0', ofValues.validate / ofValues.nothing, 2.2, '×');
report('import 400 lines of values, times node -e 0', ofValues.import / ofValues.nothing, 2.5, '×');
report('export values, times node -e 0', ofValues.export / ofValues.nothing, 2.5, '×');

const reporters = compare(
  Object.fromEntries(
    ['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab'].map((name) => [
      name,
      [program, 'validate', production, '--format', name],
    ]),
  ),
  runs,
);
report(
  'a report for programs, beyond the one for people',
  Math.max(...Object.values(reporters)) - reporters.pretty,
  5,
  ' ms',
);

const quickstart = path.join(root, 'examples', 'quickstart', 'pachyderm.yaml');
const helm = findHelm();
const rendered =
  helm === undefined
    ? undefined
    : compare(
        {
          helm: ['template', 'pachyderm', path.join(root, 'charts', 'quickstart')],
          synth: [program, 'synth', quickstart, '--out', freshFolder, '--no-frozen'],
        },
        runs,
        0,
        { helm },
      );

const findings = compare(
  {
    two: [program, 'validate', writeUnknownKeys(2_000)],
    twenty: [program, 'validate', writeUnknownKeys(20_000)],
  },
  smoke ? 1 : 5,
  1,
);
report(
  'validate 20,000 findings in one line, times 2,000, start of node aside',
  (findings.twenty - single.nothing) / (findings.two - single.nothing),
  15,
  '×',
);

const manyOf = (count) => [program, 'synth', ...writeClusters(count), '--out', freshFolder, '--quiet'];
const many = compare({ twenty: manyOf(20), twoHundred: manyOf(200) }, smoke ? 1 : 10);
report('a further cluster', (many.twoHundred - many.twenty) / 180, 6, ' ms');
report('200 clusters, times 20 clusters', many.twoHundred / many.twenty, 11, '×');

// Only to see that it runs, fewer are enough.
const [more, most] = smoke ? [2, 10] : [200, 1_000];
const thousand = compare({ more: manyOf(more), most: manyOf(most) }, smoke ? 1 : 3);
report('1,000 clusters, times 200 clusters', thousand.most / thousand.more, 5.2, '×');

const peaks = Array.from({ length: smoke ? 1 : 3 }, () => usageOf(manyOf(most)).memory);
report('peak memory for 1,000 clusters', median(peaks), 250, ' MB');

fs.rmSync(folder, { recursive: true, force: true });

console.log(`Node ${process.version}, ${os.cpus().length} cores, medians over ${runs} runs`);
console.log(`  node -e 0        ${single.nothing.toFixed(0)} ms`);
console.log(`  validate         ${single.validate.toFixed(0)} ms`);
console.log(
  `  synth            ${single.synth.toFixed(0)} ms; ${single.again.toFixed(0)} ms when nothing has changed`,
);
console.log(`  first validate   ${first.validate.toFixed(0)} ms`);
console.log(`  first synth      ${first.synth.toFixed(0)} ms`);
console.log(`  10 connectors    ${single.tenConnectors.toFixed(0)} ms`);
console.log(`  200 connectors   ${single.twoHundredConnectors.toFixed(0)} ms`);
console.log(`  20 clusters      ${many.twenty.toFixed(0)} ms`);
console.log(`  200 clusters     ${many.twoHundred.toFixed(0)} ms`);
console.log(
  `  on processors    ${Object.entries(cpu)
    .map(([name, all]) => `${name} ${Math.min(...all).toFixed(0)} ms`)
    .join(', ')} at least`,
);
console.log(
  rendered === undefined
    ? '  helm template    SKIPPED: no helm on PATH, and none built by npm run e2e:tools'
    : `  quickstart       ${rendered.synth.toFixed(0)} ms; helm template of charts/quickstart ${rendered.helm.toFixed(0)} ms`,
);
console.log('');
for (const { what, measured, limit, unit, met } of rows)
  console.log(`${met ? 'ok  ' : 'OVER'}  ${what}: ${measured.toFixed(2)}${unit}, limit ${limit}${unit}`);
if (!smoke && rows.some(({ met }) => !met)) process.exitCode = 1;
