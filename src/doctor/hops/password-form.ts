import { randomBytes } from 'node:crypto';
import { connectorType } from '../../connectors/connector-types';
import { failed, ok, skipped, warning, type Hop, type Sighting } from '../hop';
import { openForm, sendForm } from '../dex-form';
import { pageText } from '../network/page';
import { shown } from '../shown';
import { STATE } from '../authorization-request';
import type { ConnectorSubject } from '../subjects';

/** What Dex says of a name or password that its other end does not know. */
const UNKNOWN_USER = /Invalid (.{1,60}) and password/i;

/**
 * Dex asks the other end itself, from where it runs: as a user that does not exist. That the user is unknown is what a chain
 * in order says; anything else says what Dex cannot do.
 */
export const passwordFormHop: Hop<ConnectorSubject> = {
  name: 'form',
  needs: ['in Dex'],
  appliesTo: ({ connector: { type } }) => connectorType(type)?.callback === 'password',
  plan: ({ connector: { id } }) => `Dex asks the other end of ${id}, which knows no user ${STATE}`,
  async check(subject, signal) {
    const form = await openForm(subject, signal);
    if (form === undefined) return skipped('not asked: Dex shows no form');
    const answer = await sendForm(form, { name: STATE, password: randomBytes(12).toString('hex') }, signal);
    const said = pageText(answer.body);
    if (UNKNOWN_USER.test(said)) return ok(`Dex asks, and hears that there is no user ${STATE}`);
    if (answer.status >= 500) return notAsked(said, subject);
    if (answer.status >= 300 && answer.status < 400)
      return warning(`Dex lets ${STATE} in`, {
        code: 'HOP031',
        effect: `Dex lets in a user that does not exist, with a random password: anyone can log in with ${subject.connector.id}`,
        hint: 'look at what checks the passwords',
        path: subject.place,
      });
    return skipped(`Dex answers ${answer.status}, which says nothing of passwords`);
  },
};

function notAsked(said: string, { connector: { id, type }, at, place }: ConnectorSubject): Sighting {
  // The page names the status, then its reason; the name of the page stands before both.
  const quote = shown(/Login error[^]*/i.exec(said)?.[0] ?? said);
  // 200 is go-ldap's own number for a connection that ends.
  const isBind = /initial bind for user [^]* failed: LDAP Result Code (?!200)/.test(said);
  return failed(`Dex answers \`${quote}\``, {
    code: isBind ? 'HOP021' : 'HOP030',
    effect: `Dex cannot check a password of ${id}, and answers \`${quote}\` to everyone`,
    hint: isBind
      ? 'check bindDN and bindPW, and that the Secret in the cluster has this password'
      : type === 'ldap'
        ? 'look at the host, port and TLS of the connector as the pods see them, and into the log of Dex'
        : 'look into the log of Dex, which has the reason',
    path: type === 'ldap' ? at(isBind ? 'bindDN' : 'host') : place,
  });
}
