import { authorizationRequest } from '../authorization-request';
import { configText } from '../config-text';
import { follow } from '../follow';
import { failed, ok, skipped, type Hop } from '../hop';
import { decodeEntities, firstForm, pageText } from '../network/page';
import { findRefusal, providerRefusals } from '../providers/refusals';
import { shown } from '../shown';
import type { ConnectorSubject } from '../subjects';

/** The SAML provider takes the request that Dex lets browsers send. */
export const samlPageHop: Hop<ConnectorSubject> = {
  name: 'login page',
  needs: ['TCP', 'TLS', 'in Dex'],
  appliesTo: () => true,
  plan: ({ connector: { config } }) => `the provider takes a SAML request at ${configText(config, 'ssoURL')}`,
  async check({ issuer, cluster, connector, tls, at, path }, signal) {
    const dex = await follow(
      issuer.world.client(issuer.tls.authorities),
      authorizationRequest(cluster, connector.id).href,
      { signal, stopAt: () => false },
    );
    const form = dex.kind === 'page' ? firstForm(dex.answer.body, dex.answer.url) : undefined;
    if (form === undefined) return skipped('not asked: Dex sends no SAML request');
    const end = await follow(issuer.world.client(tls.authorities), form.action, {
      signal,
      stopAt: () => false,
      first: {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form.fields).toString(),
      },
    });
    if (end.kind !== 'page')
      return failed('the provider redirects in a circle', {
        code: 'HOP020',
        effect: `the provider of ${connector.id} redirects in a circle, over ${shown(end.url)}: no login page appears`,
        hint: 'write the ssoURL of the binding HTTP-POST',
        path,
      });
    const { answer } = end;
    const callback = configText(connector.config, 'redirectURI');
    const page = pageText(answer.body);
    const found = findRefusal(providerRefusals, [
      page,
      /AADSTS\d{4,}: [^<]{0,400}/.exec(decodeEntities(answer.body))?.[0] ?? '',
    ]);
    if (!found && answer.status < 400) return ok(`${new URL(answer.url).host} shows its page`);
    const words = found ? shown(found.quote) : `${answer.status} ${shown(page)}`;
    return failed(`\`${words}\``, {
      code: 'HOP017',
      effect: `the provider answers \`${words}\` to the SAML request of ${connector.id}`,
      hint: `register ${callback} as assertion consumer service URL, and ${configText(connector.config, 'entityIssuer', callback)} as entity id`,
      path: at('ssoURL'),
    });
  },
};
