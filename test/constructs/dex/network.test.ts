import type { DexProps } from '../../../src/constructs/dex';
import { DexConnector } from '../../../src/model/dex-connector';
import type { DexServerOptions } from '../../../src/model/dex-server';
import { literalSecret } from '../../../src/model/secret';
import { CONTAINER, dexOf, issuer, ldap, podOf, postgres } from '../../support/dex-objects';
import { at } from '../../support/tree';

describe('a proxy to the outside', () => {
  const noProxy = (options: Partial<DexServerOptions>, network: DexProps['network']) =>
    (
      podOf(dexOf(options, network ? { network } : {}), `${CONTAINER}.env`) as {
        name: string;
        value: string;
      }[]
    )
      .filter(({ name }) => name.toLowerCase() === 'no_proxy')
      .map(({ value }) => value);
  const httpProxy = 'http://proxy:3128';

  test('is not asked for custom resources', () => {
    const host = '$(KUBERNETES_SERVICE_HOST)';
    expect(noProxy({}, { httpProxy })).toEqual([host, host]);
    expect(noProxy({}, { httpProxy, noProxy: '.svc' })).toEqual([`.svc,${host}`, `.svc,${host}`]);
    expect(noProxy({}, { httpProxy, noProxy: `${host},.svc` })).toEqual([`${host},.svc`, `${host},.svc`]);
  });

  test('is asked for all else', () => {
    expect(noProxy({ storage: postgres }, { httpProxy })).toEqual([]);
    expect(noProxy({}, {})).toEqual([]);
  });
});

describe('the network policy', () => {
  const ports = (options: Partial<DexServerOptions>, props: Partial<DexProps> = {}): unknown => {
    const egress = at(dexOf(options, props).get('NetworkPolicy/dex'), 'spec.egress.1.ports');
    return (egress as { port: number }[]).map(({ port }) => port);
  };

  test('opens the ports that connectors, storage and the proxy name', () => {
    const keycloak = new DexConnector({
      issuer,
      type: 'oidc',
      id: 'k',
      config: { issuer: 'http://keycloak:8080/realms/a', clientID: 'a', clientSecret: literalSecret('s') },
    });
    expect(ports({ storage: postgres, connectors: [ldap, keycloak] })).toEqual([443, 3269, 5433, 8080]);
    expect(ports({}, { network: { httpProxy: 'http://user:pw@proxy:3128' } })).toEqual([
      443, 3128, 6443, 8443, 16443,
    ]);
    expect(ports({ storage: { type: 'memory' }, networkPolicy: { egressPorts: [8200] } })).toEqual([
      443, 8200,
    ]);
  });

  test('opens the port of a host that is no URL', () => {
    const github = new DexConnector({
      issuer,
      type: 'github',
      id: 'g',
      config: { hostName: 'git.acme.com:8443', clientID: 'a', clientSecret: literalSecret('s') },
    });
    expect(ports({ storage: { type: 'memory' }, connectors: [github] })).toEqual([443, 8443]);
  });

  test('does not take the own address for one to ask', () => {
    const github = new DexConnector({
      issuer: 'https://dex.example.com:9443',
      type: 'github',
      id: 'g',
      config: { clientID: 'a', clientSecret: literalSecret('s') },
    });
    expect(ports({ storage: { type: 'memory' }, connectors: [github] })).toEqual([443]);
  });

  test('shows metrics to the namespace and to those named', () => {
    const rule = (options: Partial<DexServerOptions>) =>
      at(dexOf(options).get('NetworkPolicy/dex'), 'spec.ingress.1');
    expect(rule({})).toEqual({ ports: [{ port: 5558, protocol: 'TCP' }], from: [{ podSelector: {} }] });
    expect(rule({ networkPolicy: { egressPorts: [], metricsFrom: { name: 'monitoring' } } })).toMatchObject({
      from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { name: 'monitoring' } } }],
    });
  });
});
