import { connectorType } from '../../connectors/connector-types';
import type { Subjects } from '../../subjects/subject';
import type { ChartValuesSubject } from '../../subjects/chart-values';
import type { Finding, Rule } from '../rule';

export const mockConnectorOutsideDev: Rule<'cluster' | 'connector' | 'chart-values'> = {
  code: 'PRO001',
  severity: 'error',
  reads: ['cluster', 'connector', 'chart-values'],
  title: 'Mock login outside profile dev',
  reason:
    'A mock connector lets anyone in as kilgore@kilgore.trout: mockCallback without a question, mockPassword with a user name and a password that are written in the document. The official chart switches one on by default, so that a misspelt list of connectors leaves a public cluster open.',
  remedy:
    'Configure the identity provider that your people use, or set profile: dev for a cluster that only you can reach.',
  *check(subject) {
    if (subject.profile === 'dev') return;
    if (subject.kind === 'chart-values') yield* mockOfChart(subject);
    else yield* mockConnectors(subject);
  },
};

function* mockConnectors({ document, cluster }: Subjects['cluster' | 'connector']): Iterable<Finding> {
  for (const [index, connector] of (document.identity?.connectors ?? []).entries())
    if (connectorType(connector.type)?.mock === true)
      yield {
        path: ['identity', 'connectors', index, 'type'],
        message: `The connector${typeof connector.id === 'string' && connector.id !== '' ? ` "${connector.id}"` : ''} is a mock: anyone who knows ${connector.type === 'mockPassword' ? 'the one user name and password that are written in it' : `the ${cluster ? "cluster's" : "server's"} address`} is logged in as kilgore@kilgore.trout`,
        hint: `use a connector of a real identity provider${cluster ? ', or set profile: dev' : ''}`,
      };
}

/** The chart has a connector of its own as long as no one gives one. */
function* mockOfChart({ mockLogin }: ChartValuesSubject): Iterable<Finding> {
  if (!mockLogin) return;
  const { path, isCertain, isWritten } = mockLogin;
  const when = isCertain ? 'With an empty list' : 'Unless other values have `oidc.upstreamIDPs`,';
  yield {
    path,
    onKey: true,
    ...(isCertain ? {} : { severity: 'warning' as const }),
    message: `${when} the chart lets everyone in with the user name admin and the password "password"${isWritten ? '' : ', as `oidc.mockIDP` is true unless it is set'}`,
    hint: 'list the identity provider that your people use, and set `oidc.mockIDP: false`',
  };
}
