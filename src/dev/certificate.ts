import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import path from 'node:path';
import type { KubernetesObject } from '../cluster/live';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import { findProgram } from '../files/find-program';
import { readOwnText } from '../files/read-file';
import { replaceFile } from '../files/replace-file';
import { isSystemError, writeFailure } from '../files/system-error';
import { isLoopbackHost, readUrl } from '../model/url-text';
import type { ClusterPlan } from '../plan/plan';
import { keepingFolder } from '../secrets/keeping-folder';
import { ACCESS_LABELS } from './access-services';
import { problem } from './problem';
import { runTool, type ToolSettings } from '../files/run-tool';
import type { Issued } from './x509';

/** A certificate for the URLs of a dev cluster. */
export interface DevCertificate extends Issued {
  /** File with the certificate of the authority that signed it. */
  readonly authority: string;
  /** The authority in PEM. */
  readonly authorityText: string;
  readonly madeBy: 'mkcert' | 'pachkit';
}

type Refused = { readonly diagnostics: readonly Diagnostic[] };
type Settings = ToolSettings & { readonly workingDirectory: string };

/** A certificate that ends earlier is made anew. */
const LEFT_MS = 30 * 24 * 60 * 60 * 1000;

const HOSTS = ['localhost', '127.0.0.1', '::1'];

/** The TLS Secret that a document refers to and does not have, where its URLs lead to this machine. */
export function missingTlsSecret({ cluster: { access, urls } }: ClusterPlan): string | undefined {
  const { tls } = access;
  const isHere = isLoopbackHost(readUrl(urls.browserIssuer).host);
  return tls?.newSecret === undefined && tls?.offloaded !== true && isHere ? tls?.secretName : undefined;
}

/** That Secret, as an object of Kubernetes. */
export function tlsSecret(name: string, namespace: string, { certificate, key }: Issued): KubernetesObject {
  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: ACCESS_LABELS },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': encoded(certificate), 'tls.key': encoded(key) },
  };
}

/**
 * A certificate for the URLs of a document: the one that is kept beside it, while it holds, or one of mkcert's authority, or
 * where there is no mkcert one of an authority that is kept beside the document, too. Nothing is put into a trust store.
 */
export async function devCertificate(
  plan: ClusterPlan,
  settings: Settings,
  now: Date,
): Promise<DevCertificate | Refused> {
  const folder = path.join(plan.document.directory, '.pachkit');
  const { host } = readUrl(plan.cluster.urls.browserIssuer);
  const hosts = [...new Set([...HOSTS, host.replace(/^\[|\]$/g, '')])];
  const { environment, workingDirectory } = settings;
  try {
    keepingFolder(folder);
    const own = path.join(folder, `${plan.cluster.name}.tls`);
    const files = { certificate: `${own}.crt`, key: `${own}.key` };
    const mkcert = findProgram('mkcert', { path: environment['PATH'], workingDirectory });
    return await (mkcert === undefined
      ? ofOwnAuthority(folder, files, hosts, now)
      : ofMkcert(mkcert, files, { plan, settings, hosts, now }));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const message = `${folder} cannot be written: ${writeFailure(error)}`;
    return {
      diagnostics: [problem(plan, 'DEV004', message, 'make it writable: the certificate is kept there')],
    };
  }
}

/** Where a certificate and its key are kept. */
type Files = Issued;

async function ofOwnAuthority(
  folder: string,
  files: Files,
  hosts: readonly string[],
  now: Date,
): Promise<DevCertificate> {
  const { newAuthority, newServerCertificate } = await import('./x509');
  const places = { certificate: path.join(folder, 'dev-ca.pem'), key: path.join(folder, 'dev-ca-key.pem') };
  let authority = keptPair(places, now);
  if (authority === undefined) keep(places, (authority = newAuthority('pachkit dev clusters', now)));
  let issued = keptPair(files, now);
  if (issued === undefined || !holds(issued, authority.certificate, hosts))
    keep(files, (issued = newServerCertificate(authority, hosts, now)));
  return {
    ...issued,
    authority: places.certificate,
    authorityText: authority.certificate,
    madeBy: 'pachkit',
  };
}

async function ofMkcert(
  mkcert: string,
  files: Files,
  {
    plan,
    settings,
    hosts,
    now,
  }: { plan: ClusterPlan; settings: Settings; hosts: readonly string[]; now: Date },
): Promise<DevCertificate | Refused> {
  const root = await runTool(mkcert, ['-CAROOT'], settings);
  const authority = path.join(root.output.trim(), 'rootCA.pem');
  const kept = keptPair(files, now);
  const known = textOf(authority);
  if (kept !== undefined && known !== undefined && holds(kept, known, hosts))
    return { ...kept, authority, authorityText: known, madeBy: 'mkcert' };
  const args = ['-cert-file', files.certificate, '-key-file', files.key, ...hosts];
  const { code, said } = await runTool(mkcert, args, settings);
  const made = code === 0 ? keptPair(files, now) : undefined;
  const authorityText = textOf(authority);
  if (made !== undefined && authorityText !== undefined) {
    keep(files, made);
    return { ...made, authority, authorityText, madeBy: 'mkcert' };
  }
  const message = `mkcert could not make a certificate: ${said.join(' ') || 'it could not be started'}`;
  return { diagnostics: [problem(plan, 'DEV004', message, 'fix what mkcert names, or take it out of PATH')] };
}

function keep({ certificate, key }: Files, issued: Issued): void {
  replaceFile(key, issued.key, 0o600);
  replaceFile(certificate, issued.certificate, 0o644);
}

/** A certificate and its key as they are kept; undefined where one is missing, not the other's, or ends soon. */
function keptPair({ certificate, key }: Files, now: Date): Issued | undefined {
  const pair = { certificate: textOf(certificate), key: textOf(key) };
  if (pair.certificate === undefined || pair.key === undefined) return undefined;
  const parsed = parse(pair.certificate);
  if (parsed === undefined || Date.parse(parsed.validTo) - now.getTime() < LEFT_MS) return undefined;
  try {
    if (!parsed.checkPrivateKey(createPrivateKey(pair.key))) return undefined;
  } catch {
    return undefined;
  }
  return { certificate: pair.certificate, key: pair.key };
}

function holds({ certificate }: Issued, authority: string, hosts: readonly string[]): boolean {
  const [own, signer] = [parse(certificate), parse(authority)];
  if (own === undefined || signer === undefined || !own.verify(signer.publicKey)) return false;
  return hosts.every((host) => (isIP(host) === 0 ? own.checkHost(host) : own.checkIP(host)) !== undefined);
}

function parse(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readOwnText(file);
  } catch {
    return undefined;
  }
}

/** What makes browsers of this machine trust an authority, for someone who wants that. */
export function trustCommand({ authority, madeBy }: DevCertificate, platform: NodeJS.Platform): string {
  if (madeBy === 'mkcert') return 'mkcert -install';
  const file = shellWord(authority);
  if (platform === 'darwin')
    return `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${file}`;
  if (platform === 'win32') return `certutil -user -addstore Root ${file}`;
  // Where no browser has run yet, certutil makes the files there, and not their folder.
  const folder = '"$HOME/.pki/nssdb"';
  return `mkdir -p -m 700 ${folder} && certutil -d sql:${folder} -A -t C,, -n pachkit-dev -i ${file}`;
}
