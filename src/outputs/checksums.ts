import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { compare } from '../diagnostics/diagnostic';
import { attempt } from '../files/attempt';

/** Checksums of the files of a cluster that hold no secrets, as `sha256sum -c` reads them. */
const CHECKSUMS = 'SHA256SUMS';

/**
 * Those of the files with secrets. Everything else in such a file follows from the document, so with a checksum anyone could try
 * passwords until one fits: it is kept as the files themselves are.
 */
export const SECRET_CHECKSUMS = 'SHA256SUMS.secrets';

/** Whether a file has checksums of the others. */
export function isChecksums(file: string): boolean {
  return file === CHECKSUMS || file === SECRET_CHECKSUMS;
}

/** The files with checksums of a folder in which some files may hold secrets. */
export function checksumFiles(hasSecrets: boolean): readonly string[] {
  return hasSecrets ? [CHECKSUMS, SECRET_CHECKSUMS] : [CHECKSUMS];
}

/** Writes the checksums of what is in a folder. */
export function writeChecksums(folder: string, files: readonly string[], secrets: readonly string[]): void {
  const isSecret = new Set(secrets);
  const open = files.filter((file) => !isSecret.has(file));
  fs.writeFileSync(path.join(folder, CHECKSUMS), checksumsOf(folder, open));
  if (secrets.length > 0)
    fs.writeFileSync(path.join(folder, SECRET_CHECKSUMS), checksumsOf(folder, secrets), { mode: 0o600 });
}

/** A line for each of the files that is there, in the order of their paths. */
function checksumsOf(folder: string, files: readonly string[]): string {
  return [...files]
    .sort(compare)
    .flatMap((file) => {
      const content = attempt(() => fs.readFileSync(path.join(folder, file)));
      return content === undefined
        ? []
        : [`${createHash('sha256').update(content).digest('hex')}  ${file}\n`];
    })
    .join('');
}
