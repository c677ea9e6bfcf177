/** A cluster that browsers and pods reach alike; its callback URL is https://pach.acme.com/dex/callback. */
export const PUBLIC = 'access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }';

/** A cluster whose issuer only pods reach; its callback URL is http://localhost/dex/callback. */
export const LOCAL = 'profile: dev\naccess: { via: proxy }';

/** A document with connectors, one a line. */
export function withConnectors(head: string, ...connectors: readonly string[]): string {
  return [head, 'identity:', '  connectors:', ...connectors.map((connector) => `    - ${connector}`)].join(
    '\n',
  );
}

export function oidc(config: string): string {
  return `{ type: oidc, id: sso, config: ${config} }`;
}
