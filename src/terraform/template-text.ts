import { isMapping } from '../document/is-mapping';

/**
 * A string as Terraform reads it back unchanged: `${` and `%{` begin a template there, and a template in a name or a
 * description would be a program of anyone who wrote the name. What looks like one of cdktf's own placeholders is taken
 * apart, so that cdktf does not fill it in.
 */
export function templateText(text: string): string {
  return text.replace(/((?<!\$)\$+\{)(?=TfToken\[)|[$%]\{/g, (opening: string, placeholder?: string) =>
    placeholder === undefined ? doubled(opening) : `\${"${doubled(placeholder)}"}`,
  );
}

/** An opening of a template, with dollars before it or not, as Terraform reads it as strings. */
function doubled(opening: string): string {
  return `${opening.slice(0, -1)}${opening.slice(-2)}`;
}

/** Every text in lists and mappings as Terraform reads it back unchanged; other objects stay what they are. */
export function withTemplateTexts<T>(value: T): T {
  if (typeof value === 'string') return templateText(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => withTemplateTexts(item)) as T;
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withTemplateTexts(inner)]),
  ) as T;
}
