import { parseEvents, YAMLException, type Event } from 'js-yaml';
import { factsOf } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { showExceptSecrets } from './mask';
import type { SourceFile } from './source-file';
import type { SourceNode } from './source-node';
import { DEPTH_LIMIT, TOO_DEEP } from './yaml-limits';
import { buildNodes, type ReportProblem } from './yaml-nodes';

/** Turns the YAML or JSON text of `source` into one node per document in it. JSON is read as YAML, of which it is a part. */
export function readYaml(source: SourceFile): { nodes: SourceNode[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const problem: ReportProblem = (code, start, end, message, hint, data) => {
    diagnostics.push({
      code,
      severity: 'error',
      message,
      location: source.locate(start, end),
      path: '',
      ...(hint === undefined ? {} : { hint }),
      ...(data === undefined ? {} : { data }),
    });
  };
  const { text } = source;
  const events = parse(text, problem) ?? parseSound(text);
  const nodes = events ? buildNodes(source, events, problem) : [];
  if (diagnostics.some(({ code }) => factsOf(code).loses === 'file')) return { nodes: [], diagnostics };
  if (diagnostics.length === 0) showExceptSecrets(source, nodes);
  return { nodes, diagnostics };
}

function parse(text: string, problem: ReportProblem): Event[] | undefined {
  const first = tryToParse(text);
  if (!(first instanceof YAMLException)) return first;
  if (isTooDeep(first)) return report(first, problem);
  // Loaded on use: most strings are sound, and it brings a parser along that is larger than all the rest of this stage.
  const { examineYaml } = require('./yaml-faults') as typeof import('./yaml-faults');
  const { faults, strictText } = examineYaml(text);
  for (const { code, start, end, message, hint } of faults) problem(code, start, end, message, hint);
  if (faults.length > 0) return undefined;
  const second = tryToParse(strictText);
  return second instanceof YAMLException ? report(second, problem) : second;
}

/** Where a document begins. No value goes on at the margin of a line with this mark. */
const DOCUMENT_START = /^---(?=\s|$)/gm;

/** More documents than these are not parsed one by one. */
const PARTS_LIMIT = 100;

/** Those documents of a file with faults that have none themselves. */
function parseSound(text: string): Event[] | undefined {
  const starts = [...text.matchAll(DOCUMENT_START)].map(({ index }) => index);
  if (starts.length === 0 || starts.length > PARTS_LIMIT) return undefined;
  const parts = [0, ...starts].map((start, index) => {
    const part = text.slice(start, starts[index]);
    // Everything else stays where it is.
    return tryToParse(part) instanceof YAMLException ? part.replace(/[^\n]/g, ' ') : part;
  });
  const events = tryToParse(parts.join(''));
  return events instanceof YAMLException ? undefined : events;
}

function tryToParse(text: string): Event[] | YAMLException {
  try {
    return parseEvents(text, { maxDepth: DEPTH_LIMIT });
  } catch (error) {
    if (error instanceof YAMLException) return error;
    throw error;
  }
}

function isTooDeep({ reason }: YAMLException): boolean {
  return reason.startsWith('nesting exceeded');
}

function report(exception: YAMLException, problem: ReportProblem): undefined {
  const position = exception.mark?.position ?? 0;
  if (isTooDeep(exception)) problem('DOC007', position, position, ...TOO_DEEP);
  else {
    // Without what it quotes from the text, which may be a secret.
    const reason = exception.reason.replace(/(?<!\s)\s*[:"'][\s\S]*/, '');
    problem('DOC002', position, position, `The YAML is not well-formed: ${reason}`);
  }
}
