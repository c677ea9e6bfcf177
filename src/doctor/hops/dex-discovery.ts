import { discoveryUrl } from '../../model/url-text';
import { failed, ok, type Hop } from '../hop';
import { NetworkProblem } from '../network/problems';
import { pageText } from '../network/page';
import { dexRefusals, findRefusal } from '../providers/refusals';
import { discoveryIn } from '../read-json';
import { answerKind, shown } from '../shown';
import type { IssuerSubject } from '../subjects';

/** The most redirects that lead to a discovery document. */
const REDIRECT_LIMIT = 5;

/** The way in leads the issuer's path to Dex, and Dex calls itself as pachd and Console expect. */
export const dexDiscoveryHop: Hop<IssuerSubject> = {
  name: 'discovery',
  needs: ['TCP', 'TLS'],
  appliesTo: () => true,
  plan: ({ cluster: { urls } }) =>
    `${urls.browserIssuer}/.well-known/openid-configuration names the issuer ${urls.issuer}`,
  async check({ cluster: { urls, namespace, dex }, world, tls, known, address, path }, signal) {
    const url = discoveryUrl(urls.browserIssuer);
    const client = world.client(tls.authorities);
    let answer = await client.request(url, {}, signal);
    const visited = new Set([url]);
    while (answer.status >= 300 && answer.status < 400 && answer.headers.location !== undefined) {
      const next = new URL(answer.headers.location, answer.url).href;
      if (visited.has(next) || visited.size > REDIRECT_LIMIT)
        return failed(`${url} is redirected in a circle`, {
          code: 'HOP020',
          effect: `${url} is redirected in a circle, over ${next}: no login begins`,
          hint: 'stop the proxy or ingress in front of Dex from redirecting: behind TLS that ends before it, it takes https for http',
          path,
        });
      visited.add(next);
      answer = await client.request(next, {}, signal);
    }
    known.answer = answer;
    const pods = `kubectl -n ${namespace} get pods -l app=${dex ? 'dex' : 'pachd'}`;
    const discovery = discoveryIn(answer);
    if (discovery === undefined) {
      const found = findRefusal(dexRefusals, [answer.body, pageText(answer.body)]);
      if (found)
        return failed(`\`${found.quote}\``, {
          code: found.refusal.code,
          effect: `${address} answers \`${found.quote}\`: ${found.refusal.cause}; no login begins`,
          hint: found.refusal.fix,
          path,
        });
      const isDown = [502, 503, 504].includes(answer.status);
      return failed(`${answerKind(answer.status, answer.body)} instead of a discovery document`, {
        code: 'HOP007',
        effect: `${answer.url} answers ${answerKind(answer.status, answer.body)}: ${isDown ? 'what should lead to Dex has no Dex behind it' : 'the path does not lead to Dex'}, and no login begins`,
        hint: isDown
          ? `see whether it runs: ${pods}`
          : `let the path ${new URL(urls.browserIssuer).pathname} lead to Dex as it is, without cutting it off; see whether Dex runs: ${pods}`,
        path,
      });
    }
    if (discovery.issuer !== urls.issuer)
      return failed(`Dex calls itself ${shown(discovery.issuer ?? 'nothing')}`, {
        code: 'HOP009',
        effect: `Dex calls itself \`${shown(discovery.issuer ?? '')}\`, and pachd and Console expect \`${urls.issuer}\`: every login fails (\`oidc: issuer did not match the issuer returned by provider, expected "${urls.issuer}" got "${shown(discovery.issuer ?? '')}"\`)`,
        hint: 'deploy this document, or set access.urls.issuer to what Dex calls itself, slash for slash',
        path,
      });
    if (discovery.jwks_uri === undefined || discovery.authorization_endpoint === undefined)
      throw new NetworkProblem('http', 'the discovery document has no jwks_uri or no authorization_endpoint');
    known.discovery = discovery;
    return ok(`Dex calls itself ${urls.issuer}`);
  },
};
