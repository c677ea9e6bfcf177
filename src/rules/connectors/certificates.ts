import { keyAvailability } from '../../connectors/availability';
import { minorOf, productOf } from '../../connectors/target';
import type { PathStep } from '../../document/source-node';
import { documentConnectors, type DocumentConnector } from '../support/document-connectors';
import { isClusterHost, isLoopbackHost, readUrl } from '../support/url-text';
import type { ConnectorRule, ConnectorRuleContext, Finding } from '../rule';

/** Keys whose value is the path of a file in the pod of pachd, in Dex's spelling. */
const FILE_KEYS = ['rootCA', 'ca', 'clientCert', 'clientKey', 'serviceAccountFilePath'];
const FILE_LIST_KEYS = ['rootCAs'];

/** Types that take the same as base64 under a key of their own. */
const DATA_KEYS: Readonly<Record<string, string>> = { rootCA: 'rootCAData', ca: 'caData' };

/** What Dex says when it cannot open the file, by type; all else stops with the error of Go's os.Open. */
const ERRORS: Readonly<Record<string, string>> = {
  oidc: 'failed to read root-ca: open …',
  oauth: 'failed to read root-ca: open …',
  ldap: 'ldap: read ca file: open …',
  saml: 'read ca file: open …',
  samlExperimental: 'read ca file: open …',
  google: 'could not create directory service: error reading credentials from file: open …',
};

/** Hosts whose certificates no public authority signs. */
const PRIVATE_HOST =
  /(\.(local|svc|internal|intranet|lan|corp|home\.arpa)$)|^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/i;

export const certificates: ConnectorRule = {
  code: 'DEX014',
  severity: 'error',
  title: 'Certificates that Dex does not find',
  reason:
    'Pachyderm\'s Dex takes certificates and keys as paths of files in the pod of pachd, other than Dex from 2.42 on, which takes their text too: a text is opened as a file, and the connector fails. For a provider whose certificate a private authority has signed, Dex has to be told of that authority, or it fails with "x509: certificate signed by unknown authority".',
  remedy:
    'Put the files into a Secret, name it in identity.credentialFilesSecretName, and write /dexcreds/FILE; ldap takes base64 in rootCAData, saml in caData.',
  *check(context) {
    for (const connector of documentConnectors(context.document)) {
      yield* inlineFiles(context, connector);
      yield* unknownAuthority(context, connector);
    }
  },
};

/** Where Dex finds files, in words. */
function fileRoom({ cluster, target }: ConnectorRuleContext): string {
  if (cluster) return 'the Secret that identity.credentialFilesSecretName names';
  return productOf(target) === 'dex'
    ? "Dex's container"
    : 'the Secret that oidc.dexCredentialSecretName of the chart names';
}

function filePath({ cluster, target }: ConnectorRuleContext, name: string): string {
  return cluster || productOf(target) === 'pachyderm' ? `/dexcreds/${name}` : `/etc/dex/certs/${name}`;
}

/** Keys that a Dex of its own takes as text too, and since which minor version. */
const TEXT_KEYS = {
  keys: ['rootCA', 'rootCAs'],
  types: ['oidc', 'oauth', 'github', 'openshift'],
  sinceMinor: 42,
};

function takesText(
  { target }: ConnectorRuleContext,
  { type }: DocumentConnector,
  key: PathStep | undefined,
): boolean {
  return (
    productOf(target) === 'dex' &&
    minorOf(target) >= TEXT_KEYS.sinceMinor &&
    TEXT_KEYS.types.includes(type) &&
    TEXT_KEYS.keys.includes(String(key))
  );
}

/** Whether a text is what is in a file, of a certificate, a key or an account of Google, and no path of one. */
function isContent(text: string | undefined): boolean {
  return text !== undefined && (text.includes('-----BEGIN') || text.startsWith('{'));
}

function* inlineFiles(context: ConnectorRuleContext, connector: DocumentConnector): Iterable<Finding> {
  if (connector.textsWhere(isContent).length === 0) return;
  const values: readonly { readonly keys: readonly PathStep[]; readonly text: string | undefined }[] = [
    ...FILE_KEYS.map((key) => ({ keys: [key], text: connector.text(key) })),
    ...FILE_LIST_KEYS.flatMap((key) => {
      const list = connector.value(key);
      return Array.isArray(list)
        ? list.map((_, index) => ({ keys: [key, index], text: connector.text(key, index) }))
        : [];
    }),
  ];
  for (const { keys, text } of values) {
    if (!isContent(text)) continue;
    if (takesText(context, connector, keys[0])) continue;
    const dataKey =
      connector.type === 'ldap' || connector.facts.callback === 'saml'
        ? DATA_KEYS[String(keys[0])]
        : undefined;
    yield {
      path: connector.at(...keys),
      message: `${productOf(context.target) === 'dex' ? 'Dex' : "Pachyderm's Dex"} takes ${String(keys[0])} for the path of a file, and cannot open the connector: \`${ERRORS[connector.type] ?? 'open …'}\``,
      hint: `put the file into ${fileRoom(context)}, and write ${filePath(context, 'FILE')}${dataKey === undefined ? '' : `; or use ${dataKey} with base64`}`,
    };
  }
}

function* unknownAuthority(context: ConnectorRuleContext, connector: DocumentConnector): Iterable<Finding> {
  const issuer = connector.type === 'oidc' ? connector.text('issuer') : undefined;
  if (issuer === undefined) return;
  const { scheme, host } = readUrl(issuer);
  const isPrivate = (isClusterHost(host) || PRIVATE_HOST.test(host)) && !isLoopbackHost(host);
  if (scheme !== 'https' || !isPrivate) return;
  if (connector.texts('rootCAs').length > 0 || connector.isOn('insecureSkipVerify')) return;
  const takesFiles = keyAvailability('oidc', 'rootCAs', context.target)?.read === true;
  yield {
    path: connector.at('issuer'),
    severity: 'warning',
    message: `No public authority signs a certificate for ${host}, and Dex knows no other: \`x509: certificate signed by unknown authority\``,
    hint: takesFiles
      ? `name its certificate in rootCAs, a file of ${fileRoom(context)}: [${filePath(context, 'ca.pem')}]`
      : 'this Dex has no setting for it; rootCAs is read from Dex 2.36 and from Pachyderm 2.7 on',
  };
}
