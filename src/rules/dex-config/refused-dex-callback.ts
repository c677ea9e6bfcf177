import type { PathStep, SourceNode } from '../../document/source-node';
import { dexCallbackUrl } from '../../model/go-path';
import { dexError, leadsToOne, responsePlaces } from '../connectors/refused-callback';
import { issuerThatFits } from '../support/ambiguous-url';
import { isClusterHost, isComparable, isLoopbackHost, readUrl } from '../../model/url-text';
import { callbackClassOf, issuerOf, itemsAt, textAt } from '../../subjects/dex-config';
import type { Finding, Rule } from '../rule';

export const refusedServerCallback: Rule<'dex-config'> = {
  code: 'DEX228',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Callback URL that does not follow from the issuer',
  reason:
    "Dex derives the URL at which it waits for people from its issuer: issuer + /callback. It compares that as strings with the connector's redirectURI at every login, and refuses the login when the two differ. With saml it compares nothing, but sends redirectURI as the address for responses, and only issuer + /callback and issuer + /callback/ID lead to Dex.",
  remedy:
    "Write issuer + /callback as redirectURI, and register it at the identity provider; with saml it is the provider's ACS URL.",
  *check(config) {
    const issuer = issuerOf(config);
    if (issuer === undefined) return;
    for (const [index, connector] of itemsAt(config, ['connectors']).entries()) {
      const path = ['connectors', index, 'config', 'redirectURI'];
      const written = textAt(config, path);
      if (written === undefined || !isComparable(written)) continue;
      const check = { strict, saml }[String(callbackClassOf(connector))];
      if (check) yield* check({ connector, path, written, issuer, callback: dexCallbackUrl(issuer) });
    }
  },
};

interface Written {
  readonly connector: SourceNode;
  readonly path: readonly PathStep[];
  /** The connector's `redirectURI`. */
  readonly written: string;
  readonly issuer: string;
  /** What Dex derives from the issuer. */
  readonly callback: string;
}

function* strict({ connector, path, written, issuer, callback }: Written): Iterable<Finding> {
  if (written === callback) return;
  const type = connector.entries?.get('type')?.scalar;
  const fitting = issuerThatFits(written, issuer);
  yield {
    path,
    message: `With the issuer ${issuer} the callback URL is ${callback}, so every login fails: \`${dexError(type, callback, written)}\``,
    hint:
      fitting === undefined
        ? (publicIssuerHint(written, issuer) ?? `write ${callback}, and register it at the identity provider`)
        : `write the issuer as ${fitting}`,
  };
}

/** Browsers do not come to a host that only pods know, so that it is the issuer that has to change. */
function publicIssuerHint(redirectURI: string, issuer: string): string | undefined {
  const { host } = readUrl(issuer);
  const target = readUrl(redirectURI).host;
  const isHidden = isClusterHost(host) && !isLoopbackHost(host);
  if (!isHidden || isClusterHost(target) || isLoopbackHost(target) || !redirectURI.endsWith('/callback'))
    return undefined;
  return `browsers do not reach ${host}: write the issuer as ${redirectURI.replace(/\/callback$/, '')}, here and in every client`;
}

function* saml({ connector, path, written, issuer, callback }: Written): Iterable<Finding> {
  const places = responsePlaces(callback, connector.entries?.get('id')?.scalar);
  if (leadsToOne(places, written)) return;
  yield {
    path,
    message: `With the issuer ${issuer} Dex waits for responses at ${places.join(' and ')}, and the identity provider is told to send them to ${written}, so every login fails`,
    hint: `write ${callback}, and register it as the provider's ACS URL`,
  };
}
