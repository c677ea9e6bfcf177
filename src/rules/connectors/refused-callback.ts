import { SKIP_CALLBACK_CHECK } from '../../model/resolve-identity';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { issuerThatFits } from '../support/ambiguous-url';
import { isMember } from '../support/cluster-reach';
import { replaceText, withFix } from '../support/replace-text';
import { askedFor } from '../../model/url-text';
import type { Finding, Rule, RuleContext } from '../rule';

export const refusedCallback: Rule = {
  code: 'DEX001',
  severity: 'error',
  reads: ['cluster'],
  title: 'redirectURI that Dex refuses',
  reason:
    'Dex derives its callback URL from its issuer and compares it with redirectURI as strings, at every login and not before: "expected callback URL … did not match the URL in the config …"; the browser shows "Login error.". Connectors of type oidc have the switch insecureSkipIssuerCallbackDomainCheck in Pachyderm, which skips the whole comparison, and which pachkit sets where the issuer is a name that browsers cannot reach. For saml it is the response that has to name the URL.',
  remedy:
    'Remove redirectURI: pachkit derives it. In values of the chart nothing derives it: write the issuer followed by /callback. Register that URL at the identity provider.',
  *check(context) {
    if (isMember(context.cluster)) return;
    for (const connector of documentConnectors(context.document)) {
      if (connector.facts.callback === 'strict') yield* strict(context, connector);
      if (connector.facts.callback === 'saml') yield* saml(context, connector);
    }
  },
};

function* strict(context: RuleContext, connector: DocumentConnector): Iterable<Finding> {
  const { cluster, document } = context;
  const { callback, issuerCallback } = cluster.urls;
  const isOverridden = document.access?.urls?.callback !== undefined;
  const isUnreachable = callback !== issuerCallback && !isOverridden;
  // ACC011 has said that such a connector cannot work here at all.
  if (connector.type !== 'oidc' && isUnreachable) return;

  const own = connector.text('redirectURI');
  const redirectURI = own ?? callback;
  // A standalone Dex does not know the switch.
  const hasSwitch = connector.type === 'oidc' && !cluster.dex;
  const skip = hasSwitch ? connector.value(SKIP_CALLBACK_CHECK) : false;
  const skips = typeof skip === 'boolean' ? skip : redirectURI === callback;
  if (redirectURI === issuerCallback) return;
  if (skips) {
    if (redirectURI !== callback)
      yield {
        path: connector.at('redirectURI'),
        severity: 'warning',
        message: `The provider would send browsers to ${redirectURI}, but this cluster's Dex is reached at ${callback}; with ${SKIP_CALLBACK_CHECK} Dex does not notice`,
        hint: 'remove redirectURI and the switch; both are derived',
      };
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
  yield otherCallback(context, connector, own, message, isUnreachable);
}

/** A redirectURI of the document's own that is none of the derived ones. */
function otherCallback(
  { cluster, root }: RuleContext,
  connector: DocumentConnector,
  own: string,
  message: string,
  isUnreachable: boolean,
): Finding {
  const { callback, issuer, issuerCallback } = cluster.urls;
  const path = connector.at('redirectURI');
  const fitting = issuerThatFits(own, issuer);
  if (fitting !== undefined)
    return { path, message, hint: `make the issuer ${fitting}; then the line is right, and not needed` };
  return {
    path,
    message,
    hint: `remove the line; the derived URL is ${callback}`,
    ...withFix(
      isUnreachable
        ? undefined
        : replaceText(root, path, issuerCallback, 'Write the callback URL that Dex derives'),
    ),
  };
}

/** What Dex says to a redirectURI that is not the derived one; gitea and gitlab have the two URLs the other way round. */
export function dexError(type: unknown, derived: string, configured: string): string {
  const [first, second] =
    type === 'gitea' || type === 'gitlab' ? [configured, derived] : [derived, configured];
  return `expected callback URL "${first}" did not match the URL in the config "${second}"`;
}

/** Where Dex takes responses of saml: at its callback, with or without the connector's id behind it. */
export function responsePlaces(callback: string, id: unknown): readonly string[] {
  return [callback, ...(typeof id === 'string' && id !== '' ? [`${callback}/${id}`] : [])];
}

/**
 * Whether a redirectURI of saml leads to one of the places. Dex compares it with the destination of the response and with
 * nothing else, so it may be written in any way.
 */
export function leadsToOne(places: readonly string[], redirectURI: string): boolean {
  return places.some((place) => askedFor(place) === askedFor(redirectURI));
}

function* saml({ cluster, root }: RuleContext, connector: DocumentConnector): Iterable<Finding> {
  const { callback } = cluster.urls;
  const own = connector.text('redirectURI');
  if (own === undefined || leadsToOne(responsePlaces(callback, connector.id), own)) return;
  const path = connector.at('redirectURI');
  yield {
    path,
    message: `The provider would post its response to ${own}, but this cluster's Dex takes it at ${callback}; there it fails: \`expected destination "${own}" got …\``,
    hint: `remove the line; the derived URL is ${callback}`,
    ...withFix(replaceText(root, path, callback, 'Write the URL at which Dex takes the response')),
  };
}
