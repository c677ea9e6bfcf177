import { ok, type Hop } from '../hop';
import { dial } from '../network/dial';
import type { NetworkSubject } from '../subjects';

/** Something listens at the port. */
export const tcpHop: Hop<NetworkSubject> = {
  name: 'TCP',
  needs: ['DNS'],
  appliesTo: () => true,
  plan: ({ endpoint: { port } }) => `port ${port} takes connections`,
  async check({ endpoint, world }, signal) {
    const socket = await dial(endpoint, world.routes, signal);
    socket.destroy();
    return ok(`port ${endpoint.port} takes connections`);
  },
};
