import path from 'node:path';
import type { Document } from '../document/document';
import { nodeAt, toValue, type PathStep } from '../document/source-node';
import { shellWord } from '../diagnostics/shell-word';
import type { SecretValue } from '../generated/cluster-document';
import type { SecretReference } from '../model/secret';
import { keyOf } from '../secrets/secret-session';

/** A variable of the environment through which a program is given a secret. */
export interface SecretVariable {
  readonly name: string;
  /** The field of the document that gives the secret. */
  readonly path: readonly PathStep[];
  readonly secret: SecretReference | undefined;
}

/**
 * Commands that give a program the secrets it asks for, without showing one: each takes the secret from where the document
 * has it. Paths are relative to `directory`. There is none for a variable that is set already, for a secret in the text of
 * the document, and for one that follows from a seed.
 */
export function secretExports(
  document: Document,
  variables: readonly SecretVariable[],
  directory: string,
): string[] {
  return variables.flatMap((variable) => {
    const value = valueFor(variable, document, directory);
    return value === undefined ? [] : [`export ${variable.name}="${value}"`];
  });
}

/** What the shell puts between double quotes. */
function valueFor(
  { name, path: steps, secret }: SecretVariable,
  document: Document,
  directory: string,
): string | undefined {
  const shown = (absolute: string): string => {
    const relative = path.relative(directory, absolute).split(path.sep).join('/');
    return relative.startsWith('..') || path.isAbsolute(relative) ? relative : `./${relative}`;
  };
  if (secret?.kind === 'literal' && secret.isGenerated === true) {
    const words = ['pachkit', 'secret', 'get', document.file, keyOf(document, steps)];
    return `$(${words.map(shellWord).join(' ')})`;
  }
  const node = nodeAt(document.root, steps);
  const given = node && (toValue(node) as unknown as SecretValue);
  if (node === undefined || typeof given !== 'object') return undefined;
  if ('env' in given) return given.env === name ? undefined : `$${given.env}`;
  if ('file' in given)
    return `$(cat ${shellWord(shown(path.resolve(nodeAt(document.root, [...steps, 'file'])?.source.directory ?? document.directory, given.file)))})`;
  return undefined;
}
