// Measures the built program. Prints medians, and how they compare with the limits that the project has set itself.
//
//   node bench/bench.mjs            at least 10 runs of each; exits 1 when a limit is passed
//   node bench/bench.mjs --smoke    2 runs of each, only to see that it runs
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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

function run(args, extra = {}, status = 0) {
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...environment, ...extra },
    maxBuffer: Infinity,
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== status) throw new Error(`node ${args.join(' ')} failed:\n${result.stderr}`);
  return milliseconds;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Medians of several commands that exit with `status`, run in turns so that a slow moment of the machine hits all alike. */
function compare(commands, times, status = 0) {
  const measured = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < times + 1; round++)
    for (const [name, args] of Object.entries(commands)) {
      const milliseconds = run(args, {}, status);
      if (round > 0) measured[name].push(milliseconds);
    }
  return Object.fromEntries(Object.entries(measured).map(([name, values]) => [name, median(values)]));
}

/** The median of a command's first runs, with nothing compiled yet. */
function firstRun(args) {
  const measured = [];
  for (let round = 0; round < runs; round++) {
    const cache = fs.mkdtempSync(path.join(folder, 'first-'));
    measured.push(run(args, { XDG_CACHE_HOME: cache }));
  }
  return median(measured);
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

const rows = [];
const report = (what, measured, limit, unit) =>
  rows.push({ what, measured, limit, unit, met: measured <= limit });

const single = compare(
  {
    nothing: ['-e', '0'],
    validate: [program, 'validate', production],
    synth: [program, 'synth', production, '--out', path.join(folder, 'single')],
    tenConnectors: [program, 'validate', writeConnectors(10)],
    twoHundredConnectors: [program, 'validate', writeConnectors(200)],
  },
  runs,
);
report('validate, times node -e 0', single.validate / single.nothing, 2.4, '×');
report('synth, times node -e 0', single.synth / single.nothing, 6, '×');

const first = {
  validate: firstRun([program, 'validate', production]),
  synth: firstRun([program, 'synth', production, '--out', path.join(folder, 'single')]),
};
report('first validate after an installation, times node -e 0', first.validate / single.nothing, 5.5, '×');
report('first synth after an installation, times node -e 0', first.synth / single.nothing, 11, '×');

report(
  'validate 200 connectors, times 10 connectors, start of node aside',
  (single.twoHundredConnectors - single.nothing) / (single.tenConnectors - single.nothing),
  2,
  '×',
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

const out = path.join(folder, 'many');
const many = compare(
  {
    twenty: [program, 'synth', ...writeClusters(20), '--out', out, '--quiet'],
    twoHundred: [program, 'synth', ...writeClusters(200), '--out', out, '--quiet'],
  },
  smoke ? 1 : 10,
);
report('200 clusters, times 20 clusters', many.twoHundred / many.twenty, 11, '×');

const memoryFile = path.join(folder, 'memory');
const reporter = path.join(root, 'bench', 'report-memory.cjs');
const peaks = [];
for (let round = 0; round < (smoke ? 1 : 10); round++) {
  run(['--require', reporter, program, 'synth', ...writeClusters(200), '--out', out, '--quiet'], {
    BENCH_MEMORY: memoryFile,
  });
  peaks.push(Number(fs.readFileSync(memoryFile, 'utf8')) / 1024);
}
report('peak memory for 200 clusters', median(peaks), 300, ' MB');

fs.rmSync(folder, { recursive: true, force: true });

console.log(`Node ${process.version}, ${os.cpus().length} cores, medians over ${runs} runs`);
console.log(`  node -e 0        ${single.nothing.toFixed(0)} ms`);
console.log(`  validate         ${single.validate.toFixed(0)} ms`);
console.log(`  synth            ${single.synth.toFixed(0)} ms`);
console.log(`  first validate   ${first.validate.toFixed(0)} ms`);
console.log(`  first synth      ${first.synth.toFixed(0)} ms`);
console.log(`  10 connectors    ${single.tenConnectors.toFixed(0)} ms`);
console.log(`  200 connectors   ${single.twoHundredConnectors.toFixed(0)} ms`);
console.log(`  20 clusters      ${many.twenty.toFixed(0)} ms`);
console.log(`  200 clusters     ${many.twoHundred.toFixed(0)} ms`);
console.log('');
for (const { what, measured, limit, unit, met } of rows)
  console.log(`${met ? 'ok  ' : 'OVER'}  ${what}: ${measured.toFixed(2)}${unit}, limit ${limit}${unit}`);
if (!smoke && rows.some(({ met }) => !met)) process.exitCode = 1;
