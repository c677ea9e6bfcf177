import { ServiceAccounts } from '../../src/constructs/service-accounts';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsOf, type Objects } from '../support/objects-of';

const accountsOf = (document: Partial<ClusterDocument> = {}): Objects =>
  objectsOf((chart) => new ServiceAccounts(chart, 'service-accounts', clusterOf(document)));

describe('ServiceAccounts', () => {
  it('are those of pachd and of the pods of pipelines', () => {
    const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/pachd' };
    const accounts = accountsOf({ pachd: { serviceAccount: { annotations } }, namespace: 'data' });
    expect(accounts.names).toEqual(['ServiceAccount/pachyderm', 'ServiceAccount/pachyderm-worker']);
    expect(accounts.get('ServiceAccount/pachyderm').metadata).toMatchObject({
      annotations,
      namespace: 'data',
    });
    expect(accounts.get('ServiceAccount/pachyderm-worker').metadata.annotations).toBeUndefined();
  });

  it('mount their token by themselves only in releases whose pods do not say so', () => {
    const automount = (release: string) =>
      accountsOf({ release }).all.map((account) => account.automountServiceAccountToken);
    expect(automount('2.2.8')).toEqual([undefined, undefined]);
    expect(automount('2.3.0')).toEqual([false, false]);
  });

  it('are left out where they exist already', () => {
    const accounts = accountsOf({
      pachd: {
        serviceAccount: { name: 'mine', create: false },
        worker: { serviceAccount: { name: 'theirs' } },
      },
    });
    expect(accounts.names).toEqual(['ServiceAccount/theirs']);
  });
});
