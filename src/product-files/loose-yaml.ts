import { isUnreadable } from '../diagnostics/codes';
import { readYaml } from '../document/read-yaml';
import { SourceFile } from '../document/source-file';
import { movedTo } from './embedded-text';
import { lineEnd } from '../document/yaml-nodes';

/** A key, or dashes, in front of a value in brackets or quotes that may go on in the next lines. */
const VALUE =
  /^[ ]*(?:- +)*(?:(?:"[^"\n]*"|'[^'\n]*'|[^\s"'#{}[\]|>&*!%@,][^\n:#]{0,200}?)[ \t]{0,20}:[ \t]+)?(?=[{["'])/;

/** The longest value that goes on in other lines, so that a string of open brackets takes no time. */
const LONGEST = 10_000;

/** A line behind which a string follows that nothing is looked for in. */
const BLOCK = /(?:^|[:-][ \t]+)[|>][-+0-9]*[ \t]*(?:#.*)?$/;

/**
 * Reads a string that is no YAML 1.2 for want of indentation, which Go's YAML 1.1 does not ask for inside of brackets and quotes,
 * nor for a blank in front of a comment behind them. Undefined for strings that are no YAML all the same.
 */
export function readLoosely(source: SourceFile): ReturnType<typeof readYaml> | undefined {
  const text = indented(source.text);
  if (text === source.text) return undefined;
  const { nodes, diagnostics } = readYaml(new SourceFile(source.name, text, source.directory));
  if (diagnostics.some(({ code }) => isUnreadable(code))) return undefined;
  // What is found keeps its place: no character has moved.
  return {
    nodes: nodes.map((node) => movedTo(node, source)),
    diagnostics: diagnostics.map((each) => {
      const { range } = each.location;
      return { ...each, location: range ? { ...each.location, source } : each.location };
    }),
  };
}

/** The same text with every value in brackets or quotes on one line, and without comments right behind them. */
function indented(text: string): string {
  let result = '';
  let at = 0;
  let blockIndentation: number | undefined;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const indentation = line.search(/\S/);
    if (blockIndentation !== undefined && (indentation < 0 || indentation > blockIndentation)) {
      result += text.slice(at, end + 1);
      at = end + 1;
      continue;
    }
    blockIndentation = BLOCK.test(line) ? indentation : undefined;
    const before = VALUE.exec(line)?.[0];
    const valueEnd = before === undefined ? undefined : endOfValue(text, at + before.length);
    if (before === undefined || valueEnd === undefined) {
      result += text.slice(at, end + 1);
      at = end + 1;
      continue;
    }
    const value = text.slice(at + before.length, valueEnd);
    const restEnd = lineEnd(text, valueEnd);
    const rest = text.slice(valueEnd, restEnd);
    result +=
      before + value.replace(/[\r\n]/g, ' ') + (rest.startsWith('#') ? ' '.repeat(rest.length) : rest);
    result += text.slice(restEnd, restEnd + 1);
    at = restEnd + 1;
  }
  return result;
}

/** Where the brackets or quotes that begin here are closed; undefined when they are not, or a comment is between them. */
function endOfValue(text: string, start: number): number | undefined {
  const open: string[] = [];
  const limit = Math.min(text.length, start + LONGEST);
  for (let at = start; at < limit; at++) {
    const character = text.charAt(at);
    if (character === '"' || character === "'") {
      const end = endOfQuotes(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (character === '{' || character === '[') open.push(character === '{' ? '}' : ']');
    else if (character === '}' || character === ']') {
      if (open.pop() !== character) return undefined;
    } else if (character === '#' && /\s/.test(text.charAt(at - 1))) return undefined;
    if (open.length === 0) return at + 1;
  }
  return undefined;
}

function endOfQuotes(text: string, start: number): number | undefined {
  const quote = text.charAt(start);
  const limit = Math.min(text.length, start + LONGEST);
  for (let at = start + 1; at < limit; at++) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at += 1;
      else return at + 1;
    }
  }
  return undefined;
}
