import type { Picture } from '../picture';

/** A form in which pictures are written. */
export interface PictureFormat {
  readonly name: string;
  /** What it is for, in `--help`. */
  readonly description: string;
  /** How names of its files end. */
  readonly extensions: readonly string[];
  readonly load: () => Promise<(pictures: readonly Picture[]) => string>;
}

/** Every form of picture; the first is the default. */
export const pictureFormats: readonly PictureFormat[] = [
  {
    name: 'mermaid',
    description: 'for Markdown',
    extensions: ['.mmd', '.mermaid'],
    load: async () => (await import('./mermaid')).mermaid,
  },
  {
    name: 'svg',
    description: 'for documents',
    extensions: ['.svg'],
    load: async () => (await import('./laid-out')).svg,
  },
  {
    name: 'dot',
    description: 'for Graphviz',
    extensions: ['.dot', '.gv'],
    load: async () => (await import('./dot')).dot,
  },
  {
    name: 'html',
    description: 'as a page in one file',
    extensions: ['.html', '.htm'],
    load: async () => (await import('./laid-out')).html,
  },
];
