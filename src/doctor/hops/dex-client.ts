import { failed, ok, type Hop } from '../hop';
import { authorizationRequest } from '../authorization-request';
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
    const answer = await world
      .client(tls.authorities)
      .request(authorizationRequest(cluster).href, {}, signal);
    const refusal = findRefusal(dexRefusals, [pageText(answer.body)]);
    if (answer.status >= 400) {
      const quote = refusal?.quote ?? answerKind(answer.status, answer.body);
      return failed(`\`${quote}\``, {
        code: refusal?.refusal.code ?? 'HOP011',
        effect: `${address} answers \`${quote}\` to the request of pachd as ${clientID} with ${cluster.urls.pachdRedirect}: ${refusal?.refusal.cause ?? 'no login begins'}`,
        hint: refusal?.refusal.fix ?? 'look into the log of Dex',
        path: ['auth'],
      });
    }
    known.takesClient = true;
    const offered = [...answer.body.matchAll(/href="[^"]*\/auth\/([^"/?]+)\?[^"]*"/g)].map(([, id = '']) =>
      decodeURIComponent(id),
    );
    if (offered.length > 0) known.offered = offered;
    return ok(
      offered.length > 1
        ? `Dex knows ${clientID} and offers ${offered.join(', ')}`
        : `Dex knows ${clientID} and its redirect URI`,
    );
  },
};
