import { envoyConfiguration } from '../../../src/constructs/envoy/envoy-configuration';
import { parseRelease } from '../../../src/releases/release';
import { releaseTraits } from '../../../src/releases/release-traits';
import type {
  EnvoyConfiguration,
  EnvoyConnectionManager,
  EnvoyListener,
  EnvoyRoute,
} from '../../support/envoy-types';

const configuration = (text = '2.11.6', tls = false): EnvoyConfiguration => {
  const version = parseRelease(text);
  if (!version) throw new Error(`unknown release ${text}`);
  return envoyConfiguration({ release: releaseTraits(version), tls }) as unknown as EnvoyConfiguration;
};

const listener = (config: EnvoyConfiguration, name: string): EnvoyListener => {
  const found = config.static_resources.listeners.find((entry) => entry.name === name);
  if (!found) throw new Error(`there is no listener ${name}`);
  return found;
};

const connectionManagers = (config: EnvoyConfiguration): EnvoyConnectionManager[] =>
  config.static_resources.listeners.flatMap((entry) =>
    entry.filter_chains.map((chain) => chain.filters[0].typed_config),
  );

interface Request {
  readonly path: string;
  readonly authorization?: string;
  readonly grpc?: true;
}

/** What Envoy does with a request: the first route that matches decides. */
function backendFor(
  routes: readonly EnvoyRoute[],
  { path, authorization, grpc }: Request,
): string | undefined {
  const found = routes.find(
    ({ match }) =>
      path.startsWith(match.prefix) &&
      (match.grpc === undefined || grpc) &&
      (match.headers ?? []).every(
        (header) => header.name === 'authorization' && authorization?.startsWith(header.string_match.prefix),
      ),
  );
  return found?.route?.cluster;
}

const routesOf = (entry: EnvoyListener, chain = 0): readonly EnvoyRoute[] =>
  entry.filter_chains[chain]?.filters[0].typed_config.route_config.virtual_hosts[0].routes ?? [];

describe('the configuration of Envoy', () => {
  it.each<[string, Request]>([
    ['pachd-grpc', { path: '/pfs_v2.API/ListRepo', grpc: true }],
    ['pachd-s3', { path: '/dex', authorization: 'AWS4-HMAC-SHA256 Credential=x' }],
    ['pachd-s3', { path: '/bucket/key', authorization: 'AWS x:y' }],
    ['pachd-identity', { path: '/dex/callback' }],
    ['pachd-identity', { path: '/dex/.well-known/openid-configuration', authorization: 'Bearer x' }],
    ['pachd-oidc', { path: '/authorization-code/callback?code=1' }],
    ['pachd-http', { path: '/archive/x.zip' }],
    ['pachd-http', { path: '/api/pfs_v2.API/ListRepo' }],
    ['console', { path: '/' }],
    ['console', { path: '/oauth/callback/?inline=true' }],
    ['console', { path: '/metrics' }],
  ])('leads to %s for %j', (backend, request) => {
    const plain = routesOf(listener(configuration(), 'proxy-http'));
    const tls = routesOf(listener(configuration('2.11.6', true), 'proxy-https'));
    expect(backendFor(plain, request)).toBe(backend);
    expect(backendFor(tls, request)).toBe(backend);
  });

  it('leads only to clusters that exist', () => {
    for (const release of ['2.3.0', '2.5.0', '2.6.0', '2.11.6', '2.12.0-rc.3'])
      for (const tls of [false, true]) {
        const config = configuration(release, tls);
        const clusters = config.static_resources.clusters.map(({ name }) => name);
        const routes = connectionManagers(config).flatMap(
          (manager) => manager.route_config.virtual_hosts[0].routes,
        );
        for (const { route } of routes) if (route) expect(clusters).toContain(route.cluster);
        expect(new Set(clusters).size).toBe(clusters.length);
      }
  });

  it('leads a backend that has its own port nowhere else', () => {
    for (const entry of configuration().static_resources.listeners.slice(2))
      for (const { route } of routesOf(entry)) expect(`direct-${route?.cluster}`).toBe(entry.name);
  });

  it('sends everything without TLS to https', () => {
    const config = configuration('2.11.6', true);
    const redirect = [{ match: { prefix: '/' }, redirect: { https_redirect: true } }];
    expect(routesOf(listener(config, 'https-redirect'))).toEqual(redirect);
    const https = listener(config, 'proxy-https');
    expect(https.filter_chains.map((chain) => chain.filter_chain_match?.transport_protocol)).toEqual([
      'tls',
      'raw_buffer',
    ]);
    expect(https.filter_chains[0]?.transport_socket).toBeDefined();
    expect(https.filter_chains[1]?.transport_socket).toBeUndefined();
    expect(routesOf(https, 1)).toEqual(redirect);
  });

  it('opens no port beside the one for https', () => {
    expect(configuration('2.11.6', true).static_resources.listeners).toHaveLength(2);
  });

  it('counts gRPC only where there is some', () => {
    for (const manager of connectionManagers(configuration())) {
      const routes = manager.route_config.virtual_hosts[0].routes;
      const filters = manager.http_filters.map(({ name }) => name);
      expect(filters.includes('envoy.filters.http.grpc_stats')).toBe(routes.some(({ match }) => match.grpc));
      expect(filters.at(-1)).toBe('envoy.filters.http.router');
    }
  });

  it('tells Envoy 1.24 nothing that it refuses to start with', () => {
    const old = JSON.stringify(configuration('2.8.0', true));
    expect(old).not.toContain('access_log_options');
    expect(old).not.toContain('json_format');
    expect(JSON.stringify(configuration('2.9.0', true))).toContain('access_log_options');
  });

  it('has no server of files before 2.6', () => {
    const old = JSON.stringify(configuration('2.5.0'));
    expect(old).not.toContain('pachd-http');
    expect(old).not.toContain('1659');
  });
});
