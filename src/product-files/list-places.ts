import { suggest } from '../diagnostics/suggest';
import { nodeAt, type SourceNode } from '../document/source-node';
import { VALUES_PLACE } from '../subjects/chart-values';
import { isJobSecret } from './bootstrap-files';

/** Where the list is in values of the official chart, and in the Secret that the chart writes or the user provides. */
export const AT_THE_TOP = ['upstreamIDPs'] as const;

const PLACES: readonly (readonly string[])[] = [
  VALUES_PLACE,
  AT_THE_TOP,
  ['upstream-idps'],
  ['stringData', 'upstream-idps'],
  ['data', 'upstream-idps'],
];

/** Where the list is in the Secret that the chart of release 2.2 writes for its config Job. */
export const PLACES_IN_JOB_SECRET: typeof PLACES = [
  ['stringData', 'idps'],
  ['data', 'idps'],
];

/** Where a mapping has its list of connectors; undefined without one. */
export function placeOfList(root: SourceNode): readonly string[] | undefined {
  const places = isJobSecret(root) ? [...PLACES, ...PLACES_IN_JOB_SECRET] : PLACES;
  return places.find((place) => nodeAt(root, place) !== undefined);
}

/** Sections in which a list is looked for that a file shows in no other way to be for the chart: its own, and the one that older documentation names. */
const SECTIONS = ['oidc', 'pachd'];

/** Where a list stands that was meant for the chart, which ignores keys that it does not know. */
export function misplacedList(root: SourceNode, areValues = false): readonly string[] | undefined {
  const sections = areValues ? [...(root.entries?.keys() ?? [])] : SECTIONS;
  for (const section of sections)
    for (const [key, { items }] of nodeAt(root, [section])?.entries ?? []) {
      const isRead = section === VALUES_PLACE[0] && key === VALUES_PLACE[1];
      if (items !== undefined && !isRead && isNearly(key)) return [section, key];
    }
  const top = areValues
    ? [...(root.entries ?? [])].find(([key, { items }]) => items && isNearly(key))
    : undefined;
  return top && [top[0]];
}

function isNearly(key: string): boolean {
  return suggest(key, [VALUES_PLACE[1]]) !== undefined || key === VALUES_PLACE[1];
}
