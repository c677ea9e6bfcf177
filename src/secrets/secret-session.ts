import path from 'node:path';
import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { looksLikeName } from '../document/secret-names';
import type { ReadLimits } from '../files/read-file';
import { isForbidden, readFailure, writeHint } from '../files/system-error';
import {
  formatPath,
  locate,
  nodeAt,
  toPointer,
  type JsonValue,
  type PathStep,
  writtenPath,
} from '../document/source-node';
import type { ClusterDocument, SecretValue } from '../generated/cluster-document';
import type { MadeApplication } from '../model/resolve-context';
import { literalSecret, type SecretReference } from '../model/secret';
import { secretReferenceProblem } from '../connectors/secret-reference';
import { withoutLineEnd, type SecretReader, type SecretRequest } from '../model/secret-reader';
import { randomText, seededText } from './generate-text';
import {
  StoreKeyMissing,
  StoreLocked,
  StoreProblem,
  type SecretStore,
  type StoredSecrets,
} from './secret-store';
import { storeOf } from './store-of';

/** What reading secrets needs from the outside. */
export interface SecretInput {
  /** The value of an environment variable. */
  variable(name: string): string | undefined;
  /** The bytes of a file, no more than one beyond the limit; throws with a Node error code when it cannot be read. */
  readFile(fileName: string, limits: ReadLimits): Buffer;
  /** Whether nothing may be generated: a secret that is not in the store is an error. */
  readonly frozen: boolean;
  /** The application at Auth0 of a document, for its own client id. @default the one that an earlier deploy kept */
  readonly application?: (document: Document) => MadeApplication | undefined;
}

/** Largest file that is taken for a secret, in bytes. */
export const SECRET_LIMIT_BYTES = 256 * 1024;

/**
 * Reads the secrets of one document: environment variables, files, and generated strings, which are made once and kept. Hand
 * `reader` to `resolveCluster`, then `save()`; only then are new strings stored.
 */
export class SecretSession {
  readonly diagnostics: Diagnostic[] = [];
  readonly #store: SecretStore;
  readonly #seed: string | undefined;
  readonly #generated: Record<string, string> = {};
  #stored: StoredSecrets | undefined;
  #storeIsBroken = false;

  constructor(
    private readonly document: Document,
    private readonly input: SecretInput,
  ) {
    this.#store = storeOf(document, input);
    this.#seed = (document.value as unknown as ClusterDocument).secrets?.seed;
  }

  /** The reader to resolve the document with. */
  readonly reader: SecretReader = (request) => this.#read(request);

  /** Stores what was generated. Finds out whether another process was faster; then its strings hold and the caller resolves again. */
  save(): { readonly changed: boolean } {
    const isOutdated = this.#stored !== undefined && !this.input.frozen && this.#store.isOutdated();
    if (Object.keys(this.#generated).length === 0 && !isOutdated) return { changed: false };
    const merged = this.#write(() => this.#store.add(this.#generated));
    if (merged === undefined) return { changed: false };
    this.#stored = merged;
    return { changed: Object.entries(this.#generated).some(([key, text]) => merged[key] !== text) };
  }

  #write(write: () => StoredSecrets): StoredSecrets | undefined {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof StoreProblem)) throw error;
      if (error instanceof StoreLocked)
        return this.#problem(
          'SEC010',
          [],
          `Generated secrets cannot be kept in ${this.#storeName()}: ${error.message}`,
          'wait until that pachkit is done, or stop it; if there is no such process any more, delete the lock file',
        );
      if (error instanceof StoreKeyMissing)
        return this.#keyProblem(error, `Generated secrets cannot be kept in ${this.#storeName()}`);
      return this.#problem(
        'SEC005',
        [],
        `Generated secrets cannot be kept in ${this.#storeName()}: ${error.message}`,
        writeHint(
          error.reason,
          'make the folder of the document writable, or give every secret as { env: NAME } or { file: PATH }',
        ),
      );
    }
  }

  /** What the store has; undefined for one that cannot be read, of which `diagnostics` tell. */
  stored(): StoredSecrets | undefined {
    return this.#readStore();
  }

  /** Puts secrets into the store in place of those that it has; `diagnostics` tell when it cannot be written. */
  replace(secrets: StoredSecrets): void {
    if (this.#readStore() === undefined) return;
    this.#write(() => this.#store.replace(secrets));
  }

  #read({ path: steps, value }: SecretRequest): SecretReference | undefined {
    if (typeof value === 'string') return literalSecret(withoutLineEnd(value));
    // A setting of a connector may have any form: what is wrong with it is said where connectors are checked.
    if (typeof value !== 'object' || value === null || secretReferenceProblem(value) !== undefined)
      return undefined;
    if ('existing' in value) return { kind: 'existing', name: value.existing.name, key: value.existing.key };
    if ('env' in value) return this.#readVariable(steps, value.env);
    if ('file' in value) return this.#readFile(steps, value.file);
    return this.#generate(steps, value);
  }

  #readVariable(steps: readonly PathStep[], name: string): SecretReference | undefined {
    const text = this.input.variable(name);
    const value = withoutLineEnd(text ?? '');
    if (!isBlank(value)) return literalSecret(value);
    // It stands in for a field that has an error of its own, and no one has to set it.
    if (nodeAt(this.document.root, [...steps, 'env'])?.isDerived) return undefined;
    const state =
      text === undefined ? 'is not set' : value === '' ? 'is empty' : 'holds nothing but white space';
    return this.#problem(
      'SEC001',
      [...steps, 'env'],
      looksLikeName(name)
        ? `The environment variable ${name} ${state}; ${this.#fieldOf(steps)} is read from it`
        : `The environment variable of ${this.#fieldOf(steps)} ${state}; its name is not shown, because it looks like a secret`,
      looksLikeName(name)
        ? `set it: export ${name}=…`
        : 'write the name of a variable behind env, in capitals; the secret itself is the value of the variable',
    );
  }

  /** The field that the user wrote. */
  #fieldOf(steps: readonly PathStep[]): string {
    return formatPath(writtenPath(this.document.root, steps));
  }

  #readFile(steps: readonly PathStep[], fileName: string): SecretReference | undefined {
    const node = nodeAt(this.document.root, [...steps, 'file']);
    const absolute = path.resolve(node?.source.directory ?? this.document.directory, fileName);
    const fail = (reason: string): undefined =>
      this.#problem(
        'SEC002',
        [...steps, 'file'],
        looksLikeName(fileName)
          ? `${fileName}: ${reason}; ${this.#fieldOf(steps)} is read from it`
          : `The file of ${this.#fieldOf(steps)}: ${reason}; its name is not shown, because it looks like a secret`,
        'the path is relative to the document that names it',
      );
    let bytes: Buffer;
    try {
      bytes = this.input.readFile(absolute, { limit: SECRET_LIMIT_BYTES });
    } catch (error) {
      return fail(readFailure(error));
    }
    const read = secretTextOf(bytes);
    return 'problem' in read ? fail(`the file ${read.problem}`) : literalSecret(read.text);
  }

  #generate(
    steps: readonly PathStep[],
    value: Extract<SecretValue, { generate: unknown }>,
  ): SecretReference | undefined {
    const key = keyOf(this.document, steps);
    const length = value.generate.length ?? 32;
    if (this.#seed !== undefined) return literalSecret(seededText(this.#seed, key, length));
    const stored = this.#readStore()?.[key] ?? this.#generated[key];
    if (stored !== undefined) return { ...literalSecret(stored), isGenerated: true };
    if (this.#storeIsBroken) return undefined;
    if (this.input.frozen)
      return this.#problem(
        'SEC004',
        steps,
        `${this.#fieldOf(steps)} has no value: ${this.#storeName()} does not hold it, and nothing is generated where CI is set or with --frozen`,
        'run pachkit synth once with --no-frozen and keep the store, or give the secret as { env: NAME } or { existing: … }',
      );
    const text = randomText(length);
    this.#generated[key] = text;
    return { ...literalSecret(text), isGenerated: true };
  }

  #readStore(): StoredSecrets | undefined {
    if (this.#stored || this.#storeIsBroken) return this.#stored;
    try {
      this.#stored = this.#store.read();
      if (this.#store.isExposed())
        this.#problem(
          'SEC006',
          [],
          `${this.#storeName()} may be read by others than you`,
          `chmod 600 ${this.#storeName()}`,
          'warning',
        );
    } catch (error) {
      if (!(error instanceof StoreProblem)) throw error;
      this.#storeIsBroken = true;
      if (error instanceof StoreKeyMissing)
        return this.#keyProblem(
          error,
          `The store of generated secrets, ${this.#storeName()}, cannot be decrypted`,
        );
      this.#problem(
        'SEC003',
        [],
        `The store of generated secrets, ${this.#storeName()}, is unusable: ${error.message}`,
        isForbidden(error.reason)
          ? 'run pachkit as the user who owns it, or let this one read it'
          : 'restore it from a copy; deleting it makes all generated secrets anew, the root token too',
      );
    }
    if (this.#store.isLeftInClearText())
      this.#problem(
        'SEC026',
        ['secrets', 'store'],
        `The secrets that ${this.#storeName()} has encrypted are still in clear text in .pachkit`,
        'commit the encrypted store, then delete the .secrets.json of the cluster in .pachkit',
        'warning',
      );
    return this.#stored;
  }

  #keyProblem({ message, remedy }: StoreKeyMissing, what: string): undefined {
    return this.#problem('SEC025', ['secrets', 'store'], `${what}: ${message}`, remedy);
  }

  #storeName(): string {
    return this.#store.shownName;
  }

  #problem(
    code: Code,
    steps: readonly PathStep[],
    message: string,
    hint: string,
    severity: 'error' | 'warning' = 'error',
  ): undefined {
    const location = steps.length === 0 ? { file: this.document.file } : locate(this.document.root, steps);
    const path = toPointer(writtenPath(this.document.root, steps));
    this.diagnostics.push({ code, severity, message, location, path, hint });
    return undefined;
  }
}

/**
 * The key of a secret in the store. Items of lists are known by their id, users by their e-mail address, so that a list may
 * be put into another order without rolling secrets.
 */
export function keyOf(document: Document, steps: readonly PathStep[]): string {
  let value: JsonValue | undefined = document.value;
  return toPointer(
    steps.map((step) => {
      const inner: JsonValue | undefined =
        value !== null && typeof value === 'object' ? (value as Record<string, JsonValue>)[step] : undefined;
      value = inner;
      if (typeof step !== 'number' || inner === null || typeof inner !== 'object' || Array.isArray(inner))
        return step;
      const id = inner['id'] ?? inner['email'];
      return typeof id === 'string' ? id : step;
    }),
  );
}

/** What holds nothing that can be seen is no secret, whatever it comes from. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** The secret in a file or in what is piped in, without the end of its line, or why there is none. */
export function secretTextOf(bytes: Buffer): { readonly text: string } | { readonly problem: string } {
  if (bytes.length > SECRET_LIMIT_BYTES)
    return { problem: `has more than ${SECRET_LIMIT_BYTES} bytes, too many for a secret` };
  let text: string;
  try {
    text = withoutLineEnd(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { problem: 'is not text in UTF-8' };
  }
  if (text.includes('\0')) return { problem: 'holds binary data' };
  if (!isBlank(text)) return { text };
  return { problem: text === '' ? 'is empty' : 'holds nothing but white space' };
}
