import { clusterOf } from '../support/cluster-of';

const httpProxy = 'http://proxy.acme.com:3128';

function exceptionsOf(document: Parameters<typeof clusterOf>[0]): string[] {
  return clusterOf(document).network.noProxy?.split(',') ?? [];
}

describe('what is reached without the proxy of the network', () => {
  test('the API server, the Services, and addresses inside', () => {
    expect(exceptionsOf({ network: { httpProxy } })).toEqual(
      expect.arrayContaining([
        '$(KUBERNETES_SERVICE_HOST)',
        '$(ETCD_SERVICE_HOST)',
        'localhost',
        'pachd',
        'pachd-peer',
        'etcd',
        'pg-bouncer',
        '.svc',
        '.cluster.local',
        '10.0.0.0/8',
      ]),
    );
  });

  test('Loki, and an endpoint that is inside', () => {
    const inside = exceptionsOf({
      network: { httpProxy },
      loki: { host: 'loki.acme.com' },
      storage: { s3: { bucket: 'data', endpoint: 'minio.minio:9000', disableSSL: true } },
    });
    expect(inside).toEqual(expect.arrayContaining(['loki.acme.com', 'minio.minio']));
    expect(
      exceptionsOf({ network: { httpProxy }, storage: { s3: { bucket: 'data', endpoint: 'minio:9000' } } }),
    ).toContain('minio');
    const outside = exceptionsOf({
      network: { httpProxy },
      storage: { s3: { bucket: 'data', endpoint: 's3.acme.com' } },
    });
    expect(outside).not.toContain('s3.acme.com');
  });

  test('the list of the document instead', () =>
    expect(exceptionsOf({ network: { httpProxy, noProxy: '.acme.com' } })).toEqual(['.acme.com']));

  test('nothing without a proxy', () => expect(clusterOf().network).toEqual({}));
});
