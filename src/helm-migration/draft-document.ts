import type { Document } from '../document/document';
import { SourceFile } from '../document/source-file';
import type { JsonValue, SourceNode } from '../document/source-node';

/** A document that is in no file. */
export function documentOf(value: JsonValue): Document {
  return { file: 'document', directory: '/', defaultName: 'pachyderm', root: nodeOf(value), value };
}

const NOWHERE = new SourceFile('document', '', '/');

function nodeOf(value: JsonValue): SourceNode {
  const place = { source: NOWHERE, start: 0, end: 0 };
  if (Array.isArray(value)) return { ...place, items: value.map(nodeOf) };
  if (value === null || typeof value !== 'object') return { ...place, scalar: value };
  return { ...place, entries: new Map(Object.entries(value).map(([key, inner]) => [key, nodeOf(inner)])) };
}
