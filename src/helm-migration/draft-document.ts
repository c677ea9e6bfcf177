import type { Document } from '../document/document';
import { SourceFile } from '../document/source-file';
import type { JsonValue, SourceNode } from '../document/source-node';

/** A document that is in no file. */
export function documentOf(value: JsonValue): Document {
  let root: SourceNode | undefined;
  return {
    file: 'document',
    directory: '/',
    defaultName: 'pachyderm',
    // The form of a document is checked without it.
    get root() {
      return (root ??= nodeOf(value));
    },
    value,
  };
}

const NOWHERE = { source: new SourceFile('document', '', '/'), start: 0, end: 0 };

function nodeOf(value: JsonValue): SourceNode {
  if (Array.isArray(value)) return { ...NOWHERE, items: value.map(nodeOf) };
  if (value === null || typeof value !== 'object') return { ...NOWHERE, scalar: value };
  const entries = new Map<string, SourceNode>();
  for (const key of Object.keys(value)) entries.set(key, nodeOf(value[key] as JsonValue));
  return { ...NOWHERE, entries };
}
