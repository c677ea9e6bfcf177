import { isSecretName } from '../../document/mask';
import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

/** What providers give out themselves, without blanks. */
const GIVEN_OUT: ReadonlySet<string> = new Set(['clientID', 'clientSecret']);

export const paddedCredentials: ConnectorRule = {
  code: 'DEX053',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Credential with blanks or a line break around it',
  reason:
    'Dex sends client ids, secrets and passwords as they are written. In YAML a string below `|` ends with a line break, and what echo printed into a file has one too: the provider compares it, and refuses every login, `invalid_client` or `Invalid Credentials`. In a cluster document one line break at the end of a secret is not part of it; in files that Pachyderm and Dex read themselves it is.',
  remedy: 'Write the string in one line, or below `|-`.',
  *check(subject) {
    const isFile = subject.kind === 'connector';
    for (const connector of documentConnectors(subject.document))
      for (const { text, path } of connector.textsWhere((each) => /^\s|\s$/.test(each))) {
        const key = String(path.at(-1));
        const isSecret = isSecretName(key);
        const padded = isSecret && !isFile ? text.replace(/\r?\n$/, '') : text;
        if (padded.trim() === '' || !(isSecret || GIVEN_OUT.has(key))) continue;
        const isLine = /^[\r\n]|[\r\n]$/.test(padded);
        if (!isLine && !(GIVEN_OUT.has(key) && /^\s|\s$/.test(padded))) continue;
        yield {
          path,
          message: `${key} of "${connector.id}" has ${isLine ? 'a line break' : 'blanks'} around it, which Dex sends along: the provider refuses every login`,
          hint: isLine ? 'write it in one line, or below `|-` in place of `|`' : 'remove the blanks',
        };
      }
  },
};
