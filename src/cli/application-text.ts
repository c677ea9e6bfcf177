import { printable } from '../diagnostics/code-frame';
import type { Colors } from './colors';
import { actionMark, fieldLines } from './diff-text';
import type { RunEvent } from './run-event';

/** A table of what happens at Auth0, and the fields that change. */
export function applicationText(
  { name, domain, changes }: RunEvent & { readonly type: 'application' },
  colors: Colors,
): string {
  const lines = [`${colors.bold(name)}  ${colors.dim(printable(`application at Auth0, ${domain}`))}`];
  for (const { action, type, name: resource } of changes)
    lines.push(`  ${actionMark(action, colors)}  ${printable(`${type}.${resource}`)}`);
  for (const { type, name: resource, fields } of changes)
    if (fields.length > 0)
      lines.push(
        '',
        colors.bold(printable(`${type}.${resource}`)),
        ...fields.flatMap((field) => fieldLines(field, colors)),
      );
  lines.push('', changes.length === 0 ? 'no differences' : `${changes.length} to change at Auth0`);
  return `${lines.join('\n')}\n`;
}
