import { formatPath } from '../../document/source-node';
import { STORAGE_SECRET } from '../../model/storage-settings';
import type { Rule } from '../rule';
import { storageCredentials } from './storage-credentials';

export const unusableStorageSecret: Rule = {
  code: 'STO010',
  severity: 'error',
  reads: ['cluster'],
  title: 'Storage secret that does not fit',
  reason:
    'Every key of pachyderm-storage-secret is an environment variable of the pods of pipelines, so a credential has to be under the name of the variable that Pachyderm reads. As soon as one credential is given in the document pachkit writes the Secret itself, and a Secret of that name cannot be there already.',
  remedy:
    'Call the keys as the message says. Give all credentials in the document, or none; then the Secret has to hold the other settings of the backend too, which pachkit synth lists.',
  *check(context) {
    const credentials = storageCredentials(context);
    const written = credentials.find(({ existing }) => existing === undefined);
    for (const { path, existing, keys } of credentials) {
      if (existing?.name !== STORAGE_SECRET) continue;
      if (written)
        yield {
          path: [...path, 'existing', 'name'],
          message: `pachkit writes the Secret ${STORAGE_SECRET} itself, because ${formatPath(written.path)} is given here; a credential that is in a Secret of that name already would be lost`,
          hint: 'give all credentials in one way',
        };
      else if (!keys.includes(existing.key))
        yield {
          path: [...path, 'existing', 'key'],
          message: `Pods of pipelines read this credential from the key ${keys.join(' or ')}`,
          hint: `call the key of the Secret so, and write key: ${keys[0] ?? ''}`,
        };
    }
  },
};
