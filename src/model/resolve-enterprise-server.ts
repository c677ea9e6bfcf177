import type { ClusterDocument } from '../generated/cluster-document';
import type { AccessVia, EnterpriseServer, EnterpriseServerPorts } from './cluster';
import { defined } from './defined';
import { resolveNewCertificate } from './resolve-certificate';
import type { ResolveContext } from './resolve-context';
import { imageName, resolveImage, resolvePlacement, resolveResources } from './resolve-pod';

/** Name of the Deployment and the Service of an enterprise server. */
export const ENTERPRISE_SERVER = 'pach-enterprise';

/** The enterprise server, where the cluster is one; `via` decides the type of its Service where the document does not. */
export function resolveEnterpriseServer(
  context: ResolveContext,
  via: AccessVia,
): EnterpriseServer | undefined {
  const { document, release } = context;
  const given = document.enterpriseServer;
  if (given === undefined) return undefined;
  const image = resolveImage(context, release.images.pachd, given.image);
  return defined({
    // The official chart puts its default registry in front of every image but this one.
    image:
      document.images?.registry === undefined
        ? { ...image, reference: imageName(release.images.pachd, given.image) }
        : image,
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
