/** A value of a document as plain data. */
export type Encoded =
  | readonly ['scalar', string | number | boolean | null]
  | readonly ['list', readonly Encoded[]]
  | readonly ['mapping', readonly (readonly [key: string, value: Encoded])[]]
  /** What it is instead: the name of its type or class. */
  | readonly ['refused', string]
  | readonly ['cycle', null];

/** What was thrown, in strings; those that could not be had are missing. */
export interface Thrown {
  readonly message?: string;
  readonly stack?: string;
  /** For what a document may not do: what to do instead. */
  readonly hint?: string;
  /** Whether it was thrown when the program had yielded its documents already. */
  readonly isLate: boolean;
}

/** What became of a program. With nothing in it, the program has no default export. */
export interface ProgramReport {
  readonly exported?: Encoded;
  readonly thrown?: Thrown;
  /** The name of the error that reading the default export threw. */
  readonly unreadable?: string;
  /** Values of environment variables that it has read. */
  readonly variables: readonly string[];
}

/**
 * The JavaScript that runs a document in a process of its own: `node -e RUNNER FILE`, with the compiled document on standard
 * input. It writes one `ProgramReport`, serialized by V8, to descriptor 3, once the event loop is empty or has been
 * waited for; a process that ends without one was ended by the document. Everything it needs later is taken before the
 * document runs, which may replace what it finds.
 */
export const RUNNER = String.raw`'use strict';
const { readFileSync, writeSync } = require('fs');
const { createRequire } = require('module');
const { dirname } = require('path');
const { types } = require('util');
const { serialize } = require('v8');
const vm = require('vm');

const [fileName, nodeLimit, depthLimit, patience] = process.argv.slice(-4);
const code = readFileSync(0, 'utf8');
const exit = process.reallyExit.bind(process);
const on = process.on.bind(process);
const wait = setTimeout;
const { isArray } = Array;
const { entries, getPrototypeOf, defineProperty } = Object;
const text = String;
const variables = new Set();
let isOver = false;

class Problem extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

function finish(report) {
  if (isOver) return;
  isOver = true;
  const bytes = serialize({ ...report, variables: [...variables] });
  for (let at = 0; at < bytes.length; ) at += writeSync(3, bytes, at);
  exit(0);
}

function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** What was thrown, as strings; an object may throw again when it is asked for one. */
function thrown(error, isLate) {
  const isError = attempt(() => types.isNativeError(error)) === true;
  const message = isError
    ? attempt(() => text(error.name) + ': ' + text(error.message))
    : attempt(() => text(error));
  const isProblem = attempt(() => error instanceof Problem) === true;
  finish({
    thrown: {
      message: isProblem ? error.message : message,
      stack: isError ? attempt(() => text(error.stack)) : undefined,
      hint: isProblem ? error.hint : undefined,
      isLate,
    },
  });
}

function own() {
  return new Proxy(
    { defineCluster: (document) => document },
    {
      get(target, key) {
        if (typeof key === 'symbol' || key in target || key === '__esModule' || key === 'default')
          return target[key];
        throw new Problem(
          'The document takes ' + key + ' from pachkit, and a document can take defineCluster alone',
          'write the plain value, such as { existing: { name, key } }; the rest of the library is for programs of your own',
        );
      },
    },
  );
}

let nodes = 0;
const open = new Set();

/** A value as plain data: [kind, content]. It stops soon after the limits, which the reader finds exceeded. */
function encode(value) {
  nodes += 1;
  if (nodes > nodeLimit || open.size > depthLimit) return ['scalar', null];
  const type = typeof value;
  if (value === null || type === 'string' || type === 'number' || type === 'boolean') return ['scalar', value];
  if (type !== 'object') return ['refused', type];
  const isList = isArray(value);
  const prototype = getPrototypeOf(value);
  if (!isList && prototype !== null && getPrototypeOf(prototype) !== null)
    return ['refused', text(value.constructor.name)];
  if (open.has(value)) return ['cycle', null];
  open.add(value);
  const content = [];
  let length = 0;
  // Defined, not assigned: a document may have changed what lists do by themselves.
  const add = (item) => defineProperty(content, length++, { value: item, enumerable: true, configurable: true, writable: true });
  if (isList) for (let index = 0; index < value.length && nodes <= nodeLimit; index++) add(encode(value[index]));
  else {
    const all = entries(value);
    for (let index = 0; index < all.length && nodes <= nodeLimit; index++)
      if (all[index][1] !== undefined) add([all[index][0], encode(all[index][1])]);
  }
  open.delete(value);
  return [isList ? 'list' : 'mapping', content];
}

function run() {
  const requireFromDocument = createRequire(fileName);
  const module = { exports: {} };
  const wrapped = vm.runInThisContext(
    // The inner function lets a program declare names of its own that the outer one has.
    '(function (exports, require, module, __filename, __dirname) {(() => {' + code + '\n})()})',
    { filename: fileName },
  );
  wrapped(
    module.exports,
    (id) => (id === 'pachkit' ? own() : requireFromDocument(id)),
    module,
    fileName,
    dirname(fileName),
  );
  return module.exports.default;
}

process.env = new Proxy(process.env, {
  get(target, name) {
    const value = Reflect.get(target, name);
    if (typeof value === 'string') variables.add(value);
    return value;
  },
});
const refuse = () => {
  throw new Problem('The document ends the process', 'throw an error instead of calling process.exit');
};
for (const name of ['exit', 'reallyExit', 'abort'])
  defineProperty(process, name, { value: refuse, configurable: true, writable: true, enumerable: true });

let exported;
let isRunning = true;
const late = (error) => thrown(error, !isRunning);
on('uncaughtException', late);
on('unhandledRejection', late);
try {
  exported = run();
} catch (error) {
  thrown(error, false);
}
isRunning = false;
let report = {};
if (exported !== undefined)
  try {
    report = { exported: encode(exported) };
  } catch (error) {
    report = { unreadable: attempt(() => (types.isNativeError(error) ? text(error.name) : undefined)) ?? 'an error' };
  }
on('beforeExit', () => finish(report));
// What goes on for ever, such as a server, is not waited for.
wait(() => finish(report), Number(patience)).unref();
`;
