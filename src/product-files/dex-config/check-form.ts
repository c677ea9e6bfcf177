import { cannotUnmarshal } from '../../forms/go-json';
import { removeUnknown, wrongCase } from '../../forms/keys';
import { jsonKind, kindHint, typeName, type JsonKind } from '../../forms/kinds';
import { dexTraits, readsDexKey, type DexTraits } from '../../releases/dex-traits';
import { describeTarget, type Target } from '../../releases/target';
import { certainly, oneOf, suggest } from '../../diagnostics/suggest';
import { exactInteger } from '../../document/go-yaml';
import { hideAll } from '../../document/mask';
import { renameKey } from '../../document/rename-key';
import { formatPath, toValue, type PathStep, type SourceNode } from '../../document/source-node';
import { keptText, plainText } from '../../document/yaml-1-1';
import type { Report } from '../report';
import { keepsAnchors } from './anchor-keys';
import {
  formErrors,
  missingKeys,
  missingWarnings,
  noneWhenEmpty,
  unknownValues,
  type FormError,
} from './form-errors';
import { EXAMPLES, PATTERN_EFFECTS, VARIABLE_HINT } from './form-hints';
import { wrongKindError } from './decoding-errors';
import {
  inGoOrder,
  inOrderOf,
  isOnlySpelling,
  isScalarBefore,
  keyOf,
  lastSpellings,
  merged,
  zeroOf,
} from './go-decoding';
import { meantReference } from '../../subjects/literal-references';
import {
  describeReaders,
  isRead,
  keyHomes,
  resolved,
  serverSchema,
  variantOf,
  type ResolvedSchema,
  type ServerSchema,
} from './server-schema';

/**
 * Checks the form of a Dex configuration, connectors excepted: every key and every value, for one version of Dex. Returns
 * the configuration with every key in Dex's own spelling and without what is null, as Dex sees it. Of the value behind a
 * template nothing is known.
 */
export function checkForm(
  root: SourceNode,
  target: Target,
  report: Report,
  isTemplate: (node: SourceNode) => boolean,
): SourceNode {
  return new FormCheck(root, target, report, isTemplate).check(root, serverSchema(), [], '');
}

/** Sections that Dex decodes piece by piece, where a number is not taken for a string as it is elsewhere. */
const RAW_JSON: readonly string[] = ['storage.', 'signer.', 'staticPasswords[].'];

const KINDS: Readonly<Record<ResolvedSchema['type'], JsonKind>> = {
  object: 'object',
  array: 'array',
  string: 'string',
  boolean: 'bool',
  integer: 'number',
};

/** Fields without a name in JSON, by which Go finds them all the same. */
const GO_ONLY: ReadonlySet<string> = new Set(['frontend.webfs']);

/** Sections that Dex decodes itself, and so decodes when they are null, as if they were empty. */
const DECODED_WHEN_NULL: ReadonlySet<string> = new Set(['storage', 'signer']);

/** Strings that others compare theirs with: a client whose secret is another one is refused. */
const COMPARED: ReadonlySet<string> = new Set(['staticClients[].id', 'staticClients[].secret']);

/** Go's `int`. */
const LARGEST_INTEGER = 2n ** 63n - 1n;

/** A key as it is written, and its value. */
interface WrittenKey {
  readonly key: string;
  readonly node: SourceNode;
}

class FormCheck {
  /** The type of the storage or signer that is being checked. */
  #type: string | undefined;
  readonly #hasSigner: boolean;
  /** The value is decoded, and another spelling of its key counts. */
  #isOverruled = false;
  readonly #traits: DexTraits;

  constructor(
    root: SourceNode,
    private readonly target: Target,
    private readonly report: Report,
    private readonly isTemplate: (node: SourceNode) => boolean,
  ) {
    this.#traits = dexTraits(target);
    const signer = lastNamed('signer', inGoOrder(root.entries), serverSchema());
    this.#hasSigner = readsDexKey(target, 'signer') && signer !== undefined;
  }

  /** `place` is the path with `[]` for positions in lists, in Dex's spelling. */
  check(node: SourceNode, unresolved: ServerSchema, path: readonly PathStep[], place: string): SourceNode {
    const schema = resolved(unresolved);
    const value = toValue(node);
    if (value === null || this.isTemplate(node)) return node;
    const found = jsonKind(value);
    const isText =
      schema.type === 'string' && (found === 'number' || found === 'bool') && !this.#isRaw(place);
    if (found !== KINDS[schema.type] && !isText) {
      // It may be a secret whose key is missing.
      if (schema.type === 'object') hideAll(node);
      this.#wrongKind(found, schema, path, place);
      return node;
    }
    if (schema.type === 'object') return this.#mapping(node, schema, path, place);
    if (schema.type === 'array') return this.#list(node, schema, path, place);
    if (schema.type === 'string') return this.#string(node, schema, path, place);
    if (schema.type === 'integer') this.#integer(node, schema, path);
    return node;
  }

  /** Whether a number is not converted where a string belongs. */
  #isRaw(place: string): boolean {
    return (
      RAW_JSON.some((section) => place.startsWith(section)) ||
      (place === 'logger.level' && this.#traits.logsWithSlog)
    );
  }

  /** The string that Dex keeps: numbers and booleans are converted on the way. */
  #string(node: SourceNode, schema: ServerSchema, path: readonly PathStep[], place: string): SourceNode {
    const kept = keptText(node);
    if (this.#isOverruled) return node;
    const written = plainText(node) ?? kept;
    if (written !== kept) this.#convertedText(written, kept, schema, path, place);
    this.#text(kept, schema, path, place);
    return { ...node, scalar: kept };
  }

  #convertedText(
    written: string,
    kept: string,
    schema: ServerSchema,
    path: readonly PathStep[],
    place: string,
  ): void {
    const isSecret = schema['x-secret'] === true;
    const isCompared = COMPARED.has(place);
    const kind = conversionOf(written, kept);
    this.report.add(
      'DEX231',
      path,
      `YAML 1.1, which Dex reads, takes ${isSecret ? 'this value' : written} for ${kind}, and Dex keeps ${isSecret ? 'another string' : JSON.stringify(kept)}${
        isCompared ? ': a client that sends what is written here is refused with `invalid_client`' : ''
      }`,
      { severity: isCompared ? 'error' : 'warning', hint: 'put it in quotes' },
    );
  }

  #mapping(node: SourceNode, schema: ServerSchema, path: readonly PathStep[], place: string): SourceNode {
    const entries = new Map<string, SourceNode>();
    const spellings = new Map<string, WrittenKey>();
    const written = inGoOrder(node.entries);
    const type = lastNamed('type', written, schema)?.scalar;
    const variant = variantOf(schema, type);
    if (variant !== undefined) this.#type = String(type);
    const last = lastSpellings(written, schema);
    for (const [key, child] of written) {
      const name = keyOf(key, schema);
      if (name === undefined) {
        this.#otherKey(child, key, schema, [...path, key], place);
        continue;
      }
      const other = spellings.get(name);
      spellings.set(name, { key, node: child });
      const property = schema.properties?.[name] ?? {};
      if (other !== undefined) this.#twoSpellings(other, { key, node: child }, path);
      else if (name !== key && isOnlySpelling(key, node)) this.#wrongCase(child, key, name, [...path, key]);
      const inside = name === 'config' ? { ...property, ...variant } : property;
      const wasOverruled = this.#isOverruled;
      this.#isOverruled ||= isScalarBefore(child, key, last);
      const value = this.#property(child, inside, [...path, key], join(place, name));
      this.#isOverruled = wasOverruled;
      if (value) entries.set(name, merged(entries.get(name), value));
    }
    // What is needed in it is missing with it.
    for (const key of new Set(schema.required).add('config'))
      if (!isThere(entries.get(key))) this.#missing(key, path, place, entries.has(key));
    return { ...node, entries: inOrderOf(node, entries, schema) };
  }

  /** The value of a key that Dex has; undefined when it is not read. */
  #property(
    node: SourceNode,
    schema: ServerSchema,
    path: readonly PathStep[],
    place: string,
  ): SourceNode | undefined {
    const isNull = node.scalar === null;
    if (!isRead(schema, this.target)) {
      if (!isNull) this.#unreadKey(node, schema, path);
      return undefined;
    }
    if (isNull && place === 'logger.level' && this.#traits.logsWithSlog)
      this.#wrongForm(
        path,
        '`logger.level` has no value: `error unmarshaling JSON: invalid syntax`',
        'write debug, info, warn or error, or remove the line',
      );
    if (isNull && !DECODED_WHEN_NULL.has(place)) return undefined;
    if (isNull) return this.check(zeroOf(node, schema), schema, path, place);
    return place === 'connectors' ? node : this.check(node, schema, path, place);
  }

  #otherKey(
    node: SourceNode,
    key: string,
    schema: ServerSchema,
    path: readonly PathStep[],
    place: string,
  ): void {
    const { additionalProperties: values } = schema;
    if (typeof values === 'object') this.check(node, values, path, join(place, key));
    else this.#unknownKey(node, key, schema, path, place);
  }

  #list(node: SourceNode, schema: ServerSchema, path: readonly PathStep[], place: string): SourceNode {
    const inside = resolved(schema.items ?? {});
    const items = (node.items ?? []).map((item, index) =>
      this.check(item.scalar === null ? zeroOf(item, inside) : item, inside, [...path, index], `${place}[]`),
    );
    return { ...node, items };
  }

  #text(text: string, schema: ServerSchema, path: readonly PathStep[], place: string): void {
    const shown = schema['x-secret'] === true ? 'this value' : JSON.stringify(text);
    const name = formatPath(path);
    // A missing text is said once, by the mapping around it or by a rule.
    if (text === '' && (missingKeys[place] !== undefined || noneWhenEmpty.has(place))) return;
    // A reference to a variable is said to be one where it is put in nowhere; elsewhere no one knows the value.
    if (meantReference(String(path.at(-1)), text) !== undefined) return;
    const describe = formErrors[`${place} of ${this.#type}`] ?? formErrors[place];
    if (describe) {
      // Beside a signer of its own it is not even parsed.
      if (place === 'expiry.signingKeys' && this.#hasSigner) return;
      const error = describe(text, this.target);
      if (error) this.#textError(path, name, shown, error);
    } else if (schema.enum && !schema.enum.includes(text)) {
      const effect = String(unknownValues[place]).replace('{value}', () => text);
      this.#wrongForm(path, `\`${name}\` cannot be ${shown}: ${effect}`, oneOf(text, schema.enum));
    } else if (!new RegExp(schema.pattern ?? '', 'u').test(text)) {
      this.#wrongForm(path, `\`${name}\` cannot be ${shown}: ${PATTERN_EFFECTS[place]}`, VARIABLE_HINT);
    }
  }

  #textError(path: readonly PathStep[], name: string, shown: string, error: FormError): void {
    const { effect, hint, severity = 'error' } = error;
    this.report.add(
      'DEX203',
      path,
      `\`${name}\` ${severity === 'error' ? 'cannot be' : 'is'} ${shown}: ${effect}`,
      { severity, hint },
    );
  }

  #integer(node: SourceNode, schema: ServerSchema, path: readonly PathStep[]): void {
    const { minimum = -LARGEST_INTEGER - 1n, maximum = LARGEST_INTEGER } = schema;
    const exact = exactInteger(node);
    if (exact !== undefined && exact >= minimum && exact <= maximum) return;
    this.#wrongForm(
      path,
      `\`${formatPath(path)}\` must be ${typeName('integer')} from ${minimum} to ${maximum}: \`error unmarshaling JSON: … ${cannotUnmarshal({ found: `number ${exact ?? String(node.scalar)}`, field: '…' })}\``,
      undefined,
    );
  }

  #wrongKind(found: JsonKind, schema: ResolvedSchema, path: readonly PathStep[], place: string): void {
    const wanted = KINDS[schema.type];
    const error = wrongKindError(found, schema, place, this.target);
    const name = path.length === 0 ? 'The configuration' : `\`${formatPath(path)}\``;
    this.#wrongForm(
      path,
      `${name} must be ${typeName(wanted)}, not ${typeName(found)}: \`${error}\``,
      kindHint(found, wanted),
    );
  }

  #wrongForm(path: readonly PathStep[], message: string, hint: string | undefined): void {
    this.report.add('DEX203', path, message, { hint });
  }

  #unknownKey(
    node: SourceNode,
    key: string,
    schema: ServerSchema,
    path: readonly PathStep[],
    place: string,
  ): void {
    // It may be a secret under a misspelt name.
    hideAll(node);
    if (GO_ONLY.has(join(place, key).toLowerCase())) return this.#goOnlyKey(node, path);
    const properties = Object.entries(schema.properties ?? {});
    const read = properties.filter(([, each]) => isRead(each, this.target)).map(([name]) => name);
    const certain = certainly(key, read);
    const near = certain ?? suggest(key, read);
    // Of the two, the one of the frontend is a name that its pages show.
    const isUrl = place === 'frontend' && near === 'issuer' && /ur[il]$/i.test(key);
    const meant = isUrl ? undefined : near;
    // Dex ignores it, as it is meant to.
    if (place === '' && meant === undefined && keepsAnchors(key, node)) return;
    const homes = keyHomes().get(key);
    this.report.add(
      'DEX201',
      path,
      `\`${formatPath(path)}\` is not a key of a Dex configuration; Dex ignores it silently`,
      {
        onKey: true,
        hint:
          meant !== undefined
            ? `did you mean \`${join(place, meant)}\`?`
            : homes !== undefined
              ? `\`${key}\` belongs to ${homes.map((home) => `\`${home}\``).join(' or ')}`
              : removeUnknown(read),
        fix: certain === undefined ? undefined : renameKey(node, certain),
      },
    );
  }

  /** A field of Dex that only programs can fill: it has no decoder, and null alone passes. */
  #goOnlyKey(node: SourceNode, path: readonly PathStep[]): void {
    if (node.scalar === null) return;
    this.#wrongForm(
      path,
      `\`${formatPath(path)}\` can be set by programs only: \`error unmarshaling JSON: … ${cannotUnmarshal({ found: jsonKind(toValue(node)), field: '…', type: 'fs.FS' })}\``,
      'remove it; `frontend.dir` names a folder',
    );
  }

  #unreadKey(node: SourceNode, schema: ServerSchema, path: readonly PathStep[]): void {
    hideAll(node);
    this.report.add(
      'DEX202',
      path,
      `${describeTarget(this.target)} ignores \`${formatPath(path)}\` silently`,
      {
        onKey: true,
        hint: `it is read ${describeReaders(schema)}; remove it until then`,
      },
    );
  }

  #wrongCase(node: SourceNode, key: string, name: string, path: readonly PathStep[]): void {
    const { message, hint } = wrongCase(key, name);
    const fix = renameKey(node, name);
    this.report.add('DEX206', path, message, { onKey: true, severity: 'warning', hint, fix });
  }

  #missing(key: string, path: readonly PathStep[], place: string, isEmpty: boolean): void {
    const full = join(place, key);
    const effect = missingKeys[`${full} of ${this.#type}`] ?? missingKeys[full];
    // What must be there by other rules than the schema's is said by those.
    if (effect === undefined) return;
    this.report.add(
      'DEX204',
      isEmpty ? [...path, key] : path,
      `\`${formatPath([...path, key])}\` is ${isEmpty ? 'empty' : 'missing'}: ${effect}`,
      {
        onKey: true,
        severity: missingWarnings.has(full) ? 'warning' : 'error',
        hint: isEmpty
          ? 'give it a value'
          : `add \`${key}\`${EXAMPLES[`${full} of ${this.#type}`] ?? EXAMPLES[full] ?? ''}`,
      },
    );
  }

  /** Keys are sorted on the way to JSON, uppercase letters first, and the last one counts. */
  #twoSpellings(first: WrittenKey, last: WrittenKey, path: readonly PathStep[]): void {
    const isSame = JSON.stringify(toValue(first.node)) === JSON.stringify(toValue(last.node));
    this.report.add(
      'DEX230',
      [...path, last.key],
      `\`${first.key}\` and \`${last.key}\` are one key to Dex, which sorts the keys and takes the last, \`${last.key}\`; ${isSame ? 'here both say the same' : 'the other is overruled silently'}`,
      { onKey: true, severity: isSame ? 'warning' : 'error', hint: 'keep one of them' },
    );
  }
}

/** What YAML 1.1 takes a value for that is written in another way than it is kept. */
function conversionOf(written: string, kept: string): string {
  if (kept === 'true' || kept === 'false') return 'a boolean';
  if (/^[-+]?0[0-7_]+$/.test(written)) return 'an octal number, because of the zero in front';
  if (/0x/i.test(written)) return 'a hexadecimal number';
  if (/0b/i.test(written)) return 'a binary number';
  return /[.e]/i.test(written) ? 'a number with a fraction or an exponent' : 'a number';
}

function isThere(node: SourceNode | undefined): boolean {
  return node !== undefined && node.scalar !== '' && node.items?.length !== 0;
}

/** The value that Go decodes for a name: the last one that is not null. */
function lastNamed(
  name: string,
  written: readonly (readonly [string, SourceNode])[],
  schema: ServerSchema,
): SourceNode | undefined {
  return written.findLast(([key, { scalar }]) => keyOf(key, schema) === name && scalar !== null)?.[1];
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
