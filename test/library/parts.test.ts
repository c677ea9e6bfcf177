import { App, Chart, type ApiObject } from 'cdk8s';
import {
  BootstrapSecret,
  Dex,
  dexServer,
  existingSecret,
  InvalidClusterError,
  literalSecret,
  PachydermCluster,
} from '../../src/library';

function newChart(namespace?: string): Chart {
  return new Chart(new App(), 'infrastructure', namespace === undefined ? {} : { namespace });
}

function named(objects: readonly ApiObject[]): string[] {
  return objects.map(({ kind, metadata, name }) => `${kind}/${metadata.namespace ?? ''}/${name}`);
}

const SECRETS = {
  auth: {
    rootToken: literalSecret('a-root-token-of-32-characters-xx'),
    clientSecret: existingSecret('clients', 'pachd'),
  },
  console: { clientSecret: existingSecret('clients', 'console') },
  identity: { connectorsFrom: existingSecret('identity-providers', 'connectors') },
};

describe('BootstrapSecret', () => {
  test('needs no storage and no database: those are not its own', () => {
    const { objects, warnings } = new BootstrapSecret(newChart('data'), 'bootstrap', {
      ...SECRETS,
      release: '2.12.0-rc.3',
      access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
    });
    expect(named(objects)).toEqual(['Secret/data/pachyderm-auth']);
    expect(warnings).toEqual([]);
  });

  test('is the one of the whole cluster', () => {
    const cluster = new PachydermCluster(newChart(), 'pachyderm', {
      release: '2.12.0-rc.3',
      profile: 'dev',
      secrets: { seed: 'one' },
      identity: SECRETS.identity,
    });
    const alone = new BootstrapSecret(newChart(), 'bootstrap', cluster.resolved);
    expect(alone.objects.map((object) => object.toJson() as unknown)).toEqual(
      cluster.bootstrap.map((object) => object.toJson() as unknown),
    );
  });

  test('refuses what no one could log in with', () => {
    const construct = (): BootstrapSecret =>
      new BootstrapSecret(newChart(), 'bootstrap', { release: '2.99.0', ...SECRETS });
    expect(construct).toThrow(InvalidClusterError);
    expect(construct).toThrow('REL001 /release');
    expect(
      () =>
        new BootstrapSecret(newChart(), 'bootstrap', { release: '2.12.0-rc.3', identity: SECRETS.identity }),
    ).toThrow('SEC004 /auth/rootToken');
  });
});

describe('Dex', () => {
  const dex = dexServer({ issuer: 'https://dex.acme.com', storage: { type: 'kubernetes' } });

  test('has readable children in the namespace of its chart', () => {
    const construct = new Dex(newChart('auth'), 'dex', { dex, ingress: { className: 'nginx' } });
    const { deployment, service, secret, serviceAccount, ingress } = construct;
    const children = [deployment, service, secret, serviceAccount, ingress].flatMap((child) => child ?? []);
    expect(named(children)).toEqual([
      'Deployment/auth/dex',
      'Service/auth/dex',
      'Secret/auth/dex',
      'ServiceAccount/auth/dex',
      'Ingress/auth/dex',
    ]);
    expect(named(construct.objects)).toEqual(expect.arrayContaining(named(children)));
  });

  test('is in the namespace that it is given, and refuses to be in none', () => {
    expect(new Dex(newChart('auth'), 'dex', { dex, namespace: 'login' }).service.metadata.namespace).toBe(
      'login',
    );
    expect(() => new Dex(newChart(), 'dex', { dex })).toThrow(
      'infrastructure/dex has no namespace; give it one, or give the chart one: new Chart(app, id, { namespace })',
    );
  });

  test('pulls its image with the Secrets that are named, and knows the proxy', () => {
    const { deployment } = new Dex(newChart('auth'), 'dex', {
      dex,
      pullSecrets: ['registry'],
      network: { httpProxy: 'http://proxy:3128', noProxy: '.svc' },
    });
    const { spec } = deployment.toJson() as {
      spec: {
        template: {
          spec: { imagePullSecrets: unknown; containers: { env: { name: string; value?: string }[] }[] };
        };
      };
    };
    expect(spec.template.spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(spec.template.spec.containers[0]?.env).toEqual(
      expect.arrayContaining([{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }]),
    );
  });
});
