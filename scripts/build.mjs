// Builds what is published: the program with its parts, the library with its types, the schemas.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import {
  lateBuiltins,
  lateModules,
  lateRequires,
  lentModules,
  separateParts,
  withoutDeprecatedCalls,
  withoutStreams,
  withoutUnusedLibraries,
  withoutXml,
} from './support/esbuild-plugins.mjs';
import { executedFunctions } from './support/executed-functions.mjs';
import { withoutColdFunctions } from './support/cold-functions.mjs';
import { withEagerFunctions } from './support/eager-functions.mjs';
import { wordsOfRules } from './support/words-of-rules.mjs';
import { withoutGetters } from './support/without-getters.mjs';
import { loadSources } from './support/load-sources.mjs';
import { bundle, readSchemas } from './support/schemas.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
  legalComments: 'none',
};

const { outputs } = await loadSources(root, "export { outputs } from './src/outputs/registry';");

/** The command that runs on every save, with what all share, is no part. */
const IN_CORE = ['registry.ts', 'validate.ts'];

/** Parts of the program that are loaded on use, by the module that each begins with. */
const PARTS = {
  'src/outputs/objects.ts': 'objects.js',
  ...Object.fromEntries(
    outputs.filter(({ isPart }) => isPart).map(({ name }) => [`src/outputs/${name}.ts`, `${name}.js`]),
  ),
  'src/document/read-typescript.ts': 'read-typescript.js',
  'src/connectors/re2.ts': 're2.js',
  'src/model/bcrypt-hash.ts': 'bcrypt-hash.js',
  'src/document/yaml-faults.ts': 'yaml-faults.js',
  'src/cluster/live.ts': 'live.js',
  'src/dev/x509.ts': 'x509.js',
  'src/provision/provision.ts': 'provision.js',
  'src/upgrade/advice.ts': 'advice.js',
  'src/why/ask.ts': 'ask.js',
  'src/graph/graph.ts': 'graph.js',
  'src/page/report.ts': 'report.js',
  'src/graph/formats/laid-out.ts': 'laid-out.js',
  'src/cli/live-lines.ts': 'live-lines.js',
  'src/cli/starter/ask-questions.ts': 'ask-questions.js',
  'src/images/resolve-images.ts': 'resolve-images.js',
  'src/cli/completion/main.ts': 'complete.js',
  'src/doctor/examine-files.ts': 'examine-files.js',
  'src/generated/chart-facts.ts': 'chart-facts.js',
  'src/generated/kubernetes-fields.ts': 'kubernetes-fields.js',
  'src/generated/cluster-keys.ts': 'cluster-keys.js',
  'src/explanations/registry.ts': 'explanations.js',
  ...Object.fromEntries(
    fs
      .readdirSync(path.join(root, 'src/cli/commands'))
      .filter((name) => name.endsWith('.ts') && ![...IN_CORE, 'import.ts', 'synth.ts'].includes(name))
      .map((name) => [`src/cli/commands/${name}`, `command-${name.replace(/ts$/, 'js')}`]),
  ),
};

/** Outputs of nearly every cluster. */
const USUAL = ['manifests', 'identity', 'connectors'];
const outputModules = (isIn) =>
  outputs.filter(({ name, isPart }) => !isPart && isIn(name)).map(({ name }) => `src/outputs/${name}.ts`);

/** Modules that use each other's and are loaded on use too: they are in one file, so that nothing is loaded twice. */
const GROUPS = {
  'synth.js': ['src/cli/commands/synth.ts', ...outputModules((name) => USUAL.includes(name))],
  'outputs.js': outputModules((name) => !USUAL.includes(name)),
  'product-files.js': [
    'src/pipeline/check-product-files.ts',
    'src/helm-migration/rules-of-values.ts',
    'src/cli/commands/import.ts',
  ],
};
/** What sound documents do not need: what explains findings, hides secrets in them and corrects files, and what few name. */
const LATE = new Set(
  [
    'cli/commands/registry',
    'cli/expanded-text',
    'client-presets/registry',
    'connectors/decoding-errors',
    'connectors/unknown-key',
    'diagnostics/codes',
    'document/known-tokens',
    'document/mask-text',
    'document/secret-names',
    'graph/attach',
    'graph/formats/dot',
    'graph/formats/mermaid',
    'identity-providers/meant',
    'identity-providers/own-words',
    'identity-providers/registry',
    'pipeline/baseline',
    'pipeline/fix-files',
    'pipeline/sound-reading',
    'rules/dex-config/index',
    'schema/absent-keys',
    'schema/chart-fields',
    'schema/describe-error',
    'schema/rewrite',
    'schema/sound-part',
    'schema/version-hints',
  ].map((name) => `src/${name}.ts`),
);
GROUPS['late.js'] = [...LATE];

/** By module, what the program requires in its place: a file, or a module in a file of several. */
const REQUIRED = {
  ...PARTS,
  ...Object.fromEntries(
    Object.entries(GROUPS).flatMap(([file, modules]) => modules.map((name) => [name, `${file}?${name}`])),
  ),
};
/** Files that starts, synths and checks of values load, and those that have what they seldom need of them. */
const COLD = Object.fromEntries(
  ['cli.js', 'synth.js', 'objects.js', 'terraform.js', 'product-files.js'].map((name) => [
    name,
    `cold-${name}`,
  ]),
);
const FILES = [...Object.values(PARTS), ...Object.keys(GROUPS)];

const program = {
  ...common,
  // The rest is minified by `writeProgram()`.
  minifySyntax: true,
  write: false,
  // A native program, which only TypeScript documents need.
  external: ['esbuild'],
  supported: { 'dynamic-import': false },
};
/**
 * Entries of the files of the program that others take modules from, all of which are evaluated at once: what every start loads, and
 * what writes clusters.
 */
const LENDERS = {
  'cli.js': (lent) => entryOf(lent, { last: './src/cli/main', isEvaluated }),
  'synth.js': (lent) => entryOf([...GROUPS['synth.js'], ...lent], { isEvaluated }),
};
/** What reads files and writes no clusters has copies of the little that it needs of synth.js, and does not load that. */
const READERS = [
  'late.js',
  'product-files.js',
  'command-export.js',
  'command-graph.js',
  'graph.js',
  'command-connector.js',
];
/** By module, the file that lends it, and by file, the modules that it lends, to itself too. */
const lenders = new Map();
const lent = new Map(Object.keys(LENDERS).map((file) => [file, new Set()]));
/** Modules that are no ES modules: they cannot be taken apart. */
const whole = new Set();
for (const [file, entry] of Object.entries(LENDERS)) {
  const own = lent.get(file);
  for (let known = -1; known < own.size;) {
    known = own.size;
    const { metafile } = await build({ ...program, ...optionsOf(file, entry([...own])), metafile: true });
    if (own.size > known) continue;
    withoutLargeLibraries(file, metafile);
    for (const name of modulesIn(metafile)) {
      lenders.set(name, file);
      if (metafile.inputs[name].format !== 'esm') whole.add(name);
    }
  }
}
for (const [source, file] of Object.entries(PARTS))
  await writeProgram({ ...optionsOf(file), entryPoints: [source] });
for (const [file, modules] of Object.entries(GROUPS))
  if (!lent.has(file)) await writeProgram(optionsOf(file, entryOf(modules)));
for (const [file, entry] of Object.entries(LENDERS).reverse())
  await writeProgram(optionsOf(file, entry([...lent.get(file)].sort())));
for (const name of ['cdk8s', 'cdktf'])
  await build({
    ...common,
    minify: true,
    entryPoints: [`src/cli/${name}-main.ts`],
    outfile: `dist/bin/${name}.js`,
    external: ['esbuild'],
    plugins: [withoutDeprecatedCalls, withoutXml],
  });
await build({
  ...common,
  entryPoints: ['src/index.ts'],
  outfile: 'dist/library/index.js',
  // Constructs of the library and of its user must be of the same classes, so these come from the user's modules.
  external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
  plugins: [withoutXml],
});

// One bundle has the library: a cluster of `pachkit/testing` is one that its constructs know.
await build({
  ...common,
  entryPoints: ['src/testing.ts'],
  outfile: 'dist/library/testing.js',
  external: ['./index'],
});

removeOtherParts();
writeSchemas();
await writeLauncher();
separateCold();
await writeLauncher();
makeEager();
await writeLauncher();
startProgram();
writeCompletion();
writeTypes();

/** Options of a file of the program. */
function optionsOf(file, stdin) {
  const known = READERS.includes(file) ? [...lenders].filter(([, lender]) => lender === 'cli.js') : lenders;
  return {
    ...program,
    stdin,
    outfile: `dist/bin/${file}`,
    plugins: [
      ...(file === 'late.js' ? [] : [lateModules(root, LATE)]),
      separateParts(root, REQUIRED, file, lent.get(file)),
      lentModules(root, file, new Map(known), lent),
      withoutDeprecatedCalls,
      lateRequires,
      wordsOfRules(root),
      withoutStreams,
      withoutUnusedLibraries,
      withoutXml,
      // Last, as others have something in the place of a module of Node.
      lateBuiltins,
    ],
  };
}

/** A module that something requires, or imports late without being a part, is in a function, and so are all that it imports. */
function withoutFunctions(file, text) {
  const [, name] = /__esm\(\{\n *"([^"]+)"\(\)/.exec(text) ?? [];
  if (name !== undefined)
    throw new Error(`${file} has ${name} in a function of its own: something requires it`);
}

/** Starts load cli.js and synths synth.js, so libraries that construct, talk to a cluster or explain broken YAML are in parts. */
function withoutLargeLibraries(file, { inputs }) {
  const library = Object.keys(inputs).find((file) =>
    /node_modules\/(cdk8s|cdktf|constructs|@kubernetes\/client-node|ldapts|re2js|yaml)\//.test(file),
  );
  if (library === undefined) return;
  const output = outputs.find(
    ({ isPart, name }) => !isPart && reaches(inputs, `src/outputs/${name}.ts`, library),
  );
  throw new Error(
    `${file} has ${library}: ${output ? `the row of the output ${output.name} needs isPart: true` : 'load it by import() from a part'}`,
  );
}

/** The modules that a bundle has anything of. */
function modulesIn({ outputs }) {
  return new Set(
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).filter((name) => inputs[name].bytesInOutput > 0),
    ),
  );
}

/** Builds a file of the program. */
async function writeProgram(options) {
  const { outputFiles } = await build(options);
  for (const { path: file, text } of outputFiles) {
    const name = path.basename(file);
    if (name in LENDERS) withoutFunctions(name, text);
    const { code } = await transform(withoutGetters(text), {
      minify: true,
      format: 'cjs',
      target: common.target,
      // What Node writes around a module, so that the launcher compiles the files as they are.
      banner: '(function (exports, require, module, __filename, __dirname) {',
      footer: '})',
    });
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, code);
  }
}

/**
 * The entry of a file that others take modules from: they are evaluated when the first of them is taken, or with the file where
 * `isEvaluated` says so. `last` is what the file does when all of these are there.
 */
function entryOf(modules, { last, isEvaluated = () => false } = {}) {
  const rows = modules.map((name, index) => ({
    module: JSON.stringify(`./${name}`),
    isEarly: isEvaluated(name),
    key: JSON.stringify(name),
    variable: `module${index}`,
  }));
  const contents = [
    ...rows
      .filter(({ isEarly }) => isEarly)
      .map(({ variable, module }) => `import * as ${variable} from ${module};`),
    ...(last === undefined ? [] : [`import ${JSON.stringify(last)};`]),
    'export function shared(name) {',
    'switch (name) {',
    ...rows.map(
      ({ key, variable, module, isEarly }) =>
        `case ${key}: return ${isEarly ? variable : `require(${module})`};`,
    ),
    '}',
    '}',
  ].join('\n');
  return { contents, resolveDir: root, sourcefile: 'entry.ts', loader: 'ts' };
}

/** esbuild puts ES modules that nothing requires beside each other, without a function around each. */
function isEvaluated(name) {
  return !whole.has(name);
}

/** Whether a module imports another, in any number of steps. */
function reaches(inputs, from, to, seen = new Set()) {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (inputs[from]?.imports ?? []).some(({ path: next }) => reaches(inputs, next, to, seen));
}

/** Parts that an earlier build wrote and this one does not. */
function removeOtherParts() {
  const bin = path.join(dist, 'bin');
  const known = ['cli.js', 'cdk8s.js', 'cdktf.js', 'pachkit.js', 'completion.json', ...FILES];
  for (const name of fs.readdirSync(bin)) if (!known.includes(name)) fs.rmSync(path.join(bin, name));
}

function writeSchemas() {
  const schemas = readSchemas(root);
  for (const name of schemas.keys()) {
    // Generated, without references to others, and published as they are.
    if (name.startsWith('helm-values/')) continue;
    const file = path.join(dist, 'schemas', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(bundle(schemas, name), null, 2)}\n`);
  }
}

/** The file behind the command `pachkit`. It knows which files it starts, so that it never takes code of others for theirs. */
async function writeLauncher() {
  const bin = path.join(dist, 'bin');
  // What tests of earlier builds have compiled.
  fs.rmSync(path.join(dist, 'cache'), { recursive: true, force: true });
  const hash = createHash('sha256');
  const cold = Object.values(COLD).filter((name) => fs.existsSync(path.join(bin, name)));
  for (const name of ['cli.js', ...FILES, ...cold]) hash.update(fs.readFileSync(path.join(bin, name)));
  const id = `${manifest.version}-${hash.digest('hex').slice(0, 16)}`;
  const outfile = path.join(bin, 'pachkit.js');
  await build({
    ...common,
    entryPoints: ['scripts/support/launcher.cjs'],
    outfile,
    define: { __PROGRAM__: JSON.stringify(id) },
  });
  fs.chmodSync(outfile, 0o755);
}

/** What people do who validate and write what they have. */
function usualRuns() {
  const document = documentOf('production-auth0');
  return [
    ['validate', document],
    ['synth', document, '--out', 'out'],
    ['export', 'helm-values', document, '-o', 'values.yaml'],
    ['validate', 'values.yaml'],
  ];
}

function documentOf(example) {
  return path.join(root, 'examples', example, 'pachyderm.yaml');
}

function executedBy(runs) {
  return executedFunctions(path.join(dist, 'bin', 'pachkit.js'), runs, {
    PACHYDERM_LICENSE: 'a-license-for-the-build',
    AUTH0_APPLICATION_SECRET: 'a-client-secret-for-the-build',
    TF_VAR_auth0_client_secret: 'a-client-secret-for-the-build',
  });
}

/** Puts what none of these runs and no example needs of files that a start loads into files of their own. */
function separateCold() {
  const examples = fs.readdirSync(path.join(root, 'examples')).map(documentOf).filter(fs.existsSync);
  const { byAny } = executedBy([
    ...usualRuns(),
    ['import', 'helm-values', 'values.yaml'],
    // What a second cluster of a run is compared with, and what has not changed.
    ['synth', ...examples, '--out', 'all'],
    ['synth', ...examples, '--out', 'all'],
  ]);
  for (const [name, cold] of Object.entries(COLD)) {
    const file = path.join(dist, 'bin', name);
    const separated = withoutColdFunctions(fs.readFileSync(file, 'latin1'), byAny.get(name), cold);
    fs.writeFileSync(file, separated.text, 'latin1');
    fs.writeFileSync(path.join(dist, 'bin', cold), separated.cold, 'latin1');
  }
}

/** Has V8 compile with each file what all runs execute of it. */
function makeEager() {
  for (const [name, functions] of executedBy(usualRuns()).byEach) {
    // Node compiles the launcher, with a function of its own around it.
    if (name === 'pachkit.js') continue;
    const file = path.join(dist, 'bin', name);
    fs.writeFileSync(file, withEagerFunctions(fs.readFileSync(file, 'latin1'), functions), 'latin1');
  }
}

/** What does not even start must not be published. */
function startProgram() {
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(dist, 'bin', 'pachkit.js'), '--version'],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the built program does not run:\n${stderr}`);
}

/** What shells complete, so that a key press loads no registry. */
function writeCompletion() {
  const program = path.join(dist, 'bin', 'pachkit.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'completion', 'table'], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`the table of completions cannot be made:\n${stderr}`);
  fs.writeFileSync(path.join(dist, 'bin', 'completion.json'), stdout);
}

/** Declarations of the library. tsc is not needed to run the program, so installing without it works. */
function writeTypes() {
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!fs.existsSync(tsc)) return;
  const stamp = path.join(dist, 'library', 'types.stamp');
  const newest = Math.max(...sources(path.join(root, 'src')).map((file) => fs.statSync(file).mtimeMs));
  if (fs.existsSync(stamp) && Number(fs.readFileSync(stamp, 'utf8')) === newest) return;
  const { status } = spawnSync(
    process.execPath,
    [tsc, '-p', path.join(root, 'tsconfig.build.json'), '--noCheck'],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) throw new Error('the declarations of the library could not be written');
  fs.writeFileSync(stamp, String(newest));
}

function sources(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
