import type { Rule } from '../rule';

export const nodePortWithoutAccessPort: Rule = {
  code: 'ACC009',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Proxy on a node port that no URL names',
  reason:
    'With access.proxy.service.type: NodePort the proxy is reached at a port of every node. Without access.port the URLs of a login have none, and browsers go to 80 or 443, where no node listens.',
  remedy:
    'Set access.port to the node port. Where something in front of the nodes leads 80 or 443 to it, a load balancer that pachkit does not know, leave it out.',
  *check({ cluster: { access, urls } }) {
    const { service } = access.proxy;
    if (access.via !== 'proxy' || service.type !== 'NodePort') return;
    if (access.host === undefined || access.port !== undefined || access.tls?.offloaded) return;
    const [standard, nodePort] =
      access.tls === undefined ? [80, service.httpNodePort] : [443, service.httpsNodePort];
    yield {
      path: ['access', 'proxy', 'service', 'type'],
      message: `Browsers go to ${urls.console}, port ${standard}; the nodes listen at ${nodePort}`,
      hint: `add access.port: ${nodePort}, unless something in front of the nodes leads ${standard} to it`,
      hintInValues:
        'write the port of the nodes behind the host, as in `proxy.host: pachyderm.example.com:30080`, unless something in front of the nodes leads to it',
    };
  },
};
