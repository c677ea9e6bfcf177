import type { X509Certificate } from 'node:crypto';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { locate, toPointer } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { isCertificate, readPem } from '../rules/support/pem';

const PATH = ['secrets', 'sealedSecret', 'certificate'];
const HINT = 'fetch the one that the controller uses now: kubeseal --fetch-cert > sealed-secrets.pem';

/** What is wrong with the certificate that Secrets are sealed with, once it is read. */
export function checkSealingCertificate(document: Document, { secretForm }: Cluster): Diagnostic[] {
  if (secretForm.kind !== 'sealedSecret') return [];
  const text = secretForm.certificate?.value.reveal() ?? '';
  const problem = text === '' ? undefined : problemWith(text);
  if (problem === undefined) return [];
  return [
    {
      code: 'SEC022',
      severity: 'error',
      message: `The certificate that Secrets are sealed with ${problem}`,
      location: locate(document.root, PATH),
      path: toPointer(PATH),
      hint: HINT,
    },
  ];
}

function problemWith(text: string): string | undefined {
  if (/PRIVATE KEY-----/.test(text))
    return 'comes with a private key, which opens all Secrets that are sealed for it';
  const block = readPem(text).blocks.find(({ type }) => type === 'CERTIFICATE');
  if (!block || !isCertificate(block.der)) return 'is not a certificate in PEM';
  const { X509Certificate: Certificate } = require('node:crypto') as typeof import('node:crypto');
  return faultOf(new Certificate(block.der));
}

/** The only place where the time matters: what is written does not depend on it. */
function faultOf({ publicKey, validFrom, validTo }: X509Certificate): string | undefined {
  if (publicKey.asymmetricKeyType !== 'rsa') return 'has no key of RSA, and the controller has no other keys';
  const now = Date.now();
  if (Date.parse(validTo) < now) return `expired on ${day(validTo)}`;
  if (Date.parse(validFrom) > now) return `is not valid before ${day(validFrom)}`;
  return undefined;
}

function day(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
