import type { Cluster } from '../model/cluster';
import { toSetUp } from '../setup/page';

/** One line for each connector whose provider has to be told about this cluster: `microsoft: callback URL …; …`. */
export function registrations(cluster: Cluster): string[] {
  return toSetUp(cluster)
    .filter(({ setup }) => setup.hasCallback !== false)
    .map(
      ({ setup, place: { connector, callback }, groups }) =>
        `${connector.id}: ${callback} as redirect URI; ${setup.application}${groups === undefined ? '' : `; for groups ${groups}`}`,
    );
}
