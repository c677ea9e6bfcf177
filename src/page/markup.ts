import { printable } from '../diagnostics/code-frame';
import { maskUrlPasswords } from '../document/mask';
import { escaped } from '../graph/formats/markup';

/** HTML that is fit to be written: everything in it that came from elsewhere is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | undefined | readonly Value[];

/**
 * HTML with values in it. Strings are text or attributes in quotes, escaped and without the passwords of URLs; markup and lists of
 * it are as they are.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(
    parts.map((part, index) => part + (index < values.length ? shown(values[index]) : '')).join(''),
  );
}

function shown(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(shown).join('');
  return escaped(printable(maskUrlPasswords(String(value))));
}

/** A table that a phone can scroll. `caption` is for those who do not see where it stands. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Value[])[],
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...rest]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${rest.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

export function list(items: readonly Value[]): Markup {
  return html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}

export function code(text: string): Markup {
  return html`<code>${text}</code>`;
}
