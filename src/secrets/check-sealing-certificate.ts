import type { X509Certificate } from 'node:crypto';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import type { Document } from '../document/document';
import { placeAt } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { isCertificate, readPem } from '../rules/support/pem';

/** The field that names the certificate. */
export const SEALING_CERTIFICATE = ['secrets', 'sealedSecret', 'certificate'] as const;

/** Before a certificate ends, people want to know: then nothing can be sealed. */
const WARNING_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What is wrong with the certificate that Secrets are sealed with, once it is read. */
export function checkSealingCertificate(document: Document, { secretForm }: Cluster): Diagnostic[] {
  if (secretForm.kind !== 'sealedSecret') return [];
  const text = secretForm.certificate?.value.reveal() ?? '';
  if (text === '') return [];
  const problem = sealingCertificateProblem(text);
  const ending = problem === undefined ? endsSoon(text) : undefined;
  if ((problem ?? ending) === undefined) return [];
  return [
    {
      code: 'SEC022',
      severity: problem === undefined ? 'warning' : 'error',
      message: `The certificate that Secrets are sealed with ${problem ?? ending ?? ''}`,
      ...placeAt(document.root, SEALING_CERTIFICATE),
      hint: `fetch the one that the controller uses now: pachkit secret certificate ${shellWord(document.file)}`,
    },
  ];
}

/** What is wrong with the text of a certificate; undefined for one that Secrets can be sealed with. */
export function sealingCertificateProblem(text: string): string | undefined {
  if (/PRIVATE KEY-----/.test(text))
    return 'comes with a private key, which opens all Secrets that are sealed for it';
  const block = readPem(text).blocks.find(({ type }) => type === 'CERTIFICATE');
  if (!block || !isCertificate(block.der)) return 'is not a certificate in PEM';
  const { X509Certificate: Certificate } = require('node:crypto') as typeof import('node:crypto');
  return faultOf(new Certificate(block.der));
}

/** Bits of the shortest key that Go, which the controller and kubeseal are written in, takes. */
const SHORTEST_KEY = 1024;

/** The only place where the time matters: what is written does not depend on it. */
function faultOf({ publicKey, validFrom, validTo }: X509Certificate): string | undefined {
  if (publicKey.asymmetricKeyType !== 'rsa') return 'has no key of RSA, and the controller has no other keys';
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < SHORTEST_KEY)
    return `has a key of ${bits} bits, and the controller takes none of fewer than ${SHORTEST_KEY}`;
  const now = Date.now();
  if (Date.parse(validTo) < now) return `expired on ${day(validTo)}`;
  if (Date.parse(validFrom) > now) return `is not valid before ${day(validFrom)}`;
  return undefined;
}

function endsSoon(text: string): string | undefined {
  const { X509Certificate: Certificate } = require('node:crypto') as typeof import('node:crypto');
  const { validTo } = new Certificate(text);
  return Date.parse(validTo) - Date.now() < WARNING_DAYS * DAY_MS
    ? `expires on ${day(validTo)}; after that nothing can be sealed`
    : undefined;
}

function day(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
