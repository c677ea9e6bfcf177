import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';

const LABEL = 'azure.workload.identity/use';
const serviceAccount = { annotations: { 'azure.workload.identity/client-id': 'id' } };
const azure = { account: 'acme', container: 'data' };

const labelsOf = (document: Partial<ClusterDocument>) => {
  const { pachd, pachw } = clusterOf(document);
  return [pachd.placement.labels[LABEL], pachw.placement.labels[LABEL]];
};

describe('the identity of Azure', () => {
  test('is asked for by pachd and pachw where the bucket is opened with it', () => {
    expect(labelsOf({ storage: { azure }, pachd: { serviceAccount } })).toEqual(['true', 'true']);
    expect(
      labelsOf({
        storage: { azure },
        pachd: { serviceAccount },
        pachw: { placement: { labels: { team: 'a' } } },
      }),
    ).toEqual(['true', 'true']);
  });

  test('is not asked for with a key, in another cloud, or without an account that has one', () => {
    const none = [undefined, undefined];
    expect(labelsOf({ storage: { azure: { ...azure, key: 'key' } }, pachd: { serviceAccount } })).toEqual(
      none,
    );
    expect(labelsOf({ storage: { gcs: { bucket: 'data' } }, pachd: { serviceAccount } })).toEqual(none);
    expect(labelsOf({ storage: { azure } })).toEqual(none);
  });

  test('is what the document says', () =>
    expect(
      labelsOf({
        storage: { azure },
        pachd: { serviceAccount, placement: { labels: { [LABEL]: 'false' } } },
      }),
    ).toEqual(['false', 'false']));
});
