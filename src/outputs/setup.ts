import { compare } from '../diagnostics/diagnostic';
import { clientPages } from '../setup/client-page';
import { setupPages } from '../setup/page';
import { clientMarkdown, setupMarkdown } from '../setup/markdown';
import { fileNameOf } from './file-name';
import type { Output } from './output';

/**
 * `setup/<id>.md`: what has to be set up at the provider of a connector, and `setup/clients/<id>.md`: what to enter in a product
 * that logs people in through Dex, a page each.
 */
export const setup: Output = {
  emit: (cluster) => [
    ...[...setupPages(cluster)]
      .sort((a, b) => compare(a.connector, b.connector))
      .map((page) => ({
        path: `setup/${fileNameOf(page.connector)}.md`,
        content: setupMarkdown(page, cluster.name),
        isSecret: false,
      })),
    ...[...clientPages(cluster)]
      .sort((a, b) => compare(a.client, b.client))
      .map((page) => ({
        path: `setup/clients/${fileNameOf(page.client)}.md`,
        content: clientMarkdown(page, cluster.name),
        isSecret: false,
      })),
  ],
};
