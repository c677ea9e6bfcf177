import { literalSecret } from '../model/secret';
import type { SecretReader } from '../model/secret-reader';
import { withoutAround } from '../forms/trim';

/** What stands for a secret in values that an export makes: a variable of the shell, which envsubst puts the text in for. */
const PLACEHOLDER = /^\$\{([A-Za-z_]\w*)\}$/;

/** The name of the variable; undefined for what is no placeholder. */
export function placeholder(text: string): string | undefined {
  return PLACEHOLDER.exec(text)?.[1];
}

/**
 * Secrets as they are in the document; for one that is elsewhere the placeholder of a variable, named as the document names it or
 * by its field.
 */
export const placeholders: SecretReader = ({ path, value }) => {
  if (typeof value === 'string') return literalSecret(value.replace(/\r?\n$/, ''));
  if ('existing' in value) return { kind: 'existing', ...value.existing };
  const name = 'env' in value ? value.env : variableName(...path.map(String));
  return literalSecret(`\${${name}}`);
};

/** A name of an environment variable made of words. */
export function variableName(...words: readonly string[]): string {
  const joined = words
    .map((word) => word.replace(/([a-z0-9])([A-Z])/g, '$1_$2'))
    .join('_')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_');
  const name = withoutAround(joined, '_');
  return /^[A-Z]/.test(name) ? name : `SECRET_${name}`;
}
