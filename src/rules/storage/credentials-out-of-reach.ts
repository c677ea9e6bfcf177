import { STORAGE_SECRET, suppliedStorageKeys } from '../../model/storage-settings';
import type { Rule } from '../rule';
import { storageCredentials } from './storage-credentials';

export const credentialsOutOfReach: Rule = {
  code: 'STO009',
  severity: 'error',
  reads: ['cluster'],
  title: 'Storage credentials that pipelines never get',
  reason:
    'pachd makes the pods of pipelines and gives them one Secret, pachyderm-storage-secret, whose name is built into it. With credentials in another Secret pachd itself starts and stores files, and the pods of every pipeline fail to open the bucket.',
  remedy:
    'Give the credentials as { env: NAME } or { file: PATH }, and pachkit writes them into pachyderm-storage-secret. Or make that Secret yourself, with every setting of the backend in it, and name it in all credentials.',
  *check(context) {
    const credentials = storageCredentials(context);
    // STO010 refuses to mix the two ways; so where another credential takes one, only that is left.
    const isWritten = credentials.some(({ existing }) => existing === undefined);
    const isSupplied = credentials.some(({ existing }) => existing?.name === STORAGE_SECRET);
    const ways = [
      ...(isWritten || !isSupplied ? ['use { env: NAME } or { file: PATH }'] : []),
      ...(isWritten ? [] : [supplied(suppliedStorageKeys(context.cluster))]),
    ];
    for (const { path, existing } of credentials)
      if (existing && existing.name !== STORAGE_SECRET)
        yield {
          path: [...path, 'existing', 'name'],
          message: `Pods of pipelines read their storage credentials from the Secret ${STORAGE_SECRET} and no other: pachd would start, and every pipeline fail`,
          hint: ways.join('; or '),
        };
  },
};

function supplied(keys: readonly string[]): string {
  return `name a ${STORAGE_SECRET} of your own with the keys ${keys.join(', ')}`;
}
