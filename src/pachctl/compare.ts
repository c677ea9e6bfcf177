import { isDeepStrictEqual } from 'node:util';
import { compare } from '../diagnostics/diagnostic';
import { isMapping } from '../document/is-mapping';
import { isSecretName, maskUrlPasswords } from '../document/mask';
import type { JsonValue } from '../document/source-node';
import type { ConfigMapping, ConfigValue } from '../model/cluster';
import { revealConfig, secretsWithin } from '../model/connector-config';

/** A setting that is otherwise in the cluster than in the document. */
export interface SettingDifference {
  /** `name`, `config.groupSearch.baseDN`. */
  readonly path: string;
  /** Whether its values are not shown. */
  readonly isSecret: boolean;
  /** As text, in the cluster; missing where it is not there, and for secrets. */
  readonly before?: string;
  /** As text, in the document. */
  readonly after?: string;
}

/** Longest value that is shown, in characters; certificates are longer. */
const SHOWN = 80;

/**
 * What would change if the settings of a document took the place of stored ones. Both are compared as the values that JSON
 * has; mappings are compared key by key, lists as one.
 *
 * @param idle settings that stand for none, because pachd keeps no connector without
 */
export function configDifferences(
  stored: { readonly [key: string]: JsonValue },
  wanted: ConfigMapping,
  idle: Readonly<Record<string, string | boolean>> = {},
): SettingDifference[] {
  const before = new Map(leaves(stored));
  const after = new Map(leaves(revealConfig(Object.keys(wanted).length === 0 ? idle : wanted)));
  const secrets = new Set(secretsWithin(wanted).map(({ steps }) => steps.join('.')));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort(compare);
  return paths
    .filter((path) => !isDeepStrictEqual(before.get(path), after.get(path)))
    .map((path) => {
      const isSecret =
        isSecretName(path.split('.').at(-1) ?? '') ||
        [...secrets].some((secret) => secret === path || secret.startsWith(`${path}.`));
      return difference(`config.${path}`, before.get(path), after.get(path), isSecret);
    });
}

/** The difference between two values of which either may be missing. */
export function difference(
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  isSecret = false,
): SettingDifference {
  return {
    path,
    isSecret,
    ...(isSecret || before === undefined ? {} : { before: shownValue(before) }),
    ...(isSecret || after === undefined ? {} : { after: shownValue(after) }),
  };
}

function leaves(mapping: { readonly [key: string]: JsonValue }, prefix = ''): [string, JsonValue][] {
  return Object.entries(mapping).flatMap(([key, value]): [string, JsonValue][] =>
    isFilledMapping(value) ? leaves(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value]],
  );
}

function isFilledMapping(value: JsonValue): value is { [key: string]: JsonValue } {
  return isMapping(value) && Object.keys(value).length > 0;
}

function shownValue(value: JsonValue): string {
  const text = maskUrlPasswords(JSON.stringify(withoutSecrets(value)));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** What the cluster has may have secrets inside of lists. */
function withoutSecrets(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, isSecretName(key) ? '***' : withoutSecrets(child)]),
  );
}

/** The strings in settings that are never shown: the secrets of a document. */
export function secretTexts(config: ConfigValue): string[] {
  return secretsWithin(config).map(({ reference }) => reference.value.reveal());
}
