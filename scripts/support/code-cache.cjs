'use strict';
// Loads the program from compiled code, and keeps what V8 compiled. Node's own module.enableCompileCache() keeps the functions
// that are compiled at load only, an eighth of what a run needs: the decision one-program-with-compiled-code has figures.
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const HASH_BYTES = 32;

/**
 * The exports of a part of the program, whose compiled code is in `folder`, or is kept there when the process exits with 0.
 * The parts that it requires are loaded in the same way.
 */
exports.loadKeeping = function loadKeeping(name, folder) {
  const parts = new Map();
  const load = (part) => {
    const loaded = parts.get(part);
    if (loaded) return loaded.exports;
    const fileName = path.join(__dirname, part);
    // The build writes ASCII only, which is read fastest as what it is.
    const source = fs.readFileSync(fileName, 'latin1');
    const cachedData = read(path.join(folder, part));
    const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
    const script = new vm.Script(wrapped, { filename: fileName, cachedData });
    const isKept = cachedData !== undefined && script.cachedDataRejected === false;
    const loading = { exports: {}, script, isKept };
    parts.set(part, loading);
    script.runInThisContext()(loading.exports, requirePart, loading, fileName, __dirname);
    return loading.exports;
  };
  const requirePart = (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id));
  process.on('exit', (exitCode) => {
    // A run that failed has compiled only some of the program.
    if (exitCode !== 0) return;
    const missing = [...parts].filter(([, { isKept }]) => !isKept);
    for (const [part, { script }] of missing) write(path.join(folder, part), script.createCachedData());
  });
  return load(name);
};

/** V8 does not look at what follows the header of its code, so damage has to be found here. */
function read(fileName) {
  try {
    const content = fs.readFileSync(fileName);
    const code = content.subarray(HASH_BYTES);
    return content.subarray(0, HASH_BYTES).equals(hashOf(code)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Others that start meanwhile read all of it or nothing. */
function write(fileName, code) {
  const temporary = `${fileName}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, Buffer.concat([hashOf(code), code]), { mode: 0o600, flag: 'wx' });
    fs.renameSync(temporary, fileName);
  } catch {
    // A full disk: the next run compiles too.
    fs.rmSync(temporary, { force: true });
  }
}

function hashOf(code) {
  return crypto.createHash('sha256').update(code).digest();
}
