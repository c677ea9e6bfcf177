import fs from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { compare } from '../diagnostics/diagnostic';
import type { OutputFile } from './output';

/** Lists the files that pachkit wrote into a cluster's folder, so that others are never taken for its own. */
const INVENTORY = '.pachkit.json';

/** Files that Terraform keeps beside what it applies; they stay when the folder is replaced. */
const TERRAFORM_FILES =
  /^terraform\/(\.terraform($|\/)|\.terraform\.lock\.hcl$|\.terraform\.tfstate|[^/]*\.tfstate|[^/]*\.tfstate\.|[^/]*\.tfvars(\.json)?$|[^/]*\.tfplan$|terraform\.tfstate\.d($|\/))/;

const LOCAL_STATE = /^terraform\/(terraform\.tfstate\.d\/[^/]+\/)?terraform\.tfstate$/;

/**
 * The folder of one cluster below `--out`. Everything is written into a new folder beside it; `replace()` then puts that
 * in its place. A synthesis that fails or is killed before leaves the old folder as it was.
 */
export class OutputDirectory {
  readonly #target: string;
  readonly #staging: string;
  readonly #stagingPrefix: string;
  readonly #previous: string;
  readonly #shown: string;

  /** `out` is absolute; `shownOut` is how the user named it. */
  constructor(
    private readonly out: string,
    shownOut: string,
    name: string,
  ) {
    this.#target = path.join(out, name);
    this.#stagingPrefix = `.${name}.new-`;
    this.#staging = path.join(out, `${this.#stagingPrefix}${process.pid}`);
    this.#previous = path.join(out, `.${name}.previous`);
    this.#shown = path.join(shownOut, name);
  }

  /** The folder as the user would name it. */
  get shownPath(): string {
    return this.#shown;
  }

  /** What stands in the way of writing: a file, missing rights, files of somebody else. */
  check(): Diagnostic[] {
    for (let at = this.out; ; at = path.dirname(at)) {
      const stat = statOf(at);
      if (stat && !stat.isDirectory())
        return [
          this.#problem(
            'OUT001',
            `${this.#shownName(at)} is a file, and output is written into folders`,
            'name another folder with --out',
          ),
        ];
      if (stat) {
        if (!isWritable(at))
          return [
            this.#problem(
              'OUT002',
              `${this.#shownName(at)} is not writable`,
              'name another folder with --out, or change its permissions',
            ),
          ];
        break;
      }
      if (at === path.dirname(at)) break;
    }
    this.#recover();
    const stat = statOf(this.#target);
    if (!stat) return [];
    if (!stat.isDirectory())
      return [
        this.#problem(
          'OUT001',
          `${this.#shown} is a file, and the output of the cluster is a folder of that name`,
          'move it away, or name another folder with --out',
        ),
      ];
    if (!isWritable(this.#target))
      return [
        this.#problem(
          'OUT002',
          `${this.#shown} is not writable`,
          'change its permissions, or name another folder with --out',
        ),
      ];
    const foreign = this.#foreignFiles();
    if (foreign.length === 0) return [];
    const listed =
      foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ` and ${foreign.length - 3} more` : '');
    return [
      this.#problem(
        'OUT003',
        `${this.#shown} holds files that pachkit did not write: ${listed}; they would be lost`,
        'move them away, or name another folder with --out',
      ),
    ];
  }

  /** What Terraform made and nothing describes any more, when this is what is going to be in the folder. */
  abandoned(files: readonly OutputFile[], outputs: readonly string[]): Diagnostic[] {
    if (!outputs.includes('terraform') || files.some((file) => file.path.startsWith('terraform/'))) return [];
    if (!this.#files().some((file) => this.#isStateInUse(file))) return [];
    return [
      {
        code: 'OUT005',
        severity: 'warning',
        message: `${this.#shown}/terraform holds the state of an application at Auth0 that the document no longer has; it stays at Auth0, and Terraform has no configuration to remove it with`,
        location: { file: this.#shown },
        path: '',
        hint: 'to remove it, put the section auth0 back, run pachkit synth and terraform destroy, and take the section away; to keep it, move the folder terraform away',
      },
    ];
  }

  /** Whether a file is a state with something in it, or says that the state is elsewhere. */
  #isStateInUse(file: string): boolean {
    if (file === 'terraform/.terraform/terraform.tfstate') return true;
    if (!LOCAL_STATE.test(file)) return false;
    try {
      const { resources } = JSON.parse(fs.readFileSync(path.join(this.#target, file), 'utf8')) as {
        resources?: unknown;
      };
      return !Array.isArray(resources) || resources.length > 0;
    } catch {
      return true;
    }
  }

  /** Writes the files of `outputs` into the new folder, and takes over what the others of the old one hold. */
  stage(files: readonly OutputFile[], outputs: readonly string[]): void {
    this.#removeAbandoned();
    fs.mkdirSync(this.#staging, { recursive: true });
    const kept = this.#inventory().filter((file) => !outputs.some((output) => file.startsWith(`${output}/`)));
    const carried = new Set([...kept, ...this.#files().filter((file) => TERRAFORM_FILES.test(file))]);
    for (const file of carried) this.#carryOver(file);
    for (const file of files) {
      const absolute = path.join(this.#staging, file.path);
      fs.mkdirSync(path.dirname(absolute), { recursive: true });
      fs.writeFileSync(absolute, file.content, { mode: file.isSecret ? 0o600 : 0o644 });
    }
    const inventory = [...kept, ...files.map((file) => file.path)].sort(compare);
    const content = { apiVersion: 'pachkit/v1', files: inventory };
    fs.writeFileSync(path.join(this.#staging, INVENTORY), `${JSON.stringify(content, null, 2)}\n`);
  }

  /** Puts the new folder in the place of the old one. */
  replace(): void {
    fs.rmSync(this.#previous, { recursive: true, force: true });
    if (fs.existsSync(this.#target)) fs.renameSync(this.#target, this.#previous);
    fs.renameSync(this.#staging, this.#target);
    fs.rmSync(this.#previous, { recursive: true, force: true });
  }

  /** Removes what was staged, after a failure. */
  discard(): void {
    fs.rmSync(this.#staging, { recursive: true, force: true });
  }

  /** A process that was killed between the two renames of `replace()` has left the old folder under another name. */
  #recover(): void {
    if (!fs.existsSync(this.#target) && fs.existsSync(this.#previous))
      fs.renameSync(this.#previous, this.#target);
  }

  /** Removes what processes that were killed while they staged have left. */
  #removeAbandoned(): void {
    if (!fs.existsSync(this.out)) return;
    for (const name of fs.readdirSync(this.out)) {
      if (!name.startsWith(this.#stagingPrefix)) continue;
      const pid = Number(name.slice(this.#stagingPrefix.length));
      if (pid === process.pid || !isRunning(pid))
        fs.rmSync(path.join(this.out, name), { recursive: true, force: true });
    }
  }

  #inventory(): string[] {
    try {
      const content = JSON.parse(fs.readFileSync(path.join(this.#target, INVENTORY), 'utf8')) as {
        files?: unknown;
      };
      return Array.isArray(content.files) ? content.files.filter(isInside) : [];
    } catch {
      return [];
    }
  }

  #foreignFiles(): string[] {
    const own = new Set([...this.#inventory(), INVENTORY]);
    return this.#files().filter((file) => !own.has(file) && !TERRAFORM_FILES.test(file));
  }

  /** Everything in the old folder that is not a folder itself, as sorted paths with forward slashes. */
  #files(): string[] {
    if (!fs.existsSync(this.#target)) return [];
    return fs
      .readdirSync(this.#target, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) =>
        path.relative(this.#target, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
      )
      .sort(compare);
  }

  /** A second name for the same file: the old folder stays complete until it is replaced. */
  #carryOver(file: string): void {
    const from = path.join(this.#target, file);
    const to = path.join(this.#staging, file);
    const stat = fs.lstatSync(from, { throwIfNoEntry: false });
    if (!stat) return;
    fs.mkdirSync(path.dirname(to), { recursive: true });
    if (stat.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(from), to);
    else linkOrCopy(from, to);
  }

  #shownName(absolute: string): string {
    const relative = path.relative(this.out, absolute);
    return path.normalize(path.join(path.dirname(this.#shown), relative)) || '.';
  }

  #problem(code: string, message: string, hint: string): Diagnostic {
    return { code, severity: 'error', message, location: { file: this.#shown }, path: '', hint };
  }
}

/** Whether an entry of an inventory, which anybody may have edited, is a file of the folder. */
function isInside(file: unknown): file is string {
  return typeof file === 'string' && !path.isAbsolute(file) && !file.split('/').includes('..');
}

function statOf(absolute: string): fs.Stats | undefined {
  try {
    return fs.statSync(absolute, { throwIfNoEntry: false });
  } catch {
    // ENOTDIR: a file is in the place of one of the folders above; the loop finds it there.
    return undefined;
  }
}

function isWritable(absolute: string): boolean {
  try {
    fs.accessSync(absolute, fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Not every file system has links. */
function linkOrCopy(from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    fs.copyFileSync(from, to);
  }
}

function isRunning(pid: number): boolean {
  try {
    return Number.isSafeInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
