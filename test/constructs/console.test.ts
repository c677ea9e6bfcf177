import { Console } from '../../src/constructs/console';
import { CHECKSUM_ANNOTATION } from '../../src/constructs/support/checksum';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { Manifests, variablesOf, type WorkloadManifest } from '../support/manifests';

const objectsOf = (document: Partial<ClusterDocument> = {}): Manifests =>
  new Manifests((chart) => new Console(chart, 'console', clusterOf(document)));

const deploymentOf = (document?: Partial<ClusterDocument>): WorkloadManifest =>
  objectsOf(document).deployment('console');

describe('Console', () => {
  it('takes every URL of a login from the cluster', () => {
    const document = {
      access: { host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
      namespace: 'data',
    };
    const { urls } = clusterOf(document);
    expect(variablesOf(deploymentOf(document))).toMatchObject({
      ISSUER_URI: urls.issuer,
      REACT_APP_RUNTIME_ISSUER_URI: urls.consoleIssuer,
      OAUTH_REDIRECT_URI: urls.consoleRedirect,
      PACHD_ADDRESS: 'pachd-peer.data.svc.cluster.local:30653',
    });
  });

  it('shares its client and secret with Dex', () => {
    const objects = objectsOf({
      auth: { clientID: 'my-pachd' },
      console: { clientID: 'my-console', clientSecret: { env: 'SECRET' }, telemetry: false },
    });
    expect(objects.secret('pachyderm-console-secret').stringData).toEqual({
      OAUTH_CLIENT_SECRET: 'value of SECRET',
    });
    expect(variablesOf(objects.deployment('console'))).toMatchObject({
      OAUTH_CLIENT_ID: 'my-console',
      OAUTH_PACHD_CLIENT_ID: 'my-pachd',
      OAUTH_CLIENT_SECRET: { secretKeyRef: { name: 'pachyderm-console-secret', key: 'OAUTH_CLIENT_SECRET' } },
      REACT_APP_RUNTIME_DISABLE_TELEMETRY: 'true',
    });
  });

  it('reads a secret that is in the cluster already from its own key', () => {
    const objects = objectsOf({ console: { clientSecret: { existing: { name: 'mine', key: 'console' } } } });
    expect(objects.names).not.toContain('Secret/pachyderm-console-secret');
    expect(variablesOf(objects.deployment('console'))['OAUTH_CLIENT_SECRET']).toEqual({
      secretKeyRef: { name: 'mine', key: 'console' },
    });
  });

  it.each<[string, string | undefined, Partial<ClusterDocument>]>([
    ['the proxy', undefined, {}],
    [
      'an ingress',
      undefined,
      { access: { via: 'ingress', host: 'a.example', ingress: { through: 'services' } } },
    ],
    ['node ports', ':4000/graphql', { access: { via: 'nodePort' } }],
    ['forwarded ports', ':4000/graphql', { access: { via: 'portForward' } }],
    ['an ingress in 2.2', undefined, { release: '2.2.8', access: { via: 'ingress', host: 'a.example' } }],
    ['forwarded ports in 2.2', ':4000/graphql', { release: '2.2.8' }],
  ])('reached through %s, gets subscriptions from %s', (_way, prefix, document) => {
    expect(variablesOf(deploymentOf(document))['REACT_APP_RUNTIME_SUBSCRIPTIONS_PREFIX']).toBe(prefix);
  });

  const PUBLIC = 'REACT_APP_RUNTIME_PACHYDERM_PUBLIC_';

  it.each<[string | undefined, string | undefined, ClusterDocument['access']]>([
    [undefined, 'false', {}],
    ['a.example', 'false', { host: 'a.example' }],
    ['a.example', 'true', { host: 'a.example', tls: { secretName: 'tls' } }],
    ['a.example', 'true', { host: 'a.example', tls: { offloaded: true } }],
    ['a.example', 'false', { via: 'ingress', host: 'a.example', tls: { secretName: 'tls' } }],
    [undefined, 'false', { via: 'nodePort', host: '10.0.0.7' }],
  ])('shows the public host %s with TLS %s for access %j', (host, tls, access = {}) => {
    const variables = variablesOf(deploymentOf({ access }));
    expect(Object.keys(variables)).toEqual(expect.arrayContaining([`${PUBLIC}HOST`, `${PUBLIC}TLS`]));
    expect(variables[`${PUBLIC}HOST`]).toBe(host);
    expect(variables[`${PUBLIC}TLS`]).toBe(tls);
  });

  it('knows no public host before 2.7', () => {
    const access = { host: 'a.example' };
    expect(variablesOf(deploymentOf({ release: '2.6.9', access }))).not.toHaveProperty(`${PUBLIC}HOST`);
  });

  it.each<[string, string | undefined, Partial<ClusterDocument>]>([
    [
      'no certificate',
      undefined,
      { access: { tls: { secretName: 'public' } }, pachd: { tls: { secretName: 'own' } } },
    ],
    [
      'that of the public host',
      'public',
      {
        access: { tls: { secretName: 'public' } },
        pachd: { tls: { secretName: 'own', customCertificateAuthority: true } },
      },
    ],
    [
      'that of the public host where it is said of Console alone',
      'public',
      { access: { tls: { secretName: 'public' } }, console: { customCertificateAuthority: true } },
    ],
    [
      'no certificate where it is said of pachd alone',
      undefined,
      {
        access: { tls: { secretName: 'public' } },
        pachd: { tls: { secretName: 'own', customCertificateAuthority: true } },
        console: { customCertificateAuthority: false },
      },
    ],
    ['no certificate where there is none', undefined, { console: { customCertificateAuthority: true } }],
    [
      'that of pachd where TLS ends in front of the cluster',
      'own',
      {
        access: { tls: { secretName: 'public', offloaded: true } },
        pachd: { tls: { secretName: 'own', customCertificateAuthority: true } },
      },
    ],
    [
      'that of pachd in 2.2',
      'own',
      { release: '2.2.8', pachd: { tls: { secretName: 'own', customCertificateAuthority: true } } },
    ],
  ])('trusts %s', (_which, secretName, document) => {
    const { spec } = deploymentOf(document).spec.template;
    const volume = spec.volumes?.find(({ secret }) => secret !== undefined);
    expect(volume?.secret?.secretName).toBe(secretName);
    const file = variablesOf(deploymentOf(document))['NODE_EXTRA_CA_CERTS'];
    const mount = spec.containers[0].volumeMounts?.find(({ name }) => name === volume?.name);
    expect(file).toBe(
      secretName === undefined ? undefined : `${mount?.mountPath}/${volume?.secret?.items?.[0]?.path}`,
    );
  });

  it('reaches the world through the proxy of the network', () => {
    const network = { httpProxy: 'http://proxy.acme.com:3128', noProxy: '.svc,.cluster.local' };
    const variables = variablesOf(deploymentOf({ network }));
    for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'])
      expect(variables[name]).toBe(network.httpProxy);
    for (const name of ['no_proxy', 'NO_PROXY']) expect(variables[name]).toBe(network.noProxy);
  });

  it('can write to the folders that it needs, and to no other', () => {
    const [container] = deploymentOf().spec.template.spec.containers;
    expect(container.securityContext?.readOnlyRootFilesystem).toBe(true);
    expect(container.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(['/home/', '/tmp/']);
  });

  it('has neither user nor capabilities of its own when the platform assigns them', () => {
    const { spec } = deploymentOf({ securityContexts: false }).spec.template;
    expect(spec.securityContext).toBeUndefined();
    expect(spec.containers[0].securityContext).toBeUndefined();
  });

  it('starts anew when its secret changes', () => {
    const checksum = (name: string) =>
      deploymentOf({ console: { clientSecret: { env: name } } }).spec.template.metadata.annotations?.[
        CHECKSUM_ANNOTATION
      ];
    expect(checksum('ONE')).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum('ONE')).toBe(checksum('ONE'));
    expect(checksum('ONE')).not.toBe(checksum('TWO'));
  });

  it('runs where authentication is off, too', () => {
    expect(variablesOf(deploymentOf({ auth: { enabled: false } }))['OAUTH_PACHD_CLIENT_ID']).toBe('pachd');
  });
});
