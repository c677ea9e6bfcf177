import { Pachd } from '../../src/constructs/pachd';
import { CHECKSUM_ANNOTATION } from '../../src/constructs/support/checksum';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsOf, type KubernetesObject, type PodSpec } from '../support/objects-of';

const deploymentOf = (document: Partial<ClusterDocument> = {}): KubernetesObject =>
  objectsOf((chart) => new Pachd(chart, 'pachd', clusterOf(document))).get('Deployment/pachd');
const podOf = (document?: Partial<ClusterDocument>): PodSpec => deploymentOf(document).spec.template.spec;

const s3: Partial<ClusterDocument> = { storage: { s3: { bucket: 'acme' } } };
const UNPRIVILEGED = { runAsUser: 1000, runAsGroup: 1000 };

describe('Pachd', () => {
  it('is a Deployment with what the document says', () => {
    const { metadata, spec } = deploymentOf({
      namespace: 'data',
      pachd: {
        replicas: 2,
        resources: { requests: { cpu: 1 } },
        serviceAccount: { name: 'mine' },
        placement: {
          labels: { team: 'data', app: 'x' },
          nodeSelector: { disk: 'ssd' },
          priorityClassName: 'high',
        },
      },
      images: { pullSecrets: ['hub'] },
    });
    expect(metadata).toMatchObject({ name: 'pachd', namespace: 'data' });
    expect(spec.replicas).toBe(2);
    expect(spec.template.metadata.labels).toEqual({ team: 'data', app: 'pachd', suite: 'pachyderm' });
    expect(spec.template.spec).toMatchObject({
      serviceAccountName: 'mine',
      nodeSelector: { disk: 'ssd' },
      priorityClassName: 'high',
      imagePullSecrets: [{ name: 'hub' }],
    });
    expect(spec.template.spec.containers[0].resources).toEqual({ requests: { cpu: '1' } });
  });

  it('reads the storage secret, the deployment id and what pausing leaves behind', () => {
    expect(podOf().containers[0].envFrom).toEqual([
      { secretRef: { name: 'pachyderm-storage-secret' } },
      { secretRef: { name: 'pachyderm-deployment-id-secret' } },
      { configMapRef: { name: 'pachd-config', optional: true } },
    ]);
  });

  it.each([
    ['2.2.8', 6],
    ['2.6.0', 7],
  ])('opens the ports of %s', (release, count) => {
    const ports = podOf({ release }).containers[0].ports.map(({ containerPort }) => containerPort);
    expect(ports).toHaveLength(count);
    expect(ports.includes(1659)).toBe(count === 7);
  });

  describe('its rights', () => {
    it('are those of root for a directory of the node', () => {
      const pod = podOf();
      expect(pod.securityContext).toEqual({ runAsUser: 0 });
      expect(pod.containers[0].securityContext).toBeUndefined();
    });

    it('are as small as the release knows how', () => {
      const pod = podOf(s3);
      expect(pod.securityContext).toMatchObject({ ...UNPRIVILEGED, fsGroup: 1000, runAsNonRoot: true });
      expect(pod.containers[0].securityContext).toMatchObject({
        ...UNPRIVILEGED,
        readOnlyRootFilesystem: true,
      });
      const old = podOf({ ...s3, release: '2.2.8' });
      expect(old.securityContext).toEqual(UNPRIVILEGED);
      expect(old.containers[0].securityContext).toBeUndefined();
      const newest = podOf({ ...s3, release: '2.12.0-rc.3' });
      expect(newest.securityContext).toMatchObject({ runAsUser: 65532, fsGroup: 65532 });
    });

    it('are small for a directory that needs no root', () => {
      const pod = podOf({ storage: { local: { requireRoot: false } } });
      expect(pod.securityContext).toMatchObject(UNPRIVILEGED);
    });

    it.each([{}, s3])('are left to the platform on demand', (document) => {
      const pod = podOf({ ...document, securityContexts: false });
      expect(pod.securityContext).toBeUndefined();
      expect(pod.containers[0].securityContext).toBeUndefined();
    });
  });

  describe('its volumes', () => {
    it('are all mounted', () => {
      const { volumes, containers } = podOf({
        pachd: { tls: { secretName: 'tls' } },
        identity: { credentialFilesSecretName: 'certificates' },
      });
      const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).sort();
      expect(names(containers[0].volumeMounts)).toEqual(names(volumes));
      expect(containers[0].volumeMounts).toEqual(
        expect.arrayContaining([
          { name: 'pachd-tls-cert', mountPath: '/pachd-tls-cert' },
          { name: 'dex-creds', mountPath: '/dexcreds', readOnly: true },
        ]),
      );
      expect(volumes).toEqual(
        expect.arrayContaining([
          { name: 'pach-disk', hostPath: { path: '/var/pachyderm/pachd', type: 'DirectoryOrCreate' } },
          { name: 'pachd-tls-cert', secret: { secretName: 'tls' } },
          { name: 'dex-creds', secret: { secretName: 'certificates', defaultMode: 0o644 } },
        ]),
      );
    });

    it('hold data of the pod alone where storage is elsewhere', () => {
      expect(podOf(s3).volumes).toContainEqual({ name: 'pach-disk', emptyDir: {} });
    });

    it('have no temporary directory in 2.2, whose containers can write to their image', () => {
      expect(podOf({ release: '2.2.8' }).volumes.map(({ name }) => name)).not.toContain('tmp');
      expect(podOf().volumes).toContainEqual({ name: 'tmp', emptyDir: {} });
    });

    it('put Google’s credentials from another Secret where Google’s libraries look', () => {
      const credentials = { existing: { name: 'google', key: 'key.json' } };
      expect(podOf({ storage: { gcs: { bucket: 'acme', credentials } } }).volumes).toContainEqual({
        name: 'pachyderm-storage-secret',
        projected: {
          sources: [
            { secret: { name: 'pachyderm-storage-secret' } },
            { secret: { name: 'google', items: [{ key: 'key.json', path: 'GOOGLE_CRED' }] } },
          ],
        },
      });
    });
  });

  describe('its probes', () => {
    const exec = { command: ['/pachd', '--readiness'] };

    it('are the readiness probe alone before 2.4', () => {
      const [container] = podOf({ release: '2.2.8' }).containers;
      expect(container).toMatchObject({ readinessProbe: { exec } });
      expect(container.livenessProbe).toBeUndefined();
      expect(container.startupProbe).toBeUndefined();
    });

    it('take the times of the document', () => {
      const [container] = podOf({
        pachd: { probes: { startup: { failureThreshold: 60 }, readiness: { timeoutSeconds: 5 } } },
      }).containers;
      expect(container.startupProbe).toMatchObject({ exec, failureThreshold: 60, timeoutSeconds: 30 });
      expect(container.readinessProbe).toMatchObject({ exec, failureThreshold: 3, timeoutSeconds: 5 });
      expect(container.livenessProbe).toMatchObject({ exec, failureThreshold: 10 });
    });
  });

  it.each([
    ['2.2.8', undefined],
    ['2.3.0', true],
  ])('says whether it mounts the token of its account in %s: %s', (release, mounts) => {
    expect(podOf({ release }).automountServiceAccountToken).toBe(mounts);
  });
});

describe('the checksum', () => {
  const mock = { id: 'test', type: 'mockPassword', config: { username: 'admin', password: 'password' } };
  const base: Partial<ClusterDocument> = {
    enterprise: { licenseKey: 'license' },
    identity: { connectors: [mock] },
  };
  const checksumOf = (document: Partial<ClusterDocument> = {}): string | undefined =>
    deploymentOf({ ...base, ...document }).spec.template.metadata.annotations?.[CHECKSUM_ANNOTATION];

  it.each<[string, Partial<ClusterDocument>]>([
    [
      'a connector',
      { identity: { connectors: [{ ...mock, config: { ...mock.config, username: 'root' } }] } },
    ],
    [
      'the secret of a connector',
      { identity: { connectors: [{ ...mock, config: { ...mock.config, password: 'x' } }] } },
    ],
    ['the root token', { auth: { rootToken: 'another' } }],
    ['a role binding', { auth: { roleBindings: { 'user:ada@acme.com': ['clusterAdmin'] } } }],
    ['the issuer', { access: { via: 'proxy', host: 'pach.acme.com' } }],
    ['the license', { enterprise: { licenseKey: 'another' } }],
    ['the lifetime of tokens', { identity: { connectors: [mock], idTokenExpiry: '1h' } }],
    ['the password of the database', { database: { internal: { password: 'another' } } }],
    ['the secret of Console', { console: { clientSecret: 'another' } }],
    ['the deployment id', { deploymentID: 'another' }],
    ['the settings of storage', { storage: { s3: { bucket: 'acme' } } }],
  ])('changes with %s, so that pachd starts anew', (_, document) => {
    expect(checksumOf()).toMatch(/^[0-9a-f]{64}$/);
    expect(checksumOf(document)).not.toBe(checksumOf());
  });

  it('does not tell a weak password in a file of connectors from another, where nothing strong is the key', () => {
    const existing = { existing: { name: 'theirs', key: 'key' } };
    const checksum = (bindPW: string): unknown =>
      deploymentOf({
        release: '2.12.0-rc.3',
        auth: { rootToken: existing, clientSecret: existing },
        console: { clientSecret: existing },
        database: { internal: { password: existing } },
        identity: {
          connectors: [
            {
              type: 'ldap',
              id: 'ldap',
              config: {
                host: 'ldap.acme.com:636',
                bindDN: 'cn=reader,dc=acme,dc=com',
                bindPW,
                userSearch: {
                  baseDN: 'ou=people,dc=acme,dc=com',
                  username: 'mail',
                  idAttr: 'uid',
                  emailAttr: 'mail',
                },
              },
            },
          ],
        },
      }).spec.template.metadata.annotations?.[CHECKSUM_ANNOTATION];
    expect(checksum('winter2024')).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum('winter2024')).toBe(checksum('summer2024'));
    expect(checksum('a client secret at random 1')).not.toBe(checksum('a client secret at random 2'));
  });

  it('stays when something changes that pachd does not read', () => {
    const document: Partial<ClusterDocument> = { etcd: { size: '50Gi' }, console: { telemetry: false } };
    expect(checksumOf(document)).toBe(checksumOf());
  });

  it('is beside the annotations of the document', () => {
    const placement = { annotations: { 'acme.com/team': 'data' } };
    expect(deploymentOf({ pachd: { placement } }).spec.template.metadata.annotations).toMatchObject({
      'acme.com/team': 'data',
      [CHECKSUM_ANNOTATION]: expect.any(String) as string,
    });
  });

  it('does not count in 2.2 what only the bootstrap job reads', () => {
    const release = '2.2.8';
    expect(checksumOf({ release, auth: { rootToken: 'another' } })).toBe(checksumOf({ release }));
  });
});
