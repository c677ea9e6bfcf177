import { describeKind, jsonKind, type JsonKind } from '../../connectors/decoding-errors';
import { describeTarget, type Target } from '../../connectors/target';
import { certainly, suggest } from '../../diagnostics/suggest';
import { hideAll } from '../../document/mask';
import { renameKey } from '../../document/rename-key';
import { formatPath, toValue, type PathStep, type SourceNode } from '../../document/source-node';
import type { Report } from '../report';
import { formErrors, missingKeys, noneWhenEmpty, unknownValues } from './form-errors';
import { meantReference } from './rules/literal-variable';
import {
  describeReaders,
  isRead,
  keyHomes,
  resolved,
  serverSchema,
  variantOf,
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
  return new FormCheck(target, report, isTemplate).check(root, serverSchema, [], '');
}

/** Sections that Dex decodes piece by piece, where a number is not taken for a text as it is elsewhere. */
const RAW_JSON = /^(storage|signer|staticPasswords\[\])\./;

const KINDS: Readonly<Record<string, JsonKind>> = {
  object: 'object',
  array: 'array',
  string: 'string',
  boolean: 'bool',
  integer: 'number',
};

const GO_TYPES: Readonly<Record<string, string>> = { boolean: 'bool', string: 'string', integer: 'int' };

/** The greatest port, which is that of Go's `uint16`. */
const PORT_LIMIT = 65_535;

class FormCheck {
  constructor(
    private readonly target: Target,
    private readonly report: Report,
    private readonly isTemplate: (node: SourceNode) => boolean,
  ) {}

  /** `place` is the path with `[]` for positions in lists, in Dex's spelling. */
  check(node: SourceNode, unresolved: ServerSchema, path: readonly PathStep[], place: string): SourceNode {
    const schema = resolved(unresolved);
    const value = toValue(node);
    if (value === null || schema.type === undefined || this.isTemplate(node)) return node;
    const found = jsonKind(value);
    const isText =
      schema.type === 'string' && (found === 'number' || found === 'bool') && !RAW_JSON.test(place);
    if (found !== KINDS[schema.type] && !isText) {
      // It may be a secret whose key is missing.
      if (schema.type === 'object') hideAll(node);
      this.#wrongKind(found, schema, path, place);
      return node;
    }
    if (schema.type === 'object') return this.#mapping(node, schema, path, place);
    if (schema.type === 'array') return this.#list(node, schema, path, place);
    if (schema.type === 'string') this.#text(String(node.scalar), schema, path, place);
    if (schema.type === 'integer') this.#integer(Number(node.scalar), schema, path);
    return node;
  }

  #mapping(node: SourceNode, schema: ServerSchema, path: readonly PathStep[], place: string): SourceNode {
    const entries = new Map<string, SourceNode>();
    const type = [...(node.entries ?? [])].find(([key]) => key.toLowerCase() === 'type')?.[1].scalar;
    const variant = variantOf(schema, type);
    for (const [key, child] of node.entries ?? []) {
      const name = keyOf(key, schema);
      const property = schema.properties?.[name ?? ''];
      if (name === undefined || property === undefined) {
        this.#otherKey(child, key, schema, [...path, key], place);
        continue;
      }
      if (name !== key) this.#wrongCase(child, key, name, [...path, key]);
      const inside = name === 'config' ? { ...property, ...variant } : property;
      const value = this.#property(child, inside, [...path, key], join(place, name));
      if (value) entries.set(name, value);
    }
    const needsConfig = variant?.required !== undefined && variant.required.length > 0;
    for (const key of [...(schema.required ?? []), ...(needsConfig ? ['config'] : [])])
      if (!isThere(entries.get(key))) this.#missing(key, path, place, entries.has(key));
    return { ...node, entries };
  }

  /** The value of a key that Dex has; undefined when it is not read. */
  #property(
    node: SourceNode,
    schema: ServerSchema,
    path: readonly PathStep[],
    place: string,
  ): SourceNode | undefined {
    if (node.scalar === null) return undefined;
    if (!isRead(schema, this.target)) {
      this.#unreadKey(node, schema, path);
      return undefined;
    }
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
    if (typeof values === 'object') this.check(node, values, path, `${place}.*`);
    else this.#unknownKey(node, key, schema, path, place);
  }

  #list(node: SourceNode, schema: ServerSchema, path: readonly PathStep[], place: string): SourceNode {
    const items = (node.items ?? []).map((item, index) =>
      this.check(item, schema.items ?? {}, [...path, index], `${place}[]`),
    );
    return { ...node, items };
  }

  #text(text: string, schema: ServerSchema, path: readonly PathStep[], place: string): void {
    const shown = schema['x-secret'] === true ? 'this value' : JSON.stringify(text);
    const name = formatPath(path);
    // A missing text is said once, by the mapping around it or by a rule.
    if (text === '' && (missingKeys[place] !== undefined || noneWhenEmpty.has(place))) return;
    // A reference to a variable is said to be one where it is put in nowhere; elsewhere nobody knows the value.
    if (meantReference(String(path.at(-1)), text) !== undefined) return;
    const describe = formErrors[place];
    if (describe) {
      const error = describe(text, this.target);
      if (error) this.#wrongForm(path, `\`${name}\` cannot be ${shown}: ${error.effect}`, error.hint);
    } else if (schema.enum && !schema.enum.includes(text)) {
      const effect = unknownValues[place]?.replace('{value}', text) ?? 'Dex does not know it';
      const best = suggest(text, schema.enum);
      const hint = best === undefined ? `write one of: ${schema.enum.join(', ')}` : `did you mean "${best}"?`;
      this.#wrongForm(path, `\`${name}\` cannot be ${shown}: ${effect}`, hint);
    } else if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(text)) {
      const example = schema.examples?.[0];
      this.#wrongForm(
        path,
        `\`${name}\` cannot be ${shown}: ${PATTERN_EFFECTS[place] ?? 'it has the wrong form'}`,
        PATTERN_HINTS[place] ??
          (typeof example === 'string' ? `write for example \`${example}\`` : undefined),
      );
    }
  }

  #integer(
    value: number,
    { minimum = -Infinity, maximum = Infinity }: ServerSchema,
    path: readonly PathStep[],
  ): void {
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
    const limits = Number.isFinite(maximum) ? `from ${minimum} to ${maximum}` : `from ${minimum} on`;
    this.#wrongForm(
      path,
      `\`${formatPath(path)}\` must be a whole number ${limits}: \`error unmarshaling JSON: … json: cannot unmarshal number ${value} into Go struct field …\``,
      undefined,
    );
  }

  #wrongKind(found: JsonKind, schema: ServerSchema, path: readonly PathStep[], place: string): void {
    const wanted = KINDS[schema.type ?? ''] ?? 'object';
    const go = schema.maximum === PORT_LIMIT ? 'uint16' : GO_TYPES[schema.type ?? ''];
    const field = /[.[]/.test(place) || place === '' ? '…' : `Config.${place}`;
    const error = `error unmarshaling JSON: … json: cannot unmarshal ${found} into Go struct field ${field}${go ? ` of type ${go}` : ''}`;
    const name = path.length === 0 ? 'The configuration' : `\`${formatPath(path)}\``;
    this.#wrongForm(
      path,
      `${name} must be ${describeKind(wanted)}, not ${describeKind(found)}: \`${error}\``,
      KIND_HINTS[`${found} to ${wanted}`] ?? `write ${describeKind(wanted)}`,
    );
  }

  #wrongForm(path: readonly PathStep[], message: string, hint: string | undefined): void {
    this.report.add('DEX203', path, message, hint === undefined ? {} : { hint });
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
    const properties = Object.entries(schema.properties ?? {});
    const read = properties.filter(([, each]) => isRead(each, this.target)).map(([name]) => name);
    const meant = suggest(key, read);
    const homes = (keyHomes().get(key) ?? []).filter((home) => home !== join(place, key));
    this.report.add(
      'DEX201',
      path,
      `\`${formatPath(path)}\` is not a key of a Dex configuration; Dex ignores it without a word`,
      {
        onKey: true,
        hint:
          meant !== undefined
            ? `did you mean \`${join(place, meant)}\`?`
            : homes.length > 0 && homes.length < 4
              ? `\`${key}\` belongs to ${homes.map((home) => `\`${home}\``).join(' or ')}`
              : `remove it; ${read.length === 0 ? 'there are no keys here' : `the keys here are ${read.join(', ')}`}`,
        fix: meant !== undefined && certainly(key, read) === meant ? renameKey(node, meant) : undefined,
      },
    );
  }

  #unreadKey(node: SourceNode, schema: ServerSchema, path: readonly PathStep[]): void {
    hideAll(node);
    this.report.add(
      'DEX202',
      path,
      `${describeTarget(this.target)} ignores \`${formatPath(path)}\` without a word`,
      {
        onKey: true,
        hint: `it is read ${describeReaders(schema)}; remove it until then`,
      },
    );
  }

  #wrongCase(node: SourceNode, key: string, name: string, path: readonly PathStep[]): void {
    this.report.add(
      'DEX206',
      path,
      `\`${key}\` is spelt \`${name}\`; Dex reads it all the same, other tools may not`,
      { onKey: true, severity: 'warning', hint: `write \`${name}\``, fix: renameKey(node, name) },
    );
  }

  #missing(key: string, path: readonly PathStep[], place: string, isEmpty: boolean): void {
    const full = join(place, key);
    const effect = missingKeys[full];
    // What must be there by other rules than the schema's is said by those.
    if (effect === undefined) return;
    this.report.add(
      'DEX204',
      isEmpty ? [...path, key] : path,
      `\`${formatPath([...path, key])}\` is ${isEmpty ? 'empty' : 'missing'}: ${effect}`,
      {
        onKey: true,
        hint: isEmpty ? 'give it a value' : `add \`${key}\`${EXAMPLES[full] ?? ''}`,
      },
    );
  }
}

const PATTERN_EFFECTS: Readonly<Record<string, string>> = {
  'staticClients[].redirectURIs[]':
    'clients send absolute URLs, and Dex compares texts: `Unregistered redirect_uri ("…")`',
  'staticClients[].idEnv': 'no environment variable has such a name, so the client has no id',
  'staticClients[].secretEnv': 'no environment variable has such a name, so the client has an empty secret',
  'staticPasswords[].hashFromEnv': 'no environment variable has such a name: `no password hash provided`',
};

const VARIABLE_HINT = 'write the name of the variable alone, such as APP_CLIENT_SECRET';

const PATTERN_HINTS: Readonly<Record<string, string>> = {
  'staticClients[].redirectURIs[]': 'write for example https://app.example.com/callback, or /device/callback',
  'staticClients[].idEnv': VARIABLE_HINT,
  'staticClients[].secretEnv': VARIABLE_HINT,
  'staticPasswords[].hashFromEnv': VARIABLE_HINT,
};

const KIND_HINTS: Readonly<Partial<Record<`${JsonKind} to ${JsonKind}`, string>>> = {
  'string to bool': 'write `true` or `false` without quotes and without anything after it',
  'string to number': 'write it without quotes',
  'string to array': 'write a list: `["…"]`, or one item a line after `- `',
  'object to array': 'put `- ` in front of the first key of each item, and indent the others below it',
  'number to string': 'put it in quotes',
  'bool to string':
    'put it in quotes; in YAML 1.1, which Dex reads, unquoted yes, no, on and off are booleans',
};

const EXAMPLES: Readonly<Record<string, string>> = {
  issuer: ', such as `issuer: https://dex.example.com/dex`',
  storage: ', such as `storage: { type: kubernetes, config: { inCluster: true } }`',
  'staticClients[].name': ', which is what the consent page calls the client',
  'signer.config': ', such as `config: { keysRotationPeriod: 6h }`',
  'signer.config.keysRotationPeriod': ', such as `keysRotationPeriod: 6h`',
};

function isThere(node: SourceNode | undefined): boolean {
  return node !== undefined && node.scalar !== '' && node.items?.length !== 0;
}

/** The key that Dex decodes a name into: Go's decoder takes no notice of case. */
function keyOf(written: string, schema: ServerSchema): string | undefined {
  const names = Object.keys(schema.properties ?? {});
  return (
    names.find((name) => name === written) ??
    names.find((name) => name.toLowerCase() === written.toLowerCase())
  );
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
