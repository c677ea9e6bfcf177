import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { nodeAt, placeAt } from '../document/source-node';
import { readOwnText } from '../files/read-file';
import { replaceFile } from '../files/replace-file';
import { isSystemError, writeFailure, writeHint } from '../files/system-error';
import { SEALING_CERTIFICATE, sealingCertificateProblem } from '../secrets/check-sealing-certificate';
import { targetOf } from './cluster-options';
import type { CommandOptions } from './command';
import type { Host } from './host';

/** A certificate that was fetched into a file. */
export interface FetchedCertificate {
  /** As the document names it. */
  readonly file: string;
  /** SHA-256 of the certificate, in hexadecimal digits with colons. */
  readonly fingerprint: string;
  /** Last day of its validity, such as `2036-01-31`. */
  readonly validUntil: string;
  /** What was in the file before: the same, another one, or none. */
  readonly before: 'same' | 'other' | 'none';
}

/** Fetches the certificate of the controller from the cluster into the file that the document names. */
export async function fetchCertificate(
  host: Host,
  document: Document,
  options: CommandOptions,
): Promise<{ readonly certificate?: FetchedCertificate; readonly diagnostics: readonly Diagnostic[] }> {
  const problem = (code: Diagnostic['code'], message: string, hint: string): Diagnostic => ({
    code,
    severity: 'error',
    message,
    ...placeAt(document.root, SEALING_CERTIFICATE),
    hint,
  });
  const node = nodeAt(document.root, [...SEALING_CERTIFICATE, 'file']);
  if (typeof node?.scalar !== 'string') {
    const hint =
      'write secrets.output: sealedSecret and secrets.sealedSecret: { certificate: { file: ./sealed-secrets.pem } }';
    return { diagnostics: [problem('SEC020', 'The document names no file for the certificate', hint)] };
  }
  const file = node.scalar;
  const target = path.resolve(node.source.directory, file);
  const { connect, fetchSealingCertificate } = await import('../cluster/live');
  const resources = connect(targetOf(host, options), document.file);
  if ('severity' in resources) return { diagnostics: [resources] };
  const controller = {
    name: String(options['controllerName']),
    namespace: String(options['controllerNamespace']),
  };
  const text = await fetchSealingCertificate(resources, controller, document.file);
  resources.api.close();
  if (typeof text !== 'string') return { diagnostics: [text] };
  const fault = sealingCertificateProblem(text);
  if (fault !== undefined) {
    const message = `What the controller gives ${fault}; ${file} is as it was`;
    return { diagnostics: [problem('SEC022', message, 'see kubectl logs of the controller')] };
  }
  const { fingerprint256, validTo } = new X509Certificate(text);
  const before = fingerprintIn(target);
  try {
    if (before !== fingerprint256) replaceFile(target, text, 0o644);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const message = `${file} cannot be written (${writeFailure(error)})`;
    const hint = writeHint(error, 'change the path, or the permissions of its folder');
    return { diagnostics: [problem('SEC022', message, hint)] };
  }
  return {
    certificate: {
      file,
      fingerprint: fingerprint256,
      validUntil: new Date(validTo).toISOString().slice(0, 10),
      before: before === undefined ? 'none' : before === fingerprint256 ? 'same' : 'other',
    },
    diagnostics: [],
  };
}

/** What was done, in a line; what a new certificate means, in another. */
export function certificateText({ file, fingerprint, validUntil, before }: FetchedCertificate): string {
  const digest = `SHA-256 ${fingerprint.slice(0, 23)}…`;
  const line = `${file}: the certificate of the controller, ${digest}, valid until ${validUntil}`;
  if (before === 'same') return `${line}; it has not changed\n`;
  if (before === 'none') return `${line}; commit it\n`;
  return `${line}; it is a new one\n  the controller opens what was sealed for the one before as long as it has that key; pachkit synth seals everything anew\n`;
}

/** The certificate that is in a file, if there is one. */
function fingerprintIn(file: string): string | undefined {
  try {
    return new X509Certificate(readOwnText(file)).fingerprint256;
  } catch {
    return undefined;
  }
}
