import { ipVersion } from '../model/ip-address';
import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { formatPath, placeAt } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { tlsSecrets, type TlsSecret } from '../model/tls-secrets';
import { isCertificate, readPem } from '../rules/support/pem';

/** What is wrong with a certificate or its key. */
interface Fault {
  readonly field: 'certificate' | 'key';
  readonly severity?: 'warning';
  readonly message: string;
  readonly hint: string;
}

/** What can be wrong with certificates that are written, once they and their keys are read. Messages hold no key. */
export function checkCertificates(document: Document, cluster: Cluster): Diagnostic[] {
  return tlsSecrets(cluster).flatMap((secret) =>
    faultsOf(secret, cluster).map(({ field, severity, message, hint }): Diagnostic => {
      const steps = [...secret.path, 'newSecret', field];
      return {
        code: 'ACC022',
        severity: severity ?? 'error',
        message: `${formatPath(steps)} ${message}`,
        ...placeAt(document.root, steps),
        hint,
      };
    }),
  );
}

function faultsOf(secret: TlsSecret, cluster: Cluster): Fault[] {
  const certificate = textOf(secret.certificate);
  const key = textOf(secret.key);
  // Not read, or in the cluster already.
  if (certificate === '' || key === '') return [];
  const own = firstCertificate(certificate);
  const pair = privateKey(key);
  return [
    ...(own
      ? []
      : [
          {
            field: 'certificate',
            message:
              'has no certificate in PEM, and TLS does not start (`tls: failed to find any PEM data in certificate input`)',
            hint: 'give the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, the own certificate first',
          } as const,
        ]),
    ...(pair
      ? []
      : [
          {
            field: 'key',
            message:
              'is not a private key in PEM that can be read without a passphrase, and TLS does not start (`tls: failed to find any PEM data in key input`)',
            hint: 'openssl pkey -in KEY removes the passphrase and converts other forms',
          } as const,
        ]),
    ...(own && pair ? faultsTogether(own, pair, secret, cluster) : []),
  ];
}

function faultsTogether(
  own: X509Certificate,
  pair: KeyObject,
  { path }: TlsSecret,
  cluster: Cluster,
): Fault[] {
  const host = path[0] === 'access' ? cluster.access.host : undefined;
  if (!own.checkPrivateKey(pair))
    return [
      {
        field: 'key',
        message:
          'belongs to another certificate, and TLS does not start (`tls: private key does not match public key`)',
        hint: 'the certificate of the key comes first, those of authorities behind it',
      },
    ];
  if (host === undefined || isFor(own, host)) return [];
  return [
    {
      field: 'certificate',
      severity: 'warning',
      message: `is not for ${host}, and browsers and pachctl refuse it (\`x509: certificate is valid for … not ${host}\`)`,
      hint: 'use a certificate whose subject alternative names have the host',
    },
  ];
}

function isFor(certificate: X509Certificate, host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  const found =
    ipVersion(address) === 0
      ? certificate.checkHost(address, { subject: 'never' })
      : certificate.checkIP(address);
  return found !== undefined;
}

function textOf(reference: TlsSecret['key']): string {
  return reference.kind === 'literal' ? reference.value.reveal() : '';
}

function firstCertificate(text: string): X509Certificate | undefined {
  const block = readPem(text).blocks.find(({ type }) => type === 'CERTIFICATE');
  if (!block || !isCertificate(block.der)) return undefined;
  const { X509Certificate: Certificate } = require('node:crypto') as typeof import('node:crypto');
  return new Certificate(block.der);
}

function privateKey(text: string): KeyObject | undefined {
  const { createPrivateKey } = require('node:crypto') as typeof import('node:crypto');
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}
