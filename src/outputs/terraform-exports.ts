import path from 'node:path';
import type { Document } from '../document/document';
import { nodeAt, toValue } from '../document/source-node';
import type { SecretValue } from '../generated/cluster-document';
import type { Auth0 } from '../model/cluster';
import { keyOf } from '../secrets/secret-session';
import { terraformSecretVariables, type TerraformSecretVariable } from '../terraform/terraform-variables';
import { shellWord } from '../diagnostics/shell-word';

/**
 * Commands that give Terraform the secrets it asks for, without showing one: each takes the secret from where the document
 * has it. Paths are relative to `directory`. There is none for a variable that is set already, for a secret in the text of
 * the document, and for one that follows from a seed.
 */
export function terraformExports(document: Document, auth0: Auth0, directory: string): string[] {
  return terraformSecretVariables(auth0).flatMap((variable) => {
    const value = valueFor(variable, document, directory);
    return value === undefined ? [] : [`export TF_VAR_${variable.name}="${value}"`];
  });
}

/** What the shell puts between double quotes. */
function valueFor(
  { name, path: steps, secret }: TerraformSecretVariable,
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
  if ('env' in given) return given.env === `TF_VAR_${name}` ? undefined : `$${given.env}`;
  if ('file' in given)
    return `$(cat ${shellWord(shown(path.resolve(nodeAt(document.root, [...steps, 'file'])?.source.directory ?? document.directory, given.file)))})`;
  return undefined;
}
