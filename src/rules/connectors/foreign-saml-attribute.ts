import { documentConnectors } from '../../subjects/document-connectors';
import { knownProvider } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';

/** What Entra ID calls the attributes of a new application, by the last part of their names. */
const OF_ENTRA: ReadonlyMap<string, string> = new Map([
  ...['emailaddress', 'name', 'givenname', 'surname'].map((name) => [name, CLAIMS + name] as const),
  ['groups', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'],
]);

export const foreignSamlAttribute: ConnectorRule = {
  code: 'DEX055',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Attribute that the SAML provider does not send',
  reason:
    'Dex looks for usernameAttr, emailAttr and groupsAttr among the attributes of the assertion, and compares names as strings: "no attribute with name …". The NameID is the subject and none of the attributes. Entra ID has a namespace in the names of attributes, unless the application is set up without.',
  remedy: 'Write the names as they are in AttributeStatement of a response; Dex logs them at a login.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.facts.callback !== 'saml') continue;
      const isEntra = knownProvider(connector.text('ssoURL'))?.name === 'Entra ID';
      for (const key of ['usernameAttr', 'emailAttr', 'groupsAttr']) {
        const name = connector.text(key) ?? '';
        const whole = isEntra ? OF_ENTRA.get(name.toLowerCase()) : undefined;
        if (whole !== undefined)
          yield {
            path: connector.at(key),
            message: `Entra ID calls the attribute ${whole}, unless the application is set up without a namespace, and logins fail: \`no attribute with name "${name}"\``,
            hint: `write ${whole}`,
          };
        else if (/^name_?-?id$/i.test(name))
          yield {
            path: connector.at(key),
            message: `The NameID is the subject of a response and none of its attributes, and logins fail: \`no attribute with name "${name}"\``,
            hint: 'have the provider send an attribute, and write its name',
          };
      }
    }
  },
};
