import fs from 'node:fs';
import path from 'node:path';
import { productOf, type Target } from '../../../src/releases/target';

/** One row of `test/fixtures/connectors/keys.tsv`. */
export interface KeyRow {
  readonly connector: string;
  readonly key: string;
  readonly type: string;
  readonly dexSince: string;
  readonly dexUntil: string;
  readonly pachydermSince: string;
  readonly pachydermUntil: string;
}

const FILE = path.resolve(__dirname, '../../fixtures/connectors/keys.tsv');

/** Every key of every connector, from the struct tags of Dex and of Pachyderm's fork. */
export const keyRows: readonly KeyRow[] = (() => {
  const [header = '', ...lines] = fs
    .readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const columns = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])) as unknown as KeyRow;
  });
})();

/** Whether the table says that the target reads the key. */
export function isReadByTable(row: KeyRow, target: Target): boolean {
  const [since, until] =
    productOf(target) === 'dex' ? [row.dexSince, row.dexUntil] : [row.pachydermSince, row.pachydermUntil];
  if (!/^2[.]/.test(since)) return false;
  const minor = (version: string): number => Number(version.slice(2));
  const own = Number(target.split('.')[1]);
  return own >= minor(since) && (until === '-' || own <= minor(until));
}
