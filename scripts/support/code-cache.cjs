'use strict';
// Loads the program from compiled code, and keeps what V8 compiled. Node's own module.enableCompileCache() keeps the functions
// that are compiled at load only, an eighth of what a run needs: the decision one-program-with-compiled-code has figures.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

/**
 * The exports of a part of the program. Its compiled code is in the folder of `kept`, or is kept there when the process exits
 * with 0 and has loaded a part that was not kept; without `kept` it is compiled. The parts that it requires are loaded in the
 * same way.
 */
exports.loadProgram = function loadProgram(name, kept) {
  const parts = new Map();
  const load = (part) => {
    const loaded = parts.get(part);
    if (loaded) return loaded.exports;
    const filename = path.join(__dirname, part);
    // The build writes ASCII only, which is read fastest as what it is, in a function with the names that a module has.
    const source = readOnce(filename).latin1Slice();
    const cachedData = kept && read(path.join(kept.folder, part), header(kept.identity, part));
    const script = new vm.Script(source, { filename, cachedData });
    const isKept = cachedData !== undefined && script.cachedDataRejected === false;
    const loading = { exports: {}, script, isKept };
    parts.set(part, loading);
    script.runInThisContext()(loading.exports, requirePart, loading, filename, __dirname);
    return loading.exports;
  };
  const shared = new Map();
  const requirePart = (id) => {
    if (!id.startsWith('./')) return require(id);
    const [part, module] = id.slice(2).split('?');
    if (module === undefined) return load(part);
    const known = shared.get(id) ?? load(part).shared(module);
    shared.set(id, known);
    return known;
  };
  if (kept)
    process.on('exit', (exitCode) => {
      // A run that failed has compiled only some of the program.
      if (exitCode !== 0) return;
      // A run that needs another part than those before it calls other functions of all parts too.
      if ([...parts.values()].every(({ isKept }) => isKept)) return;
      for (const [part, { script }] of parts)
        write(path.join(kept.folder, part), header(kept.identity, part), script.createCachedData());
    });
  return load(name);
};

/** What the compiled code of a part is for. */
function header(identity, part) {
  return Buffer.from(`${part} ${identity}\n`);
}

/** Touching fresh memory takes longer than reading, so what is not kept is read into the same. */
let scratch = Buffer.alloc(0);

/** The content of a file, until another is read. */
function readOnce(fileName) {
  const file = fs.openSync(fileName);
  try {
    const { size } = fs.fstatSync(file);
    if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(size);
    return scratch.subarray(0, fs.readSync(file, scratch, 0, size));
  } finally {
    fs.closeSync(file);
  }
}

/**
 * V8 does not look at what follows the header of its code, so damage has to be found here: the code is in the file twice.
 * Comparing takes a tenth of the time of a hash.
 */
function read(fileName, expected) {
  let file;
  try {
    file = fs.openSync(fileName);
    const length = (fs.fstatSync(file).size - expected.length) / 2;
    const code = Buffer.allocUnsafeSlow(length);
    fs.readvSync(file, [scratch.subarray(0, expected.length), code]);
    if (!scratch.subarray(0, expected.length).equals(expected)) return undefined;
    for (let at = 0; at < length;) {
      const count = fs.readSync(file, scratch, 0, Math.min(scratch.length, length - at));
      if (count === 0 || !scratch.subarray(0, count).equals(code.subarray(at, at + count))) return undefined;
      at += count;
    }
    return code;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}

/** Others that start meanwhile read all of it or nothing. */
function write(fileName, expected, code) {
  const temporary = `${fileName}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, Buffer.concat([expected, code, code]), { mode: 0o600, flag: 'wx' });
    fs.renameSync(temporary, fileName);
  } catch {
    // A full disk: the next run compiles too.
    fs.rmSync(temporary, { force: true });
  }
}
