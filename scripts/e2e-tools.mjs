// Builds the real programs that the end-to-end suites run, and says what is there.
//
//   node scripts/e2e-tools.mjs [TOOL...]          builds what is missing, prints a table; those that are large ("onRequest")
//                                                 only where they are named
//   node scripts/e2e-tools.mjs --list [TOOL...]   builds nothing, prints JSON
//
// The programs are listed in test/e2e/tools/tools.json. Those with source "go" are built by the machine's own Go
// from the module that pins them, into a cache outside the checkout; those with source "archive" are fetched into it, and those
// with source "pypi" installed into it; those with source "machine" are looked up.
// PACHKIT_E2E_CACHE moves the cache; PACHKIT_E2E_TOOL_<NAME> names a program to use instead.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, cpSync, linkSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const toolsDirectory = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'test', 'e2e', 'tools');
const cacheDirectory = process.env.PACHKIT_E2E_CACHE || path.join(os.homedir(), '.cache', 'pachkit-e2e');
const progressIntervalMilliseconds = 15_000;
const turnIntervalMilliseconds = 200;

/** @typedef {{name: string, source: 'go', release: string, module: string, package: string, cgo?: boolean, stamps?: string[], additions?: Record<string, string>, versionArguments: string[], onRequest?: boolean}} GoTool */
/** @typedef {{name: string, source: 'archive', release: string, url: string, program: string, versionArguments?: string[]}} ArchiveTool */
/** @typedef {{name: string, source: 'pypi', release: string, versionArguments?: string[]}} PypiTool */
/** @typedef {{name: string, source: 'machine', directories: string[], onPath?: false, minimum?: string, versionArguments?: string[], install: string}} MachineTool */
/** @typedef {{name: string, source: string, version: string | null, path: string | null, bytes: number | null, reason: string | null, onRequest: boolean}} Found */

const registry = JSON.parse(readFileSync(path.join(toolsDirectory, 'tools.json'), 'utf8'));

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A directory with at most one `*`, which stands for one path segment; the highest version comes first. */
function expandDirectory(pattern) {
  const [before, after] = pattern.split('*');
  if (after === undefined) return [pattern];
  try {
    return readdirSync(before)
      .sort((left, right) => right.localeCompare(left, 'en', { numeric: true }))
      .map((entry) => path.join(before, entry, after));
  } catch {
    return [];
  }
}

function printedVersion(file, versionArguments) {
  if (versionArguments === undefined) return null;
  const answer = spawnSync(file, versionArguments, { encoding: 'utf8', timeout: 30_000 });
  return /\d+\.\d+(\.\d+)?[-+.\w]*/.exec(`${answer.stdout ?? ''}\n${answer.stderr ?? ''}`)?.[0] ?? null;
}

const found = (tool, file, version) => ({
  name: tool.name,
  source: tool.source,
  version,
  path: file,
  bytes: statSync(file).size,
  reason: null,
  onRequest: tool.onRequest === true,
});

const missing = (tool, version, reason) => ({
  name: tool.name,
  source: tool.source,
  version,
  path: null,
  bytes: null,
  reason,
  onRequest: tool.onRequest === true,
});

/** The program that the environment names for this tool. */
function namedByEnvironment(tool) {
  const variable = `PACHKIT_E2E_TOOL_${tool.name.toUpperCase().replaceAll('-', '_')}`;
  const file = process.env[variable];
  if (!file) return undefined;
  const version = tool.release ?? null;
  if (!isProgram(file)) return missing(tool, version, `$${variable} names ${file}, which is no program`);
  return found(tool, path.resolve(file), printedVersion(file, tool.versionArguments));
}

function goToolLocation(tool) {
  const moduleDirectory = path.join(toolsDirectory, tool.module);
  const files = readdirSync(moduleDirectory).filter((name) => /\.go$|^go\.(mod|sum)$/.test(name));
  const key = files
    .sort()
    .reduce((hash, name) => hash.update(readFileSync(path.join(moduleDirectory, name))), createHash('sha256'))
    .update(
      JSON.stringify([
        tool.package,
        tool.release,
        tool.cgo ?? false,
        tool.stamps ?? [],
        ...(tool.additions ? [tool.additions] : []),
      ]),
    )
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
    .slice(0, 16);
  const directory = path.join(cacheDirectory, tool.name, key);
  return { moduleDirectory, directory, program: path.join(directory, tool.name) };
}

/** Where an archive of a tool is unpacked, and its program. */
function archiveLocation({ name, program, release }) {
  const directory = path.join(cacheDirectory, name, release);
  return { directory, program: path.join(directory, program.replaceAll('${release}', release)) };
}

/**
 * Fetches the archive of a tool and unpacks it under another name first, so that what is in the cache is whole.
 * @returns {string | undefined} why it could not be had
 */
function fetchArchive(tool) {
  const { directory } = archiveLocation(tool);
  const unfinished = `${directory}.fetching-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const archive = path.join(unfinished, 'archive.tar.gz');
  const url = tool.url.replaceAll('${release}', tool.release);
  progress(`${tool.name} ${tool.release}: fetching ${url}`);
  const steps = [
    ['curl', ['--fail', '--silent', '--show-error', '--location', '--output', archive, url]],
    ['tar', ['-xzf', archive, '-C', unfinished]],
  ];
  for (const [program, args] of steps) {
    const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
    if (status === 0) continue;
    rmSync(unfinished, { recursive: true, force: true });
    return error?.message ?? (stderr.trim().split('\n').at(-1) || `${program} ended with ${status}`);
  }
  rmSync(archive);
  rmSync(directory, { recursive: true, force: true });
  renameSync(unfinished, directory);
  return undefined;
}

/** The virtual environment of a tool in Python, and its program. */
function pypiLocation({ name, release }) {
  const directory = path.join(cacheDirectory, 'pypi', `${name}@${release}-environment`);
  return { directory, program: path.join(directory, 'bin', name) };
}

/**
 * Installs a tool with what it depends on. pip puts the program there last; the environment of a run that was killed is made anew.
 * @returns {string | undefined} why it could not be had
 */
function installFromPypi(tool) {
  const { directory, program } = pypiLocation(tool);
  progress(`${tool.name} ${tool.release}: installing from PyPI`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(path.dirname(directory), { recursive: true });
  const steps = [
    ['python3', ['-m', 'venv', directory]],
    [
      path.join(directory, 'bin', 'python3'),
      ['-m', 'pip', 'install', '--quiet', `${tool.name}==${tool.release}`],
    ],
  ];
  for (const [command, args] of steps) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0)
      return error?.message ?? (stderr.trim().split('\n').at(-1) || `${command} ended with ${status}`);
  }
  return isProgram(program) ? undefined : `pip installs no program ${tool.name}`;
}

/** How tools that are not built come into the cache, by their source. */
const fetchers = { archive: fetchArchive, pypi: installFromPypi };

const locate = {
  pypi(tool) {
    const { program } = pypiLocation(tool);
    return isProgram(program)
      ? found(tool, program, tool.release)
      : missing(tool, tool.release, 'not installed: npm run e2e:tools');
  },
  archive(tool) {
    const { program } = archiveLocation(tool);
    return isProgram(program)
      ? found(tool, program, tool.release)
      : missing(tool, tool.release, 'not fetched: npm run e2e:tools');
  },
  go(tool) {
    const { directory, program } = goToolLocation(tool);
    if (isProgram(program)) return found(tool, program, tool.release);
    let reason = `not built: npm run e2e:tools${tool.onRequest ? ` -- ${tool.name}` : ''}`;
    try {
      reason = readFileSync(path.join(directory, 'failure.txt'), 'utf8').trim();
    } catch {
      // Never tried, or never failed.
    }
    return missing(tool, tool.release, reason);
  },
  machine(tool) {
    const directories = [
      ...tool.directories.flatMap(expandDirectory),
      ...(tool.onPath === false ? [] : (process.env.PATH ?? '').split(':')),
    ];
    for (const directory of directories.filter((each) => each !== '')) {
      const file = path.join(directory, tool.name);
      if (!isProgram(file)) continue;
      const version = printedVersion(file, tool.versionArguments);
      const tooOld =
        tool.minimum !== undefined &&
        (version ?? '').localeCompare(tool.minimum, 'en', { numeric: true }) < 0;
      if (!tooOld) return found(tool, file, version);
    }
    return missing(tool, null, tool.install);
  },
};

const find = (tool) => namedByEnvironment(tool) ?? locate[tool.source](tool);

function goVersion() {
  const answer = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

const isRunning = (processId) => {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
};

/** Removes what builds that were killed have left. */
function removeLeftovers(directory) {
  for (const entry of readdirSync(directory)) {
    const owner = /^(?:building|turn)-(\d+)$/.exec(entry)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) {
      rmSync(path.join(directory, entry), { force: true });
    }
  }
}

const seconds = (start) => Math.round((Date.now() - start) / 1000);
const progress = (line) => process.stderr.write(`${line}\n`);

const turnFile = (tool) => path.join(goToolLocation(tool).directory, 'turn');

/**
 * Takes the turn to build a tool, or waits while another process has it.
 * @returns {Promise<boolean>} false when another has built the tool meanwhile
 */
async function takeTurn(tool, label) {
  const { directory, program } = goToolLocation(tool);
  mkdirSync(directory, { recursive: true });
  removeLeftovers(directory);
  const own = path.join(directory, `turn-${process.pid}`);
  writeFileSync(own, String(process.pid));
  try {
    for (let waiting = false; !isProgram(program);) {
      try {
        // A link is there at once with its content, so that no one reads half a process number.
        linkSync(own, turnFile(tool));
        return true;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      try {
        if (!isRunning(Number(readFileSync(turnFile(tool), 'utf8')))) rmSync(turnFile(tool), { force: true });
      } catch {
        // Given back just now.
      }
      if (!waiting) progress(`${label} ${tool.name}: another process is building it, waiting for that`);
      waiting = true;
      await sleep(turnIntervalMilliseconds);
    }
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * A copy of a tool's module with files that a release generates and the module lacks, such as what the program embeds: Go
 * lets no one change what is in its cache of modules.
 * @returns {{cwd: string, pattern: string}} where to build, and what
 */
function sourceOf(tool) {
  const { moduleDirectory, directory } = goToolLocation(tool);
  if (tool.additions === undefined) return { cwd: moduleDirectory, pattern: tool.package };
  const goArguments = [
    'list',
    '-e',
    '-mod=readonly',
    '-find',
    '-f',
    '{{.Module.Dir}} {{.Dir}}',
    tool.package,
  ];
  const environment = { ...process.env, GOWORK: 'off' };
  const answer = spawnSync('go', goArguments, { cwd: moduleDirectory, encoding: 'utf8', env: environment });
  const [module, folder] = answer.stdout.trim().split(' ');
  const copy = path.join(directory, 'source');
  const inCopy = path.join(copy, path.relative(module, folder));
  rmSync(copy, { recursive: true, force: true });
  cpSync(module, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
  spawnSync('chmod', ['-R', 'u+w', copy]);
  for (const [name, content] of Object.entries(tool.additions)) {
    mkdirSync(path.dirname(path.join(inCopy, name)), { recursive: true });
    writeFileSync(path.join(inCopy, name), content);
  }
  return { cwd: inCopy, pattern: '.' };
}

/**
 * Builds one tool under a temporary name and renames it, so that a program in the cache is always whole.
 * What Go compiled before a kill is in Go's own build cache, so that the next run goes on from there.
 * @returns {Promise<string | undefined>} why it could not be built
 */
function build(tool, label) {
  const { directory, program } = goToolLocation(tool);
  const { cwd, pattern } = sourceOf(tool);
  const unfinished = path.join(directory, `building-${process.pid}`);
  const failureFile = path.join(directory, 'failure.txt');
  const stamps = (tool.stamps ?? []).map((stamp) => `-X ${stamp.replace('${release}', tool.release)}`);
  const goArguments = ['build', '-mod=readonly', '-buildvcs=false', '-trimpath'];
  goArguments.push('-ldflags', ['-s', '-w', ...stamps].join(' '), '-o', unfinished, pattern);
  // With CGO_ENABLED unset Go uses cgo where there is a C compiler, which Dex needs for sqlite3 only.
  const environment = { ...process.env, GOWORK: 'off', ...(tool.cgo ? {} : { CGO_ENABLED: '0' }) };

  return new Promise((resolve) => {
    const start = Date.now();
    progress(`${label} ${tool.name} ${tool.release}: building from ${tool.package}`);
    const child = spawn('go', goArguments, {
      cwd,
      env: environment,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-20_000)));
    const ticker = setInterval(
      () => progress(`${label} ${tool.name}: still building, ${seconds(start)} s`),
      progressIntervalMilliseconds,
    );
    const interrupt = (signal) => {
      process.kill(-child.pid, 'SIGKILL');
      rmSync(unfinished, { force: true });
      rmSync(turnFile(tool), { force: true });
      progress(`${label} ${tool.name}: stopped by ${signal}`);
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const finish = (reason) => {
      clearInterval(ticker);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      if (reason === undefined) {
        renameSync(unfinished, program);
        rmSync(failureFile, { force: true });
        progress(`${label} ${tool.name}: built in ${seconds(start)} s`);
      } else {
        rmSync(unfinished, { force: true });
        writeFileSync(failureFile, `${reason}\n`);
        progress(`${label} ${tool.name}: not built after ${seconds(start)} s\n${reason}`);
      }
      rmSync(turnFile(tool), { force: true });
      resolve(reason);
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', (code) => {
      const lines = errors
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('go: downloading'));
      finish(code === 0 ? undefined : lines.slice(-8).join('\n') || `go build ended with ${code}`);
    });
  });
}

function printTable(rows) {
  const cells = rows.map(({ tool, secondsTaken }) => [
    tool.name,
    tool.version ?? '-',
    tool.bytes === null ? '-' : `${(tool.bytes / 1e6).toFixed(tool.bytes < 1e6 ? 1 : 0)} MB`,
    secondsTaken === undefined ? '-' : `${secondsTaken} s`,
    tool.path ?? `missing: ${tool.reason.split('\n').at(-1)}`,
  ]);
  const head = ['tool', 'version', 'size', 'built in', 'path, or why it is missing'];
  const widths = head.map((title, column) => Math.max(...[head, ...cells].map((row) => row[column].length)));
  const format = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  console.log([head, widths.map((width) => '-'.repeat(width)), ...cells].map(format).join('\n'));
}

async function main(commandLine) {
  const names = commandLine.filter((argument) => argument !== '--list');
  const known = registry.map((tool) => tool.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    progress(`no such tool: ${unknown.join(', ')}\ntools: ${known.join(', ')}`);
    return 2;
  }
  const tools = registry.filter((tool) => names.length === 0 || names.includes(tool.name));
  if (commandLine.includes('--list')) {
    console.log(JSON.stringify(tools.map(find), null, 2));
    return 0;
  }

  const isWanted = (tool) => tool.onRequest !== true || names.includes(tool.name);
  const toBuild = tools.filter((tool) => tool.source === 'go' && isWanted(tool) && find(tool).path === null);
  const go = toBuild.length === 0 ? undefined : goVersion();
  if (toBuild.length > 0 && go === undefined) {
    progress(
      'There is no Go on this machine: nothing is built, and the suites that need these programs are skipped.',
    );
  }
  const secondsTaken = new Map();
  let failures = 0;
  if (go !== undefined) {
    const start = Date.now();
    progress(`Building ${toBuild.length} of ${tools.length} tools with ${go} into ${cacheDirectory}`);
    for (const [index, tool] of toBuild.entries()) {
      const toolStart = Date.now();
      const label = `[${index + 1}/${toBuild.length}, ${seconds(start)} s]`;
      const reason = (await takeTurn(tool, label)) ? await build(tool, label) : undefined;
      if (reason === undefined) secondsTaken.set(tool.name, seconds(toolStart));
      else failures += 1;
    }
  }
  for (const tool of tools) {
    const fetchTool = fetchers[tool.source];
    if (fetchTool === undefined || find(tool).path !== null) continue;
    const reason = fetchTool(tool);
    if (reason === undefined) continue;
    progress(`${tool.name}: not fetched\n${reason}`);
    failures += 1;
  }
  const withoutGo = go === undefined ? 'there is no Go on this machine to build it' : undefined;
  printTable(
    tools.map((tool) => {
      const state = find(tool);
      const reason = tool.source === 'go' && state.path === null ? (withoutGo ?? state.reason) : state.reason;
      return { tool: { ...state, reason }, secondsTaken: secondsTaken.get(tool.name) };
    }),
  );
  return failures === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
