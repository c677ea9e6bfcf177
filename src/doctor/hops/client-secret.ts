import { Secret } from '../../model/secret';
import { codeRequest, tokenURL, type CodeRequest } from '../code-request';
import { configText } from '../config-text';
import { STATE } from '../authorization-request';
import { failed, ok, skipped, type Hop, type Sighting } from '../hop';
import { takesSecrets } from '../network/routes';
import type { Answer, HttpClient } from '../network/http';
import { mappingIn } from '../read-json';
import { answerKind, shown } from '../shown';
import type { IssuerSubject, ProviderSubject } from '../subjects';

/**
 * Whether a client's secret is right is told by what a token endpoint says to a code that it never gave: it looks at the
 * secret first. No token comes of it.
 */
export const providerSecretHop: Hop<ProviderSubject> = {
  name: 'client secret',
  needs: ['TCP', 'TLS', 'discovery', 'login page'],
  appliesTo: () => true,
  plan: ({ connector: { id } }) => `the provider takes the client secret of ${id}`,
  async check({ facts, connector: { config, id }, known, world, tls, at }, signal) {
    const secret = config['clientSecret'];
    const clientID = config['clientID'];
    if (!(secret instanceof Secret) || secret.reveal() === '' || typeof clientID !== 'string')
      return skipped('not asked: the secret is not known here');
    return tryCode(
      world.client(tls.authorities),
      {
        url: facts.tokenURL(config, known.discovery) ?? '',
        clientID,
        secret,
        code: STATE,
        redirectURI: configText(config, 'redirectURI'),
      },
      {
        who: `the provider of ${id}`,
        log: 'Failed to authenticate: oidc: failed to get token',
        hint: 'give the secret that the provider has now; one that was rotated, has expired, or ends in a line break is another',
        path: at('clientSecret'),
      },
      signal,
    );
  },
};

/** The same for the secret with which pachd asks Dex. */
export const dexSecretHop: Hop<IssuerSubject> = {
  name: 'client secret',
  needs: ['client'],
  appliesTo: ({ cluster }) => cluster.auth !== undefined,
  plan: ({ cluster: { auth } }) => `Dex takes the client secret of ${auth?.clientID}`,
  async check({ cluster: { auth, urls }, known, world, tls }, signal) {
    const reference = auth?.clientSecret;
    if (reference?.kind === 'existing')
      return skipped(`not asked: the secret is in the Secret ${reference.name} of the cluster`);
    if (reference === undefined || reference.value.reveal() === '')
      return skipped('not asked: the secret is not known here');
    return tryCode(
      world.client(tls.authorities),
      {
        url: tokenURL(urls, known.discovery),
        clientID: auth?.clientID ?? '',
        secret: reference.value,
        code: STATE,
        redirectURI: urls.pachdRedirect,
      },
      {
        who: 'Dex',
        log: 'oauth2: "invalid_client" "Invalid client credentials."',
        hint: 'deploy this document with the store of secrets that the cluster was made with, .pachkit beside it',
        path: ['auth', 'clientSecret'],
      },
      signal,
    );
  },
};

interface Told {
  readonly who: string;
  /** What the program that is refused says. */
  readonly log: string;
  readonly hint: string;
  readonly path: readonly (string | number)[];
}

/** Errors about the client; all others are about the code, which is looked at later. */
const CLIENT_ERRORS = /^(invalid_client|incorrect_client_credentials|unauthorized_client|access_denied)$/;

/** As golang.org/x/oauth2 does, with the secret in a header, and where that is refused in the body. */
async function tryCode(
  client: HttpClient,
  request: CodeRequest & { readonly url: string },
  { who, log, hint, path }: Told,
  signal: AbortSignal,
): Promise<Sighting> {
  if (!takesSecrets(request.url)) return skipped('not asked: a secret is not sent over plain HTTP');
  let answer = await client.request(request.url, codeRequest(request, 'header'), signal);
  if (clientError(answer) !== undefined)
    answer = await client.request(request.url, codeRequest(request, 'body'), signal);
  const error = clientError(answer);
  if (error !== undefined)
    return failed(`\`${error}\``, {
      code: 'HOP018',
      effect: `${who} answers \`${error}\` to the secret of ${request.clientID}: every login ends in \`${log}\``,
      hint,
      path,
    });
  if (answer.status >= 500)
    return failed(answerKind(answer.status, answer.body), {
      code: 'HOP007',
      effect: `${request.url} answers ${answerKind(answer.status, answer.body)}: no code can be exchanged for a token, and every login fails`,
      hint: 'look into the log of what answers there',
      path,
    });
  return ok(`${who} takes the secret of ${request.clientID}`);
}

/** The error about the client in an answer; undefined when the client was taken. */
function clientError(answer: Answer): string | undefined {
  const body = mappingIn(answer);
  const error = body?.['error'];
  const description = body?.['error_description'];
  if (typeof error === 'string' && CLIENT_ERRORS.test(error))
    return shown(typeof description === 'string' ? `${error}: ${description}` : error);
  return answer.status === 401 ? answerKind(answer.status, answer.body) : undefined;
}
