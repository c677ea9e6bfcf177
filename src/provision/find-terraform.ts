import fs from 'node:fs';
import path from 'node:path';
import { findProgram, type ProgramSearch } from '../files/find-program';

/** Programs that apply what is written, by what registry the lock file of a folder names. */
const PROGRAMS = [
  { name: 'terraform', registry: 'registry.terraform.io/' },
  { name: 'tofu', registry: 'registry.opentofu.org/' },
] as const;

/** Where Terraform is looked for. */
export interface TerraformSearch extends ProgramSearch {
  /** The value of `--terraform`, or of the variable PACHKIT_TERRAFORM: a path, or a name in a folder of PATH. */
  readonly named?: string;
  /** Absolute folder that it is to work in; need not be there. */
  readonly directory: string;
}

/**
 * The Terraform or OpenTofu to use, as an absolute path. With both on PATH it is the one that the folder was initialized by,
 * whose lock file names its registry, or else Terraform.
 *
 * @returns undefined when there is none
 */
export function findTerraform({ named, directory, ...search }: TerraformSearch): string | undefined {
  if (named !== undefined) return findProgram(named, search);
  const lock = readLock(directory);
  const initializedFirst = [...PROGRAMS].sort(
    (a, b) => Number(lock.includes(b.registry)) - Number(lock.includes(a.registry)),
  );
  return initializedFirst.map(({ name }) => findProgram(name, search)).find((found) => found !== undefined);
}

function readLock(directory: string): string {
  try {
    return fs.readFileSync(path.join(directory, '.terraform.lock.hcl'), 'utf8');
  } catch {
    return '';
  }
}
