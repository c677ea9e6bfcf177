import type { Fix } from '../diagnostics/diagnostic';
import type { SourceNode } from './source-node';

/** Words that YAML readers take for something other than a string; YAML 1.1 has more of them than YAML 1.2. */
const NOT_A_TEXT = /^(true|false|null|yes|no|on|off|y|n)$/i;

/**
 * The fix that gives the key in front of a value another name, in the quotes that it was written in. Undefined when the
 * key does not stand in the text as it is called, as in a program or behind an alias.
 */
export function renameKey(node: SourceNode, name: string): Fix | undefined {
  if (node.isDerived || node.keyStart === undefined || node.keyEnd === undefined) return undefined;
  const { range } = node.source.locate(node.keyStart, node.keyEnd);
  const written = node.source.text.slice(node.keyStart, node.keyEnd);
  const replacement = inQuotesOf(written, name);
  if (!range || replacement === undefined) return undefined;
  return { title: `Rename the key to ${name}`, range, replacement };
}

function inQuotesOf(written: string, name: string): string | undefined {
  if (/^"[^"]*"$/.test(written)) return JSON.stringify(name);
  if (/^'[^']*'$/.test(written)) return `'${name}'`;
  if (!/^[\w$.-]+$/.test(written)) return undefined;
  return /^[A-Za-z_][\w-]*$/.test(name) && !NOT_A_TEXT.test(name) ? name : JSON.stringify(name);
}
