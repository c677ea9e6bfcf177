import { ANY_REFERENCE } from '../../connectors/variable-reference';
import { formatPath } from '../../document/source-node';
import { documentConnectors } from '../../subjects/document-connectors';
import type { Rule } from '../rule';

export const literalDollar: Rule = {
  code: 'DEX307',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Variable in a connector that stays as it is written',
  reason:
    'In its own file Dex replaces $NAME in connectors and storage by environment variables, and has no way to write a $ that stays: pa$$word becomes paword. pachkit writes every text with a $ so that it arrives unchanged, and brings secrets in by itself; a $NAME is therefore no variable here.',
  remedy:
    'Write { env: NAME } or { existing: … } for a secret, and other values as they are. Where the $ is meant, there is nothing to fix.',
  *check({ document, cluster }) {
    if (!cluster.dex) return;
    for (const connector of documentConnectors(document))
      for (const { path } of connector.textsWhere((text) => ANY_REFERENCE.test(text)))
        yield {
          path,
          message: `${formatPath(path.slice(4))} reaches Dex unchanged, with its $: variables of the pod are not expanded here`,
          hint: 'write the value itself, or { env: NAME } or { existing: … } where it is a secret',
        };
  },
};
