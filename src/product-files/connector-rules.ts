import type { Target } from '../connectors/target';
import { productOf } from '../connectors/target';
import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import { auth0GroupsClaim } from '../rules/connectors/auth0-groups-claim';
import { certificateData } from '../rules/connectors/certificate-data';
import { disabledGroups } from '../rules/connectors/disabled-groups';
import { discontinuedProvider } from '../rules/connectors/discontinued-provider';
import { ignoredEmailClaim } from '../rules/connectors/ignored-email-claim';
import { ldapSettings } from '../rules/connectors/ldap-settings';
import { missingEmailClaim } from '../rules/connectors/missing-email-claim';
import { missingEmailVerified } from '../rules/connectors/missing-email-verified';
import { providerIssuer } from '../rules/connectors/provider-issuer';
import { replacedScopes } from '../rules/connectors/replaced-scopes';
import { transientNameID } from '../rules/connectors/transient-name-id';
import type { Finding, Rule, RuleContext } from '../rules/rule';

type ConnectorContext = Pick<RuleContext, 'document' | 'root'>;

/** A rule that looks at connectors and at nothing else of a cluster. */
export type ConnectorRule = Pick<Rule, 'code' | 'severity'> & {
  check(context: ConnectorContext): Iterable<Finding>;
};

/** Rules about what Dex does with a connector, whoever runs it. */
const DEX_RULES: readonly ConnectorRule[] = [
  providerIssuer,
  disabledGroups,
  auth0GroupsClaim,
  ignoredEmailClaim,
  missingEmailVerified,
  missingEmailClaim,
  ldapSettings,
  transientNameID,
  discontinuedProvider,
  certificateData,
];

/** Rules of clusters that hold for a connector by itself, for each product. */
export const connectorRules = {
  dex: DEX_RULES,
  pachyderm: [...DEX_RULES, replacedScopes],
} as const satisfies Readonly<Record<string, readonly ConnectorRule[]>>;

/** A finding of a rule, its path leading into the connector. */
export interface ConnectorRuleFinding extends Finding {
  readonly code: string;
}

/** Where a connector stands in the document that rules are given. */
const PLACE: readonly PathStep[] = ['identity', 'connectors', 0];

/**
 * What the rules say about one connector.
 *
 * @param configPath the path of its settings
 */
export function* checkConnectorRules(
  connector: SourceNode,
  configPath: readonly PathStep[],
  target: Target,
): Iterable<ConnectorRuleFinding> {
  const context = documentOf(connector, nodeAt(connector, configPath));
  const rules: readonly ConnectorRule[] = connectorRules[productOf(target)];
  for (const rule of rules)
    for (const finding of rule.check(context)) {
      const path = finding.path.slice(PLACE.length);
      yield {
        ...finding,
        code: rule.code,
        severity: finding.severity ?? rule.severity,
        path: path[0] === 'config' ? [...configPath, ...path.slice(1)] : path,
      };
    }
}

/** A cluster document with nothing but the connector. */
function documentOf(connector: SourceNode, config: SourceNode | undefined): ConnectorContext {
  const { source, start, end } = connector;
  const item = { ...connector, entries: new Map(connector.entries) };
  if (config) item.entries.set('config', config);
  const connectors: SourceNode = { source, start, end, items: [item] };
  const identity: SourceNode = { source, start, end, entries: new Map([['connectors', connectors]]) };
  const root: SourceNode = { source, start, end, entries: new Map([['identity', identity]]) };
  return { document: toValue(root) as unknown as ClusterDocument, root };
}
