import { connectorType } from '../../connectors/connector-types';
import type { Client, Cluster } from '../../model/cluster';
import type { Secret } from '../../model/secret';
import { isLoopbackHost } from '../../model/url-text';

/** A client of Dex whose tokens can be got here: its secret is known, or it has none. */
export interface LoginClient {
  readonly id: string;
  readonly secret?: Secret;
  readonly redirectURI: string;
}

/** How a person logs in from here. */
export interface Way {
  /**
   * `form`: name and password, sent to Dex. `loopback`: a browser, that comes back to this machine. `device`: a browser
   * anywhere, with a code to compare. `address`: a browser, and the address at which it ended is typed in.
   */
  readonly kind: 'form' | 'loopback' | 'device' | 'address';
  readonly client: LoginClient;
}

/** Where Dex sends those back that log in a device. */
const DEVICE = '/device/callback';

/**
 * Ways to log in with a connector, the best first. Those through a browser need a client of Dex that sends it where it can
 * be heard of.
 */
export function waysOf(cluster: Cluster, type: string): Way[] {
  const clients = clientsOf(cluster);
  const web = clients.filter(({ redirectURI }) => /^https?:/.test(redirectURI));
  if (connectorType(type)?.callback === 'password')
    return web.map((client): Way => ({ kind: 'form', client }));
  // pachd's own way back is last: what forwards its port would have to be stopped first.
  const local = [...web].reverse().filter(({ redirectURI }) => isOfThisMachine(redirectURI));
  const device = clients.filter(({ redirectURI, secret }) => redirectURI === DEVICE || secret === undefined);
  return [
    ...local.map((client): Way => ({ kind: 'loopback', client })),
    ...device.map((client): Way => ({ kind: 'device', client: { ...client, redirectURI: DEVICE } })),
    ...web.map((client): Way => ({ kind: 'address', client })),
  ];
}

/** Each redirect URI of each client, pachd's first. */
function clientsOf({ auth, urls, identity, dex }: Cluster): LoginClient[] {
  const others: readonly Pick<Client, 'id' | 'secret' | 'redirectURIs'>[] = (
    dex?.staticClients ?? identity.clients
  ).filter(({ id }) => id !== auth?.clientID);
  const pachd = {
    id: auth?.clientID ?? '',
    ...(auth === undefined ? {} : { secret: auth.clientSecret }),
    redirectURIs: [urls.pachdRedirect],
  };
  return [pachd, ...others].flatMap(({ id, secret, redirectURIs }) => {
    if (secret !== undefined && (secret.kind !== 'literal' || secret.value.reveal() === '')) return [];
    const known = secret === undefined ? {} : { secret: secret.value };
    return redirectURIs.map((redirectURI) => ({ id, ...known, redirectURI }));
  });
}

function isOfThisMachine(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && isLoopbackHost(hostname);
}
