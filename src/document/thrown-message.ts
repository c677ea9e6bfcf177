import type { Node } from '@babel/types';
import { hideIn } from './mask-text';

/**
 * What a program has thrown, in one line and as it may be shown: strings of the program and of its environment may be
 * secrets, unless the program throws them itself. `message` is missing where the thrown value has no string.
 */
export function thrownMessage(
  message: string | undefined,
  sources: readonly string[],
  variables: readonly string[],
): string {
  if (message === undefined) return 'a value that cannot be turned into text';
  // The parser of JSON quotes the text, which may come from a file.
  const unquoted = message.replace(/, (?:\.\.\.)?"[^]* is not valid JSON$/, ', it is not valid JSON');
  const [line = ''] = unquoted.split('\n', 1);
  return hideIn(line, [...sources.flatMap(quietTexts), ...variables]);
}

/** The strings of a program that it does not throw itself, and that are no names of modules or properties. */
function quietTexts(source: string): string[] {
  const { parse } = require('@babel/parser') as typeof import('@babel/parser');
  const texts: string[] = [];
  const visit = (node: Node, isThrown: boolean): void => {
    if (node.type === 'StringLiteral' && !isThrown) texts.push(node.value);
    if (node.type === 'TemplateElement' && !isThrown) texts.push(node.value.cooked ?? node.value.raw);
    for (const [key, child] of Object.entries(node))
      for (const inner of [child].flat() as unknown[])
        if (isNode(inner) && !isName(node, key)) visit(inner, throws(node) || (isThrown && passesOn(node)));
  };
  try {
    visit(
      parse(source, { sourceType: 'module', plugins: ['typescript'], errorRecovery: true }).program,
      false,
    );
  } catch {
    // It was compiled by another parser; what this one cannot read it cannot protect either.
  }
  return texts;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Whether a part of a node is the name of a module or of a property. */
function isName(node: Node, key: string): boolean {
  if (key === 'source') return true;
  if (key === 'property') return 'property' in node && (node.property as Node).type === 'StringLiteral';
  if (key === 'key') return 'computed' in node && node.computed !== true;
  return node.type === 'CallExpression' && key === 'arguments' && isCallOf(node.callee, /^(require|import)$/);
}

function isCallOf(callee: Node, name: RegExp): boolean {
  return callee.type === 'Import' || (callee.type === 'Identifier' && name.test(callee.name));
}

/** Whether what a node holds is thrown: its own statement, or an error that is made. */
function throws(node: Node): boolean {
  return (
    node.type === 'ThrowStatement' ||
    ((node.type === 'NewExpression' || node.type === 'CallExpression') && isCallOf(node.callee, /Error$/))
  );
}

/** Whether a string in a node is a part of the text that the node makes. */
function passesOn({ type }: Node): boolean {
  return ['TemplateLiteral', 'BinaryExpression', 'ConditionalExpression', 'LogicalExpression'].includes(type);
}
