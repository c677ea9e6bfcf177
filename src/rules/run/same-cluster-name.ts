import type { RunRule } from '../run-rule';

export const sameClusterName: RunRule = {
  code: 'DOC012',
  severity: 'error',
  title: 'Two clusters of one name',
  reason:
    "Output goes into a folder of the cluster's name, and generated secrets are kept under it. Two clusters of one name would overwrite each other.",
  remedy: 'Give each cluster a name of its own.',
  *check(clusters) {
    const firstFile = new Map<string, string>();
    for (const of of clusters) {
      const { name } = of.cluster;
      const other = firstFile.get(name);
      if (other === undefined) firstFile.set(name, of.file);
      else
        yield {
          of,
          path: ['name'],
          message: `The name "${name}" is taken by the cluster in ${other}; both would be written into one folder`,
          hint: 'give each cluster a name of its own',
        };
    }
  },
};
