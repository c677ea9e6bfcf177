#!/usr/bin/env node
'use strict';
// Starts the program. Compiling it takes longer than running it, so compiled code lies beside every part of it in
// <part>.js.cache; V8 refuses that when it was made by another version, and then the source is compiled as usual.
const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

// A run is over in a tenth of a second. By default V8 begins to optimize code so early that its threads take the cores away
// from the run and are not done before it ends; three times as late is better for short runs and no worse for long ones.
// Measured with Node 20; newer ones have another compiler in between.
if (process.versions.node.startsWith('20.')) v8.setFlagsFromString('--interrupt-budget=400000');

const parts = new Map();

/** The exports of a part of the program, loaded on first use. */
function load(name) {
  const loaded = parts.get(name);
  if (loaded) return loaded.exports;
  const part = { exports: {} };
  parts.set(name, part);
  const fileName = path.join(__dirname, name);
  // The build writes ASCII only, which is read fastest as what it is.
  const source = fs.readFileSync(fileName, 'latin1');
  let cachedData;
  try {
    cachedData = fs.readFileSync(`${fileName}.cache`);
  } catch {
    cachedData = undefined;
  }
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new vm.Script(wrapped, { filename: fileName, cachedData });
  script.runInThisContext()(part.exports, requirePart, part, fileName, __dirname);
  part.script = script;
  return part.exports;
}

function requirePart(id) {
  return id.startsWith('./') ? load(id.slice(2)) : require(id);
}

load('cli.js');

/** For the build, which keeps the code that V8 compiled. */
module.exports = parts;
