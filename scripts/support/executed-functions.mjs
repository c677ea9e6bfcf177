import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Functions that runs of the program execute, by the name of their file, each as `start:end`, in characters, as V8 counts
 * them (`NODE_V8_COVERAGE`): `byEach` are those that each run executes which loads the file, `byAny` those that one does. A run
 * that does not end with 0 is an error.
 */
export function executedFunctions(program, runs, environment) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-build-'));
  const byEach = new Map();
  const byAny = new Map();
  try {
    runs.forEach((args, index) => {
      const coverage = path.join(folder, `coverage-${index}`);
      run(program, args, folder, { ...environment, NODE_V8_COVERAGE: coverage });
      for (const [file, executed] of readCoverage(coverage, path.dirname(program))) {
        const before = byEach.get(file) ?? executed;
        byEach.set(file, new Set([...before].filter((range) => executed.has(range))));
        byAny.set(file, new Set([...(byAny.get(file) ?? []), ...executed]));
      }
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return { byEach, byAny };
}

function run(program, args, cwd, environment) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...environment, NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  if (status !== 0) throw new Error(`pachkit ${args.join(' ')} failed:\n${stderr}`);
}

function* readCoverage(folder, bin) {
  for (const name of fs.readdirSync(folder)) {
    const { result } = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    for (const { url, functions } of result) {
      if (!url.startsWith(`${pathToFileURL(bin)}/`)) continue;
      const executed = functions.map(({ ranges: [whole] }) => whole).filter(({ count }) => count > 0);
      yield [
        path.basename(url),
        new Set(executed.map(({ startOffset, endOffset }) => `${startOffset}:${endOffset}`)),
      ];
    }
  }
}
