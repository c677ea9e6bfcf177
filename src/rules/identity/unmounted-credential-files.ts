import { documentConnectors, textsIn } from '../support/document-connectors';
import type { Rule } from '../rule';

/** Where pachd has the files of the Secret that identity.credentialFilesSecretName names. */
const DIRECTORY = '/dexcreds/';

export const unmountedCredentialFiles: Rule = {
  code: 'IDN010',
  severity: 'error',
  title: 'File of a connector that is not mounted',
  reason:
    'Connectors read certificates and keys from files in the pod of pachd. /dexcreds/ is where the Secret identity.credentialFilesSecretName is mounted; without it the directory does not exist, the connector cannot be opened ("open …: no such file or directory"), and pachd does not start.',
  remedy: 'Put the files into a Secret and name it in identity.credentialFilesSecretName.',
  *check({ document, cluster }) {
    if (cluster.identity.credentialFilesSecretName !== undefined) return;
    for (const { id, path } of documentConnectors(document)) {
      const { config } = document.identity?.connectors?.[Number(path[2])] ?? {};
      for (const { text, path: at } of textsIn(config, [...path, 'config']))
        if (text.startsWith(DIRECTORY))
          yield {
            path: at,
            message: `Nothing is mounted at ${DIRECTORY}, so the connector "${id}" cannot be opened: \`open ${text}: no such file or directory\``,
            hint: 'name the Secret that holds the file in identity.credentialFilesSecretName',
          };
    }
  },
};
