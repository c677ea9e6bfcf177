import type { DocumentConnector } from '../subjects/document-connectors';

/** How Dex puts a group together from other claims. */
export interface JoinRule {
  readonly prefix: string;
  readonly delimiter: string;
  /** Names of the claims that are joined, in their order. */
  readonly claims: readonly string[];
  /** Whether the delimiter is taken out of what the claims say. */
  readonly clearsDelimiter: boolean;
}

/** The groups that a connector has Dex put together; none where its configuration has no list of them. */
export function joinRules(connector: DocumentConnector): JoinRule[] {
  const list = connector.value('claimModifications', 'newGroupFromClaims');
  if (!Array.isArray(list)) return [];
  return list.map((_, index) => {
    const at = ['claimModifications', 'newGroupFromClaims', index] as const;
    return {
      prefix: connector.text(...at, 'prefix') ?? '',
      delimiter: connector.text(...at, 'delimiter') ?? '',
      claims: connector.texts(...at, 'claims'),
      clearsDelimiter: connector.isOn(...at, 'clearDelimiter'),
    };
  });
}
