import { parse } from 'acorn';
import { ancestor } from 'acorn-walk';
import MagicString from 'magic-string';
import { hasSuper, keywordOf, takesFromAround } from './function-nodes.mjs';

/**
 * A file of the program in which V8 compiles the functions of `executed` (`start:end`, in characters) together with the file:
 * it does so for functions in parentheses. Others it reads to their end when the file is loaded, and once more when they are
 * called. `text` is a function around statements, as the launcher takes it.
 *
 * A declaration becomes a variable at the top, before anything that could call it, and an arrow function, whose parentheses
 * V8 does not look at, becomes another where it may. Methods of classes stay as they are.
 */
export function withEagerFunctions(text, executed) {
  const startsByEnd = new Map();
  for (const range of executed) {
    const [start, end] = range.split(':').map(Number);
    startsByEnd.set(end, [...(startsByEnd.get(end) ?? []), start]);
  }
  const isExecuted = (node, from = node.start) =>
    startsByEnd.get(node.end)?.some((start) => start >= from && start <= node.body.start) === true;

  const program = parse(text, { ecmaVersion: 'latest' });
  const { body: wrapper } = program.body[0].expression;
  const top = wrapper.body.find(({ directive }) => directive === undefined).start;
  const result = new MagicString(text);

  ancestor(program, {
    FunctionDeclaration(node, _state, ancestors) {
      if (!isExecuted(node) || ancestors.at(-2) !== wrapper) return;
      result.update(node.start, node.id.end, `var ${node.id.name}=(${keywordOf(node)}`);
      result.appendLeft(node.end, ');');
      if (node.start !== top) result.move(node.start, node.end, top);
    },
    FunctionExpression(node, _state, ancestors) {
      const { type, kind, method, computed, start, key } = ancestors.at(-2);
      // V8 counts a method from its name on.
      if (!isExecuted(node, method ? start : node.start)) return;
      if (type === 'Property' && method) {
        if (computed || hasSuper(node)) return;
        // Without `async` and the star of a generator, which are before the name.
        if (start < key.start) result.remove(start, key.start);
        result.appendRight(node.start, `:(${keywordOf(node)}`);
      } else {
        if (type === 'MethodDefinition' || kind === 'get' || kind === 'set') return;
        result.appendRight(node.start, '(');
      }
      result.appendLeft(node.end, ')');
    },
    ArrowFunctionExpression(node) {
      if (!isExecuted(node) || node.async || takesFromAround(node)) return;
      const hasParentheses = text[node.start] === '(';
      const arrow = text.indexOf('=>', node.params.at(-1)?.end ?? node.start);
      const close = hasParentheses ? '' : ')';
      result.appendRight(node.start, hasParentheses ? '(function' : '(function(');
      result.update(arrow, arrow + 2, node.expression ? `${close}{return ` : close);
      result.appendLeft(node.end, node.expression ? '})' : ')');
    },
  });
  return result.toString();
}
