import { failed, ok, type Hop } from '../hop';
import { authorizationRequest } from '../authorization-request';
import type { Answer } from '../network/http';
import { pageText } from '../network/page';
import { dexRefusals, findRefusal } from '../providers/refusals';
import { answerKind } from '../shown';
import type { IssuerSubject } from '../subjects';

/** Dex takes the request for a login that pachd sends browsers with. */
export const dexClientHop: Hop<IssuerSubject> = {
  name: 'client',
  needs: ['discovery'],
  appliesTo: ({ cluster }) => cluster.auth !== undefined,
  plan: ({ cluster: { auth, urls } }) => `Dex knows the client ${auth?.clientID} with ${urls.pachdRedirect}`,
  async check({ cluster, world, tls, known, address }, signal) {
    const clientID = cluster.auth?.clientID ?? '';
    const ask = (url: URL): Promise<Answer> => world.client(tls.authorities).request(url.href, {}, signal);
    const first = await ask(authorizationRequest(cluster));
    const offered = connectorsOn(first);
    // Dex looks at the client only once a connector is chosen.
    const [chosen = cluster.identity.connectors[0]?.id] = offered;
    const answer =
      first.status >= 400 || chosen === undefined ? first : await ask(authorizationRequest(cluster, chosen));
    const refusal = findRefusal(dexRefusals, [pageText(answer.body)]);
    // Any other error is that of the connector, which has a hop of its own.
    const isRefused = answer === first ? answer.status >= 400 : refusal?.refusal.code === 'HOP011';
    if (isRefused) {
      const quote = refusal?.quote ?? answerKind(answer.status, answer.body);
      return failed(`\`${quote}\``, {
        code: refusal?.refusal.code ?? 'HOP011',
        effect: `${address} answers \`${quote}\` to the request of pachd as ${clientID} with ${cluster.urls.pachdRedirect}: ${refusal?.refusal.cause ?? 'no login begins'}`,
        hint: refusal?.refusal.fix ?? 'look into the log of Dex',
        path: ['auth'],
      });
    }
    known.takesClient = true;
    if (offered.length > 0) known.offered = offered;
    return ok(
      offered.length > 1
        ? `Dex knows ${clientID} and offers ${offered.join(', ')}`
        : `Dex knows ${clientID} and its redirect URI`,
    );
  },
};

/** Ids of the connectors that Dex lets people choose from, or sends them to because there is one. */
function connectorsOn({ body, headers: { location = '' } }: Answer): string[] {
  const links = [...body.matchAll(/href="([^"]*)"/g)].map(([, link = '']) => link);
  return [...links, location].flatMap((link) => {
    const [, id] = /\/auth\/([^"/?]+)\?/.exec(link) ?? [];
    return id === undefined ? [] : [decodeURIComponent(id)];
  });
}
