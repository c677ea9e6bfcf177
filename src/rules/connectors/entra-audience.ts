import { documentConnectors } from '../../subjects/document-connectors';
import { knownProvider } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

export const entraAudience: ConnectorRule = {
  code: 'DEX048',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'SAML audience of Entra ID',
  reason:
    'Dex compares entityIssuer with the audience of the response as a string. For an application that is named by its bare id, Entra ID writes the audience as spn:ID, and every login fails: "required audience … was not in Response audiences".',
  remedy: 'Write spn:ID, or an identifier URI of the application.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      const issuer = connector.facts.callback === 'saml' ? connector.text('entityIssuer') : undefined;
      if (issuer === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(issuer)) continue;
      if (knownProvider(connector.text('ssoURL'))?.name !== 'Entra ID') continue;
      yield {
        path: connector.at('entityIssuer'),
        message: `Entra ID names the audience spn:${issuer}, and every login fails: \`required audience ${issuer} was not in Response audiences [spn:${issuer}]\``,
        hint: `write spn:${issuer}, or an identifier URI of the application`,
      };
    }
  },
};
