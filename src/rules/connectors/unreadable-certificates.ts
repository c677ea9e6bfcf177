import { keyAvailability } from '../../connectors/availability';
import { productOf } from '../../releases/target';
import type { PathStep } from '../../document/source-node';
import { CREDENTIAL_FILES_DIRECTORY } from '../../model/credential-files';
import { fileKeys, takesText } from '../support/credential-files';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { hasCertificate, pemInBase64 } from '../support/pem';
import { isLoopbackHost, isPrivateHost, readUrl } from '../../model/url-text';
import type { ConnectorRule, ConnectorRuleContext, Finding } from '../rule';

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

export const certificates: ConnectorRule = {
  code: 'DEX014',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Certificates that Dex does not find',
  reason:
    'Pachyderm\'s Dex takes certificates and keys as paths of files in the pod of pachd, other than Dex from 2.42 on, which takes their text too: a string is opened as a file, and the connector fails. For a provider whose certificate a private authority has signed, Dex has to be told of that authority, or it fails with "x509: certificate signed by unknown authority".',
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
  return cluster || productOf(target) === 'pachyderm'
    ? `${CREDENTIAL_FILES_DIRECTORY}/${name}`
    : `/etc/dex/certs/${name}`;
}

/** Whether a string is what is in a file, of a certificate, a key or an account of Google, and no path of one. */
function isContent(text: string): boolean {
  return text.includes('-----BEGIN') || text.startsWith('{') || pemInBase64(text) !== undefined;
}

/** What keeps a string from being what Dex wants there: the path of a file or, of some keys from 2.42 on, its text too. */
type Fault = 'content' | 'no certificate' | 'url' | 'blank' | 'empty';

function faultOf(text: string, isTextTaken: boolean): Fault | undefined {
  if (isContent(text)) {
    if (!isTextTaken) return 'content';
    return hasCertificate(pemInBase64(text) ?? text) ? undefined : 'no certificate';
  }
  if (/^https?:\/\//.test(text)) return 'url';
  return text === text.trim() ? undefined : 'blank';
}

function* inlineFiles(context: ConnectorRuleContext, connector: DocumentConnector): Iterable<Finding> {
  for (const key of fileKeys) {
    const value = connector.value(key.name);
    if (value === undefined || isUnused(connector, key.name)) continue;
    const isTextTaken = takesText(context.target, connector.type, key);
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const places: PathStep[][] = key.isList ? list.map((_, index) => [key.name, index]) : [[key.name]];
    for (const keys of places) {
      const text = connector.text(...keys);
      // Of a list every item is opened, an empty one too; a string that is empty is none.
      const isEmpty = key.isList === true && ['', null].includes(connector.value(...keys) as string | null);
      const fault = text === undefined ? undefined : faultOf(text, isTextTaken);
      if (isEmpty && !isTextTaken) yield inlineFile(context, connector, keys, 'empty', isTextTaken);
      else if (fault !== undefined) yield inlineFile(context, connector, keys, fault, isTextTaken);
    }
  }
}

/** Whether Dex does not open the file that a key names. */
function isUnused(connector: DocumentConnector, key: string): boolean {
  if (key === 'ca') return connector.isOn('insecureSkipSignatureValidation');
  if (key === 'rootCA') return connector.type === 'ldap' && connector.text('rootCAData') !== undefined;
  if (key === 'clientCert') return connector.text('clientKey') === undefined;
  return key === 'clientKey' && connector.text('clientCert') === undefined;
}

function inlineFile(
  context: ConnectorRuleContext,
  connector: DocumentConnector,
  keys: readonly PathStep[],
  fault: Fault,
  isTextTaken: boolean,
): Finding {
  const dataKey =
    connector.type === 'ldap' || connector.facts.callback === 'saml' ? DATA_KEYS[String(keys[0])] : undefined;
  const product = productOf(context.target) === 'dex' ? 'Dex' : "Pachyderm's Dex";
  const error = isTextTaken
    ? `${keys.join('.')} is not in PEM format, certificate must be a PEM encoded string, …`
    : (ERRORS[connector.type] ?? 'open …');
  const problem: Readonly<Record<Fault, string>> = {
    content: `${product} takes ${String(keys[0])} for the path of a file`,
    'no certificate': `${product} finds no certificate in ${String(keys[0])}, whose lines must be as in the file`,
    url: `${product} fetches no certificates, and takes the URL in ${String(keys[0])} for the path of a file`,
    blank: `${product} takes the white space at the end of ${String(keys[0])} for a part of the path`,
    empty: `${product} opens a file for every item of ${String(keys[0])}, and one is empty`,
  };
  return {
    path: connector.at(...keys),
    message: `${problem[fault]}, and cannot open the connector: \`${error}\``,
    hint:
      fault === 'blank'
        ? 'remove the white space'
        : fault === 'empty'
          ? 'remove the item'
          : fault === 'no certificate'
            ? `put the file into ${fileRoom(context)}, and write ${filePath(context, 'FILE')}; or write its text after |, one line as in the file`
            : `put the file into ${fileRoom(context)}, and write ${filePath(context, 'FILE')}${dataKey === undefined ? '' : `; or use ${dataKey} with base64`}`,
  };
}

function* unknownAuthority(context: ConnectorRuleContext, connector: DocumentConnector): Iterable<Finding> {
  const issuer = connector.type === 'oidc' ? connector.text('issuer') : undefined;
  if (issuer === undefined) return;
  const { scheme, host } = readUrl(issuer);
  const isPrivate = isPrivateHost(host) && !isLoopbackHost(host);
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
