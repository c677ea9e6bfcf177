import type { Rule } from '../rule';
import { givenBackends } from './given-backends';

export const oneBackend: Rule = {
  code: 'STO001',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'More than one storage backend',
  reason:
    'Pachyderm keeps all data in one backend. Of several one would be taken, and data that is in another would not be found.',
  remedy: 'Keep exactly one of storage.local, s3, minio, gcs and azure.',
  *check({ document }) {
    const [first, ...others] = givenBackends(document);
    for (const backend of others)
      yield {
        path: ['storage', backend],
        onKey: true,
        message: `Pachyderm keeps all data in one backend, and storage.${first} is one already`,
        hint: `keep storage.${first} or storage.${backend}`,
      };
  },
};
