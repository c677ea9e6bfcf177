import { compare } from '../diagnostics/diagnostic';
import { setupPages } from '../setup/page';
import { setupMarkdown } from '../setup/markdown';
import { fileNameOf } from './file-name';
import type { Output } from './output';

/** `setup/<id>.md`: what has to be set up at the provider of a connector, as a page. */
export const setup: Output = {
  emit: (cluster) =>
    [...setupPages(cluster)]
      .sort((a, b) => compare(a.connector, b.connector))
      .map((page) => ({
        path: `setup/${fileNameOf(page.connector)}.md`,
        content: setupMarkdown(page, cluster.name),
        isSecret: false,
      })),
};
