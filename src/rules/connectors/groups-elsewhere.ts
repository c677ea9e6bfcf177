import { documentConnectors } from '../../subjects/document-connectors';
import { elsewhereGroups } from '../support/elsewhere-groups';
import type { ConnectorRule } from '../rule';

export const groupsElsewhere: ConnectorRule = {
  code: 'DEX044',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Groups that are not where Dex looks for them',
  reason:
    'With insecureEnableGroups Dex takes the claim groups of the ID token. Cognito calls its claim cognito:groups; Okta leaves groups out of the ID token when a code is exchanged for it, and sends them at the userinfo endpoint, if the scope groups was asked for; GitLab.com has them at the userinfo endpoint alone; Google sends none at all. Roles of Zitadel and Keycloak are in a mapping, which Dex takes nothing from. People log in without groups then, and role bindings to groups bind no one.',
  remedy:
    'Name the claim in claimMapping.groups; set getUserInfo: true, and for Okta scopes: [profile, email, groups]; use the connector google for Google.',
  *check({ document }) {
    for (const connector of documentConnectors(document))
      for (const { path, why, hint } of elsewhereGroups(connector))
        yield { path, message: `${why}, so users have none`, hint };
  },
};
