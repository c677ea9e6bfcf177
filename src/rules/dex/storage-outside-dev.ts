import type { DexStorage } from '../../model/dex';
import type { Rule } from '../rule';

const EFFECTS: Readonly<Partial<Record<DexStorage['type'], string>>> = {
  memory: 'every restart of the pod logs everyone out and changes the keys that tokens are signed with',
  sqlite3: 'there can be only one pod, and whenever it moves no one can log in',
};

export const storageOutsideDev: Rule = {
  code: 'DEX302',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Storage of one pod outside profile dev',
  reason:
    'Dex keeps refresh tokens, logins that have begun and its signing keys in its storage. In memory all of that ends with the pod; in a file one pod alone can use it.',
  remedy: 'Use postgres, the default, or kubernetes; or set profile: dev for a cluster to try things with.',
  *check({ cluster: { dex, profile } }) {
    const effect = dex && EFFECTS[dex.storage.type];
    if (!dex || effect === undefined || profile === 'dev') return;
    yield {
      path: ['dex', 'storage', dex.storage.type],
      onKey: true,
      message: `With storage ${dex.storage.type} ${effect}`,
      hint: 'remove dex.storage, for a database on the server of the cluster; or set profile: dev',
    };
  },
};
