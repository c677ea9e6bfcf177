import { printable } from '../../diagnostics/code-frame';
import { checkFiles } from '../../pipeline/check-files';
import { clientPages } from '../../setup/client-page';
import { setupPages } from '../../setup/page';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { documentInput, type Host } from '../host';
import { report } from '../reporters';
import type { DataOf } from '../report-types';
import { setupText } from '../setup-text';

/** `pachkit setup FILE [ID]` */
export async function setup(
  host: Host,
  [file = '-', id]: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const { documents, diagnostics } = checkFiles([file], documentInput(host));
  const all = documents.flatMap(({ cluster }) =>
    cluster ? [{ name: cluster.name, pages: setupPages(cluster), clients: clientPages(cluster) }] : [],
  );
  const clusters = all.map(({ name, pages, clients }) => ({
    name,
    pages: pages.filter((page) => id === undefined || page.connector === id),
    clients: clients.filter((page) => id === undefined || page.client === id),
  }));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const isNowhere = clusters.every(({ pages, clients }) => pages.length + clients.length === 0);
  if (id !== undefined && all.length > 0 && isNowhere) {
    const ids = all.flatMap(({ pages, clients }) => [
      ...pages.map((page) => page.connector),
      ...clients.map((page) => page.client),
    ]);
    host.writeError(
      `pachkit setup: there is no connector or client ${printable(id)} to set up; there are ${ids.map(printable).join(', ') || 'none'}\n`,
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
      before: (style) => clusters.map((cluster) => setupText(cluster, style)).join('\n'),
    },
    { findings: 'stdout', result: 'stdout' },
  );
}
