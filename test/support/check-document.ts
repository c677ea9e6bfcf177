import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import type { Document } from '../../src/document/document';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { expandClients } from '../../src/identity-providers/expand-clients';
import { resolveCluster } from '../../src/model/resolve';
import { withoutSecrets } from '../../src/model/secret-reader';
import { checkRules } from '../../src/rules/check-rules';
import { checkSchema } from '../../src/schema/check-schema';

/** A finding as tests compare it: code, line, column, message. */
export type FoundAt = [code: string, line: number, column: number, message: string];

/** Stands in a string in front of the place that a finding is expected at. */
export const MARK = '▸';

/**
 * What the rules find in a document, read the way files are. Throws when the document is not of the form that the schema
 * demands: rules never see such a one, and a test with it would prove nothing.
 */
export function diagnosticsOf(yamlText: string): Diagnostic[] {
  const source = new SourceFile('pachyderm.yaml', yamlText, '/documents');
  const { nodes, diagnostics } = readYaml(source);
  const [root] = nodes;
  if (!root || nodes.length > 1 || diagnostics.length > 0)
    throw new Error(`not one document: ${JSON.stringify(diagnostics.map(({ message }) => message))}`);
  const document: Document = expandClients({
    file: source.name,
    directory: source.directory,
    defaultName: 'test',
    root,
    value: toValue(root),
  });
  const shape = checkSchema(document);
  if (shape.length > 0)
    throw new Error(`not a cluster document: ${shape.map(({ message }) => message).join('; ')}`);
  const { value: cluster, diagnostics: unresolved } = resolveCluster(document, withoutSecrets);
  if (!cluster) throw new Error(unresolved.map(({ message }) => message).join('; '));
  return checkRules({ document: document.value as unknown as ClusterDocument, cluster, root });
}

/** The findings of {@link diagnosticsOf} in short, in the order of their places. */
export function findingsOf(yamlText: string): FoundAt[] {
  return diagnosticsOf(yamlText).map(toFoundAt).sort(byPlace);
}

function toFoundAt({ code, location, message }: Diagnostic): FoundAt {
  return [code, location.range?.line ?? 0, location.range?.column ?? 0, message];
}

function byPlace(a: FoundAt, b: FoundAt): number {
  return a[1] - b[1] || a[2] - b[2] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
}

/** A string without its marks, and the lines and columns that they stood at. */
export function unmark(marked: string): { text: string; places: [line: number, column: number][] } {
  const places: [number, number][] = [];
  const lines = marked.split('\n').map((line, index) => {
    let rest = line;
    for (let at = rest.indexOf(MARK); at >= 0; at = rest.indexOf(MARK)) {
      places.push([index + 1, at + 1]);
      rest = rest.slice(0, at) + rest.slice(at + MARK.length);
    }
    return rest;
  });
  return { text: lines.join('\n'), places };
}

/** The text after the fix of every finding with this code. */
export function applyFixes(yamlText: string, code: string): string {
  const lines = yamlText.split('\n');
  for (const { fix } of diagnosticsOf(yamlText).filter((diagnostic) => diagnostic.code === code)) {
    if (!fix) continue;
    const { line, column, endColumn } = fix.range;
    const text = lines[line - 1] ?? '';
    lines[line - 1] = text.slice(0, column - 1) + fix.replacement + text.slice(endColumn - 1);
  }
  return lines.join('\n');
}
