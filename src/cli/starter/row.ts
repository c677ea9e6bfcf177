import type { StarterChoices } from './choices';

/** A choice of a document to start from: what it puts into the document. */
export interface StarterRow {
  /** What it is, for `pachkit init --help`. */
  readonly summary: string;
  /** Lines of the document, with comments, at the left margin. */
  readonly lines: (choices: StarterChoices) => readonly string[];
}

/** Names that stand in for the user's own in every document to start from. */
export const PLACEHOLDER = {
  host: 'pachyderm.example.com',
  domain: 'example.com',
  /** The address that minikube gives its node. */
  node: '192.168.49.2',
} as const;
