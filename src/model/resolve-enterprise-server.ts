import type { ClusterDocument } from '../generated/cluster-document';
import type { AccessVia, EnterpriseServer, EnterpriseServerPorts } from './cluster';
import { defined } from './defined';
import { resolveNewCertificate } from './resolve-certificate';
import type { ResolveContext } from './resolve-context';
import { resolvePlacement, resolveResources, resolveUnprefixedImage } from './resolve-pod';

/** Name of the Deployment and the Service of an enterprise server. */
export const ENTERPRISE_SERVER = 'pach-enterprise';

/** Name of the Deployment and the Service that serve the API and the login: pachd's, or those of an enterprise server. */
export function serverNameOf({
  enterpriseServer,
}: {
  readonly enterpriseServer?: EnterpriseServer | undefined;
}): string {
  return enterpriseServer ? ENTERPRISE_SERVER : 'pachd';
}

/** The enterprise server, where the cluster is one; `via` decides the type of its Service where the document does not. */
export function resolveEnterpriseServer(
  context: ResolveContext,
  via: AccessVia,
): EnterpriseServer | undefined {
  const { document, release } = context;
  const given = document.enterpriseServer;
  if (given === undefined) return undefined;
  return defined({
    image: resolveUnprefixedImage(context, release.images.pachd, given.image),
    resources: resolveResources(given.resources),
    placement: resolvePlacement(given.placement),
    service: {
      type: given.service?.type ?? (via === 'nodePort' ? 'NodePort' : 'ClusterIP'),
      ports: resolveEnterprisePorts(given),
      annotations: given.service?.annotations ?? {},
      labels: given.service?.labels ?? {},
    },
    tls:
      given.tls &&
      defined({
        secretName: given.tls.secretName,
        customCertificateAuthority: given.tls.customCertificateAuthority ?? false,
        newSecret: resolveNewCertificate(
          context,
          ['enterpriseServer', 'tls', 'newSecret'],
          given.tls.newSecret,
        ),
      }),
    environment: given.environment ?? {},
  });
}

/** Ports of the Service `pach-enterprise`. */
export function resolveEnterprisePorts({
  service,
}: NonNullable<ClusterDocument['enterpriseServer']>): EnterpriseServerPorts {
  const given = service?.ports ?? {};
  return {
    grpc: given.grpc ?? 31650,
    oidc: given.oidc ?? 31657,
    identity: given.identity ?? 31658,
    metrics: given.metrics ?? 31656,
  };
}
