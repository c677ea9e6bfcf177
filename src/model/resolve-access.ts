import type { Access, AccessVia } from './cluster';
import { defined } from './defined';
import type { ReleaseTraits } from '../releases/release-traits';
import { resolveNewCertificate } from './resolve-certificate';
import type { ResolveContext } from './resolve-context';
import { resolveImage, resolvePlacement, resolvePorts, resolveResources } from './resolve-pod';
import { ENTERPRISE_SERVER, resolveEnterprisePorts } from './resolve-enterprise-server';
import { DEX_NODE_PORT, DEX_PORT, isStandalone } from './standalone';
import { deriveUrls, type ClusterUrls } from './urls';

/** How the cluster is reached when the document does not say: as the official chart of the release would have it. */
export function defaultVia(release: ReleaseTraits): AccessVia {
  return release.usesProxyByDefault ? 'proxy' : 'portForward';
}

/** The `access` section with its defaults, and every URL that follows from it. */
export function resolveAccess(context: ResolveContext): { access: Access; urls: ClusterUrls } {
  const { document, release } = context;
  const given = document.access ?? {};
  const via = given.via ?? defaultVia(release);
  const through = given.ingress?.through ?? (release.usesProxyByDefault ? 'proxy' : 'services');
  const throughProxy = via === 'proxy' || (via === 'ingress' && through === 'proxy');

  const access: Access = defined({
    via,
    host: given.host,
    port: given.port,
    tls:
      given.tls &&
      defined({
        secretName: given.tls.secretName,
        offloaded: given.tls.offloaded ?? false,
        newSecret: resolveNewCertificate(context, ['access', 'tls', 'newSecret'], given.tls.newSecret),
      }),
    ingress: defined({
      className: given.ingress?.className,
      annotations: given.ingress?.annotations ?? {},
      through,
    }),
    proxy: resolveProxy(context, throughProxy && release.hasProxy),
  });
  const urls = deriveUrls(
    defined({
      release,
      via,
      throughProxy,
      host: given.host,
      port: given.port,
      https: given.tls !== undefined,
      ports: document.enterpriseServer
        ? resolveEnterprisePorts(document.enterpriseServer)
        : resolvePorts(document),
      serviceName: document.enterpriseServer ? ENTERPRISE_SERVER : undefined,
      isMember: document.enterprise?.member !== undefined,
      localhostIssuer: given.localhostIssuer,
      standaloneDex: isStandalone(document)
        ? { port: DEX_PORT, nodePort: document.dex?.service?.nodePort ?? DEX_NODE_PORT }
        : undefined,
      overrides: given.urls ?? {},
    }),
  );
  return { access, urls };
}

const ENVOY_RESOURCES = { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '512Mi' } };

function resolveProxy(context: ResolveContext, enabled: boolean): Access['proxy'] {
  const given = context.document.access?.proxy ?? {};
  const service = given.service ?? {};
  return {
    enabled,
    replicas: given.replicas ?? 1,
    image: resolveImage(context, context.release.images.envoy, given.image),
    resources: resolveResources(given.resources ?? ENVOY_RESOURCES),
    placement: resolvePlacement(given.placement),
    service: defined({
      type: service.type ?? 'ClusterIP',
      httpPort: service.httpPort ?? 80,
      httpsPort: service.httpsPort ?? 443,
      httpNodePort: service.httpNodePort ?? 30080,
      httpsNodePort: service.httpsNodePort ?? 30443,
      legacyPorts: service.legacyPorts ?? {},
      loadBalancerIP: service.loadBalancerIP,
      externalTrafficPolicy: service.externalTrafficPolicy,
      annotations: service.annotations ?? {},
      labels: service.labels ?? {},
    }),
  };
}
