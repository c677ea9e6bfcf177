import type { Rule } from '../rule';

const PATH = ['storage', 'local', 'hostPath'] as const;

export const directoryWithoutSlash: Rule = {
  code: 'STO030',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Directory without the slash at its end',
  reason:
    'pachd and the official chart put pachd right behind the path: with /data/pach the data is in /data/pachpachd, beside the directory that was named. Where that was made for it, with rights or a disk of its own, it stays empty.',
  remedy:
    'End the path in a slash. Where a cluster has data there already, stop pachd and move the directory first, or leave the path as it is.',
  *check({ document }) {
    const path = document.storage?.local?.hostPath;
    if (path === undefined || path.endsWith('/')) return;
    yield {
      path: PATH,
      message: `The data is in ${path}pachd, beside ${path} and not in it`,
      hint: `write ${path}/; a cluster that has data there already needs it moved first, or the path as it is`,
    };
  },
};
