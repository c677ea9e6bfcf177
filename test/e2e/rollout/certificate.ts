import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** A certificate as the controller of SealedSecrets has one, in PEM. */
export function selfSigned(folder: string): string {
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=sealed', '-days', '30'];
  const { status } = spawnSync('openssl', [...args, '-keyout', 'seal.key', '-out', 'seal.crt'], {
    cwd: folder,
  });
  expect(status).toBe(0);
  return fs.readFileSync(path.join(folder, 'seal.crt'), 'utf8');
}
