import type { Target } from '../connectors/target';
import { nodeAt, type SourceNode } from '../document/source-node';
import { isUnfilled } from '../model/url-text';
import { findingsAbout } from '../rules/registry';
import { chartValuesSubject, profileOfValues, VALUES_PLACE } from '../subjects/chart-values';
import { stringAt } from '../subjects/scalars';
import { reportPlaceholder } from './check-connector';
import { issuerError } from './dex-config/form-errors';
import type { Report } from './report';

/** Checks what values of the chart say around their connectors: the issuer, the way in, the mock login. */
export function checkChartValues(root: SourceNode, target: Target, report: Report): void {
  reportMock(root, report);
  reportUnreadClients(root, report);
  report.addAll(findingsAbout('chart-values', chartValuesSubject(root, target)));
  reportIssuer(root, report);
}

/** Clients stand under a name that comments in the chart and its documentation have, and its templates do not read. */
function reportUnreadClients(root: SourceNode, report: Report): void {
  for (const key of nodeAt(root, ['oidc'])?.entries?.keys() ?? [])
    if (key !== CLIENTS_KEY && /^additional(oidc)?clients?$/i.test(key))
      report.add(
        'FIL016',
        ['oidc', key],
        `The chart reads \`oidc.${CLIENTS_KEY}\` and ignores \`oidc.${key}\`: Dex never knows these clients, and answers their logins with \`Invalid client_id\``,
        { onKey: true, hint: `write \`${CLIENTS_KEY}\`` },
      );
}

/** The key of `oidc` with the clients besides pachd and Console. */
const CLIENTS_KEY = 'additionalClients';

/** The chart has a connector of its own as long as no one gives one. */
function reportMock(root: SourceNode, report: Report): void {
  const list = nodeAt(root, VALUES_PLACE);
  const isEmpty = list !== undefined && (list.scalar === null || list.items?.length === 0);
  const hasSecret = stringAt(root, ['oidc', 'upstreamIDPsSecretName']) !== undefined;
  const mock = nodeAt(root, ['oidc', 'mockIDP']);
  if (!isEmpty || hasSecret || mock?.scalar === false || profileOfValues(root) === 'dev') return;
  report.add(
    'PRO001',
    mock ? ['oidc', 'mockIDP'] : VALUES_PLACE,
    `With an empty list the chart lets everyone in with the user name admin and the password "password"${mock ? '' : ', as \`oidc.mockIDP\` is true unless it is set'}`,
    { onKey: true, hint: 'list the identity provider that your people use, and set `oidc.mockIDP: false`' },
  );
}

/** Says what is wrong with the form of the issuer, where the rules have not told how to write it. */
function reportIssuer(root: SourceNode, report: Report): void {
  const path = ['oidc', 'issuerURI'];
  const issuer = stringAt(root, path);
  if (issuer === undefined) return;
  reportPlaceholder(path, issuer, false, report);
  const error = isUnfilled(issuer) || report.hasFindingAt(path) ? undefined : issuerError(issuer);
  if (error)
    report.add(
      'SCH005',
      path,
      `\`oidc.issuerURI\` cannot be ${JSON.stringify(issuer)}: ${error.effect}`,
      error.hint === undefined ? {} : { hint: error.hint },
    );
}
