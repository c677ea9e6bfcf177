import { documentConnectors } from '../support/document-connectors';
import type { ConnectorRule } from '../rule';

/** Keys that hold PEM text as base64, by connector type, and what Dex says to something else. */
const DATA_KEYS: Readonly<Record<string, { readonly key: string; readonly error: string }>> = {
  ldap: { key: 'rootCAData', error: 'ldap: no certs found in ca file' },
  saml: { key: 'caData', error: 'parse cert: trailing data' },
  samlExperimental: { key: 'caData', error: 'parse cert: trailing data' },
  gitlab: { key: 'rootCAData', error: 'gitlab: invalid rootCAData' },
};

export const certificateData: ConnectorRule = {
  code: 'DEX318',
  severity: 'error',
  title: 'Base64 of something else than certificates',
  reason:
    'rootCAData and caData hold certificates as PEM text, the whole of it as base64. Other base64 is decoded without an error and holds no certificate, so that the connector cannot be opened: up to 2.44 Dex does not start, and pachd never does.',
  remedy: 'Write what `base64 -w0 ca.pem` prints.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      const data = DATA_KEYS[connector.type];
      const text = data && connector.text(data.key);
      if (data === undefined || text === undefined) continue;
      if (
        !isBase64(text) ||
        Buffer.from(text, 'base64').toString('latin1').includes('-----BEGIN CERTIFICATE-----')
      )
        continue;
      yield {
        path: connector.at(data.key),
        message: `${data.key} of "${connector.id}" is base64 of something else than certificates in PEM, and Dex cannot open the connector: \`${data.error}\``,
        hint: 'write what base64 -w0 prints for the PEM file',
      };
    }
  },
};

/** Whether the text is base64 at all; what is not is found with the values of keys. */
function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text);
}
