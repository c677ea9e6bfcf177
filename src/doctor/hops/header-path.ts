import { headerCallbackUrl } from '../../model/go-path';
import { failed, ok, type Hop } from '../hop';
import { pageText } from '../network/page';
import { shown } from '../shown';
import type { ConnectorSubject } from '../subjects';

/** Something before Dex asks for a login at the path where Dex believes headers. */
export const headerPathHop: Hop<ConnectorSubject> = {
  name: 'guard',
  needs: ['TCP', 'TLS', 'in Dex'],
  appliesTo: () => true,
  plan: ({ cluster: { urls }, connector: { id } }) =>
    `${headerCallbackUrl(urls.callback, id)} is guarded by a proxy that logs people in`,
  async check({ cluster: { urls }, connector, issuer, at }, signal) {
    const url = headerCallbackUrl(urls.callback, connector.id);
    const answer = await issuer.world.client(issuer.tls.authorities).request(url, {}, signal);
    const page = pageText(answer.body);
    // Dex itself answers when nothing is in front of it: it misses the header, or the request that the login belongs to.
    const isDex = /required HTTP header|User session error|Requested resource does not exist/.test(page);
    if (!isDex) return ok(`${new URL(url).pathname} answers ${answer.status} before Dex is asked`);
    return failed(`Dex answers \`${shown(page)}\` to a stranger`, {
      code: 'HOP025',
      effect: `nothing guards ${url}: Dex takes the headers of anyone who sends them there, so anyone logs in as anyone`,
      hint: 'let a reverse proxy authenticate that path, and drop the same headers from requests everywhere else',
      path: at('userHeader'),
    });
  },
};
