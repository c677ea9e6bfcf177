import { connectorKey } from '../connectors/availability';
import { connectorTypes, type ConnectorType } from '../connectors/connector-types';
import type { Code } from '../diagnostics/codes';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { removeEntry } from '../document/remove-entry';
import { replaceText } from '../document/replace-text';
import { fromPointer, nodeAt } from '../document/source-node';

/** Findings about what the newer release does not read: without it the document says the same. */
const REMOVED: ReadonlySet<Code> = new Set(['REL002', 'DEX102']);

/** How a document is brought to another release, or why it cannot be edited. */
export type Edit =
  | {
      readonly fixes: readonly Fix[];
      /** Findings that are gone with it. */
      readonly settled: readonly Diagnostic[];
    }
  | { readonly problem: string };

/** What to change in the text of a document: its release, and what the newer release does not read any more. */
export function editsFor(document: Document, release: string, findings: readonly Diagnostic[]): Edit {
  const node = document.root.entries?.get('release');
  if (node?.source.language !== 'yaml')
    return { problem: 'a program is not rewritten; change its release by hand' };
  if (node.source.name !== document.file)
    return {
      problem: `the release stands in ${node.source.name}, which other documents may extend; change it there`,
    };
  const change = replaceText(document.root, ['release'], release, `Change the release to ${release}`);
  if (change === undefined)
    return { problem: 'the release is not simply written as a value; change it by hand' };
  const removals = findings
    .filter(({ code, path }) => REMOVED.has(code) && !restricts(document, path))
    .flatMap((finding) => {
      const fix = removeEntry(document.root, fromPointer(finding.path), document.file);
      return fix ? [{ fix, finding }] : [];
    });
  return {
    fixes: [change, ...removals.map(({ fix }) => fix)],
    settled: removals.map(({ finding }) => finding),
  };
}

/** Whether a key of a connector restricts who may log in: without it more people would get in, which no program decides. */
function restricts({ root }: Document, pointer: string): boolean {
  const [section, list, index, config, ...key] = fromPointer(pointer);
  if (section !== 'identity' || list !== 'connectors' || config !== 'config') return false;
  const type = nodeAt(root, [section, list, Number(index), 'type'])?.scalar;
  if (typeof type !== 'string' || !Object.hasOwn(connectorTypes, type)) return true;
  return connectorKey(type as ConnectorType, key.join('.'))?.restriction === true;
}
