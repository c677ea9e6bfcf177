import type { Cluster } from '../model/cluster';
import { whoOf } from '../who/who';
import { toSetUp } from '../setup/page';

/** One line for each way to log in: `github: members of the GitHub organizations acme; user:<address>, group:acme:<team>`. */
export function admissions(cluster: Cluster): string[] {
  return cluster.auth === undefined
    ? []
    : whoOf(cluster).ways.map(
        ({ id, admitted, user, groups }) =>
          `${id}: ${admitted}; ${[user.subject, ...(groups.subjects.length === 0 ? ['without groups'] : shown(groups.subjects))].join(', ')}`,
      );
}

/** Most groups in a line. */
const SHOWN = 4;

function shown(groups: readonly string[]): readonly string[] {
  const more = groups.length - SHOWN;
  return more <= 0 ? groups : [...groups.slice(0, SHOWN), `and ${more} more`];
}

/** One line for each connector whose provider has to be told about this cluster: `microsoft: callback URL …; …`. */
export function registrations(cluster: Cluster): string[] {
  return toSetUp(cluster)
    .filter(({ setup }) => setup.hasCallback !== false)
    .map(
      ({ setup, place: { connector, callback }, groups }) =>
        `${connector.id}: ${callback} as redirect URI; ${setup.application}${groups === undefined ? '' : `; for groups ${groups}`}`,
    );
}
