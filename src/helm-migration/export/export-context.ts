import { isMapping } from '../../document/is-mapping';
import type { JsonValue } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import { chartFact, typeOf } from '../../helm-values/facts';
import type { Cluster } from '../../model/cluster';
import type { SecretReference } from '../../model/secret';
import type { ReleaseTraits } from '../../releases/release-traits';
import { chartDefault } from '../chart-defaults';
import { isEmpty, isSame, setAt, valueAt, type JsonMapping } from '../json';
import { placeholder } from '../placeholder';
import type { Fate, ReportEntry } from '../report';
import { isRead } from '../row';
import { variableName } from '../placeholder';
import type { NeededVariable } from '../secrets';

/** The smallest whole number that Helm prints with an exponent, which no program behind the chart reads. */
const FIRST_WITH_EXPONENT = 1_000_000;

/** What the sections of an export share: the document, and the values that are made of it. */
export class ExportContext {
  readonly values: JsonMapping = {};
  readonly entries: ReportEntry[] = [];
  readonly variables: NeededVariable[] = [];
  /** Values that hold a secret in plain text. */
  readonly plainPaths: string[] = [];
  readonly #said = new Set<string>();

  constructor(
    readonly document: JsonMapping,
    readonly cluster: Cluster,
  ) {}

  get release(): ReleaseTraits {
    return this.cluster.release;
  }

  /** The same, typed: it has the form of a document. */
  get typed(): ClusterDocument {
    return this.document as unknown as ClusterDocument;
  }

  get(field: string): JsonValue | undefined {
    return valueAt(this.document, field.split('.'));
  }

  /**
   * Sets a value of the chart, unless it is what the chart has anyway; mappings so that, laid over the defaults of the chart,
   * they are what is wanted. `field` says where in the document it is from.
   */
  set(path: string, wanted: JsonValue, field?: string): void {
    const fact = chartFact(path);
    if (!fact || !isRead(path, this.release)) {
      if (field !== undefined)
        this.refuse(field, `the chart of ${this.release.version.text} has no value for it`);
      return;
    }
    const value = typed(wanted, typeOf(fact, this.release.version));
    if (typeof value === 'number' && Math.abs(value) >= FIRST_WITH_EXPONENT) {
      if (field !== undefined)
        this.refuse(
          field,
          `Helm prints ${value} as ${value.toExponential()}, which nothing behind the chart reads`,
        );
      return;
    }
    const fallback = chartDefault(this.release, path);
    if (field !== undefined)
      this.say(field, isWanted(value, fallback) ? 'default' : 'carried', { field: path });
    if (!isWanted(value, fallback)) setAt(this.values, path.split('.'), laidOver(fallback, value));
  }

  /** Sets a value whatever the chart has by default. */
  force(path: string, value: JsonValue): void {
    setAt(this.values, path.split('.'), value);
  }

  /** Sets the value of a secret: the text that the document has, or a variable in the place of one that it has not. */
  setSecret(path: string, secret: SecretReference, field: string): void {
    const { text, words } = this.secretText(path, secret, field);
    this.force(path, text);
    this.say(field, 'carried', { field: path, message: words });
  }

  /** The text of a secret for a value, and in words what it is. */
  secretText(
    path: string,
    secret: SecretReference,
    field: string,
  ): { readonly text: string; readonly words: string } {
    if (secret.kind === 'literal') {
      const text = secret.value.reveal();
      const name = placeholder(text);
      if (name === undefined) {
        this.plainPaths.push(path);
        return { text, words: 'in plain text' };
      }
      this.need({ name, field });
      return { text, words: `environment variable ${name}` };
    }
    const name = variableName(...field.split('.'));
    this.need({ name, field, from: { name: secret.name, key: secret.key } });
    return {
      text: `\${${name}}`,
      words: `the chart takes no Secret here; environment variable ${name}, from Secret ${secret.name}, key ${secret.key}`,
    };
  }

  /** A variable that has to have a value before Helm gets the file. */
  need(variable: NeededVariable): void {
    if (!this.variables.some(({ name }) => name === variable.name)) this.variables.push(variable);
  }

  /** Says what became of a field; nothing when the document does not have it. */
  say(field: string, fate: Fate, detail: { readonly field?: string; readonly message?: string } = {}): void {
    this.#said.add(field);
    if (this.get(field) !== undefined) this.entries.push({ path: field, fate, ...detail });
  }

  /** Says that the chart cannot say it. */
  refuse(field: string, message: string): void {
    this.say(field, 'not-carried', { message });
  }

  /** Takes fields for looked at. */
  skip(...fields: readonly string[]): void {
    for (const field of fields) this.#said.add(field);
  }

  /** Whether something was said of a field, or of a mapping that it is in. */
  isSaid(steps: readonly string[]): boolean {
    return steps.some((_, index) => this.#said.has(steps.slice(0, index + 1).join('.')));
  }

  /** Whether something was said of a field inside. */
  isSaidInPart(steps: readonly string[]): boolean {
    const prefix = `${steps.join('.')}.`;
    return [...this.#said].some((field) => field.startsWith(prefix));
  }
}

function typed(value: JsonValue, type: string): JsonValue {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (type === 'integer' && typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  return value;
}

function isWanted(value: JsonValue, fallback: JsonValue | undefined): boolean {
  if (fallback === undefined || isEmpty(fallback)) return isEmpty(value);
  return isSame(value, fallback);
}

/** What gives `wanted` when Helm lays it over `base`: only what differs, and null for what has to go. */
function laidOver(base: JsonValue | undefined, wanted: JsonValue): JsonValue {
  if (!isMapping(base) || !isMapping(wanted)) return wanted;
  const over: JsonMapping = {};
  for (const key of new Set([...Object.keys(base), ...Object.keys(wanted)])) {
    const [own, inherited] = [wanted[key], base[key]];
    if (own === undefined) setAt(over, [key], null);
    else if (!isSame(own, inherited)) setAt(over, [key], laidOver(inherited, own));
  }
  return over;
}
