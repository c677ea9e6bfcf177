import { documentConnectors } from '../support/document-connectors';
import { goRegexpProblem } from '../support/go-regexp';
import type { ConnectorRule } from '../rule';

const KEYS = ['claimModifications', 'filterGroupClaims', 'groupsFilter'] as const;

export const groupsFilter: ConnectorRule = {
  code: 'DEX041',
  severity: 'error',
  title: 'Filter for groups that Dex cannot read',
  reason:
    'groupsFilter is a regular expression in the form of Go, RE2, which has no look-around and no back-references. One that Go cannot read is no error for Dex: it logs "ignoring invalid" as a warning when it opens the connector, and passes every group on, those that the filter was to keep out among them.',
  remedy: 'Write the expression without what the message names, such as ^(data|ops)-.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      const filter = connector.type === 'oidc' ? connector.text(...KEYS) : undefined;
      const problem = filter === undefined ? undefined : goRegexpProblem(filter);
      if (problem !== undefined)
        yield {
          path: connector.at(...KEYS),
          message: `Go cannot read the filter (${problem}), and Dex passes every group of a user on: \`ignoring invalid\``,
          hint: 'write it in the form of RE2, without look-around and back-references',
        };
    }
  },
};
