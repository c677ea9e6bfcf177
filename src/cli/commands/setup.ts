import { printable } from '../../diagnostics/code-frame';
import { checkFiles } from '../../pipeline/check-files';
import { setupPages } from '../../setup/page';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { documentInput, type Host } from '../host';
import { report } from '../reporters';
import type { DataOf } from '../report-types';
import { setupText } from '../setup-text';

/** `pachkit setup FILE [CONNECTOR]` */
export async function setup(
  host: Host,
  [file = '-', connector]: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const { documents, diagnostics } = checkFiles([file], documentInput(host));
  const all = documents.flatMap(({ cluster }) =>
    cluster ? [{ name: cluster.name, pages: setupPages(cluster) }] : [],
  );
  const clusters = all.map(({ name, pages }) => ({
    name,
    pages: pages.filter((page) => connector === undefined || page.connector === connector),
  }));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (connector !== undefined && all.length > 0 && clusters.every(({ pages }) => pages.length === 0)) {
    const ids = all.flatMap(({ pages }) => pages.map((page) => page.connector));
    host.writeError(
      `pachkit setup: there is no connector ${printable(connector)} to set up; there are ${ids.map(printable).join(', ') || 'none'}\n`,
    );
    return ExitCode.usage;
  }
  return report(
    host,
    options,
    {
      diagnostics: errors,
      checked: [file],
      data: { clusters } satisfies DataOf<'setup'>,
      before: (colors) => {
        const style = { colors, width: host.columns('stdout') };
        return clusters.map((cluster) => setupText(cluster, style)).join('\n');
      },
    },
    { findings: 'stdout', result: 'stdout' },
  );
}
