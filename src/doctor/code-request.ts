import type { Secret } from '../model/secret';
import type { ClusterUrls } from '../model/urls';
import type { Asked } from './network/http';
import type { Discovery } from './subjects';

/** A code that a client takes to a token endpoint. */
export interface CodeRequest {
  readonly clientID: string;
  /** Missing for a public client. */
  readonly secret?: Secret;
  readonly code: string;
  readonly redirectURI: string;
  /** Of PKCE, for a public client. */
  readonly verifier?: string;
}

/** Dex's token endpoint, as it is reached from here. */
export function tokenURL(urls: ClusterUrls, discovery: Discovery | undefined): string {
  return atBrowserIssuer(urls, discovery?.token_endpoint ?? urls.issuer);
}

/** A URL of Dex's discovery document at the host that browsers know Dex by: the issuer may be a name for pods alone. */
export function atBrowserIssuer({ browserIssuer }: Pick<ClusterUrls, 'browserIssuer'>, url: string): string {
  return `${new URL(browserIssuer).origin}${new URL(url).pathname}`;
}

/** The request as golang.org/x/oauth2 sends it, with the secret in a header, or in the body. */
export function codeRequest(request: CodeRequest, where: 'header' | 'body'): Asked {
  const { clientID, secret, code, redirectURI, verifier } = request;
  return tokenRequest(
    { clientID, ...(secret === undefined ? {} : { secret }) },
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectURI,
      ...(verifier === undefined ? {} : { code_verifier: verifier }),
    },
    where,
  );
}

/** A request to a token endpoint, as a client. */
export function tokenRequest(
  { clientID, secret }: Pick<CodeRequest, 'clientID' | 'secret'>,
  parameters: Readonly<Record<string, string>>,
  where: 'header' | 'body' = 'header',
): Asked {
  const isHeader = where === 'header' && secret !== undefined;
  const credentials = [clientID, secret?.reveal() ?? ''].map(encodeURIComponent).join(':');
  const own = { client_id: clientID, ...(secret === undefined ? {} : { client_secret: secret.reveal() }) };
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(isHeader ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : {}),
    },
    body: new URLSearchParams({ ...parameters, ...(isHeader ? {} : own) }).toString(),
  };
}
