import { execFileSync } from 'node:child_process';

/** A certificate that is valid for 30 days from now on, and its key. */
export function newCertificate(bits = 2048): { certificate: string; key: string } {
  const args = ['req', '-x509', '-newkey', `rsa:${bits}`, '-nodes', '-subj', '/CN=sealed', '-days', '30'];
  const text = execFileSync('openssl', [...args, '-keyout', '-', '-out', '-'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const at = text.indexOf('-----BEGIN CERTIFICATE');
  return { certificate: text.slice(at), key: text.slice(0, at) };
}
