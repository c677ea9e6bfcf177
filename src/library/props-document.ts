import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { readYaml } from '../document/read-yaml';
import { SourceFile } from '../document/source-file';
import { setOwn, toValue, type JsonValue } from '../document/source-node';
import { Secret, type ExistingSecret, type LiteralSecret } from '../model/secret';

/** Props in the form of a document, so that they are checked and resolved as one. */
export interface PropsDocument {
  /** Missing when the props cannot be written as a document. */
  readonly document?: Document;
  /** What the environment variables that the document names stand for: the props' secrets. */
  readonly secrets: ReadonlyMap<string, LiteralSecret>;
  readonly diagnostics: readonly Diagnostic[];
}

/** `file` stands for a file name in diagnostics. */
export function propsDocument(props: object, file: string, defaultName: string): PropsDocument {
  const secrets = new SecretNames();
  const value = { apiVersion: 'pachkit/v1', ...(plain(props, secrets) as Record<string, JsonValue>) };
  // JSON is a part of YAML; findings have no use for its lines, but rules look at the nodes.
  const { nodes, diagnostics } = readYaml(new SourceFile(file, JSON.stringify(value), '/'));
  const [root] = nodes;
  return {
    secrets: secrets.byName,
    diagnostics,
    ...(root && diagnostics.length === 0
      ? { document: { file, directory: '/', defaultName, root, value: toValue(root) } }
      : {}),
  };
}

/** Literal secrets by the name of a variable. Equal ones share a name, as rules ask whether two secrets are the same. */
class SecretNames {
  readonly byName = new Map<string, LiteralSecret>();
  readonly #names = new Map<string, string>();

  nameOf(secret: LiteralSecret): string {
    const text = secret.value.reveal();
    const name = this.#names.get(text) ?? `SECRET_${this.#names.size + 1}`;
    this.#names.set(text, name);
    this.byName.set(name, secret);
    return name;
  }
}

function plain(value: unknown, secrets: SecretNames): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item) => plain(item, secrets) ?? null);
  if (value === null || typeof value !== 'object') return value as JsonValue | undefined;
  if (isLiteral(value)) return { env: secrets.nameOf(value) };
  if (isExisting(value)) return { existing: { name: value.name, key: value.key } };
  const mapping: { [key: string]: JsonValue } = {};
  for (const [key, child] of Object.entries(value)) {
    const inner = plain(child, secrets);
    if (inner !== undefined) setOwn(mapping, key, inner);
  }
  return mapping;
}

function isLiteral(value: object): value is LiteralSecret {
  return 'kind' in value && value.kind === 'literal' && 'value' in value && value.value instanceof Secret;
}

function isExisting(value: object): value is ExistingSecret {
  return 'kind' in value && value.kind === 'existing' && 'name' in value && 'key' in value;
}
