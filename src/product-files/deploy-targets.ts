import { suggest } from '../diagnostics/suggest';

/** What the chart takes as `deployTarget` and as the backend of the storage in one. */
export const DEPLOY_TARGETS: readonly string[] = ['AMAZON', 'GOOGLE', 'MICROSOFT', 'LOCAL'];

/** What the clouds are called elsewhere. */
const OTHER_WORDS: readonly (readonly [words: RegExp, target: string])[] = [
  [/^(aws|s3|eks)$/i, 'AMAZON'],
  [/^(gcp|gcs|gke)$/i, 'GOOGLE'],
  [/^(azure|aks)$/i, 'MICROSOFT'],
];

/** The target that is meant by a word that is none of them; undefined where that cannot be told. */
export function targetMeant(word: string): string | undefined {
  return OTHER_WORDS.find(([words]) => words.test(word))?.[1] ?? suggest(word, DEPLOY_TARGETS);
}
