import { PachdServices } from '../../src/constructs/pachd-services';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsOf, type KubernetesObject } from '../support/objects-of';

const serviceOf = (name: string, document: Partial<ClusterDocument> = {}): KubernetesObject =>
  objectsOf((chart) => new PachdServices(chart, 'pachd-services', clusterOf(document))).get(
    `Service/${name}`,
  );

describe('PachdServices', () => {
  it('leads to the ports of the container by their names', () => {
    const { spec, metadata } = serviceOf('pachd', { namespace: 'data' });
    expect(spec.type).toBe('ClusterIP');
    expect(metadata).toMatchObject({
      namespace: 'data',
      annotations: { 'prometheus.io/port': '1656', 'prometheus.io/scrape': 'true' },
    });
    expect(
      spec.ports.map(({ name, port, targetPort, nodePort }) => [name, port, targetPort, nodePort]),
    ).toEqual([
      ['api-grpc-port', 30650, 'api-grpc-port', undefined],
      ['oidc-port', 30657, 'oidc-port', undefined],
      ['identity-port', 30658, 'identity-port', undefined],
      ['s3gateway-port', 30600, 's3gateway-port', undefined],
      ['prom-metrics', 30656, 'prom-metrics', undefined],
    ]);
  });

  it('opens the same ports on every node', () => {
    const ports = { identity: 31658 };
    const { spec } = serviceOf('pachd', { access: { via: 'nodePort' }, pachd: { service: { ports } } });
    expect(spec.type).toBe('NodePort');
    for (const { port, nodePort } of spec.ports) expect(nodePort).toBe(port);
    expect(spec.ports.find(({ name }) => name === 'identity-port')?.nodePort).toBe(31658);
  });

  it('takes the type and the annotations of the document', () => {
    const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' };
    const labels = { team: 'data', app: 'other' };
    const { spec, metadata } = serviceOf('pachd', {
      pachd: { service: { type: 'LoadBalancer', annotations, labels } },
    });
    expect(spec.type).toBe('LoadBalancer');
    expect(spec.ports.every(({ nodePort }) => nodePort === undefined)).toBe(true);
    expect(metadata.annotations).toMatchObject(annotations);
    expect(metadata.labels).toEqual({ team: 'data', app: 'pachd', suite: 'pachyderm' });
  });

  it('has a port for the pods of the namespace', () => {
    expect(serviceOf('pachd-peer').spec).toEqual({
      type: 'ClusterIP',
      selector: { app: 'pachd' },
      ports: [{ name: 'api-grpc-peer-port', port: 30653, targetPort: 'peer-port' }],
    });
  });
});
