import type { PathStep } from '../../document/source-node';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { isClusterHost, isOpenHttp, readUrl } from '../../model/url-text';
import type { ConnectorRule, Finding } from '../rule';

/** Switches that turn a check off, and what follows. */
const SWITCHES: Readonly<Record<string, { readonly effect: string; readonly hint: string }>> = {
  insecureSkipVerify: {
    effect: 'anyone who can answer in place of the server can log in as anyone',
    hint: "remove the line, and name the file with the server's authority in rootCAs or rootCA",
  },
  insecureCA: {
    effect: 'anyone who can answer in place of the server can log in as anyone',
    hint: 'remove the line, and name its authority in rootCA',
  },
  insecureSkipSignatureValidation: {
    effect: 'everyone can write a response that says who they are, and is logged in as that',
    hint: 'remove the line, and give the certificate of the provider in caData',
  },
};

/** Keys that hold the URL of a provider, nested ones none. */
const URL_KEYS = [
  'issuer',
  'baseURL',
  'tokenURL',
  'authorizationURL',
  'userInfoURL',
  'ssoURL',
  'keystoneHost',
];

export const insecureConnection: ConnectorRule = {
  code: 'DEX033',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Identity provider that can be impersonated',
  reason:
    'Over plain http, or when certificates or signatures are not verified, anyone who is on the way between Dex and the identity provider can read secrets and passwords, and answer in its place: they are logged in as anyone who they like.',
  remedy:
    'Use https, and give Dex the certificate of a private authority. Profile dev permits the rest for a cluster that only you can reach.',
  *check({ document, profile, cluster }) {
    if (profile === 'dev') return;
    const permits = cluster ? '; profile: dev permits it' : '';
    for (const connector of documentConnectors(document)) {
      for (const [key, { effect, hint }] of Object.entries(SWITCHES))
        if (connector.isOn(key))
          yield {
            path: connector.at(key),
            message: `With ${key} ${effect}`,
            hint: hint + permits,
          };
      yield* plainHttp(connector, permits);
      yield* plainLdap(connector, permits);
    }
  },
};

function* plainHttp(connector: DocumentConnector, permits: string): Iterable<Finding> {
  for (const key of URL_KEYS) {
    const url = connector.text(key);
    if (url !== undefined && isOpenHttp(url))
      yield overPlain(connector.at(key), readUrl(url).host, 'https', permits);
  }
}

function* plainLdap(connector: DocumentConnector, permits: string): Iterable<Finding> {
  const host = connector.text('host')?.replace(/:\d+$/, '');
  // Together with startTLS, DEX024 has said it.
  if (connector.type !== 'ldap' || !connector.isOn('insecureNoSSL') || connector.isOn('startTLS')) return;
  yield overPlain(connector.at('insecureNoSSL'), host ?? '', 'TLS, or startTLS: true', permits);
}

/** Inside the cluster fewer can intercept it. */
function overPlain(path: readonly PathStep[], host: string, instead: string, permits: string): Finding {
  const isInside = isClusterHost(host);
  return {
    path,
    ...(isInside ? { severity: 'warning' as const } : {}),
    message: `Dex speaks to the provider in clear text${isInside ? ', inside the cluster' : ''}: anyone who is on the way reads secrets and passwords, and can answer in its place`,
    hint: `use ${instead}${isInside ? '' : permits}`,
  };
}
