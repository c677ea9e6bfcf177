import { ANY_REFERENCE } from '../../connectors/variable-reference';
import { formatPath, type PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import { textsIn } from '../../subjects/document-connectors';
import type { Rule } from '../rule';

/** Strings that end up in Dex's file outside of connectors and storage. */
const PLACES: readonly {
  readonly path: readonly PathStep[];
  readonly value: (document: ClusterDocument) => unknown;
}[] = [
  { path: ['access', 'urls'], value: ({ access }) => access?.urls },
  {
    path: ['identity', 'clients'],
    value: ({ identity }) => identity?.clients?.map(({ secret: _, ...rest }) => rest),
  },
  { path: ['dex', 'web'], value: ({ dex }) => dex?.web },
  { path: ['dex', 'frontend'], value: ({ dex }) => dex?.frontend },
  {
    path: ['dex', 'staticPasswords'],
    value: ({ dex }) => dex?.staticPasswords?.map(({ hash: _, ...rest }) => rest),
  },
];

export const variableOutsideConnectors: Rule = {
  code: 'DEX308',
  severity: 'error',
  reads: ['cluster'],
  title: 'Variable where Dex fills none in',
  reason:
    'Dex replaces $NAME in the configuration of connectors and storage alone. In the issuer, in clients, users and pages it stays as it is written, and an issuer or redirect URI with it matches nothing.',
  remedy: 'Write the value itself. Secrets of clients and hashes of users are brought in by pachkit.',
  *check({ document, cluster }) {
    if (!cluster.dex) return;
    for (const { path, value } of PLACES)
      for (const { path: at } of textsIn(value(document), path, (text) => ANY_REFERENCE.test(text)))
        yield {
          path: at,
          message: `Dex expands no environment variables in ${formatPath(at)} and takes the text with its $`,
          hint: 'write the value itself',
        };
  },
};
