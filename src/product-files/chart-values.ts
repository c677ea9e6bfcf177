import { minorOf, type Target } from '../connectors/target';
import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import type { Profile } from '../model/cluster';
import { dexCallbackUrl } from '../model/go-path';
import { SKIP_CALLBACK_CHECK } from '../model/resolve-identity';
import { ambiguitiesOf, COMPARED_AS_TEXT, issuerThatFits } from '../rules/support/ambiguous-url';
import { DEX_PATH } from '../rules/access/issuer-without-dex';
import { dexError, leadsToOne, responsePlaces } from '../rules/connectors/refused-callback';
import { documentConnectors, type DocumentConnector } from '../subjects/document-connectors';
import { replaceText } from '../rules/support/replace-text';
import {
  isComparable,
  ISSUER,
  isLoopbackHost,
  isOpenHttp,
  isUnfilled,
  normalOrigin,
  readUrl,
} from '../model/url-text';
import { reportPlaceholder } from './check-connector';
import { documentOfList } from './connector-rules';
import { issuerError } from './dex-config/form-errors';
import type { Report } from './report';

/** Where values of the official chart have the connectors. */
export const VALUES_PLACE = ['oidc', 'upstreamIDPs'] as const;

/** From 2.5 on the proxy is the way in unless it is switched off. */
const PROXY_BY_DEFAULT_SINCE = 5;

/** Where browsers reach a cluster, as far as its values say. */
interface WayIn {
  readonly proxy: boolean;
  readonly host: string | undefined;
  readonly tls: boolean;
}

function textAt(root: SourceNode, path: readonly PathStep[]): string | undefined {
  const value = nodeAt(root, path)?.scalar;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isTrueAt(root: SourceNode, path: readonly PathStep[]): boolean {
  return nodeAt(root, path)?.scalar === true;
}

function wayIn(root: SourceNode, target: Target): WayIn {
  const proxy = nodeAt(root, ['proxy', 'enabled'])?.scalar ?? minorOf(target) >= PROXY_BY_DEFAULT_SINCE;
  const section = isTrueAt(root, ['ingress', 'enabled']) ? 'ingress' : 'proxy';
  return {
    proxy: proxy === true,
    host: section === 'ingress' || proxy === true ? textAt(root, [section, 'host']) : undefined,
    tls: isTrueAt(root, [section, 'tls', 'enabled']),
  };
}

/** `dev` for values that are for one machine and name no other: the chart's deployTarget LOCAL. */
export function profileOfValues(root: SourceNode): Profile {
  const hosts = ['proxy', 'ingress'].map((section) => textAt(root, [section, 'host']) ?? 'localhost');
  return textAt(root, ['deployTarget']) === 'LOCAL' && hosts.every(isLoopbackHost) ? 'dev' : 'production';
}

/** Checks what values of the chart say around their connectors: the issuer, the way in, the mock login. */
export function checkChartValues(root: SourceNode, target: Target, report: Report): void {
  reportMock(root, report);
  reportUnreadClients(root, report);
  const way = wayIn(root, target);
  const issuer = textAt(root, ['oidc', 'issuerURI']);
  if (issuer !== undefined) reportIssuer(root, issuer, way, report);
  const decided = decidedIssuer(issuer, way);
  const callback = decided === undefined ? undefined : dexCallbackUrl(decided);
  for (const connector of documentConnectors(documentOfList(nodeAt(root, VALUES_PLACE)))) {
    const redirectURI = connector.text('redirectURI');
    // What is still to be filled in is said where it stands.
    if (redirectURI === undefined || !isComparable(redirectURI)) continue;
    const path = [...VALUES_PLACE, ...connector.at('redirectURI').slice(2)];
    if (decided !== undefined) reportCallback(connector, path, redirectURI, decided, report);
    if (way.tls && isOpenHttp(redirectURI))
      report.add(
        'PCH106',
        path,
        `The cluster has TLS, but browsers come back from "${connector.id}" over plain http, with the code of the login in clear text`,
        {
          severity: 'warning',
          hint:
            callback === undefined
              ? 'write https'
              : `write ${callback}, and register it at the identity provider`,
        },
      );
  }
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
  const hasSecret = textAt(root, ['oidc', 'upstreamIDPsSecretName']) !== undefined;
  const mock = nodeAt(root, ['oidc', 'mockIDP']);
  if (!isEmpty || hasSecret || mock?.scalar === false || profileOfValues(root) === 'dev') return;
  report.add(
    'PRO001',
    mock ? ['oidc', 'mockIDP'] : VALUES_PLACE,
    `With an empty list the chart lets everyone in with the user name admin and the password "password"${mock ? '' : ', as \`oidc.mockIDP\` is true unless it is set'}`,
    { onKey: true, hint: 'list the identity provider that your people use, and set `oidc.mockIDP: false`' },
  );
}

function reportIssuer(root: SourceNode, issuer: string, { proxy }: WayIn, report: Report): void {
  const path = ['oidc', 'issuerURI'];
  reportPlaceholder(path, issuer, false, report);
  if (isUnfilled(issuer)) return;
  const origin = normalOrigin(readUrl(issuer));
  const isUrl = ISSUER.test(origin);
  const ambiguities = ambiguitiesOf(issuer);
  const error = issuerError(issuer);
  if (isUrl && proxy && !issuer.endsWith(DEX_PATH)) {
    const mended = origin + DEX_PATH;
    report.add(
      'ACC004',
      path,
      `The proxy leads ${DEX_PATH} to Dex, and the chart refuses the values: \`With the proxy enabled, oidc.issuerURI must end with ${DEX_PATH}, not ${issuer}\``,
      {
        hint: `write ${mended}, or remove the line and give proxy.host`,
        fix: replaceText(root, path, mended, `End the issuer in ${DEX_PATH}`),
      },
    );
  } else if (isUrl && ambiguities)
    report.add('ACC005', path, `The issuer has ${ambiguities.what}: ${COMPARED_AS_TEXT}`, {
      severity: 'warning',
      hint: `write ${ambiguities.mended}`,
      fix: replaceText(root, path, ambiguities.mended, 'Write the issuer in its simplest form'),
    });
  else if (error)
    report.add(
      'SCH005',
      path,
      `\`oidc.issuerURI\` cannot be ${JSON.stringify(issuer)}: ${error.effect}`,
      error.hint === undefined ? {} : { hint: error.hint },
    );
}

/** The issuer, given or formed by the chart; undefined where other values, or the chart's defaults, decide. */
function decidedIssuer(issuer: string | undefined, { host, tls }: WayIn): string | undefined {
  if (issuer !== undefined) return ISSUER.test(issuer) && isComparable(issuer) ? issuer : undefined;
  // Without TLS of its own a cluster may be behind something that has it.
  return host !== undefined && tls ? `https://${host}${DEX_PATH}` : undefined;
}

function reportCallback(
  connector: DocumentConnector,
  path: readonly PathStep[],
  redirectURI: string,
  issuer: string,
  report: Report,
): void {
  const callback = dexCallbackUrl(issuer);
  const fitting = issuerThatFits(redirectURI, issuer);
  const isSaml = connector.facts.callback === 'saml';
  const isStrict = connector.facts.callback === 'strict';
  const skips = connector.type === 'oidc' && connector.isOn(SKIP_CALLBACK_CHECK);
  if (redirectURI === callback || !(isSaml || isStrict)) return;
  if (skips) {
    // Another public place may lead to Dex; the browser's own machine does not.
    if (isLoopbackHost(readUrl(redirectURI).host) && !isLoopbackHost(readUrl(issuer).host))
      report.add(
        'DEX001',
        path,
        `The provider would send browsers to ${redirectURI}, but this cluster's Dex is reached at ${callback}; with ${SKIP_CALLBACK_CHECK} Dex does not notice`,
        {
          severity: 'warning',
          hint: `write ${callback}, register it at the identity provider, and remove the switch`,
        },
      );
    return;
  }
  if (isSaml && leadsToOne(responsePlaces(callback, connector.id), redirectURI)) return;
  report.add(
    'DEX001',
    path,
    isSaml
      ? `The provider would post its response to ${redirectURI}, but this cluster's Dex takes it at ${callback}; there it fails: \`expected destination "${redirectURI}" got …\``
      : `Every login through "${connector.id}" ends in "Login error.": \`${dexError(connector.type, callback, redirectURI)}\``,
    {
      hint:
        fitting === undefined
          ? `write ${callback}, and register it at the identity provider`
          : `make the issuer ${fitting}: write the host as browsers and the provider do`,
    },
  );
}
