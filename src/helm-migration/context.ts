import type { SourceLocation } from '../diagnostics/diagnostic';
import type { JsonValue, SourceNode } from '../document/source-node';
import type { ReleaseTraits } from '../releases/release-traits';
import { removeAt, setAt, valueAt, type JsonMapping } from './json';
import type { Fate, ReportEntry } from './report';
import type { ImportedSecrets } from './secrets';
import type { ChartValues } from './values';

/** What an import was asked for. */
export interface ImportOptions {
  readonly release: ReleaseTraits;
  readonly secrets: SecretForm;
  readonly namespace?: string;
  readonly helmReleaseName?: string;
}

/** How secrets are written: as references to the Secrets of the release, as variables, or as they are in the values. */
export type SecretForm = 'existing' | 'env' | 'plain';

/** What the sections of an import share: the values, and the document that is made of them. */
export class ImportContext {
  readonly document: JsonMapping = {};
  /** Remarks in front of fields of the document, by their paths. */
  readonly comments = new Map<string, string>();
  readonly entries: ReportEntry[] = [];
  /** Why the document needs profile dev. */
  readonly devReasons: string[] = [];
  readonly #consequences = new Map<string, string>();
  readonly #replacements = new Map<string, { readonly field: string; readonly value: JsonValue }>();
  readonly #touched = new Set<string>();

  constructor(
    readonly values: ChartValues,
    readonly options: ImportOptions,
    readonly secrets: ImportedSecrets,
  ) {}

  get release(): ReleaseTraits {
    return this.options.release;
  }

  /** Whether the release is an enterprise server, which has no pachd beside it. */
  get isEnterpriseServer(): boolean {
    const { values, release } = this;
    return (
      release.needsLicense && values.isTrue('enterpriseServer.enabled') && !values.isTrue('pachd.enabled')
    );
  }

  /** Sets a field of the document, such as `pachd.replicas`. */
  set(field: string, value: JsonValue | undefined): void {
    if (value !== undefined) setAt(this.document, field.split('.'), value);
  }

  get(field: string): JsonValue | undefined {
    return valueAt(this.document, field.split('.'));
  }

  remove(field: string): void {
    removeAt(this.document, field.split('.'));
    this.secrets.forget(field);
  }

  comment(field: string, text: string): void {
    const known = this.comments.get(field);
    this.comments.set(field, known === undefined ? text : `${known}\n${text}`);
  }

  /** Says what became of a value; nothing when it was not set. */
  say(path: string, fate: Fate, detail: { readonly field?: string; readonly message?: string } = {}): void {
    this.touch(path);
    const node = this.values.node(path);
    if (node) this.entries.push({ path, fate, ...detail, location: locationOf(node) });
  }

  /** Says what became of something that no value says, such as a secret that the chart generated. */
  note(path: string, fate: Fate, field: string | undefined, message: string): void {
    if (!this.values.isSet(path))
      this.entries.push({ path, fate, ...(field === undefined ? {} : { field }), message });
  }

  /** Sets a field that is needed only because of another one, and goes with it. */
  setBecauseOf(cause: string, field: string, value: JsonValue): void {
    this.set(field, value);
    this.#consequences.set(field, cause);
  }

  /** Says what a field has to be once another one, which it follows from, cannot be carried. */
  setWithout(cause: string, field: string, value: JsonValue): void {
    this.#replacements.set(cause, { field, value });
  }

  /** Takes away what was needed because of a field that is no longer there, and sets what followed from it. */
  removeConsequences(cause: string): void {
    const replacement = this.#replacements.get(cause);
    if (replacement) this.set(replacement.field, replacement.value);
    for (const [field, of] of this.#consequences) if (of === cause) this.remove(field);
  }

  /** Takes a value for looked at, so that it does not count as unknown. */
  touch(path: string): void {
    this.#touched.add(path);
  }

  /** Whether a value, or a mapping that it is in, was looked at. */
  isTouched(steps: readonly string[]): boolean {
    return steps.some((_, index) => this.#touched.has(steps.slice(0, index + 1).join('.')));
  }
}

/** Where a value is: at its key, which names it. Without its text: values hold secrets in places that no one can tell. */
export function locationOf({ source, start, end, keyStart, keyEnd }: SourceNode): SourceLocation {
  const { file, range } = source.locate(keyStart ?? start, keyEnd ?? end);
  return range ? { file, range } : { file };
}
