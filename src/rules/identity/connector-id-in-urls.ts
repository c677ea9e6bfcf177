import { connectorIdProblem } from '../../connectors/connector-id';
import { connectorTargetOf } from '../../releases/connector-target';
import type { PathStep } from '../../document/source-node';
import type { Rule } from '../rule';

export const connectorIdInUrls: Rule = {
  code: 'IDN013',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Connector id that the release may not find',
  reason:
    'The id of a connector is a part of the URLs of the login. Only the Dex of Pachyderm 2.12 is known to find a connector whose id has a slash; elsewhere the login may end in "Requested resource does not exist".',
  remedy:
    'Take an id of letters, digits and hyphens for a new connector. Keep that of one that is in use and works.',
  *check({ document, cluster }) {
    const ids: [readonly PathStep[], string | undefined][] = [
      ...(document.identity?.connectors ?? []).map(({ id }, index): [PathStep[], string] => [
        ['identity', 'connectors', index, 'id'],
        id,
      ]),
      [['auth0', 'connector', 'id'], document.auth0?.connector?.id],
    ];
    for (const [path, id] of ids) {
      const problem = id === undefined ? undefined : connectorIdProblem(id, connectorTargetOf(cluster));
      if (problem)
        yield {
          path,
          severity: problem.severity,
          message: `The id "${id}" ${problem.effect}`,
          hint: 'take letters, digits and hyphens, before anyone has logged in with it',
        };
    }
  },
};
