import { isShared } from '../../model/dex';
import type { Rule } from '../rule';

export const storageOfOnePod: Rule = {
  code: 'DEX303',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Several pods without shared storage',
  reason:
    'A login is several requests, each of which may go to another pod. With state in the memory of a pod, or in a file of it, the next one knows nothing of the login: "Bad Request: User session error", and people are logged out at random.',
  remedy: 'Set dex.replicas: 1, or use postgres or kubernetes.',
  *check({ cluster: { dex } }) {
    if (!dex || dex.replicas === 1 || isShared(dex.storage)) return;
    yield {
      path: ['dex', 'replicas'],
      message: `${dex.replicas} pods do not share storage ${dex.storage.type}, so logins fail at random: \`User session error\``,
      hint: 'write replicas: 1, or use storage postgres or kubernetes',
    };
  },
};
