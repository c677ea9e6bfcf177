import { parseEvents, YAMLException, type Event } from 'js-yaml';
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
  const events = parse(source.text, problem);
  const nodes = events ? buildNodes(source, events, problem) : [];
  if (diagnostics.length === 0) showExceptSecrets(source, nodes);
  return { nodes, diagnostics };
}

function parse(text: string, problem: ReportProblem): Event[] | undefined {
  const first = tryToParse(text);
  if (!(first instanceof YAMLException)) return first;
  if (isTooDeep(first)) return report(first, problem);
  // Loaded on use: most texts are sound, and it brings a parser along that is larger than all the rest of this stage.
  const { examineYaml } = require('./yaml-faults') as typeof import('./yaml-faults');
  const { faults, strictText } = examineYaml(text);
  for (const { code, start, end, message, hint } of faults) problem(code, start, end, message, hint);
  if (faults.length > 0) return undefined;
  const second = tryToParse(strictText);
  return second instanceof YAMLException ? report(second, problem) : second;
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
    const reason = exception.reason.replace(/\s*[:"'][\s\S]*$/, '');
    problem('DOC002', position, position, `The YAML is not well-formed: ${reason}`);
  }
}
