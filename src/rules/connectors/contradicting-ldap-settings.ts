import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { replaceText, withFix } from '../support/replace-text';
import type { ConnectorRule, ConnectorRuleContext, Finding } from '../rule';

/** The ports of LDAP: plain, with or without StartTLS, and with TLS from the start. */
const PLAIN_PORT = '389';
const TLS_PORT = '636';
/** The same of the global catalog of Active Directory, by those of LDAP. */
const OF_CATALOG: Readonly<Record<string, string>> = { [PLAIN_PORT]: '3268', [TLS_PORT]: '3269' };

export const ldapSettings: ConnectorRule = {
  code: 'DEX024',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'LDAP settings that contradict each other',
  reason:
    'Dex does not compare its LDAP settings: it takes port 636 with startTLS too, where the server speaks TLS from the start; insecureNoSSL wins over startTLS silently, so that passwords cross the network as clear text; a client certificate without its key is left out; a suffix for addresses gets its own @; bindDN without bindPW is a bind with an empty password, which fails.',
  remedy: 'Do what the message says.',
  *check(context) {
    for (const connector of documentConnectors(context.document))
      if (connector.type === 'ldap') {
        yield* transport(connector);
        yield* clientCertificate(connector);
        yield* bind(connector);
        yield* search(context, connector);
      }
  },
};

function* transport(connector: DocumentConnector): Iterable<Finding> {
  const startTLS = connector.isOn('startTLS');
  const isPlain = connector.isOn('insecureNoSSL');
  if (startTLS && isPlain)
    yield {
      path: connector.at('insecureNoSSL'),
      message: 'insecureNoSSL wins over startTLS silently: passwords cross the network as clear text',
      hint: 'remove insecureNoSSL',
    };
  const host = connector.text('host');
  // A URL is said to be none with the values of keys.
  if (host === undefined || host.includes('://')) return;
  const port = /:(\d+)$/.exec(host)?.[1];
  const path = connector.at('host');
  if (port === undefined && startTLS && !isPlain)
    yield {
      path,
      message: `Dex takes port ${TLS_PORT}, where the server speaks TLS from the start, and StartTLS fails there`,
      hint: `write ${host}:${PLAIN_PORT}`,
    };
  else if (isPort(port, PLAIN_PORT) && !startTLS && !isPlain)
    yield {
      path,
      severity: 'warning',
      message: `Dex speaks TLS from the start, which servers do not expect on port ${port}: every login fails`,
      hint: `add startTLS: true, or use port ${port === PLAIN_PORT ? TLS_PORT : OF_CATALOG[TLS_PORT]}`,
    };
  else if (isPort(port, TLS_PORT) && (startTLS || isPlain))
    yield {
      path,
      severity: 'warning',
      message: `Servers expect TLS from the start on port ${port}, and Dex begins without: every login fails`,
      hint: `remove ${isPlain ? 'insecureNoSSL' : 'startTLS'}, or use port ${port === TLS_PORT ? PLAIN_PORT : OF_CATALOG[PLAIN_PORT]}`,
    };
}

function isPort(port: string | undefined, ofLdap: string): boolean {
  return port === ofLdap || port === OF_CATALOG[ofLdap];
}

function* clientCertificate(connector: DocumentConnector): Iterable<Finding> {
  const given = ['clientCert', 'clientKey'].filter((key) => connector.text(key) !== undefined);
  const [only] = given;
  if (given.length !== 1 || only === undefined) return;
  yield {
    path: connector.at(only),
    onKey: true,
    message: `Dex leaves ${only} out silently, because ${only === 'clientCert' ? 'clientKey' : 'clientCert'} is missing, and shows the server no certificate`,
    hint: 'give both, or none',
  };
}

/** With both Dex binds, with neither it is anonymous. */
function* bind(connector: DocumentConnector): Iterable<Finding> {
  const isGiven = (key: string): boolean => {
    const value = connector.value(key);
    return value !== undefined && value !== null && value !== '';
  };
  const given = ['bindDN', 'bindPW'].filter(isGiven);
  const [only] = given;
  if (given.length !== 1 || only === undefined) return;
  yield {
    path: connector.at(only),
    onKey: true,
    message:
      only === 'bindDN'
        ? 'Without bindPW Dex binds with an empty password, which its LDAP client refuses, and every login fails: `ldap: initial bind for user "…" failed: LDAP Result Code 206 "Empty password not allowed by the client": ldap: empty password not allowed by the client`'
        : 'Without bindDN Dex binds with the password of no one, which directories refuse, and every login fails: `ldap: initial bind for user "" failed`',
    hint: 'give both bindDN and bindPW; or neither, to search anonymously',
  };
}

function* search({ root }: ConnectorRuleContext, connector: DocumentConnector): Iterable<Finding> {
  const suffix = connector.text('userSearch', 'emailSuffix');
  if (suffix?.startsWith('@')) {
    const path = connector.at('userSearch', 'emailSuffix');
    const fixed = suffix.replace(/^@+/, '');
    yield {
      path,
      message: `Dex puts an @ before the suffix itself, so addresses would be NAME@${suffix}`,
      hint: `write ${fixed}`,
      ...withFix(replaceText(root, path, fixed, 'Remove the @')),
    };
  }
  const matchers = connector.value('groupSearch', 'userMatchers');
  // What is no list has a finding of its own.
  const hasMatchers = Array.isArray(matchers) ? matchers.length > 0 : (matchers ?? null) !== null;
  const hasOldPair =
    connector.text('groupSearch', 'userAttr') !== undefined &&
    connector.text('groupSearch', 'groupAttr') !== undefined;
  if (connector.text('groupSearch', 'baseDN') !== undefined && !hasMatchers && !hasOldPair)
    yield {
      path: connector.at('groupSearch'),
      onKey: true,
      severity: 'warning',
      message: 'Nothing says how Dex finds the groups of a user, so users have none',
      hint: 'add userMatchers: [{ userAttr: DN, groupAttr: member }], with the attributes of your directory',
    };
}
