import type { Diagnostic } from '../diagnostics/diagnostic';

/** What parts of a picture are, from top to bottom. */
export const PART_KINDS = [
  'people',
  'entrance',
  'server',
  'identity',
  'provider',
  'outside',
  'data',
] as const;

/** What a part of a picture is, which decides how it is shown. */
export type PartKind = (typeof PART_KINDS)[number];

/** A program, a service or people: a box of a picture. */
export interface Part {
  /** Unique in its picture; letters, digits and `_`. */
  readonly id: string;
  readonly kind: PartKind;
  readonly title: string;
  /** What else is known of it, a line each. Secrets are named, never shown. */
  readonly lines: readonly string[];
  /** JSON pointers of what the document says of it. */
  readonly places: readonly string[];
}

/** Something that goes from one part to another: an arrow. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** What goes there: `asks who has logged in`. */
  readonly what: string;
  /** Where to: a URL, or host and port. */
  readonly address?: string;
  /** Such as `HTTPS 443`. */
  readonly protocol?: string;
  readonly lines?: readonly string[];
  /** Whether browsers carry it, so that neither part has to reach the other. */
  readonly isByBrowser?: true;
  /** JSON pointers of what the document says of it. */
  readonly places: readonly string[];
}

/** Parts and arrows of a cluster, as its document describes them. */
export interface Scene {
  readonly parts: readonly Part[];
  readonly arrows: readonly Arrow[];
}

/** What is wrong with a part or an arrow: findings about its places, errors first. */
export interface Flawed {
  readonly flaws: readonly Diagnostic[];
}

/** One cluster to be shown. */
export interface Picture {
  readonly name: string;
  readonly parts: readonly (Part & Flawed)[];
  readonly arrows: readonly (Arrow & Flawed)[];
  /** Findings about nothing that is shown. */
  readonly others: readonly Diagnostic[];
}

/** What a part of a picture is called; its id where there is no such part. */
export function titleOf({ parts }: Picture, id: string): string {
  return parts.find((part) => part.id === id)?.title ?? id;
}
