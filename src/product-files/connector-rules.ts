import type { Target } from '../releases/target';
import type { Code } from '../diagnostics/codes';
import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import { auth0GroupsClaim } from '../rules/connectors/unsent-auth0-groups';
import type { Profile } from '../model/cluster';
import { certificateData } from '../rules/connectors/misplaced-certificate-data';
import { certificates } from '../rules/connectors/unreadable-certificates';
import { disabledGroups } from '../rules/connectors/disabled-groups';
import { discontinuedProvider } from '../rules/connectors/discontinued-provider';
import { ignoredEmailClaim } from '../rules/connectors/ignored-email-claim';
import { insecureConnection } from '../rules/connectors/insecure-connection';
import { ldapSettings } from '../rules/connectors/contradicting-ldap-settings';
import { missingEmailClaim } from '../rules/connectors/missing-email-claim';
import { missingEmailVerified } from '../rules/connectors/missing-email-verified';
import { providerIssuer } from '../rules/connectors/wrong-provider-issuer';
import { publicProvider } from '../rules/connectors/public-provider';
import { refusedScopes } from '../rules/connectors/refused-scopes';
import { repeatedOpenID } from '../rules/connectors/duplicate-openid';
import { groupsElsewhere } from '../rules/connectors/groups-elsewhere';
import { silentPrompt } from '../rules/connectors/silent-prompt';
import { entraAudience } from '../rules/connectors/entra-audience';
import { ldapAttributes } from '../rules/connectors/ldap-attribute-case';
import { ldapSearches } from '../rules/connectors/empty-ldap-search';
import { unmountedCredentialFiles } from '../rules/identity/unmounted-credential-files';
import { replacedScopes } from '../rules/connectors/replaced-scopes';
import { transientNameID } from '../rules/connectors/transient-name-id';
import { unenforcedRestriction } from '../rules/connectors/unenforced-restriction';
import { unguardedHeaders } from '../rules/connectors/unguarded-headers';
import { unverifiedEmail } from '../rules/connectors/unverified-email';
import { allowedGroups } from '../rules/dex/unchecked-allowed-groups';
import { asRead } from '../rules/support/document-connectors';
import { mockConnectorOutsideDev } from '../rules/profile/mock-connector-outside-dev';
import type { ConnectorRule, ConnectorRuleContext, Finding } from '../rules/rule';

/** Every rule of clusters that holds for a connector by itself, no matter what reads it. */
export const connectorRules: readonly ConnectorRule[] = [
  providerIssuer,
  disabledGroups,
  auth0GroupsClaim,
  ignoredEmailClaim,
  missingEmailVerified,
  missingEmailClaim,
  replacedScopes,
  certificates,
  unenforcedRestriction,
  ldapSettings,
  transientNameID,
  discontinuedProvider,
  insecureConnection,
  unguardedHeaders,
  publicProvider,
  refusedScopes,
  repeatedOpenID,
  groupsElsewhere,
  silentPrompt,
  entraAudience,
  ldapAttributes,
  ldapSearches,
  unmountedCredentialFiles,
  unverifiedEmail,
  allowedGroups,
  certificateData,
  mockConnectorOutsideDev,
];

/** A finding of a rule, its path leading into the connector. */
export interface ConnectorRuleFinding extends Finding {
  readonly code: Code;
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
  profile: Profile = 'production',
): Iterable<ConnectorRuleFinding> {
  const { document, root } = documentOf(connector, nodeAt(connector, configPath));
  const context = { document: asRead(document, target), root, target, profile };
  for (const rule of connectorRules)
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
function documentOf(
  connector: SourceNode,
  config: SourceNode | undefined,
): Pick<ConnectorRuleContext, 'document' | 'root'> {
  const { source, start, end } = connector;
  const item = { ...connector, entries: new Map(connector.entries) };
  if (config) item.entries.set('config', config);
  const connectors: SourceNode = { source, start, end, items: [item] };
  const identity: SourceNode = { source, start, end, entries: new Map([['connectors', connectors]]) };
  const root: SourceNode = { source, start, end, entries: new Map([['identity', identity]]) };
  return { document: toValue(root) as unknown as ClusterDocument, root };
}

/** A cluster document with the connectors of a list at their positions; those without a mapping of settings have no type. */
export function documentOfList(list: SourceNode | undefined): ClusterDocument {
  const connectors = (list?.items ?? []).map((item) => {
    const isSound = item.entries !== undefined && nodeAt(item, ['config'])?.entries !== undefined;
    return isSound ? toValue(item) : { type: '' };
  });
  return { identity: { connectors } } as unknown as ClusterDocument;
}
