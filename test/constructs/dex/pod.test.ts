import { dexServer, type DexServerOptions } from '../../../src/model/dex-server';
import { literalSecret, Secret } from '../../../src/model/secret';
import {
  CONTAINER,
  POD,
  dexOf,
  fileOf,
  issuer,
  podOf,
  postgres,
  variablesOf,
} from '../../support/dex-objects';
import { at } from '../../support/tree';

describe('the pod', () => {
  test("does not go through the image's template engine", () => {
    const objects = dexOf();
    expect(podOf(objects, `${CONTAINER}.command`)).toEqual(['/usr/local/bin/dex']);
    expect(podOf(objects, `${CONTAINER}.args`)).toEqual(['serve', '/etc/dex/config.yaml']);
  });

  test("fits Pod Security's level restricted", () => {
    const objects = dexOf();
    expect(podOf(objects, `${POD}.securityContext`)).toEqual({
      runAsUser: 1001,
      runAsGroup: 1001,
      fsGroup: 1001,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(podOf(objects, `${CONTAINER}.securityContext`)).toEqual({
      runAsUser: 1001,
      runAsGroup: 1001,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const open = dexOf({}, { securityContexts: false });
    expect(podOf(open, `${POD}.securityContext`)).toBeUndefined();
    expect(podOf(open, `${CONTAINER}.securityContext`)).toBeUndefined();
  });

  test('is asked for its health on the telemetry port, whatever the path of the issuer', () => {
    const objects = dexOf();
    expect(podOf(objects, `${CONTAINER}.ports`)).toEqual([
      { name: 'http', containerPort: 5556 },
      { name: 'telemetry', containerPort: 5558 },
    ]);
    for (const [probe, path] of [
      ['startupProbe', '/healthz/live'],
      ['livenessProbe', '/healthz/live'],
      ['readinessProbe', '/healthz/ready'],
    ])
      expect(podOf(objects, `${CONTAINER}.${probe}.httpGet`)).toMatchObject({ path, port: 'telemetry' });
    expect(fileOf(objects)).toMatchObject({
      web: { http: '0.0.0.0:5556' },
      telemetry: { http: '0.0.0.0:5558' },
    });
  });

  test('has the token of its account only for custom resources', () => {
    expect(podOf(dexOf(), `${POD}.automountServiceAccountToken`)).toBe(true);
    expect(variablesOf(dexOf())).toHaveProperty(
      'KUBERNETES_POD_NAMESPACE.fieldRef.fieldPath',
      'metadata.namespace',
    );
    const other = dexOf({ storage: postgres });
    expect(podOf(other, `${POD}.automountServiceAccountToken`)).toBe(false);
    expect(variablesOf(other)).not.toHaveProperty('KUBERNETES_POD_NAMESPACE');
  });

  test('has its files: configuration, certificates, a volume, credentials', () => {
    const volumes = (options: Partial<DexServerOptions>) =>
      podOf(dexOf(options), `${POD}.volumes`) as { name: string }[];
    const items = (...files: string[]) => files.map((file) => ({ key: file, path: file }));
    expect(volumes({})).toEqual([
      { name: 'configuration', secret: { secretName: 'dex', items: items('config.yaml') } },
    ]);
    expect(volumes({ storage: postgres, credentialFilesSecretName: 'files' })).toEqual([
      {
        name: 'configuration',
        secret: { secretName: 'dex', items: items('config.yaml', 'postgres-ca.crt') },
      },
      { name: 'postgres-certificate', secret: { secretName: 'db-client', defaultMode: 0o440 } },
      { name: 'credential-files', secret: { secretName: 'files' } },
    ]);
    const sqlite = dexOf({ storage: { type: 'sqlite3', size: '2Gi', storageClass: 'fast' } });
    expect(podOf(sqlite, `${POD}.volumes.1`)).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'dex' },
    });
    expect(podOf(sqlite, 'spec.strategy')).toEqual({ type: 'Recreate' });
    expect(at(sqlite.get('PersistentVolumeClaim/dex'), 'spec')).toEqual({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '2Gi' } },
    });
  });

  test('is a new one when what it reads changes, and the same otherwise', () => {
    const checksum = (options: Partial<DexServerOptions>): unknown => {
      const annotations = podOf(dexOf(options), 'spec.template.metadata.annotations');
      return (annotations as Record<string, string>)['pachkit.dev/configuration-checksum'];
    };
    const first = checksum({});
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum({})).toBe(first);
    expect(
      checksum({ expiry: { ...dexServer({ issuer, storage: { type: 'memory' } }).expiry, idTokens: '1h' } }),
    ).not.toBe(first);
    expect(checksum({ storage: postgres })).not.toBe(
      checksum({ storage: { ...postgres, certificateAuthority: 'X' } }),
    );
  });

  test('changes with a secret where a generated one can be the key', () => {
    const generated = {
      kind: 'literal',
      value: new Secret('x'.repeat(32)),
      isGenerated: true,
      generated: true,
    } as const;
    const checksum = (password: string): unknown =>
      podOf(
        dexOf({
          storage: { ...postgres, password: literalSecret(password) },
          staticClients: [{ id: 'a', name: 'A', secret: generated, redirectURIs: [], trustedPeers: [] }],
        }),
        'spec.template.metadata.annotations',
      );
    expect(checksum('one')).not.toEqual(checksum('two'));
    expect(checksum('one')).toEqual(checksum('one'));
  });

  test('takes further variables, which win over its own', () => {
    const objects = dexOf({
      environment: { DEX_API_CONNECTORS_CRUD: 'true', KUBERNETES_POD_NAMESPACE: 'x' },
    });
    expect(variablesOf(objects)).toEqual({ DEX_API_CONNECTORS_CRUD: 'true', KUBERNETES_POD_NAMESPACE: 'x' });
  });

  test('of several asks for nodes of their own', () => {
    expect(podOf(dexOf({ replicas: 2 }), `${POD}.affinity.podAntiAffinity`)).toBeDefined();
    expect(podOf(dexOf({ replicas: 1 }), `${POD}.affinity`)).toBeUndefined();
  });
});
