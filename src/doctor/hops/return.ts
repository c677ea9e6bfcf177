import { ok, warning, type Hop } from '../hop';
import { answerKind } from '../shown';
import type { ReturnSubject } from '../subjects';

/** Something takes browsers back where Dex sends them after a login. */
export const returnHop: Hop<ReturnSubject> = {
  name: 'answer',
  needs: ['TCP', 'TLS'],
  appliesTo: () => true,
  plan: ({ url }) => `${url} takes browsers back`,
  async check({ url, title, world, tls, path }, signal) {
    const answer = await world.client(tls.authorities).request(url, {}, signal);
    // Without a code any answer of the program itself will do, and it is an error as a rule.
    const isNobody = [404, 502, 503, 504].includes(answer.status);
    if (!isNobody) return ok(`${new URL(url).pathname} answers ${answer.status}`);
    return warning(answerKind(answer.status, answer.body), {
      code: 'HOP024',
      effect: `${url} answers ${answerKind(answer.status, answer.body)}: browsers that come back from a login find no ${title}`,
      hint: `let the path ${new URL(url).pathname} lead to ${title}, and see whether it runs`,
      path,
    });
  },
};
