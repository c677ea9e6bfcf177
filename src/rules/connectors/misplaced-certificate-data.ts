import { hasCertificate, isCertificate, readPem } from '../support/pem';
import { isBase64 } from '../../model/base64';
import { isByte } from '../../forms/kinds';
import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

/** A key that holds PEM text as base64. */
interface DataKey {
  readonly key: string;
  /** A switch with which Dex does not read it. */
  readonly unless?: string;
  /** What Dex says to a string that is not what it wants; undefined when it takes it. */
  readonly error: (text: string) => string | undefined;
}

const saml: DataKey = {
  key: 'caData',
  unless: 'insecureSkipSignatureValidation',
  error: (text) => {
    const { blocks, rest } = readPem(text);
    if (blocks.some(({ der }) => !isCertificate(der))) return 'parse cert: x509: …';
    if (rest !== '') return 'parse cert: trailing data';
    return blocks.length === 0 ? 'no certificates found in ca data' : undefined;
  },
};

const withCertificate =
  (error: string) =>
  (text: string): string | undefined =>
    hasCertificate(text) ? undefined : error;

const DATA_KEYS: Readonly<Record<string, DataKey>> = {
  ldap: { key: 'rootCAData', error: withCertificate('ldap: no certs found in ca file') },
  saml,
  samlExperimental: saml,
  gitlab: { key: 'rootCAData', error: withCertificate('gitlab: invalid rootCAData') },
};

export const certificateData: ConnectorRule = {
  code: 'DEX318',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Base64 of something else than certificates',
  reason:
    'rootCAData and caData hold certificates as PEM text, the whole of it as base64. saml takes nothing but certificates in it, with nothing behind the last one. Other base64 is decoded without an error and holds no certificate, so that the connector cannot be opened: up to 2.44 Dex does not start, and pachd never does.',
  remedy: 'Write what `base64 -w0 ca.pem` prints.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      const data = DATA_KEYS[connector.type];
      const value = data && connector.value(data.key);
      const bytes = bytesOf(value);
      if (data === undefined || bytes === undefined) continue;
      if (data.unless !== undefined && connector.isOn(data.unless)) continue;
      const error = data.error(bytes.toString('latin1'));
      if (error === undefined) continue;
      yield {
        path: connector.at(data.key),
        message: `${data.key} of "${connector.id}" ${Array.isArray(value) ? 'holds the bytes' : 'is base64'} of something else than certificates in PEM alone, and Dex cannot open the connector: \`${error}\``,
        hint: 'write what base64 -w0 prints for the PEM file',
      };
    }
  },
};

/** The bytes that Go decodes a value into, when there are any; what it cannot decode is found with the values of keys. */
function bytesOf(value: unknown): Buffer | undefined {
  if (typeof value === 'string')
    return value !== '' && isBase64(value) ? Buffer.from(value, 'base64') : undefined;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every(isByte) ? Buffer.from(value.map(Number)) : undefined;
}
