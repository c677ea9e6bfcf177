import pico from 'picocolors';
import type { Difference } from '../cluster/live';
import { printable } from '../diagnostics/code-frame';
import { differenceSummary, fieldLines, noteOf } from './diff-text';
import { cell } from './reporters/markdown';

type Change = Difference['changes'][number];

const PLAIN = pico.createColors(false);

/** Most characters of the fields that change: a comment of GitHub takes 65,536 in all. */
const MOST_CHARACTERS = 40_000;

/** Differences for a comment on a change: a table of objects, what it means, and the fields, folded. */
export function differenceMarkdown(differences: readonly Difference[]): string {
  return differences.map(oneMarkdown).join('\n');
}

function oneMarkdown(difference: Difference): string {
  const { name, namespace, context, changes, meanings } = difference;
  const shown = changes.filter(({ action }) => action !== 'none');
  const place = [`namespace ${namespace}`, ...(context === undefined ? [] : [`context ${context}`])];
  const parts = [
    `### pachkit diff: ${cell(name)}\n\n${differenceSummary(difference)} (${cell(place.join(', '))})\n`,
  ];
  if (shown.length > 0)
    parts.push(
      `| | object | |\n| --- | --- | --- |\n${shown
        .map((each) => `| ${each.action} | ${cell(`${each.kind}/${each.name}`)} | ${cell(noteOf(each))} |\n`)
        .join('')}`,
    );
  if (meanings.length > 0)
    parts.push(
      `**What it means**\n\n${meanings
        .map(({ text, todo }) => `- ${cell(text)}${todo === undefined ? '' : `<br>${cell(todo)}`}\n`)
        .join('')}`,
    );
  const fields = fieldsMarkdown(shown);
  if (fields !== '') parts.push(fields);
  return parts.join('\n');
}

/** The fields as a diff, in a fence that nothing in it can close. */
function fieldsMarkdown(changes: readonly Change[]): string {
  const blocks = changes.flatMap(({ kind, name, fields, conflicts }) => [
    ...fields.map(
      (field) =>
        `@@ ${printable(`${kind}/${name}`)} @@\n${fieldLines(field, PLAIN)
          .map((line) => line.replace(/^ {4}|^ {2}/, ''))
          .join('\n')}\n`,
    ),
    ...conflicts.map(
      ({ manager, field }) =>
        `! ${printable(`${kind}/${name}: ${field} is also managed by ${manager}, with another value`)}\n`,
    ),
  ]);
  if (blocks.length === 0) return '';
  const kept: string[] = [];
  let size = 0;
  for (const block of blocks) {
    size += block.length;
    if (size > MOST_CHARACTERS) break;
    kept.push(block);
  }
  const more = blocks.length - kept.length;
  if (more > 0) kept.push(`… and ${more} more fields, which pachkit diff shows\n`);
  const text = kept.join('');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `<details><summary>Fields that change</summary>\n\n${fence}diff\n${text}${fence}\n\n</details>\n`;
}
