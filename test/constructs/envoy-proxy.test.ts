import { EnvoyProxy } from '../../src/constructs/envoy-proxy';
import { CHECKSUM_ANNOTATION } from '../../src/constructs/support/checksum';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import type { EnvoyConfiguration, EnvoyListener } from '../support/envoy-types';
import { Manifests, type PodManifest } from '../support/manifests';

type AccessDocument = NonNullable<ClusterDocument['access']>;

const objectsOf = (document: Partial<ClusterDocument> = {}): Manifests =>
  new Manifests((chart) => new EnvoyProxy(chart, 'proxy', clusterOf(document)));

const withAccess = (access: AccessDocument): Manifests => objectsOf({ access });

const podOf = (objects: Manifests): PodManifest => objects.deployment('pachyderm-proxy').spec.template.spec;

const configurationOf = (objects: Manifests): EnvoyConfiguration =>
  JSON.parse(objects.configMap('pachyderm-proxy-config').data['envoy.json'] ?? '') as EnvoyConfiguration;

const listenersOf = (objects: Manifests): readonly EnvoyListener[] =>
  configurationOf(objects).static_resources.listeners;

const TLS = { host: 'pach.acme.com', tls: { secretName: 'pach-tls' } };

describe('EnvoyProxy', () => {
  it('listens on ports that its container, Services and backends agree on', () => {
    const objects = objectsOf();
    const [container] = podOf(objects).containers;
    const containerPorts = container.ports.map(({ containerPort }) => containerPort);
    for (const { address } of listenersOf(objects))
      expect(containerPorts).toContain(address.socket_address.port_value);
    const portNames = container.ports.map(({ name }) => name);
    for (const { targetPort } of objects.service('pachyderm-proxy').spec.ports)
      expect(portNames).toContain(targetPort);

    for (const { load_assignment: assignment } of configurationOf(objects).static_resources.clusters) {
      const { address, port_value: port } =
        assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address;
      const { spec } = objects.service(address);
      expect(spec.clusterIP).toBe('None');
      expect(spec.ports.map((entry) => entry.port)).toContain(port);
    }
  });

  it('serves TLS with the Secret of the document', () => {
    const objects = withAccess(TLS);
    const { volumes, containers } = podOf(objects);
    expect(volumes).toContainEqual({ name: 'tls', secret: { secretName: 'pach-tls' } });
    expect(containers[0].volumeMounts).toContainEqual({ name: 'tls', mountPath: '/tls' });
    expect(objects.configMap('pachyderm-proxy-config').data['sds.yaml']).toContain('/tls/tls.crt');
    expect(listenersOf(objects).map(({ name }) => name)).toEqual(['https-redirect', 'proxy-https']);
    expect(objects.service('pachyderm-proxy').spec.ports).toEqual([
      { name: 'http-port', port: 80, targetPort: 'http-port' },
      { name: 'https-port', port: 443, targetPort: 'https-port' },
    ]);
  });

  it.each<[string, AccessDocument]>([
    ['without TLS', { host: 'pach.acme.com' }],
    ['behind a load balancer that ends TLS', { ...TLS, tls: { secretName: 'pach-tls', offloaded: true } }],
    ['behind an ingress, where TLS ends there', { ...TLS, via: 'ingress' }],
  ])('is plain %s', (_where, access) => {
    const objects = withAccess(access);
    expect(podOf(objects).volumes?.map(({ name }) => name)).toEqual(['envoy-config']);
    expect(Object.keys(objects.configMap('pachyderm-proxy-config').data)).toEqual(['envoy.json']);
    expect(listenersOf(objects)[0]?.name).toBe('proxy-http');
    expect(objects.service('pachyderm-proxy').spec.ports).toHaveLength(1);
  });

  it('has the Service that the document asks for', () => {
    const service = {
      type: 'NodePort',
      httpPort: 8000,
      httpNodePort: 31080,
      httpsNodePort: 31443,
      annotations: { a: 'b' },
      labels: { team: 'a', app: 'mine' },
      externalTrafficPolicy: 'Local',
    } as const;
    const { metadata, spec } = withAccess({ ...TLS, proxy: { service } }).service('pachyderm-proxy');
    expect(metadata).toMatchObject({
      annotations: { a: 'b' },
      labels: { team: 'a', app: 'pachyderm-proxy', suite: 'pachyderm' },
    });
    expect(spec).toMatchObject({ type: 'NodePort', externalTrafficPolicy: 'Local' });
    expect(spec.ports).toEqual([
      { name: 'http-port', port: 8000, targetPort: 'http-port', nodePort: 31080 },
      { name: 'https-port', port: 443, targetPort: 'https-port', nodePort: 31443 },
    ]);
    const balancer = { type: 'LoadBalancer', loadBalancerIP: '203.0.113.10' } as const;
    expect(withAccess({ proxy: { service: balancer } }).service('pachyderm-proxy').spec).toMatchObject(
      balancer,
    );
  });

  it('stays near pachd unless the document says where', () => {
    const affinity = { nodeAffinity: {} };
    expect(podOf(objectsOf()).affinity).toHaveProperty('podAffinity');
    expect(podOf(withAccess({ proxy: { placement: { affinity } } })).affinity).toEqual(affinity);
  });

  it('starts anew when its configuration changes, and only then', () => {
    const checksum = (access: AccessDocument) =>
      withAccess(access).deployment('pachyderm-proxy').spec.template.metadata.annotations?.[
        CHECKSUM_ANNOTATION
      ];
    expect(checksum({})).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum({ proxy: { replicas: 3 } })).toBe(checksum({}));
    expect(checksum(TLS)).not.toBe(checksum({}));
  });

  it('has no way to a port that pachd opened only in 2.6', () => {
    const names = (release: string) =>
      objectsOf({ release })
        .service('pachd-proxy-backend')
        .spec.ports.map(({ name }) => name);
    expect(names('2.5.0')).not.toContain('archive-port');
    expect(names('2.6.0')).toContain('archive-port');
  });

  it('has neither user nor capabilities of its own when the platform assigns them', () => {
    const pod = podOf(objectsOf({ securityContexts: false }));
    expect(pod.securityContext).toBeUndefined();
    expect(pod.containers[0].securityContext).toBeUndefined();
  });
});
