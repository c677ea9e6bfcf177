import { documentConnectors } from '../../subjects/document-connectors';
import { providerOf } from '../support/known-providers';
import { readUrl } from '../../model/url-text';
import type { ConnectorRule } from '../rule';

/** Names of claims that Auth0 does not let an action set. */
const RESTRICTED = new Set(['groups', 'roles', 'permissions', 'entitlements']);

export const auth0GroupsClaim: ConnectorRule = {
  code: 'DEX007',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Groups that Auth0 does not send',
  reason:
    'Auth0 has no claim for groups, and an action that sets one called groups, roles, permissions or entitlements is skipped silently. The claim has to have a name of yours that looks like a URL, though not one of auth0.com.',
  remedy:
    'Set the claim in an action, api.idToken.setCustomClaim("https://example.com/groups", …), and name it in claimMapping.groups. The section auth0 does both.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc' || !connector.isOn('insecureEnableGroups')) continue;
      if (providerOf(connector)?.name !== 'Auth0') continue;
      const claim = connector.text('claimMapping', 'groups');
      if (claim === undefined)
        yield {
          path: connector.at('insecureEnableGroups'),
          severity: 'warning',
          message: 'Auth0 sends no claim called groups, so users have no groups',
          hint: 'add claimMapping: { groups: https://example.com/groups }, the claim that an action of yours sets; or remove the line',
        };
      else if (RESTRICTED.has(claim) || /(^|\.)auth0\.com$/.test(readUrl(claim).host.toLowerCase()))
        yield {
          path: connector.at('claimMapping', 'groups'),
          message: `Auth0 lets no action set the claim ${claim}, and drops it silently: users have no groups`,
          hint: 'use a URL of yours, such as https://example.com/groups',
        };
    }
  },
};
