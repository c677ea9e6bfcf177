import { importOf, tryImport } from '../support/import-values';
import { at } from '../support/tree';

describe('values that are not carried', () => {
  test.each<[values: string, path: string, fate: string, message: RegExp]>([
    ['pachd: { rootTokn: x }', 'pachd.rootTokn', 'unknown', /pachd.rootToken is meant/],
    [
      'postgresql: { postgresqlHost: db }',
      'postgresql.postgresqlHost',
      'unknown',
      /global.postgresql.postgresqlHost is meant/,
    ],
    [
      'postgresql: { postgresqlPassword: x }',
      'postgresql.postgresqlPassword',
      'idle',
      /takes global.postgresql.postgresqlPassword before it/,
    ],
    [
      'cloudsqlAuthProxy: { privateIp: true }',
      'cloudsqlAuthProxy.privateIp',
      'idle',
      /^cloudsqlAuthProxy.enabled is false$/,
    ],
    [
      'cloudsqlAuthProxy: { enabled: true, privateIp: true }',
      'cloudsqlAuthProxy.privateIp',
      'idle',
      /^postgresql.enabled is true$/,
    ],
    ['kubeEventTail: { enabled: true }', 'kubeEventTail.enabled', 'dead', /no template reads it/],
    ['restoreSnapshot: { enabled: true }', 'restoreSnapshot.enabled', 'dead', /2.12 and later/],
    ['determined: { enabled: true }', 'determined', 'other-product', /Determined/],
    ['pachd: { lokiDeploy: false }', 'pachd.lokiDeploy', 'other-product', /Loki/],
    ['testConnection: { image: { tag: "3" } }', 'testConnection.image.tag', 'not-carried', /not written/],
    ['proxy: { enabled: false, replicas: 3 }', 'proxy.replicas', 'idle', /proxy.enabled is false/],
    ['console: { enabled: false, resources: { a: b } }', 'console.resources', 'idle', /console.enabled/],
    ['pachd: { replicas: 1 }', 'pachd.replicas', 'default', /^$/],
    ['pachd: { image: { tag: "a b" } }', 'pachd.image.tag', 'not-carried', /pachd.image.tag/],
  ])('%s', (values, path, fate, message) => {
    const { entry, document } = importOf(`deployTarget: LOCAL\n${values}`);
    expect(entry(path)).toMatchObject({ fate });
    expect(entry(path)?.message ?? '').toMatch(message);
    expect(entry(path)?.location?.range?.line).toBe(2);
    expect(at(document, 'pachd.image')).toBeUndefined();
  });

  test('an enterprise server has no pachd beside it, and Console as the chart has it', () => {
    const { document, entry } = importOf(
      `deployTarget: LOCAL
enterpriseServer: { enabled: true, service: { type: LoadBalancer, apiGRPCPort: 31700 }, podLabels: { team: a } }
pachd: { enabled: false, replicas: 2, enterpriseLicenseKey: k }`,
    );
    expect(document['enterpriseServer']).toEqual({
      placement: { labels: { team: 'a' } },
      service: { type: 'LoadBalancer', ports: { grpc: 31700 } },
    });
    expect(at(document, 'console.enabled')).toBe(true);
    expect([document['pachd'], document['storage']]).toEqual([undefined, undefined]);
    expect(entry('pachd.replicas')).toMatchObject({ fate: 'idle', message: 'pachd.enabled is false' });
  });

  test.each([
    ['enterpriseServer: { enabled: true }', 'enterpriseServer.enabled'],
    ['pachd: { enabled: false }', 'pachd.enabled'],
  ])('%s: no document describes both or neither', (values, path) => {
    const { imported, diagnostics } = tryImport(`deployTarget: LOCAL\n${values}`, { release: '2.2.8' });
    expect(imported).toBeUndefined();
    expect(
      diagnostics.filter(({ severity }) => severity === 'error').map(({ code, path: at }) => [code, at]),
    ).toEqual([['IMP005', `/${path.replace('.', '/')}`]]);
  });

  test('a member that cannot be one is no document, in which other people would log in', () => {
    const { imported, diagnostics } = tryImport(
      'deployTarget: LOCAL\npachd: { activateEnterpriseMember: true, enterpriseLicenseKey: l, enterpriseServerAddress: grpc://a:31650, enterpriseServerToken: t, oauthClientID: m }\noidc: { issuerURI: "https://a.example.com/dex" }',
      { release: '2.11.6' },
    );
    expect(imported).toBeUndefined();
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'IMP005',
        path: '/pachd/activateEnterpriseMember',
        message: expect.stringContaining('"callbackAddress"') as string,
      },
    ]);
  });

  test('people log in at the server of a member, and the mock login of the chart is of no matter', () => {
    const { document, entry } = importOf(
      'deployTarget: LOCAL\npachd: { activateEnterpriseMember: true, enterpriseLicenseKey: l, enterpriseServerAddress: "grpc://a:31650", enterpriseCallbackAddress: "grpc://b:30650", enterpriseServerToken: t, oauthClientID: m, storage: { local: { hostPath: /srv/ } } }\noidc: { issuerURI: "https://a.example.com/dex", mockIDP: true }\nproxy: { host: m.example.com, tls: { enabled: true, secretName: c } }',
    );
    expect(document['identity']).toBeUndefined();
    expect(entry('oidc.mockIDP')).toMatchObject({ fate: 'idle' });
  });

  test.each([
    ['minio.example.com:9000', 'minio.example.com:9000', undefined],
    ['http://minio.example.com:9000/', 'minio.example.com:9000', true],
    ['https://minio.example.com', 'minio.example.com', undefined],
  ])(
    'an endpoint is carried without its scheme, which decides about TLS: %s',
    (written, endpoint, isOpen) => {
      const { document, entry } = importOf(
        `deployTarget: AMAZON\npachd: { storage: { amazon: { bucket: data, region: a, customEndpoint: "${written}" } } }`,
        { release: '2.7.8' },
      );
      expect(at(document, 'storage.s3.endpoint')).toBe(endpoint);
      expect(at(document, 'storage.s3.disableSSL')).toBe(isOpen);
      expect(entry('pachd.storage.amazon.customEndpoint')).toMatchObject({ fate: 'carried' });
    },
  );

  test.each([
    ['pachd: { storage: { backend: minio } }', 'pachd.storage.backend'],
    ['pachd: { storage: { backend: MINIO, minio: { bucket: b } } }', 'pachd.storage.backend'],
  ])('%s: no document, for pachd would begin with no data', (values, path) => {
    const { imported, diagnostics } = tryImport(`deployTarget: CUSTOM\n${values}`, { release: '2.2.8' });
    expect(imported).toBeUndefined();
    expect(
      diagnostics.filter(({ severity }) => severity === 'error').map(({ code, path: at }) => [code, at]),
    ).toEqual([['IMP010', `/${path.replace(/\./g, '/')}`]]);
  });

  test('a MinIO server is reached without a scheme, and as S3 from 2.10 on', () => {
    const values = `deployTarget: CUSTOM
pachd: { storage: { backend: MINIO, storageURL: "s3://data", minio: { bucket: data, endpoint: "https://minio.example.com/", id: i, secret: s, secure: "true" } } }`;
    const old = importOf(values, { release: '2.2.8', secrets: 'plain' });
    expect(old.document['storage']).toEqual({
      minio: {
        bucket: 'data',
        endpoint: 'minio.example.com',
        secure: true,
        credentials: { id: 'i', secret: 's' },
      },
    });
    const { document, entry } = importOf(values, { secrets: 'env' });
    expect(document['storage']).toEqual({
      s3: {
        bucket: 'data',
        region: 'us-east-1',
        endpoint: 'minio.example.com',
        credentials: { id: { env: 'MINIO_ID' }, secret: { env: 'MINIO_SECRET' } },
      },
      url: 's3://data',
    });
    expect(entry('pachd.storage.backend')?.message).toMatch(/unrecognized storage backend: MINIO/);
  });

  test('a directory that the chart made up has to be looked up', () => {
    const { text, report } = importOf('deployTarget: LOCAL');
    expect(text).toMatch(
      /# .*STORAGE_HOST_PATH.* write that as hostPath\.\n  local: \{ hostPath: \/var\/pachyderm\/ \}/,
    );
    expect(report.find(({ path }) => path === 'pachd.storage.local.hostPath')).toMatchObject({
      fate: 'not-carried',
    });
  });
});
