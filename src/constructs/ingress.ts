import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { ENTERPRISE_SERVER } from '../model/resolve-enterprise-server';
import { k8s } from './support/kubernetes';

/** What the Ingress is made from. */
export type IngressProps = Pick<Cluster, 'namespace' | 'access' | 'console' | 'dex' | 'enterpriseServer'>;

/** A path of the public host, and the Service and named port behind it. */
interface Way {
  readonly path: string;
  readonly service: string;
  readonly port: string;
}

const THROUGH_PROXY: readonly Way[] = [{ path: '/', service: 'pachyderm-proxy', port: 'http-port' }];

/** What a login needs. gRPC has no rule: most ingress controllers want annotations of their own for it. */
const LOGIN: readonly Way[] = [
  { path: '/dex', service: 'pachd', port: 'identity-port' },
  { path: '/authorization-code/callback', service: 'pachd', port: 'oidc-port' },
];

/** The same with a standalone Dex. */
const LOGIN_BESIDE: readonly Way[] = LOGIN.map((way) =>
  way.path === '/dex' ? { path: way.path, service: 'dex', port: 'http' } : way,
);

const CONSOLE: readonly Way[] = [{ path: '/', service: 'console', port: 'console-http' }];

/**
 * The Ingress for `access.via: ingress`: to the Envoy proxy, which sorts the requests itself, or straight to the Services
 * of pachd and Console. TLS ends here; what is behind is plain. Without a TLS Secret the controller shows the certificate
 * that it has for the host, or its default one.
 */
export class Ingress extends Construct {
  constructor(scope: Construct, id: string, cluster: IngressProps) {
    super(scope, id);
    const { namespace, access } = cluster;
    const { tls, ingress } = access;
    // Kubernetes takes lowercase names alone, and browsers ask for no others.
    const host = access.host?.toLowerCase();
    const isThroughProxy = ingress.through === 'proxy';
    const name = isThroughProxy ? 'pachyderm-proxy' : 'console';
    const login = (cluster.dex ? LOGIN_BESIDE : LOGIN).map((way) =>
      way.service === 'pachd' && cluster.enterpriseServer ? { ...way, service: ENTERPRISE_SERVER } : way,
    );
    const ways = isThroughProxy ? THROUGH_PROXY : [...login, ...(cluster.console.enabled ? CONSOLE : [])];

    new k8s.KubeIngress(this, 'ingress', {
      metadata: {
        name,
        namespace,
        labels: { app: name, suite: 'pachyderm' },
        ...(Object.keys(ingress.annotations).length === 0 ? {} : { annotations: ingress.annotations }),
      },
      spec: {
        ...(ingress.className === undefined ? {} : { ingressClassName: ingress.className }),
        ...(tls === undefined || tls.offloaded
          ? {}
          : {
              tls: [
                {
                  ...(tls.secretName === undefined ? {} : { secretName: tls.secretName }),
                  ...(host === undefined ? {} : { hosts: [host] }),
                },
              ],
            }),
        rules: [{ ...(host === undefined ? {} : { host }), http: { paths: ways.map(ingressPath) } }],
      },
    });
  }
}

function ingressPath({ path, service, port }: Way): k8s.HttpIngressPath {
  return { path, pathType: 'Prefix', backend: { service: { name: service, port: { name: port } } } };
}
