import { ok, skipped, type Hop } from '../hop';
import { lookUp } from '../network/dial';
import type { NetworkSubject } from '../subjects';

/** The most addresses that are shown. */
const SHOWN = 4;

/** The name, looked up as browsers do. */
export const dnsHop: Hop<NetworkSubject> = {
  name: 'DNS',
  needs: [],
  appliesTo: () => true,
  plan: ({ endpoint: { host } }) => `${host} has an address`,
  async check({ endpoint, world }) {
    const { addresses, source, port } = await lookUp(endpoint, world.routes);
    if (source === 'address') return ok(`${endpoint.host} is an address`);
    if (source === 'resolve option') return ok(`${addresses[0]}, port ${port}, by --resolve`);
    if (source === 'tunnel') return ok(`left to ${world.routes.tunnel?.name}`);
    if (source === 'proxy')
      // Not a skipped hop: what comes next does not need it.
      return ok(`left to the proxy ${world.routes.proxy(endpoint.host, endpoint.port)?.host}`);
    if (addresses.length === 0) return skipped(`${endpoint.host} has no address`);
    const more = addresses.length - SHOWN;
    return ok(
      `${endpoint.host} is ${addresses.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    );
  },
};
