import type { Rule } from '../rule';
import { givenBackends } from './given-backends';

export const durableStorage: Rule = {
  code: 'STO002',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Data on the disk of one node',
  reason:
    'Local storage is a directory of the node that pachd runs on. When the pod moves to another node, or the node is replaced, all data is gone. It is the default of profile dev alone.',
  remedy: 'Use storage.s3, gcs or azure; a service such as MinIO is s3 with an endpoint.',
  *check({ document, cluster: { enterpriseServer, profile } }) {
    if (profile === 'dev' || enterpriseServer) return;
    const backends = givenBackends(document);
    if (backends.length === 0)
      yield {
        path: ['storage'],
        onKey: true,
        message:
          'Nothing says where data is kept; it would be in a directory of one node, and gone with the node',
        hint: 'add storage.s3, gcs or azure; in profile dev storage.local is the default',
      };
    else if (backends[0] === 'local')
      yield {
        path: ['storage', 'local'],
        onKey: true,
        severity: 'warning',
        message:
          'All data is in a directory of one node, and gone when the pod of pachd moves or the node is replaced',
        hint: 'use storage.s3, gcs or azure; a service such as MinIO is s3 with an endpoint',
      };
  },
};
