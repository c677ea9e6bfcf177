import type { SourceNode } from '../../document/source-node';
import { SKIP_CALLBACK_CHECK } from '../../model/resolve-identity';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { issuerThatFits } from '../support/ambiguous-url';
import type { Logins } from '../../subjects/facts';
import type { Subjects } from '../../subjects/subject';
import { replaceText, withFix } from '../support/replace-text';
import {
  askedFor,
  haveSameOrigin,
  isClusterHost,
  isComparable,
  isLoopbackHost,
  isOpenHttp,
  readUrl,
} from '../../model/url-text';
import type { Finding, Rule } from '../rule';

export const refusedCallback: Rule<'cluster' | 'dex-config' | 'connector'> = {
  code: 'DEX001',
  severity: 'error',
  reads: ['cluster', 'dex-config', 'connector'],
  title: 'redirectURI that Dex refuses',
  reason:
    'Dex derives its callback URL from its issuer and compares it with redirectURI as strings, at every login and not before: "expected callback URL … did not match the URL in the config …"; the browser shows "Login error.". Connectors of type oidc have the switch insecureSkipIssuerCallbackDomainCheck in Pachyderm, which skips the whole comparison, and which pachkit sets where the issuer is a name that browsers cannot reach. For saml it is the response that has to name the URL.',
  remedy:
    "Remove redirectURI: pachkit derives it. In values of the chart and in Dex's own file nothing derives it: write the issuer followed by /callback. Register that URL at the identity provider; with saml it is the provider's ACS URL.",
  *check(subject) {
    if (subject.kind === 'connector' && subject.isAlone) yield* withoutIssuer(subject);
    const { logins, connectors, root } = subject;
    if (logins === undefined) return;
    for (const connector of connectors)
      for (const finding of callbackOf(connector, logins, root))
        if (!isSaidAsPlain(subject, connector, finding)) yield finding;
  },
};

/** Whether PCH106 says it: Dex compares nothing, and browsers would come back over plain http. */
function isSaidAsPlain(
  subject: Subjects['cluster' | 'dex-config' | 'connector'],
  connector: DocumentConnector,
  { severity }: Finding,
): boolean {
  const redirectURI = connector.text('redirectURI');
  return (
    severity === 'warning' &&
    subject.kind === 'cluster' &&
    subject.servesTls &&
    redirectURI !== undefined &&
    isOpenHttp(redirectURI)
  );
}

/** What is wrong with the redirectURI of one connector. */
export function* callbackOf(
  connector: DocumentConnector,
  logins: Logins,
  root: SourceNode,
): Iterable<Finding> {
  const redirectURI = connector.text('redirectURI');
  // What is still to be filled in is said where it stands.
  if (!logins.isDerived && (redirectURI === undefined || !isComparable(redirectURI))) return;
  // So is what is not a URL.
  if (redirectURI !== undefined && !/^https?:\/\/\S+$/.test(redirectURI)) return;
  if (connector.facts.callback === 'strict') yield* strict(connector, logins, root);
  if (connector.facts.callback === 'saml') yield* saml(connector, logins, root);
}

/** Where pachd itself takes codes from Dex. */
const OF_PACHD = /\/authorization-code\/callback$/;

/** Whatever the issuer is, the URL that Dex derives from it ends in /callback. */
function* withoutIssuer({ document }: Subjects['connector']): Iterable<Finding> {
  for (const connector of documentConnectors(document)) {
    const { callback } = connector.facts;
    const own = connector.text('redirectURI');
    if (own === undefined || !isComparable(own) || connector.isOn(SKIP_CALLBACK_CHECK)) continue;
    const isPlace =
      callback === 'strict'
        ? own.endsWith('/callback')
        : callback !== 'saml' ||
          [own, own.replace(/\/[^/]*$/, '')].some((each) => each.endsWith('/callback'));
    if (isPlace && !OF_PACHD.test(own)) continue;
    const derived = `${readUrl(own).origin}/dex/callback`;
    yield {
      path: connector.at('redirectURI'),
      message: `Dex takes logins at its issuer followed by /callback, which this URL is not, and every login through "${connector.id}" fails${callback === 'strict' ? `: \`${dexError(connector.type, '…/callback', own)}\`` : ''}`,
      hint: `write the issuer of Dex followed by /callback, such as ${derived}, and register it at the identity provider`,
    };
  }
}

function* strict(connector: DocumentConnector, logins: Logins, root: SourceNode): Iterable<Finding> {
  const { callback, issuerCallback, isDerived, isOverridden, knowsSwitch } = logins;
  const isUnreachable = callback !== issuerCallback && !isOverridden;
  // ACC011 has said that such a connector cannot work here at all.
  if (connector.type !== 'oidc' && isUnreachable) return;

  const own = connector.text('redirectURI');
  const redirectURI = own ?? callback;
  const hasSwitch = connector.type === 'oidc' && knowsSwitch;
  const skip = hasSwitch ? connector.value(SKIP_CALLBACK_CHECK) : false;
  const skips = typeof skip === 'boolean' ? skip : isDerived && redirectURI === callback;
  if (redirectURI === issuerCallback) return;
  if (skips) {
    yield* uncompared(connector, redirectURI, logins);
    return;
  }
  const message = `Every login through "${connector.id}" ends in "Login error.": \`${dexError(connector.type, issuerCallback, redirectURI)}\``;
  if (own === undefined || own === callback) {
    // With an overridden callback ACC006 has said it.
    if (own === undefined && isOverridden) return;
    if (skip === false && hasSwitch)
      yield {
        path: connector.at(SKIP_CALLBACK_CHECK),
        message,
        hint: 'remove the line, so that the comparison is skipped; or give access.host, so that the issuer is where browsers are',
      };
    else
      yield { path: connector.at('redirectURI'), message, hint: 'remove access.urls.callback and this line' };
    return;
  }
  yield otherCallback(connector, own, message, logins, root);
}

/** A redirectURI that Dex does not compare with its callback URL. */
function* uncompared(connector: DocumentConnector, redirectURI: string, logins: Logins): Iterable<Finding> {
  const { callback, isDerived } = logins;
  if (leadsElsewhere(redirectURI, logins))
    yield {
      path: connector.at('redirectURI'),
      severity: 'warning',
      message: `The provider would send browsers to ${redirectURI}, but this cluster's Dex is reached at ${callback}; with ${SKIP_CALLBACK_CHECK} Dex does not notice`,
      hint: isDerived
        ? 'remove redirectURI and the switch; both are derived'
        : `write ${callback}, register it at the identity provider, and remove the switch`,
    };
}

/** A redirectURI of the user's own that is neither of the derived ones. */
function otherCallback(
  connector: DocumentConnector,
  own: string,
  message: string,
  logins: Logins,
  root: SourceNode,
): Finding {
  const { callback, issuer, issuerCallback, isDerived, isOverridden } = logins;
  const path = connector.at('redirectURI');
  const fitting = issuerThatFits(own, issuer);
  if (fitting !== undefined) return { path, message, hint: issuerHint(fitting, logins) };
  return {
    path,
    message,
    hint: publicIssuerHint(own, logins) ?? callbackHint(logins),
    ...withFix(
      isDerived && (isOverridden || callback === issuerCallback)
        ? replaceText(root, path, issuerCallback, 'Write the callback URL that Dex derives')
        : undefined,
    ),
  };
}

/** Whether a redirectURI that Dex does not compare leads away from it: where nothing is derived, another public host may lead to it, but no other path of its own. */
function leadsElsewhere(redirectURI: string, { callback, issuer, isDerived }: Logins): boolean {
  if (isDerived) return redirectURI !== callback;
  if (isLoopbackHost(readUrl(redirectURI).host)) return !isLoopbackHost(readUrl(issuer).host);
  return haveSameOrigin(redirectURI, callback) && redirectURI !== callback;
}

function issuerHint(fitting: string, { isDerived }: Logins): string {
  return isDerived
    ? `make the issuer ${fitting}; then the line is right, and not needed`
    : `make the issuer ${fitting}: write the host as browsers and the provider do`;
}

/** What to write in place of a redirectURI that is not right. */
export function callbackHint({ callback, isDerived }: Logins): string {
  return isDerived
    ? `remove the line; the derived URL is ${callback}`
    : `write ${callback}, and register it at the identity provider`;
}

/** Browsers do not come to a host that only pods know, so that it is the issuer that has to change. */
function publicIssuerHint(redirectURI: string, { issuer, isDerived }: Logins): string | undefined {
  const { host } = readUrl(issuer);
  const target = readUrl(redirectURI).host;
  const isHidden = isClusterHost(host) && !isLoopbackHost(host);
  const isPublic = !isClusterHost(target) && !isLoopbackHost(target);
  if (isDerived || !isHidden || !isPublic || !redirectURI.endsWith('/callback')) return undefined;
  return `browsers do not reach ${host}: write the issuer as ${redirectURI.replace(/\/callback$/, '')}, here and in every client`;
}

/** What Dex says to a redirectURI that is not the derived one; gitea and gitlab have the two URLs the other way round. */
function dexError(type: unknown, derived: string, configured: string): string {
  const [first, second] =
    type === 'gitea' || type === 'gitlab' ? [configured, derived] : [derived, configured];
  return `expected callback URL "${first}" did not match the URL in the config "${second}"`;
}

/** Where Dex takes responses of saml: at its callback, with or without the connector's id behind it. */
function responsePlaces(callback: string, id: unknown): readonly string[] {
  return [callback, ...(typeof id === 'string' && id !== '' ? [`${callback}/${id}`] : [])];
}

/**
 * Whether a redirectURI of saml leads to one of the places. Dex compares it with the destination of the response and with
 * nothing else, so it may be written in any way.
 */
function leadsToOne(places: readonly string[], redirectURI: string): boolean {
  return places.some((place) => askedFor(place) === askedFor(redirectURI));
}

function* saml(connector: DocumentConnector, logins: Logins, root: SourceNode): Iterable<Finding> {
  const { callback, isDerived } = logins;
  const own = connector.text('redirectURI');
  const places = responsePlaces(callback, connector.id);
  if (own === undefined || leadsToOne(places, own)) return;
  const path = connector.at('redirectURI');
  yield {
    path,
    message: `The provider would post its response to ${own}, but this Dex takes it at ${places.join(' and ')}; there it fails: \`expected destination "${own}" got …\``,
    hint: callbackHint(logins),
    ...withFix(
      isDerived
        ? replaceText(root, path, callback, 'Write the URL at which Dex takes the response')
        : undefined,
    ),
  };
}
