import type { Cluster } from '../model/cluster';
import { serverNameOf } from '../model/resolve-enterprise-server';
import { isLoopbackHost, readUrl } from '../model/url-text';
import type { ClusterObject } from '../outputs/objects';

/** A port of this machine that URLs of a document name, and the Service that has to answer there. */
export interface LocalPort {
  /** On this machine. */
  readonly port: number;
  /** What is there: `login page`, `Console`. */
  readonly uses: readonly string[];
  readonly service: ServicePort;
}

/** A port of a Service among the objects of a cluster. */
export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
  /** Fixed port of every node; missing for Services inside the cluster only, and where Kubernetes picks it. */
  readonly nodePort?: number;
  readonly selector: Readonly<Record<string, string>>;
}

/** What browsers and pachctl of this machine reach, with the Services that can answer, the best one first. */
interface Use {
  readonly name: string;
  /** Missing where the cluster has no such thing. */
  readonly url: string | undefined;
  readonly services: readonly (readonly [service: string, port: string])[];
}

/** The ports that a document's URLs name on this machine, lowest first; none for a cluster with a host of its own. */
export function localPorts(cluster: Cluster, objects: readonly ClusterObject[]): readonly LocalPort[] {
  const found = new Map<number, LocalPort>();
  for (const { name, url, services } of usesOf(cluster)) {
    if (url === undefined) continue;
    const { scheme, host, port: written } = readUrl(url);
    const service = services
      .map(([service, port]) => servicePort(objects, service, port))
      .find((each) => each !== undefined);
    if (!isLoopbackHost(host) || service === undefined) continue;
    const port = written === '' ? (scheme.endsWith('s') ? 443 : 80) : Number(written);
    const known = found.get(port);
    found.set(port, { port, uses: [...(known?.uses ?? []), name], service: known?.service ?? service });
  }
  return [...found.values()].sort((a, b) => a.port - b.port);
}

function usesOf({ access, console, dex, enterpriseServer, urls, auth }: Cluster): Use[] {
  const proxy = [
    ['pachyderm-proxy', access.tls !== undefined && !access.tls.offloaded ? 'https-port' : 'http-port'],
  ] as const;
  const isProxied = access.proxy.enabled && access.via === 'proxy';
  const through = (...services: Use['services']): Use['services'] => (isProxied ? proxy : services);
  const pachd = serverNameOf({ enterpriseServer });
  return [
    {
      name: 'login page',
      url: auth && urls.browserIssuer,
      services: through(...(dex ? [['dex', 'http'] as const] : []), [pachd, 'identity-port']),
    },
    {
      name: 'way back from a login',
      url: auth && urls.pachdRedirect,
      services: through([pachd, 'oidc-port']),
    },
    {
      name: 'Console',
      url: console.enabled ? urls.console : undefined,
      services: through(['console', 'console-http']),
    },
    { name: 'pachctl', url: urls.pachd, services: through([pachd, 'api-grpc-port']) },
  ];
}

/** What a Service looks like, as far as it is looked at. */
interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
    readonly nodePort?: number;
  }[];
}

function servicePort(
  objects: readonly ClusterObject[],
  service: string,
  portName: string,
): ServicePort | undefined {
  const found = objects.find(
    ({ manifest: { kind, metadata } }) => kind === 'Service' && metadata.name === service,
  );
  const { ports = [], selector = {} } = (found?.manifest['spec'] ?? {}) as ServiceSpec;
  const port = ports.find(({ name }) => name === portName);
  if (port === undefined) return undefined;
  return {
    name: service,
    port: port.port,
    targetPort: port.targetPort ?? port.port,
    ...(port.nodePort === undefined ? {} : { nodePort: port.nodePort }),
    selector,
  };
}
