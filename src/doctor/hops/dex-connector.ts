import { connectorType } from '../../connectors/connector-types';
import { authorizationRequest } from '../authorization-request';
import { failed, ok, skipped, warning, type Hop, type Sighting } from '../hop';
import { follow } from '../follow';
import type { Answer } from '../network/http';
import { firstForm, pageText } from '../network/page';
import { dexRefusals, findRefusal } from '../providers/refusals';
import { answerKind, shown } from '../shown';
import type { ConnectorSubject, ProviderSubject } from '../subjects';

/** Dex begins a login with the connector: it sends browsers to the provider, or shows its form. */
export const dexConnectorHop: Hop<ConnectorSubject> = {
  name: 'in Dex',
  needs: [],
  appliesTo: ({ cluster }) => cluster.auth !== undefined,
  plan: ({ connector: { id, type } }) =>
    connectorType(type)?.callback === 'password'
      ? `Dex shows the form of ${id}`
      : `Dex sends browsers to the provider of ${id}`,
  async check(subject, signal) {
    const { issuer, cluster, connector, place } = subject;
    if (issuer.known.takesClient !== true) return skipped('not asked: Dex does not take logins');
    const { offered } = issuer.known;
    if (offered && !offered.includes(connector.id))
      return failed(`Dex offers ${offered.join(', ')} and not ${connector.id}`, {
        code: 'HOP012',
        effect: `Dex offers ${offered.join(', ')} and not ${connector.id}: it runs with another document, and no one can choose the connector`,
        hint: 'deploy this document',
        path: place,
      });
    const start = authorizationRequest(cluster, connector.id);
    const end = await follow(issuer.world.client(issuer.tls.authorities), start.href, {
      signal,
      stopAt: (url) => !isOfDex(url, subject),
    });
    if (end.kind === 'loop')
      return failed('Dex redirects in a circle', {
        code: 'HOP020',
        effect: `Dex redirects in a circle, over ${shown(end.url)}: no login with ${connector.id} begins`,
        hint: 'stop the proxy or ingress in front of Dex from redirecting',
        path: place,
      });
    if (end.kind === 'stopped') return sentAway(end.url, subject);
    return pageOfDex(end.answer, subject);
  },
};

/** Whether a URL is below the issuer, as browsers reach it. */
function isOfDex(url: string, { cluster: { urls } }: ConnectorSubject): boolean {
  const base = new URL(urls.browserIssuer);
  const { origin, pathname } = new URL(url);
  const path = base.pathname.replace(/\/$/, '');
  return origin === base.origin && (pathname === path || pathname.startsWith(`${path}/`));
}

/** Dex sends browsers away; that has to be what the document says. */
function sentAway(url: string, subject: ConnectorSubject): Sighting {
  const { connector, cluster, at, place } = subject;
  const { host, searchParams } = new URL(url);
  if (url.startsWith(cluster.urls.pachdRedirect)) {
    const error = searchParams.get('error_description') ?? searchParams.get('error');
    if (error === null) return ok('Dex logs in without asking anyone');
    return failed(`Dex refuses: \`${shown(error)}\``, {
      code: 'HOP013',
      effect: `Dex answers \`${shown(error)}\`: no login with ${connector.id} begins`,
      hint: 'look into the log of Dex',
      path: place,
    });
  }
  const callback = connectorType(connector.type)?.callback;
  if (callback === 'password' || callback === 'saml')
    return failed(`Dex sends browsers to ${host}`, {
      code: 'HOP012',
      effect: `Dex sends browsers of ${connector.id} to ${host}, as no connector of type ${connector.type} does: it runs with another document`,
      hint: 'deploy this document',
      path: place,
    });
  if (callback !== 'strict') return ok(`Dex sends browsers to ${host}`);
  (subject as ProviderSubject).known.sentTo = url;
  for (const [parameter, key] of [
    ['client_id', 'clientID'],
    ['redirect_uri', 'redirectURI'],
  ] as const) {
    const sent = searchParams.get(parameter);
    const wanted = connector.config[key];
    if (sent !== null && typeof wanted === 'string' && sent !== wanted)
      return warning(`Dex asks with ${key} ${shown(sent)}`, {
        code: 'HOP028',
        effect: `Dex sends browsers of ${connector.id} to the provider with ${key} \`${shown(sent)}\`, and this document has \`${wanted}\`: Dex runs with another document`,
        hint: 'deploy this document',
        path: at(key),
      });
  }
  return ok(`Dex sends browsers to ${host}`);
}

/** A page of Dex, as far as it is looked at. */
type DexPage = Pick<Answer, 'status' | 'body' | 'url'>;

/** Dex shows a page of its own: a refusal, or what the type of the connector shows. */
function pageOfDex(page: DexPage, subject: ConnectorSubject): Sighting {
  if (page.status >= 400) return refusalOfDex(page, subject);
  const { connector, place } = subject;
  const form = firstForm(page.body, page.url);
  const callback = connectorType(connector.type)?.callback;
  if (callback === 'password' && form?.fields['password'] !== undefined) return ok('Dex shows its form');
  if (callback === 'saml' && form?.fields['SAMLRequest'] !== undefined)
    return ok(`Dex sends a SAML request to ${new URL(form.action).host}`);
  const missing =
    callback === 'password'
      ? 'shows no form'
      : callback === 'saml'
        ? 'sends no SAML request'
        : 'sends no one away';
  return failed(answerKind(page.status, page.body), {
    code: 'HOP012',
    effect: `Dex ${missing} for a login with ${connector.id}: it runs with another document`,
    hint: 'deploy this document',
    path: place,
  });
}

function refusalOfDex({ status, body }: DexPage, { connector, at, place }: ConnectorSubject): Sighting {
  const found = findRefusal(dexRefusals, [pageText(body)]);
  const quote = found?.quote ?? shown(pageText(body));
  const { code, cause, fix } = found?.refusal ?? {
    code: 'HOP013' as const,
    cause: 'it cannot begin one',
    fix: 'look into the log of Dex',
  };
  return failed(`Dex answers ${status}: \`${quote}\``, {
    code,
    effect: `Dex answers \`${quote}\` to a login with ${connector.id}: ${cause}`,
    hint: fix,
    path: code === 'HOP013' && connector.config['redirectURI'] !== undefined ? at('redirectURI') : place,
  });
}
