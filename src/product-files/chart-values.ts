import { flagsOfTarget, traitsOfTarget } from '../releases/release-traits';
import type { PachydermTarget } from '../releases/target';
import { certainly, suggest } from '../diagnostics/suggest';
import { renameKey } from '../document/rename-key';
import { formatPath, nodeAt, type PathStep, type SourceNode } from '../document/source-node';
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
import { isChartSection, meantValue } from './chart-keys';
import { reportPlaceholder } from './check-connector';
import { documentOfList } from './connector-rules';
import { issuerError } from './dex-config/form-errors';
import { parseGoDuration } from './go-duration';
import type { Report } from './report';
import { reportBindings } from './role-bindings';

/** Where values of the official chart have the connectors. */
export const VALUES_PLACE = ['oidc', 'upstreamIDPs'] as const;

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

function wayIn(root: SourceNode, target: PachydermTarget): WayIn {
  const proxy = nodeAt(root, ['proxy', 'enabled'])?.scalar ?? flagsOfTarget(target).usesProxyByDefault;
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

/** What values of the official chart have, and cluster documents have not. */
const CHART_KEYS: readonly (readonly PathStep[])[] = [
  ['deployTarget'],
  ['oidc', 'mockIDP'],
  ['oidc', 'issuerURI'],
  ['oidc', 'upstreamIDPsSecretName'],
  ['proxy', 'enabled'],
];

/** What no chart values have, but a cluster document in which a section of theirs was put. */
const DOCUMENT_KEYS = ['apiVersion', 'extends', 'release'];

/** Whether a mapping is values of the official chart, with a list of connectors or without. */
export function isChartValues(root: SourceNode): boolean {
  return (
    !DOCUMENT_KEYS.some((key) => root.entries?.has(key)) &&
    CHART_KEYS.some((path) => nodeAt(root, path) !== undefined)
  );
}

/** Checks what values of the chart say around their connectors: the issuer, the way in, the mock login, roles, keys. */
export function checkChartValues(
  root: SourceNode,
  target: PachydermTarget,
  report: Report,
  { hasMisplacedList = false } = {},
): void {
  // What becomes of a list in another place is said there.
  if (!hasMisplacedList) reportMock(root, target, report);
  reportUnreadClients(root, report);
  reportUnknownValues(root, [], report);
  reportLifetimes(root, report);
  reportClientKeys(root, report);
  const bindings = nodeAt(root, BINDINGS);
  if (bindings) reportBindings(bindings, BINDINGS, traitsOfTarget(target), report);
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
    if (key !== CLIENTS_KEY && OTHER_CLIENTS_KEY.test(key))
      report.add(
        'FIL016',
        ['oidc', key],
        `The chart reads \`oidc.${CLIENTS_KEY}\` and ignores \`oidc.${key}\`: Dex never knows these clients, and answers their logins with \`Invalid client_id\``,
        { onKey: true, hint: `write \`${CLIENTS_KEY}\`` },
      );
}

/** The key of `oidc` with the clients besides pachd and Console. */
const CLIENTS_KEY = 'additionalClients';

/** What it is called by mistake. */
const OTHER_CLIENTS_KEY = /^additional(oidc)?clients?$/i;

/** Where values have the role bindings of the cluster. */
const BINDINGS = ['pachd', 'pachAuthClusterRoleBindings'] as const;

/** Helm takes any key, and what the templates do not read is not there. */
function reportUnknownValues(root: SourceNode, section: readonly string[], report: Report): void {
  const mapping = section.length === 0 ? root : nodeAt(root, section);
  for (const [key, value] of mapping?.entries ?? []) {
    const path = [...section, key];
    const meant = isSaidElsewhere(path) ? undefined : meantValue(section, key);
    if (meant)
      report.add(
        'FIL020',
        path,
        `The chart has no value \`${formatPath(path)}\`, and Helm ignores it silently`,
        {
          onKey: true,
          hint:
            meant.renameTo === undefined
              ? `the chart reads \`${meant.path}\`: write it there, one mapping inside the other`
              : `did you mean \`${meant.renameTo}\`?`,
          fix:
            meant.renameTo === undefined || mapping?.entries?.has(meant.renameTo)
              ? undefined
              : renameKey(value, meant.renameTo),
        },
      );
    else if (isChartSection(path)) reportUnknownValues(root, path, report);
  }
}

/** A list of connectors or clients under a wrong name has a finding that says what becomes of it. */
function isSaidElsewhere([section, key = '', ...rest]: readonly string[]): boolean {
  return (
    section === 'oidc' &&
    rest.length === 0 &&
    (OTHER_CLIENTS_KEY.test(key) || suggest(key, [VALUES_PLACE[1]]) !== undefined)
  );
}

/** Values that pachd hands to Dex as durations. */
const LIFETIMES = ['IDTokenExpiry', 'RotationTokenExpiry'];

function reportLifetimes(root: SourceNode, report: Report): void {
  for (const key of LIFETIMES) {
    const text = textAt(root, ['oidc', key]);
    const duration = text === undefined ? undefined : parseGoDuration(text);
    if (duration && 'error' in duration)
      report.add(
        'SCH005',
        ['oidc', key],
        `\`oidc.${key}\` cannot be ${JSON.stringify(text)}: Dex does not start, and no one logs in: \`${duration.error}\``,
        {
          hint: 'write a duration of Go: numbers with ns, us, ms, s, m or h, such as 24h; days are not a unit',
        },
      );
  }
}

/** The keys of a client that pachd decodes, under the names that its decoder of JSON takes. */
const CLIENT_KEYS = ['id', 'name', 'secret', 'redirect_uris', 'trusted_peers'];

/** Names of the same keys that protocol buffers have in JSON. */
const PROTOJSON_KEYS = ['redirectUris', 'trustedPeers'];

function reportClientKeys(root: SourceNode, report: Report): void {
  for (const [index, client] of (nodeAt(root, ['oidc', CLIENTS_KEY])?.items ?? []).entries())
    for (const [key, value] of client.entries ?? []) {
      const meant = certainly(key, CLIENT_KEYS);
      if (meant === undefined || CLIENT_KEYS.includes(key) || PROTOJSON_KEYS.includes(key)) continue;
      report.add(
        'FIL021',
        ['oidc', CLIENTS_KEY, index, key],
        `pachd reads \`${meant}\` of a client and ignores \`${key}\` silently${meant === 'redirect_uris' ? ': the client has no redirect URI, and its logins fail: `Unregistered redirect_uri ("…")`' : ''}`,
        {
          onKey: true,
          hint: `write \`${meant}\``,
          fix: client.entries?.has(meant) ? undefined : renameKey(value, meant),
        },
      );
    }
}

/** The chart has a connector of its own as long as no one gives one. */
function reportMock(root: SourceNode, target: PachydermTarget, report: Report): void {
  const list = nodeAt(root, VALUES_PLACE);
  const isEmpty = list !== undefined && (list.scalar === null || list.items?.length === 0);
  const hasSecret = textAt(root, ['oidc', 'upstreamIDPsSecretName']) !== undefined;
  const mock = nodeAt(root, ['oidc', 'mockIDP']);
  if (hasSecret || mock?.scalar === false || profileOfValues(root) === 'dev') return;
  const consequence = `the chart lets everyone in with the user name admin and the password "password"${mock ? '' : ', as `oidc.mockIDP` is true unless it is set'}`;
  const hint = 'list the identity provider that your people use, and set `oidc.mockIDP: false`';
  if (isEmpty)
    report.add('PRO001', mock ? ['oidc', 'mockIDP'] : VALUES_PLACE, `With an empty list ${consequence}`, {
      onKey: true,
      hint,
    });
  // Another file of values, or --set, may have the list.
  else if (list === undefined && activatesAuth(root, target))
    report.add(
      'PRO001',
      mock ? ['oidc', 'mockIDP'] : ['deployTarget'],
      `Unless other values have \`oidc.upstreamIDPs\`, ${consequence}`,
      { onKey: true, severity: 'warning', hint },
    );
}

/** Whether the values are those of a whole cluster in which people log in through its own Dex. */
function activatesAuth(root: SourceNode, target: PachydermTarget): boolean {
  const isWhole = textAt(root, ['deployTarget']) !== undefined;
  const hasLicense = ['enterpriseLicenseKey', 'enterpriseLicenseKeySecretName'].some(
    (key) => textAt(root, ['pachd', key]) !== undefined,
  );
  const isMember = isTrueAt(root, ['pachd', 'activateEnterpriseMember']);
  const isOff = nodeAt(root, ['pachd', 'activateAuth'])?.scalar === false;
  return isWhole && !isMember && !isOff && (hasLicense || !flagsOfTarget(target).needsLicense);
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
