import { isMapping } from '../../document/is-mapping';
import type { TerraformMetaArguments } from '../cdktf';

/** Arguments that Terraform itself understands; they are no attributes of a resource. */
const META_ARGUMENTS: ReadonlySet<string> = new Set<keyof TerraformMetaArguments>([
  'dependsOn',
  'count',
  'provider',
  'lifecycle',
  'forEach',
  'provisioners',
  'connection',
]);

/**
 * The attributes of a resource as Terraform's JSON has them: names in snake_case, nested blocks in lists of one. Strings
 * stay as they are: `${` in them begins a template, and `templateText` makes a string of it.
 */
export function toAttributes(config: object): Record<string, unknown> {
  const attributes = Object.entries(config).filter(
    ([name, value]) => value !== undefined && !META_ARGUMENTS.has(name),
  );
  return Object.fromEntries(attributes.map(([name, value]) => [snakeCase(name), attributeValue(value)]));
}

function attributeValue(value: unknown): unknown {
  return isMapping(value) ? [toAttributes(value)] : value;
}

/** Resources of a type have the same attributes over and over. */
const snakeCases = new Map<string, string>();

function snakeCase(name: string): string {
  const known = snakeCases.get(name);
  if (known !== undefined) return known;
  const written = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeCases.set(name, written);
  return written;
}
