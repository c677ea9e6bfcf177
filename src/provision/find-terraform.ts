import fs from 'node:fs';
import path from 'node:path';

/** Programs that apply what is written, by what registry the lock file of a folder names. */
const PROGRAMS = [
  { name: 'terraform', registry: 'registry.terraform.io/' },
  { name: 'tofu', registry: 'registry.opentofu.org/' },
] as const;

/** Where Terraform is looked for. */
export interface TerraformSearch {
  /** The value of `--terraform`, or of the variable PACHKIT_TERRAFORM: a path, or a name in a folder of PATH. */
  readonly named?: string;
  /** The value of PATH. */
  readonly path: string | undefined;
  /** Absolute folder that a relative path starts from. */
  readonly workingDirectory: string;
  /** Absolute folder that it is to work in; need not be there. */
  readonly directory: string;
}

/**
 * The Terraform or OpenTofu to use, as an absolute path. With both on PATH it is the one that the folder was initialized by,
 * whose lock file names its registry, or else Terraform.
 *
 * @returns undefined when there is none
 */
export function findTerraform({
  named,
  path: folders,
  workingDirectory,
  directory,
}: TerraformSearch): string | undefined {
  if (named !== undefined && /[/\\]/.test(named)) {
    const absolute = path.resolve(workingDirectory, named);
    return isProgram(absolute) ? absolute : undefined;
  }
  const find = (name: string): string | undefined =>
    (folders ?? '')
      .split(path.delimiter)
      .filter((folder) => folder !== '')
      .map((folder) => path.resolve(workingDirectory, folder, name))
      .find(isProgram);
  if (named !== undefined) return find(named);
  const lock = readLock(directory);
  const [initialized, ...others] = [...PROGRAMS].sort(
    (a, b) => Number(lock.includes(b.registry)) - Number(lock.includes(a.registry)),
  );
  return [initialized, ...others].map((program) => program && find(program.name)).find(Boolean);
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function readLock(directory: string): string {
  try {
    return fs.readFileSync(path.join(directory, '.terraform.lock.hcl'), 'utf8');
  } catch {
    return '';
  }
}
