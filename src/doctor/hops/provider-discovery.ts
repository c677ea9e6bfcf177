import { failed, ok, type Hop } from '../hop';
import { discoveryIn } from '../read-json';
import { answerKind, shown } from '../shown';
import type { ProviderSubject } from '../subjects';

/** The provider's discovery document, read and compared as Dex does when it starts. */
export const providerDiscoveryHop: Hop<ProviderSubject> = {
  name: 'discovery',
  needs: ['TCP', 'TLS'],
  appliesTo: ({ facts }) => facts.discoveryURL !== undefined,
  plan: ({ facts, connector: { config } }) =>
    `${facts.discoveryURL?.(config)} names ${facts.issuer?.(config) ?? 'where to log in'}`,
  async check({ facts, connector, world, tls, known, cluster, path }, signal) {
    const { config, id } = connector;
    const url = facts.discoveryURL?.(config) ?? '';
    const stops = cluster.dex
      ? 'Dex does not start (`failed to open connector`), and no one logs in, with whatever connector'
      : 'the Dex inside pachd does not start, and no one logs in, with whatever connector';
    const client = world.client(tls.authorities);
    let answer = await client.request(url, {}, signal);
    const visited = new Set([url]);
    // Go follows ten redirects.
    while (answer.status >= 300 && answer.status < 400 && answer.headers.location !== undefined) {
      const next = new URL(answer.headers.location, answer.url).href;
      if (visited.has(next) || visited.size > 10)
        return failed(`${url} is redirected in a circle`, {
          code: 'HOP020',
          effect: `${url} is redirected in a circle, over ${next} (\`stopped after 10 redirects\`): ${stops}`,
          hint: 'write the issuer that the provider calls itself; a proxy in front of it may take https for http',
          path,
        });
      visited.add(next);
      answer = await client.request(next, {}, signal);
    }
    known.answer = answer;
    const discovery = discoveryIn(answer);
    if (discovery === undefined)
      return failed(`${answerKind(answer.status, answer.body)} instead of a discovery document`, {
        code: 'HOP008',
        effect: `${answer.url} answers ${answerKind(answer.status, answer.body)}: Dex finds no discovery document there (\`failed to get provider: ${answer.status}\`); ${stops}`,
        hint: 'write the issuer as the provider names it, such as https://HOST/realms/NAME; its discovery document is at the issuer with /.well-known/openid-configuration',
        path,
      });
    const expected = facts.issuer?.(config);
    if (expected !== undefined && discovery.issuer !== expected) {
      const named = shown(discovery.issuer ?? '');
      return failed(`the provider calls itself ${named === '' ? 'nothing' : named}`, {
        code: 'HOP009',
        effect: `the provider of ${id} calls itself \`${named}\`, and the connector expects \`${expected}\` (\`issuer did not match the issuer returned by provider, expected "${expected}" got "${named}"\`): ${stops}`,
        hint: named === '' ? 'write the issuer of an OpenID Connect provider' : `write issuer: ${named}`,
        path,
      });
    }
    if (discovery.authorization_endpoint === undefined || discovery.token_endpoint === undefined)
      return failed('it names no authorization_endpoint or no token_endpoint', {
        code: 'HOP008',
        effect: `the discovery document of ${id} has no authorization_endpoint or no token_endpoint: browsers cannot be sent to a login`,
        hint: 'write the issuer of a provider that people log in at, with the grant authorization_code',
        path,
      });
    known.discovery = discovery;
    return ok(expected === undefined ? 'it names where to log in' : `it calls itself ${expected}`);
  },
};
