import { Chart, Testing } from 'cdk8s';
import { EnvoyProxy } from '../../../src/constructs/envoy-proxy';
import { identityConfigData, clientVariables } from '../../../src/constructs/identity';
import { Ingress } from '../../../src/constructs/ingress';
import { pachdEnvironment } from '../../../src/constructs/pachd-environment';
import { Postgres } from '../../../src/constructs/postgres';
import { bootstrapConfig } from '../../../src/constructs/support/bootstrap-config';
import type { ClusterDocument } from '../../../src/generated/cluster-document';
import type { Cluster } from '../../../src/model/cluster';
import { clusterOf } from '../../support/cluster-of';
import { dexObjects, podOf } from '../../support/dex-objects';
import { at } from '../../support/tree';

describe('beside pachd', () => {
  const standalone = (document: Partial<ClusterDocument> = {}): Cluster =>
    clusterOf({
      enterprise: { licenseKey: 'license' },
      access: { via: 'proxy', host: 'p.acme.com', tls: { secretName: 't' } },
      ...document,
      identity: {
        dex: 'standalone',
        connectors: [{ type: 'mockCallback', id: 'mock' }],
        clients: [{ id: 'app', redirectURIs: ['https://a/b'], secret: 's' }],
        ...document.identity,
      },
    });

  test('pachd gets where it is and who it is there, and no connectors or settings for a standalone Dex', () => {
    const names = pachdEnvironment(standalone(), 'pachd').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['AUTH_CONFIG', 'AUTH_CLIENT_SECRET', 'IDP_CLIENTS']));
    expect(names.filter((name) => /IDP_CON|IDP_ADD|IDP_CLIENT_SECRET/.test(name))).toEqual([]);
    expect(Object.keys(identityConfigData(standalone()))).toEqual(['oidc-clients', 'trusted-peers']);
    expect(clientVariables(standalone())).toEqual([]);
    const inside = clusterOf({
      enterprise: { licenseKey: 'license' },
      identity: { connectors: [{ type: 'mockCallback', id: 'm' }] },
    });
    const variables = pachdEnvironment(inside, 'pachd').map(({ name }) => name);
    expect(variables).toEqual(expect.arrayContaining(['IDP_CONNECTORS', 'IDP_CONFIG']));
  });

  test('the job of release 2.2 sets up pachd and not its Dex', () => {
    const access = { via: 'ingress', host: 'p.acme.com' } as const;
    const { data } = bootstrapConfig(standalone({ release: '2.2.8', access }));
    expect(Object.keys(data)).toEqual(expect.arrayContaining(['authConfig', 'oidcClients', 'rootToken']));
    expect(data).not.toHaveProperty('idps');
    expect(data).not.toHaveProperty('identityServiceConfig');
    const config = data['authConfig'];
    expect(typeof config === 'object' && config.value.reveal()).toContain('localhost_issuer: false');
  });

  test('the proxy leads /dex to it', () => {
    const chart = new Chart(Testing.app(), 'test');
    new EnvoyProxy(chart, 'proxy', standalone());
    const objects = chart.toJson() as { kind: string; data?: Record<string, string> }[];
    const envoy = JSON.parse(
      objects.find(({ kind }) => kind === 'ConfigMap')?.data?.['envoy.json'] ?? '',
    ) as { static_resources: { clusters: { name: string }[] } };
    const names = envoy.static_resources.clusters.map(({ name }) => name);
    expect(names).toContain('dex');
    expect(names).not.toContain('pachd-identity');
    expect(JSON.stringify(envoy)).toContain('{"prefix":"/dex"},"route":{"cluster":"dex"');
    expect(JSON.stringify(envoy.static_resources.clusters.find(({ name }) => name === 'dex'))).toContain(
      '"address":"dex","port_value":5556',
    );
  });

  test('the ingress leads /dex to it where it leads to services', () => {
    const access = { via: 'ingress', host: 'p.acme.com', ingress: { through: 'services' } } as const;
    const chart = new Chart(Testing.app(), 'test');
    new Ingress(chart, 'ingress', standalone({ access }));
    expect(at(chart.toJson()[0], 'spec.rules.0.http.paths.0')).toEqual({
      path: '/dex',
      pathType: 'Prefix',
      backend: { service: { name: 'dex', port: { name: 'http' } } },
    });
  });

  test('the Service has the port of the nodes that the issuer names', () => {
    const cluster = standalone({ access: { via: 'nodePort', host: '10.0.0.1' } });
    expect(at(dexObjects(cluster).get('Service/dex'), 'spec')).toMatchObject({
      type: 'NodePort',
      ports: [{ name: 'http', port: 5556, nodePort: 30556 }],
    });
  });

  test('its database is made along with the other one when it has another name', () => {
    const script = (cluster: Cluster): unknown => {
      const chart = new Chart(Testing.app(), 'test');
      new Postgres(chart, 'postgres', cluster);
      const objects = chart.toJson() as { kind: string; data?: Record<string, string> }[];
      return objects.find(({ kind }) => kind === 'ConfigMap')?.data?.['dex.sh'];
    };
    const other = script(standalone({ dex: { storage: { postgres: { database: 'login' } } } }));
    expect(other).toContain('CREATE DATABASE dex;');
    expect(other).toContain('CREATE DATABASE login;');
    expect(script(standalone())).toBe(script(clusterOf()));
    const elsewhere = { host: 'db.acme.com', user: 'dex', password: 'p', database: 'login' };
    expect(script(standalone({ dex: { storage: { postgres: elsewhere } } }))).not.toContain('login');
  });

  test("carries the label by which pachctl's debug dump finds it", () =>
    expect(podOf(dexObjects(standalone()), 'spec.template.metadata.labels')).toEqual({
      app: 'dex',
      suite: 'pachyderm',
    }));
});
