import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import * as path from 'node:path';
import { runToSuccess } from './process';
import { toolPath } from './tools';

/** A certificate and its private key, as files and as PEM text. */
export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority of a suite's own, trusted by no one but those who are given its certificate. */
export interface CertificateAuthority extends Certificate {
  /** A server certificate for these DNS names and IP addresses, valid for 30 days, or for so many; negative: expired then. */
  issue(name: string, hosts: readonly string[], days?: number): Promise<Certificate>;
}

const VALID_DAYS = 30;

/** A private key in PKCS #8 PEM, written to a file that only its owner reads. */
export function writePrivateKey(file: string, kind: 'ec' | 'rsa' = 'ec'): string {
  const { privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(file, key, { mode: 0o600 });
  return key;
}

function openssl(directory: string, args: readonly string[]): Promise<string> {
  return runToSuccess({ name: 'openssl', program: toolPath('openssl'), args, workingDirectory: directory });
}

/** Makes a certificate authority whose files, and those of the certificates it issues, are in the directory. */
export async function createCertificateAuthority(directory: string): Promise<CertificateAuthority> {
  const keyFile = path.join(directory, 'ca.key');
  const certificateFile = path.join(directory, 'ca.crt');
  const key = writePrivateKey(keyFile);
  const subject = ['-subj', '/CN=pachkit end-to-end tests'];
  const extensions = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await openssl(directory, [
    ...['req', '-x509', '-new', '-key', keyFile, '-out', certificateFile, '-days', String(VALID_DAYS)],
    ...subject,
    ...extensions,
  ]);

  return {
    certificateFile,
    keyFile,
    certificate: readFileSync(certificateFile, 'utf8'),
    key,
    async issue(name, hosts, days = VALID_DAYS) {
      const files = (suffix: string): string => path.join(directory, `${name}.${suffix}`);
      const serverKey = writePrivateKey(files('key'));
      const names = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`);
      writeFileSync(
        files('ext'),
        [
          `subjectAltName=${names.join(',')}`,
          'basicConstraints=critical,CA:FALSE',
          'keyUsage=critical,digitalSignature',
          'extendedKeyUsage=serverAuth',
        ].join('\n'),
      );
      await openssl(directory, [
        ...['req', '-new', '-key', files('key'), '-subj', `/CN=${name}`, '-out', files('csr')],
      ]);
      await openssl(directory, [
        ...['x509', '-req', '-in', files('csr'), '-CA', certificateFile, '-CAkey', keyFile],
        ...['-CAcreateserial', '-days', String(days), '-extfile', files('ext'), '-out', files('crt')],
      ]);
      return {
        certificateFile: files('crt'),
        keyFile: files('key'),
        certificate: readFileSync(files('crt'), 'utf8'),
        key: serverKey,
      };
    },
  };
}
