import { chmodSync, cpSync, mkdirSync } from 'node:fs';
import * as path from 'node:path';

/** Makes a folder with a stand-in under the name of each program. */
export function standIn(folder: string, source: string, names: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(__dirname, 'minikube-flags.json'), path.join(folder, 'minikube-flags.json'));
  for (const name of names) {
    const file = path.join(folder, name);
    cpSync(path.join(__dirname, source), file);
    chmodSync(file, 0o755);
  }
}
