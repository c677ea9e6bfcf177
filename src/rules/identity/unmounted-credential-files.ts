import { posix } from 'node:path';
import type { ConnectorType } from '../../connectors/connector-types';
import type { PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import type { Cluster } from '../../model/cluster';
import { CREDENTIAL_FILES_DIRECTORY } from '../../model/credential-files';
import { fileKeyNamed, takesText } from '../support/credential-files';
import { googleDirectory } from '../support/group-delivery';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { productOf, type Target } from '../../releases/target';
import type { ConnectorRule } from '../rule';

const DIRECTORY = `${CREDENTIAL_FILES_DIRECTORY}/`;

/** What begins the paths of files of the image, of Kubernetes, and of Secrets that are mounted for something else. */
const OTHER_DIRECTORIES = [
  '/etc/ssl/certs/',
  '/etc/ssl/cert.pem',
  '/usr/share/ca-certificates/',
  '/var/run/secrets/',
  '/run/secrets/',
];
const OTHER_DIRECTORIES_OF_DEX = ['/etc/dex/', '/etc/dex-postgres/'];
/** A path that begins where a program was started: with a dot or a tilde before its first slash, or with the extension of such a file. */
const RELATIVE_PATH = /^(\.\.?\/|~\/|[\w-][\w./-]*\.(pem|crt|cer|key|json|ca-bundle)$)/i;

const OTHER_DIRECTORIES_OF_PACHD = ['/pach/', '/pachd-tls-cert/', '/pachyderm-storage-secret/'];

export const unmountedCredentialFiles: ConnectorRule = {
  code: 'IDN010',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'File of a connector that is not mounted',
  reason:
    'Connectors read certificates and keys from files in the pod that runs Dex: that of pachd, or with identity.dex: standalone its own. /dexcreds/ is where the Secret identity.credentialFilesSecretName is mounted, and the only place for files of yours. A connector whose file is missing cannot be opened ("open …: no such file or directory"), and pachd, or Dex up to 2.44, does not start.',
  remedy:
    'Put the files into a Secret, name it in identity.credentialFilesSecretName, and write /dexcreds/FILE. An image of your own, with files in it, may have them anywhere.',
  *check({ document, cluster, target }) {
    // A Dex of one's own may have files anywhere; the chart mounts no other Secret for the one in pachd.
    if (!cluster && productOf(target) !== 'pachyderm') return;
    const isMounted = !cluster || cluster.identity.credentialFilesSecretName !== undefined;
    const ignored = [
      ...(isMounted ? [DIRECTORY] : []),
      ...OTHER_DIRECTORIES,
      ...(cluster?.dex ? OTHER_DIRECTORIES_OF_DEX : OTHER_DIRECTORIES_OF_PACHD),
    ];
    for (const connector of documentConnectors(document)) {
      const { id, type } = connector;
      for (const { text, path: at } of connector.textsWhere(isPath)) {
        if (ignored.some((directory) => text.startsWith(directory))) continue;
        const isInSecret = text.startsWith(DIRECTORY);
        if (!isInSecret && (keyOf(at) === undefined || hasOwnImage(document, cluster))) continue;
        if (isUnread(connector, keyOf(at)?.name ?? String(at.at(-1)), target)) continue;
        const server = cluster?.dex ? 'Dex' : 'pachd';
        yield {
          path: at,
          message: `${
            text.startsWith('/')
              ? `Nothing is mounted at ${posix.dirname(text).replace(/\/?$/, '/')} in the pod of ${server}`
              : `${text} is looked for in the pod of ${server}, in the folder that it starts in`
          }, so the connector "${id}" cannot be opened: \`${errorOf(cluster, type, at, text)}\``,
          hint: isInSecret
            ? 'name the Secret that holds the file in identity.credentialFilesSecretName'
            : `put the file into ${secretOf(cluster)}, and write ${DIRECTORY}${posix.basename(text)}`,
        };
      }
    }
  },
};

function isPath(text: string): boolean {
  return text.startsWith('/') || RELATIVE_PATH.test(text);
}

/** Where a file has to be put, in words. */
function secretOf(cluster: Cluster | undefined): string {
  if (!cluster) return 'the Secret that oidc.dexCredentialSecretName of the chart names';
  const name = cluster.identity.credentialFilesSecretName;
  return name === undefined
    ? 'a Secret, name it in identity.credentialFilesSecretName'
    : `the Secret ${name}`;
}

/** The key of a string, or of the list that it is in, when its value is the path of a file. */
function keyOf(path: readonly PathStep[]): ReturnType<typeof fileKeyNamed> {
  return fileKeyNamed(String(path.findLast((step) => typeof step === 'string')));
}

/** Whether Dex opens no file of the key: it takes no path, or another setting decides. Other rules say what that means. */
function isUnread(connector: DocumentConnector, key: string, target: Target): boolean {
  const isGiven = (other: string): boolean => connector.text(other) !== undefined;
  if (/^(ca|rootCA)Data$/i.test(key)) return true;
  if (connector.type === 'google')
    return key === 'serviceAccountFilePath' && googleDirectory(connector, target) === 'unasked';
  if (connector.type !== 'ldap') return false;
  return (
    (key === 'rootCA' && isGiven('rootCAData')) ||
    (key === 'clientCert' && !isGiven('clientKey')) ||
    (key === 'clientKey' && !isGiven('clientCert'))
  );
}

/** Whether the image is one of the user's, in which there may be any file. */
function hasOwnImage({ dex, pachd }: ClusterDocument, cluster: Cluster | undefined): boolean {
  return (cluster?.dex ? dex?.image?.repository : pachd?.image?.repository) !== undefined;
}

function errorOf(
  cluster: Cluster | undefined,
  type: ConnectorType,
  path: readonly PathStep[],
  file: string,
): string {
  const dex = cluster?.dex;
  return dex && takesText(dex.target, type, keyOf(path))
    ? 'is not in PEM format, certificate must be a PEM encoded string'
    : `open ${file}: no such file or directory`;
}
