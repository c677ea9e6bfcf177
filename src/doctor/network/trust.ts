import tls from 'node:tls';
import { readOwnText } from '../../files/read-file';

/** Certificates of authorities that sign what servers show. */
export interface Trust {
  /** In PEM: those of this machine, or where it has none those that Node has built in, and those of `--ca`. */
  readonly authorities: readonly string[];
  /** The same without those of `--ca`. */
  readonly withoutOption: readonly string[];
}

/** Where systems keep the authorities that browsers and Go programs trust, as crypto/x509 looks for them. */
const SYSTEM_FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in PEM text, one string each. */
export function certificatesIn(text: string): string[] {
  return text.match(CERTIFICATE) ?? [];
}

/**
 * The authorities to verify servers by.
 *
 * @param option PEM text of `--ca`
 * @param variable the file that SSL_CERT_FILE names, which then stands for the system's
 */
export function readTrust(option: string | undefined, variable: string | undefined): Trust {
  const system = (variable === undefined ? SYSTEM_FILES : [variable])
    .map(readIfThere)
    .find((text) => text !== '');
  const ofSystem = certificatesIn(system ?? '');
  const withoutOption = ofSystem.length > 0 ? ofSystem : tls.rootCertificates;
  const added = certificatesIn(option ?? '');
  return { withoutOption, authorities: added.length === 0 ? withoutOption : [...withoutOption, ...added] };
}

function readIfThere(file: string): string {
  try {
    return readOwnText(file);
  } catch {
    return '';
  }
}
