import { parse } from 'acorn';
import { ancestor, full } from 'acorn-walk';
import { analyze } from 'eslint-scope';
import MagicString from 'magic-string';
import { hasSuper, keywordOf, takesFromAround } from './function-nodes.mjs';

/** Shorter ones are not worth what stands in their place. In characters. */
const SHORTEST = 150;

/**
 * A file of the program in two: `text` without the functions that are not of `executed` (`start:end`, in characters), which are
 * in `cold`, a file that the program loads as `name` when the first of them is called. V8 reads each function of a file to its
 * end before anything runs, so a first run is shorter by what it does not execute. `cold` is missing where there is nothing for it.
 *
 * What goes are functions of the outermost level: declarations and values of properties, which modules in functions of their
 * own are too. One that assigns a variable of the file stays, and so does one that `super`, `new.target` or the `this` around it
 * ties to its place. In `cold` variables of the file are read where they are used, as they are then.
 */
export function withoutColdFunctions(text, executed, name) {
  const program = parse(text, { ecmaVersion: 'latest', ranges: true });
  const file = program.body[0].expression;
  const scopes = analyze(program, { ecmaVersion: 2024 });
  const ends = new Set([...executed].map((range) => Number(range.split(':')[1])));
  const directive = directiveOf(file);
  const rest = new MagicString(text);
  const moved = [];
  const read = new Set();

  ancestor(program, {
    Function(node, _state, ancestors) {
      if (ends.has(node.end) || node.end - node.start < SHORTEST) return;
      if (ancestors.filter(({ type }) => type.includes('Function')).length !== 2) return;
      const place = placeOf(text, node, ancestors.at(-2), file.body);
      if (place === undefined || isTied(node, place)) return;
      const outer = scopes.acquire(node).through.filter(({ resolved }) => resolved);
      if (outer.some((reference) => reference.isWrite() || reference.resolved.scope.block !== file)) return;

      for (const { identifier } of outer) read.add(identifier.name);
      const own = directive === '' ? directiveOf(node) : '';
      const call = `(${parametersOf(node)}){${own}return __cold(${moved.length},this,arguments)}`;
      moved.push(withReads(text, node, place, outer));
      rest.update(place.start, node.end, `${place.head}${call}`);
    },
  });
  if (moved.length === 0) return { text };

  const variables = [...read].sort().map((variable) => `get ${variable}(){return ${variable}}`);
  const load = `require(${JSON.stringify(`./${name}`)})({${variables.join()}})`;
  const { start } = file.body.body.find(({ directive: found }) => found === undefined);
  rest.appendLeft(
    start,
    `var __functions;function __cold(__index,__this,__args){return(__functions??=${load})[__index].apply(__this,__args)}`,
  );
  return {
    text: rest.toString(),
    cold: `(function (exports, require, module, __filename, __dirname) {${directive}module.exports=(__file)=>[\n${moved.join(',\n')}]})`,
  };
}

/** What a function that can go is replaced from, and what is written before the parameters of the one in its place. */
function placeOf(text, node, parent, body) {
  if (parent === body && node.type === 'FunctionDeclaration')
    return { start: node.start, head: `function ${node.id.name}` };
  if (parent.type !== 'Property' || parent.value !== node || parent.kind !== 'init') return undefined;
  if (!parent.method) return { start: node.start, head: 'function' };
  if (parent.computed) return undefined;
  return {
    start: parent.start,
    head: `${text.slice(parent.key.start, parent.key.end)}:function`,
    isMethod: true,
  };
}

/** Whether a function has something of where it is that it would lose in another place. */
function isTied(node, { isMethod = false }) {
  if (node.type === 'ArrowFunctionExpression') return takesFromAround(node);
  return (isMethod && hasSuper(node)) || asksForNew(node);
}

/** Whether a function asks whether it was called by `new`. */
function asksForNew(node) {
  let asks = false;
  full(node, ({ type }) => {
    asks ||= type === 'MetaProperty';
  });
  return asks;
}

/** As many as the function has before the first that may be missing. */
function parametersOf({ params }) {
  const optional = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  const count = optional === -1 ? params.length : optional;
  return Array.from({ length: count }, (_, index) => `_${index}`).join(',');
}

/** A function as an expression, which reads variables of the file as properties of `__file`. */
function withReads(text, node, { isMethod = false }, references) {
  const callees = new Set();
  const shorthands = new Set();
  full(node, ({ type, callee, tag, shorthand, value }) => {
    if (type === 'CallExpression') callees.add(callee.start);
    if (type === 'TaggedTemplateExpression') callees.add(tag.start);
    if (type === 'Property' && shorthand) shorthands.add(value.start);
  });
  const result = new MagicString(text);
  for (const {
    identifier: { start, end, name },
  } of references) {
    // Called as a function of the file is: without `this`.
    const isCalled = callees.has(start);
    result.update(
      start,
      end,
      `${shorthands.has(start) ? `${name}:` : ''}${isCalled ? `(0,__file.${name})` : `__file.${name}`}`,
    );
  }
  return `${isMethod ? keywordOf(node) : ''}${result.slice(node.start, node.end)}`;
}

/** The directive of a function, as it is written. */
function directiveOf({ body }) {
  return body.type === 'BlockStatement' && body.body[0]?.directive === 'use strict' ? '"use strict";' : '';
}
