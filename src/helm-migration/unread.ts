import { chartFact, isDead, isInChart, releasesInWords } from '../helm-values/facts';
import type { ReleaseVersion } from '../releases/release';
import type { Fate } from './report';

/** Why a value that the chart reads has no place in a document; those below it are meant too, the narrower first. */
export const REFUSED: Readonly<Record<string, string>> = {
  testConnection: 'the test Pod of helm test is not written; pachctl version tells the same',
  kubeEventTail: 'pachkit does not write kube-event-tail, which the chart itself dropped with 2.11',
  'postgresql.fullnameOverride':
    'the Service of the database is called postgres, which pachd and pg-bouncer count on',
  'postgresql.persistence.labels':
    'the labels of a volume claim are those of the chart, and cannot be changed in a StatefulSet that runs',
  'postgresql.readReplicas': 'the chart starts no replicas unless told to, and pachkit none at all',
  postgresql: 'it goes to the chart of PostgreSQL, and the bundled server of a document has no field for it',
};

const PRODUCTS: Readonly<Record<string, string>> = {
  Loki: 'pachkit does not deploy Loki; deploy it with its own chart, and say in loki where it is',
  Determined: 'Determined is another product, with a chart of its own',
};

/** What becomes of a value that no row and no section of the import carries. */
export interface Unread {
  readonly fate: Extract<Fate, 'dead' | 'other-product' | 'not-carried'>;
  readonly message: string;
}

/** Why a value is not carried; undefined for one that no release of the chart has. */
export function unreadValue(steps: readonly string[], release: ReleaseVersion): Unread | undefined {
  for (let length = steps.length; length > 0; length--) {
    const path = steps.slice(0, length).join('.');
    const fact = chartFact(path);
    if (!fact) continue;
    // A section knows its keys, unless it hands them on.
    if (fact.type === 'section' && length < steps.length && fact.open !== true) return undefined;
    if (!isInChart(fact, release))
      return { fate: 'dead', message: `only the chart of ${releasesInWords(fact)} reads it` };
    if (isDead(fact, release)) return { fate: 'dead', message: 'the chart has it, and no template reads it' };
    const product = fact.readBy === undefined ? undefined : PRODUCTS[fact.readBy];
    if (product !== undefined) return { fate: 'other-product', message: product };
    return { fate: 'not-carried', message: refusal(steps) ?? 'a document has no field for it' };
  }
  return undefined;
}

function refusal(steps: readonly string[]): string | undefined {
  for (let length = steps.length; length > 0; length--) {
    const path = steps.slice(0, length).join('.');
    if (Object.hasOwn(REFUSED, path)) return REFUSED[path];
  }
  return undefined;
}
