/** Where a comment begins in a part of a line. */
export const COMMENTS = {
  yaml: /(?<=^|\s)#/,
  typescript: /(?<=^|[\s,;)}\]])\/[/*]/,
  argument: /(?!)/,
} as const;

/** What a string is; the same words are masked in each, behind other signs. An `argument` is one of the command line. */
export type Language = keyof typeof COMMENTS;
