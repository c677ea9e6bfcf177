import type { Cluster } from '../model/cluster';
import { splitUrl } from '../model/go-path';

/** What requests of the doctor are known by, in logs of Dex and providers. */
export const STATE = 'pachkit-doctor';

/**
 * The URL that pachd sends browsers to for a login; with a connector, past the page that lets people choose.
 *
 * @param more further parameters, or others in their place
 */
export function authorizationRequest(
  { urls, auth }: Pick<Cluster, 'urls' | 'auth'>,
  connectorID?: string,
  client: { readonly id: string; readonly redirectURI: string } = {
    id: auth?.clientID ?? '',
    redirectURI: urls.pachdRedirect,
  },
  more: Readonly<Record<string, string>> = {},
): URL {
  const { origin, path } = splitUrl(urls.browserIssuer);
  const below = connectorID === undefined ? '' : `/${encodeURIComponent(connectorID)}`;
  const url = new URL(`${origin}${path.replace(/\/$/, '')}/auth${below}`);
  url.search = new URLSearchParams({
    client_id: client.id,
    redirect_uri: client.redirectURI,
    response_type: 'code',
    scope: (auth?.scopes ?? []).join(' '),
    state: STATE,
    nonce: STATE,
    ...more,
  }).toString();
  return url;
}
