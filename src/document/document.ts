import type { SourceNode, JsonValue } from './source-node';

/** One document as it was read: its value, where every part of it was written, and nothing about what it means. */
export interface Document {
  /** The file as the user named it; `<stdin>` for standard input. */
  readonly file: string;
  /** Absolute directory of the file; generated secrets are kept beside it. */
  readonly directory: string;
  /** The name the cluster has unless the document gives one: the file's name without its extension. */
  readonly defaultName: string;
  /** The value with its places, `extends` applied. */
  readonly root: SourceNode;
  /** The plain value. */
  readonly value: JsonValue;
  /** Absolute path of the file, and those of its bases and of theirs; missing for a document that is in no file. */
  readonly lineage?: { readonly file: string; readonly bases: readonly string[] };
  /** Whether a base cannot be had, so that what is missing here may stand there. */
  readonly lacksBase?: boolean;
  /** The identity providers that connectors name in the place of a type, by the position of the connector. */
  readonly providers?: ReadonlyMap<number, DocumentProvider>;
}

/** An identity provider that a document names. */
export interface DocumentProvider {
  /** What the document calls it. */
  readonly name: string;
  /** Its name in the table of OpenID Connect providers, where it is one of that table, at whatever host. */
  readonly knownAs?: string;
  /** Its fields in the document. */
  readonly fields: readonly string[];
  /** Fields by the settings of Dex that they stand for, where the two are called differently: `{ hostedDomains: 'domains' }`. */
  readonly words: Readonly<Record<string, string>>;
  /** What to write for groups, as an imperative clause; missing where they always come along. */
  readonly groupsHint?: string;
  /** Whether the document can have settings of Dex beside the fields. */
  readonly takesConfig: boolean;
}

/** What the cluster of a document is called, as far as the document says so in the right form. */
export function clusterName({ root, defaultName }: Pick<Document, 'root' | 'defaultName'>): string {
  const name = root.entries?.get('name')?.scalar;
  return typeof name === 'string' ? name : defaultName;
}
