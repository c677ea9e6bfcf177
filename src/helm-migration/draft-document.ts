import type { Document } from '../document/document';
import { SourceFile } from '../document/source-file';
import { valueNode } from '../document/source-node';
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
      return (root ??= valueNode(value, NOWHERE));
    },
    value,
  };
}

const NOWHERE = { source: new SourceFile('document', '', '/'), start: 0, end: 0 };
