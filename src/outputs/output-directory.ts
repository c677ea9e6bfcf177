import fs from 'node:fs';
import path from 'node:path';
import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { compare } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import { attempt } from '../files/attempt';
import { removeLeftovers } from '../files/leftovers';
import { makeFolders } from '../files/make-folders';
import { writeString } from '../files/write-string';
import { CONFIGURATION_FILE } from '../terraform/configuration-file';
import { checksumFiles, isChecksums, SECRET_CHECKSUMS, writeChecksums } from './checksums';
import {
  carryOver,
  type Contents,
  contentsOf,
  isLink,
  isWritable,
  isWritten,
  modeOf,
  realPath,
  statOf,
} from './folder-files';
import { GITIGNORE, gitignoreText, trackedFiles } from './git';
import { DOCUMENT_LINK, documentOf, INVENTORY, inventoryText, linkDocument, linkTo } from './inventory';
import type { OutputFile } from './output';
import { settle } from './settle';
import { isStateInUse, isTerraformFile, stateFolderOf, stateFolders, terraformIn } from './terraform-files';

/** What a folder is written from. */
export interface Origin {
  /** The document's absolute path; missing for standard input. */
  readonly document?: string;
  /** Whether the folder may have been written from another document before. */
  readonly adopt?: boolean;
  /** Whether checksums of its files are written into it. @default false */
  readonly checksums?: boolean;
}

/**
 * The folder of one cluster below `--out`. Everything is written into a new folder beside it; `replace()` then puts that
 * in its place. A synthesis that fails or is killed before leaves the old folder as it was.
 */
export class OutputDirectory {
  readonly #target: string;
  readonly #staging: string;
  #isStaged = false;
  /** Whether nothing has to be written. */
  #isCurrent = false;
  readonly #stagingPrefix: string;
  readonly #previous: string;
  readonly #old: string;
  readonly #oldPrefix: string;
  readonly #shown: string;
  #contents: Contents | undefined;

  /** `out` is absolute; `shownOut` is how the user named it. */
  constructor(
    private readonly out: string,
    shownOut: string,
    name: string,
    private readonly origin: Origin = {},
  ) {
    this.#target = path.join(out, name);
    this.#stagingPrefix = `.${name}.new-`;
    this.#staging = path.join(out, `${this.#stagingPrefix}${process.pid}`);
    this.#previous = path.join(out, `.${name}.previous`);
    this.#oldPrefix = `.${name}.old-`;
    this.#old = path.join(out, `${this.#oldPrefix}${process.pid}`);
    this.#shown = path.join(shownOut, name);
  }

  /** The folder as the user would name it. */
  get shownPath(): string {
    return this.#shown;
  }

  /** Removes what killed processes have left of folders in `out`, which is read once however many they are. */
  static clearUp(out: string, folders: readonly OutputDirectory[]): void {
    removeLeftovers(
      out,
      folders.flatMap((folder) => [folder.#stagingPrefix, folder.#oldPrefix]),
    );
  }

  /** What stands in the way of the folder of all output, which is locked before anything in it is looked at. */
  checkAbove(): Diagnostic[] {
    const above = this.#checkAbove();
    return above ? [above] : [];
  }

  /**
   * What stands in the way of writing below that: a file, a link, missing rights, files of someone else, another document. Has
   * the old folder again where a pachkit was killed while it replaced it, so only one process may ask at a time.
   */
  check(): Diagnostic[] {
    const folder = this.#checkTarget();
    if (folder) return [folder];
    const doubtful = this.#recover();
    if (doubtful.length > 0) return doubtful;
    this.#contents = undefined;
    const foreign = this.#foreignFiles().filter((file) => !isTerraformFile(this.#target, file));
    const problems = [this.#otherDocument(), this.#foreignProblem(foreign), this.#busyTerraform()];
    return problems.filter((problem) => problem !== undefined);
  }

  #checkAbove(): Diagnostic | undefined {
    const remedy = 'name another folder with --out';
    for (let at = this.out; ; at = path.dirname(at)) {
      const stat = statOf(at);
      if (stat && !stat.isDirectory())
        return this.#problem(
          'OUT001',
          `${this.#shownName(at)} is a file, and output is written into folders`,
          remedy,
        );
      if (!stat && isLink(at))
        return this.#problem(
          'OUT001',
          `${this.#shownName(at)} is a link to something that is not there`,
          remedy,
        );
      if (stat && !isWritable(at))
        return this.#problem(
          'OUT002',
          `${this.#shownName(at)} is not writable`,
          `${remedy}, or change its permissions`,
        );
      if (stat || at === path.dirname(at)) return undefined;
    }
  }

  #checkTarget(): Diagnostic | undefined {
    if (isLink(this.#target))
      return this.#problem(
        'OUT001',
        `${this.#shown} is a link, and the output of the cluster is a folder of that name, which is replaced as a whole`,
        'name the folder that the link is to lead to with --out',
      );
    const stat = statOf(this.#target);
    if (stat && !stat.isDirectory())
      return this.#problem(
        'OUT001',
        `${this.#shown} is a file, and the output of the cluster is a folder of that name`,
        'move it away, or name another folder with --out',
      );
    if (stat && !isWritable(this.#target))
      return this.#problem(
        'OUT002',
        `${this.#shown} is not writable`,
        'change its permissions, or name another folder with --out',
      );
    return undefined;
  }

  #foreignProblem(foreign: readonly string[]): Diagnostic | undefined {
    if (foreign.length === 0) return undefined;
    const listed =
      foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ` and ${foreign.length - 3} more` : '');
    return this.#problem(
      'OUT003',
      `${this.#shown} holds files that pachkit did not write: ${listed}; they would be lost`,
      'move them away, or name another folder with --out',
    );
  }

  /** A document that was moved or renamed is not there any more, and its folder goes on with the new one. */
  #otherDocument(): Diagnostic | undefined {
    const { document, adopt } = this.origin;
    if (document === undefined || adopt === true || !this.#files().includes(DOCUMENT_LINK)) return undefined;
    const other = documentOf(this.#target);
    if (other === undefined || other === realPath(document)) return undefined;
    return this.#problem(
      'OUT007',
      `${this.#shown} was written from another document, ${this.#shownName(other)}; the cluster of that document would lose its manifests, and its Terraform state would be applied to this one`,
      'give one of the clusters another name, or name another folder with --out; if the documents are of the same cluster, add --adopt once',
    );
  }

  #busyTerraform(): Diagnostic | undefined {
    const pid = terraformIn(this.#target, this.#files());
    if (pid === undefined) return undefined;
    return this.#problem(
      'OUT009',
      `Terraform is running in ${this.#shown} (process ${pid}), and would write its state into a folder that is replaced`,
      'wait until it has ended',
    );
  }

  /** Files of someone else that have the names of those to be written; everything else that is Terraform's stays. */
  conflicts(files: readonly OutputFile[]): Diagnostic[] {
    const paths = new Set([GITIGNORE, ...files.map((file) => file.path)]);
    const problem = this.#foreignProblem(this.#foreignFiles().filter((file) => paths.has(file)));
    return problem ? [problem] : [];
  }

  /** What Terraform made and nothing describes any more, when this is what is going to be in the folder. */
  abandoned(files: readonly OutputFile[], outputs: readonly string[]): Diagnostic[] {
    return this.#abandonedFolders(files, outputs).map((name) => {
      const folder = `${this.#shown}/${name}`;
      const remove = this.#files().includes(`${name}/${CONFIGURATION_FILE}`)
        ? `run terraform ${shellWord(`-chdir=${folder}`)} destroy with the credentials of the Management API set; secrets that it asks for may be anything`
        : 'put the section auth0 back, run pachkit synth and terraform destroy, and take the section away';
      return {
        code: 'OUT005',
        severity: 'warning',
        message: `${folder} holds the state of an application at Auth0 that the document no longer has; it stays at Auth0, and people can still log in to it`,
        location: { file: this.#shown },
        path: '',
        hint: `to remove it, ${remove}; to keep it, leave the folder as it is`,
      };
    });
  }

  /** Folders of Terraform with a state that is in use, of which none of these files are. */
  #abandonedFolders(files: readonly OutputFile[], outputs: readonly string[]): string[] {
    return stateFolders
      .filter((name) => outputs.includes(name) && !files.some((file) => stateFolderOf(file.path) === name))
      .filter((name) => this.#files().some((file) => isStateInUse(this.#target, name, file)));
  }

  /** Files with secrets that git tracks already; `files` are those to be written, unless they are refused. */
  tracked(files: readonly OutputFile[], { refused = false } = {}): Diagnostic[] {
    const secrets = files.filter(({ isSecret }) => isSecret).map((file) => file.path);
    if (this.origin.checksums === true && secrets.length > 0) secrets.push(SECRET_CHECKSUMS);
    const tracked = fs.existsSync(this.#target) ? trackedFiles(this.#target, secrets) : [];
    if (tracked.length === 0) return [];
    const shown = tracked.map((file) => path.join(this.#shown, file));
    return [
      {
        code: 'OUT008',
        severity: refused ? 'error' : 'warning',
        message: `git tracks ${shown.join(', ')}, which hold secrets in clear text: the next commit has them`,
        location: { file: this.#shown },
        path: '',
        hint: `git rm --cached ${shown.map(shellWord).join(' ')}; secrets that were pushed are known, so replace them${refused ? '; secrets.output writes Secrets that may be committed, and --allow-tracked-secrets writes these all the same' : ''}`,
      },
    ];
  }

  /**
   * Writes the files of `outputs` into the new folder, and takes over what the others of the old one hold, and the configuration
   * that Terraform removes with what nothing describes any more. Nothing is written where the old folder has all of it already,
   * unless checksums are asked for: making and deleting files takes as long as the checks of a document.
   */
  stage(files: readonly OutputFile[], outputs: readonly string[]): void {
    const inventory = this.#read().inventory;
    const abandoned = this.#abandonedFolders(files, outputs);
    const replaced = outputs.filter((output) => !abandoned.includes(output));
    const isKept = (file: string): boolean =>
      file !== GITIGNORE && !isChecksums(file) && !replaced.some((output) => file.startsWith(`${output}/`));
    const kept = inventory.files.filter(isKept);
    const secretFiles = [
      ...inventory.secrets.filter(isKept),
      ...files.filter(({ isSecret }) => isSecret).map((file) => file.path),
    ];
    const written = [...kept, ...files.map((file) => file.path)];
    const sums = this.origin.checksums === true ? checksumFiles(secretFiles.length > 0) : [];
    const secrets = [...secretFiles, ...sums.filter((file) => file === SECRET_CHECKSUMS)].sort(compare);
    const paths = [...written, ...sums];
    const hasTerraform = [...paths, ...this.#files()].some((file) => stateFolderOf(file) !== undefined);
    const own = [
      ...files,
      ...(secrets.length > 0 || hasTerraform
        ? [{ path: GITIGNORE, content: gitignoreText(secrets, hasTerraform), isSecret: false }]
        : []),
      {
        path: INVENTORY,
        content: inventoryText({ files: paths.sort(compare), secrets }),
        isSecret: false,
      },
    ];
    // Checksums are of what is on the disk, so they are made of files that were written.
    this.#isCurrent = sums.length === 0 && this.#holds(own, kept);
    if (this.#isCurrent) return;
    this.#isStaged = true;
    makeFolders(this.#staging);
    for (const file of new Set([...kept, ...this.#foreignFiles()]))
      carryOver(this.#target, this.#staging, file);
    for (const folder of new Set(own.map((file) => path.dirname(file.path))))
      if (folder !== '.') fs.mkdirSync(path.join(this.#staging, folder), { recursive: true });
    for (const { path: name, content, isSecret } of own)
      writeString(path.join(this.#staging, name), content, modeOf(isSecret));
    if (sums.length > 0) writeChecksums(this.#staging, [...written, GITIGNORE, INVENTORY], secretFiles);
    this.#linkDocument();
  }

  /** Whether the folder is as it would be after the files were written, beside those that are kept and those of others. */
  #holds(files: readonly OutputFile[], kept: readonly string[]): boolean {
    const names = new Set([
      DOCUMENT_LINK,
      ...files.map(({ path: name }) => name),
      ...kept,
      ...this.#foreignFiles(),
    ]);
    return (
      this.#files().length > 0 &&
      this.#files().every((file) => names.has(file)) &&
      files.every((file) => isWritten(this.#target, file)) &&
      this.#isLinked()
    );
  }

  #isLinked(): boolean {
    const { document } = this.origin;
    return (
      document === undefined ||
      attempt(() => fs.readlinkSync(path.join(this.#target, DOCUMENT_LINK))) === this.#linkTo(document)
    );
  }

  /** Puts the new folder in the place of the old one. What came into the old one since it was read is taken over. */
  replace(): Diagnostic[] {
    this.#recover();
    if (this.#isCurrent) return [];
    if (fs.existsSync(this.#target)) fs.renameSync(this.#target, this.#previous);
    fs.renameSync(this.#staging, this.#target);
    this.#isStaged = false;
    return this.#settle().map((problem) => ({ ...problem, severity: 'warning' }));
  }

  /** Removes what was staged, after a failure. */
  discard(): void {
    if (!this.#isStaged) return;
    fs.rmSync(this.#staging, { recursive: true, force: true });
  }

  /**
   * A process that was killed in `replace()` has left the old folder under another name: alone, or beside the new one with
   * something in it that is nowhere else.
   */
  #recover(): Diagnostic[] {
    if (!fs.existsSync(this.#previous)) return [];
    if (fs.existsSync(this.#target)) return this.#settle();
    fs.renameSync(this.#previous, this.#target);
    return [];
  }

  #settle(): Diagnostic[] {
    const doubtful = settle({ folder: this.#target, previous: this.#previous, old: this.#old });
    if (doubtful.length === 0) return [];
    const shown = this.#shownName(this.#previous);
    return [
      this.#problem(
        'OUT010',
        `${shown} holds a Terraform state that differs from the one in ${this.#shown}: ${doubtful.join(', ')}`,
        `compare the two with terraform state list, keep the right one in ${this.#shown}, and delete ${shown}`,
      ),
    ];
  }

  #linkDocument(): void {
    const { document } = this.origin;
    if (document === undefined) carryOver(this.#target, this.#staging, DOCUMENT_LINK);
    else linkDocument(this.#staging, this.#linkTo(document));
  }

  #linkTo(document: string): string {
    return linkTo(realPath(document), path.join(realPath(this.out), path.basename(this.#target)));
  }

  /** Files that pachkit did not write. */
  #foreignFiles(): readonly string[] {
    const { files, own } = this.#read();
    return files.filter((file) => !own.has(file));
  }

  #files(): readonly string[] {
    return this.#read().files;
  }

  /** What is in the folder, read once: what comes into it after that is taken over when it is replaced. */
  #read(): Contents {
    return (this.#contents ??= contentsOf(this.#target));
  }

  #shownName(absolute: string): string {
    const relative = path.relative(realPath(this.out), realPath(absolute));
    return path.join(path.dirname(this.#shown), relative);
  }

  #problem(code: Code, message: string, hint: string): Diagnostic {
    return { code, severity: 'error', message, location: { file: this.#shown }, path: '', hint };
  }
}
