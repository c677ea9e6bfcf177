import { configText } from '../config-text';
import { STATE } from '../authorization-request';
import { failed, ok, type Fault, type Hop, type Sighting } from '../hop';
import { follow } from '../follow';
import { decodeEntities, pageText } from '../network/page';
import { findRefusal, providerRefusals, type FoundRefusal } from '../providers/refusals';
import { shown } from '../shown';
import type { ProviderSubject } from '../subjects';
import type { Answer } from '../network/http';

/** The provider takes the request that Dex sends browsers with, up to its own login page. */
export const loginPageHop: Hop<ProviderSubject> = {
  name: 'login page',
  needs: ['TCP', 'TLS', 'discovery'],
  appliesTo: () => true,
  plan: ({ connector: { config } }) =>
    `the provider takes the request for ${configText(config, 'clientID')} with ${configText(config, 'redirectURI')}`,
  async check(subject, signal) {
    const { connector, issuer, tls, known } = subject;
    const start = known.sentTo ?? ownRequest(subject);
    const callback = configText(connector.config, 'redirectURI');
    const end = await follow(issuer.world.client(tls.authorities), start, {
      signal,
      stopAt: (url) => url.startsWith(callback) || !/^https?:/.test(url),
    });
    if (end.kind === 'loop')
      return failed('the provider redirects in a circle', {
        code: 'HOP020',
        effect: `the provider of ${connector.id} redirects in a circle, over ${shown(end.url)}: no login page appears`,
        hint: 'look at the provider, or the proxy in front of it',
        path: subject.path,
      });
    if (end.kind === 'stopped') return sentBack(end.url, subject);
    return pageSeen(end.answer, subject);
  },
};

/** The request that Dex would send browsers with, where Dex itself cannot be asked. */
function ownRequest({ facts, connector: { config }, known }: ProviderSubject): string {
  const url = new URL(facts.authorizationURL(config, known.discovery) ?? '');
  const parameters = {
    client_id: configText(config, 'clientID'),
    redirect_uri: configText(config, 'redirectURI'),
    response_type: 'code',
    scope: facts.scopes(config).join(' '),
    state: STATE,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** The provider sends browsers back to Dex at once, with an error as a rule. */
function sentBack(url: string, subject: ProviderSubject): Sighting {
  const parameters = new URL(url).searchParams;
  const error = parameters.get('error');
  if (error === null) return ok('the provider logs in without asking');
  const description = parameters.get('error_description') ?? '';
  const said = description === '' ? error : `${error}: ${description}`;
  const found = findRefusal(providerRefusals, [description, error]);
  return refused({ quote: shown(said), ...(found ? { refusal: found.refusal } : {}) }, subject);
}

function pageSeen(answer: Answer, subject: ProviderSubject): Sighting {
  const page = pageText(answer.body);
  const title = pageText(/<title[^>]*>([^]*?)<\/title>/i.exec(answer.body)?.[1] ?? '');
  const isError = answer.status >= 400;
  // Scripts of a healthy page may have the words of every error, so they count only where Entra ID writes its own.
  const entra = /AADSTS\d{4,}: [^<]{0,400}/.exec(decodeEntities(answer.body))?.[0] ?? '';
  const found = findRefusal(providerRefusals, [
    ...inUrl(answer.url),
    title,
    page,
    entra.replace(/\\u0027/g, "'").replace(/\\r\\n[^]*/, ''),
    ...(isError ? [answer.body] : []),
  ]);
  if (found) return refused(found, subject);
  if (isError)
    return refused(
      { quote: `${answer.status} ${shown(title === '' ? page : `${title}: ${page}`)}`.trim() },
      subject,
    );
  const { host } = new URL(answer.url);
  const note =
    subject.facts.checksCallbackAfterLogin === true
      ? '; it compares the callback URL only after people have logged in'
      : '';
  return ok(`${host} shows ${title === '' ? 'its page' : `"${shown(title)}"`}${note}`);
}

/** What URLs of error pages tell: Google has its error in one parameter, in base64, others in plain ones. */
function inUrl(url: string): string[] {
  const { searchParams, pathname } = new URL(url);
  const authError = searchParams.get('authError');
  return [
    ...(authError === null
      ? []
      : [
          Buffer.from(authError, 'base64')
            .toString('latin1')
            .replace(/[^\x20-\x7e]+/g, ' '),
        ]),
    ...(searchParams.has('error') || /error/i.test(pathname)
      ? [[searchParams.get('error_description'), searchParams.get('error')].filter(Boolean).join(' ')]
      : []),
  ];
}

function refused(
  { quote, refusal }: { readonly quote: string; readonly refusal?: FoundRefusal['refusal'] },
  { connector, facts, at, path }: ProviderSubject,
): Sighting {
  const words = shown(quote);
  const { config } = connector;
  const code = refusal?.code ?? 'HOP017';
  const fillIn = (text: string): string =>
    text
      .replaceAll('{callback}', configText(config, 'redirectURI'))
      .replaceAll('{client}', configText(config, 'clientID'))
      .replaceAll('{scopes}', facts.scopes(config).join(' '));
  const place: Partial<Record<string, Fault['path']>> = {
    HOP014: at('redirectURI'),
    HOP015: at('clientID'),
    HOP016: at('scopes'),
  };
  return failed(`\`${words}\``, {
    code,
    effect: `the provider answers \`${words}\` to a login with ${connector.id}: ${refusal?.cause ?? 'it refuses the request that Dex sends browsers with'}`,
    hint: refusal
      ? fillIn(refusal.fix)
      : fillIn(
          'look at the client {client} at the provider: its callback URL {callback}, its scopes {scopes}, whether it is enabled',
        ),
    path: place[code] ?? path,
  });
}
