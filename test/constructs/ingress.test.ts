import { Ingress } from '../../src/constructs/ingress';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { Manifests, type IngressManifest } from '../support/manifests';

const ingressOf = (
  access: ClusterDocument['access'],
  document: Partial<ClusterDocument> = {},
): IngressManifest => {
  const cluster = clusterOf({ ...document, access: { via: 'ingress', host: 'pach.acme.com', ...access } });
  const objects = new Manifests((chart) => new Ingress(chart, 'ingress', cluster));
  expect(objects.names).toHaveLength(1);
  return objects.ingress(cluster.access.ingress.through === 'proxy' ? 'pachyderm-proxy' : 'console');
};

const waysOf = ({ spec }: IngressManifest): string[] => {
  expect(spec.rules).toHaveLength(1);
  return spec.rules[0].http.paths.map(
    ({ path, backend }) => `${path} ${backend.service.name}:${backend.service.port.name}`,
  );
};

describe('Ingress', () => {
  it('leads everything to the proxy', () => {
    const ingress = ingressOf({});
    expect(ingress.metadata.name).toBe('pachyderm-proxy');
    expect(ingress.spec.rules[0].host).toBe('pach.acme.com');
    expect(waysOf(ingress)).toEqual(['/ pachyderm-proxy:http-port']);
  });

  it('leads to the Services of pachd and Console', () => {
    const ingress = ingressOf({ ingress: { through: 'services' } });
    expect(ingress.metadata.name).toBe('console');
    expect(waysOf(ingress)).toEqual([
      '/dex pachd:identity-port',
      '/authorization-code/callback pachd:oidc-port',
      '/ console:console-http',
    ]);
  });

  it('leads to the Services where a release has no proxy', () => {
    expect(waysOf(ingressOf({}, { release: '2.2.8' }))).toHaveLength(3);
  });

  it('leads to no Console that does not run', () => {
    const ways = waysOf(ingressOf({ ingress: { through: 'services' } }, { console: { enabled: false } }));
    expect(ways).toEqual(['/dex pachd:identity-port', '/authorization-code/callback pachd:oidc-port']);
  });

  it.each<[string, unknown, NonNullable<ClusterDocument['access']>['tls']]>([
    ['with its Secret', [{ secretName: 'tls', hosts: ['pach.acme.com'] }], { secretName: 'tls' }],
    ['with the certificate of the controller', [{ hosts: ['pach.acme.com'] }], {}],
    ['elsewhere', undefined, { offloaded: true }],
  ])('ends TLS %s', (_where, expected, tls) => {
    expect(ingressOf(tls === undefined ? {} : { tls }).spec.tls).toEqual(expected);
  });

  it('has no TLS where the document has none', () => {
    expect(ingressOf({}).spec.tls).toBeUndefined();
  });

  it('is for the controller that the document names', () => {
    const annotations = { 'nginx.ingress.kubernetes.io/proxy-body-size': '0' };
    const ingress = ingressOf({ ingress: { className: 'nginx', annotations } });
    expect(ingress.spec.ingressClassName).toBe('nginx');
    expect(ingress.metadata.annotations).toEqual(annotations);
    expect(ingressOf({}).spec.ingressClassName).toBeUndefined();
  });
});
