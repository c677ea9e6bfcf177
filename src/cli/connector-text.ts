import { printable } from '../diagnostics/code-frame';
import { shellWord } from '../diagnostics/shell-word';
import type { ComparedConnector, ConnectorState } from '../pachctl/connectors';
import type { SettingDifference } from '../pachctl/compare';
import type { Colors } from './colors';

/** What a state is called in a table. */
const STATES: Readonly<Record<ConnectorState, string>> = {
  same: 'as in the document',
  different: 'differs',
  missing: 'only in the document',
  left: 'only in the cluster',
};

/** One line for each connector. */
export function connectorTable(connectors: readonly ComparedConnector[]): string {
  if (connectors.length === 0) return 'no connectors, in the document and in the cluster\n';
  const rows = connectors.map(({ id, type, name, state }) => [id, type, name, STATES[state]].map(printable));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** What would change: `+` is created, `~` updated, `-` is in the cluster alone. */
export function differencesText(
  connectors: readonly ComparedConnector[],
  { bold, green, yellow, red }: Colors,
): string {
  const lines: string[] = [];
  for (const { id, type, state, version, differences } of connectors) {
    const title = `${bold(printable(id))} (${printable(type)})`;
    if (state === 'missing') lines.push(`${green('+')} ${title}: created`);
    if (state === 'left') lines.push(`${red('-')} ${title}: only in the cluster`);
    if (state !== 'different') continue;
    const versions = version === undefined ? '' : `, version ${version} to ${version + 1}`;
    lines.push(`${yellow('~')} ${title}: updated${versions}`);
    for (const difference of differences) lines.push(`    ${differenceLine(difference)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function differenceLine({ path, isSecret, before, after }: SettingDifference): string {
  const name = printable(path);
  if (isSecret) return `${name}: changed, a secret`;
  if (before === undefined) return `${name}: ${printable(after ?? '')}, new`;
  if (after === undefined) return `${name}: ${printable(before)}, removed`;
  return `${name}: ${printable(before)} to ${printable(after)}`;
}

/** What the changes mean for those who log in, one sentence each. */
export function consequences(connectors: readonly ComparedConnector[], file: string): string[] {
  const found = connectors.flatMap(({ id, state, differences }) => {
    const said: string[] = [];
    const callback = differences.find(({ path }) => path === 'config.redirectURI')?.after;
    if (state === 'different' && callback !== undefined)
      said.push(`${id}: register ${callback} at the provider first, or it refuses every login`);
    if (state === 'different' && differences.some(({ path }) => path === 'config.userIDKey'))
      said.push(`${id}: people get another identity at Dex, and their refresh tokens end`);
    if (state === 'left')
      said.push(
        `${id}: people keep logging in with it until pachkit connector delete ${shellWord(file)} ${shellWord(id)}`,
      );
    return said;
  });
  return found.map(printable);
}
