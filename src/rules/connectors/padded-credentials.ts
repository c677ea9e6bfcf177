import { isSecretName } from '../../document/mask';
import { documentConnectors } from '../../subjects/document-connectors';
import { nodeAt } from '../../document/source-node';
import type { Subjects } from '../../subjects/subject';
import type { Finding, Rule } from '../rule';

/** What providers give out themselves, without blanks. */
const GIVEN_OUT: ReadonlySet<string> = new Set(['clientID', 'clientSecret']);

/** What is around a string that is compared as it is, and how to have it without. */
interface Padding {
  readonly what: 'a line break' | 'blanks';
  readonly hint: string;
}

function paddingOf(text: string): Padding | undefined {
  if (text === text.trim() || text.trim() === '') return undefined;
  return /^[\r\n]|[\r\n]$/.test(text)
    ? { what: 'a line break', hint: 'write it in one line, or below `|-` in place of `|`' }
    : { what: 'blanks', hint: 'remove the blanks' };
}

type Files = 'dex-config' | 'chart-values' | 'bootstrap-secret';

export const paddedCredentials: Rule<'cluster' | 'connector' | Files> = {
  code: 'DEX053',
  severity: 'warning',
  reads: ['cluster', 'connector', 'dex-config', 'chart-values', 'bootstrap-secret'],
  title: 'Credential with blanks or a line break around it',
  reason:
    'Dex sends client ids, secrets and passwords as they are written. In YAML a string below `|` ends with a line break, and what echo printed into a file has one too: the provider compares it, and refuses every login, `invalid_client` or `Invalid Credentials`. Dex compares ids and secrets of its own clients in the same way. In a cluster document one line break at the end of a secret is not part of it; in files that Pachyderm and Dex read themselves it is.',
  remedy: 'Write the string in one line, or below `|-`.',
  *check(subject) {
    if (subject.kind !== 'cluster' && subject.kind !== 'connector') {
      yield* ofClients(subject);
      if (!subject.knowsAllClients) yield* ofPeers(subject);
      if (subject.kind === 'bootstrap-secret') yield* ofPachd(subject);
      return;
    }
    const isFile = subject.kind === 'connector';
    for (const connector of documentConnectors(subject.document))
      for (const { text, path } of connector.textsWhere((each) => /^\s|\s$/.test(each))) {
        const key = String(path.at(-1));
        const isSecret = isSecretName(key);
        const padding = paddingOf(isSecret && !isFile ? text.replace(/\r?\n$/, '') : text);
        // A password that someone chose may have blanks around it.
        const isPadded = GIVEN_OUT.has(key) || (isSecret && padding?.what === 'a line break');
        if (padding === undefined || !isPadded) continue;
        yield {
          path,
          message: `${key} of "${connector.id}" has ${padding.what} around it, which Dex sends along: the provider refuses every login`,
          hint: padding.hint,
        };
      }
  },
};

/** What Dex says to a string of pachd's own with something around it. */
const AT_DEX: Readonly<Record<string, string>> = {
  client_id: ': `Invalid client_id ("…")`',
  client_secret: ': `invalid_client`',
  redirect_uri: ': `Unregistered redirect_uri ("…")`',
};

function* ofPachd({ ownStrings }: Subjects['bootstrap-secret']): Iterable<Finding> {
  for (const { value, path } of ownStrings) {
    const padding = paddingOf(value);
    const key = String(path.at(-1));
    if (padding)
      yield {
        path,
        message: `\`${key}\` has ${padding.what} around it, which pachd takes as a part of it, and every login fails${AT_DEX[key] ?? ''}`,
        hint: padding.hint,
      };
  }
}

/** Where not all clients are known, of whom the others are told by their names alone. */
function* ofPeers({ clients }: Subjects[Files]): Iterable<Finding> {
  for (const { id, trustedPeers } of clients)
    for (const { value, path } of trustedPeers) {
      const padding = paddingOf(value);
      if (padding)
        yield {
          path,
          message: `The trusted peer "${value.trim()}" of the client "${id.value.trim()}" has ${padding.what} around it, and Dex trusts no client of that name`,
          hint: padding.hint,
        };
    }
}

/** Clients of Dex, in files that are read as they are. */
function* ofClients({ root, clients }: Subjects[Files]): Iterable<Finding> {
  for (const { id, isWritten } of clients)
    for (const key of isWritten ? ['id', 'secret'] : []) {
      const path = [...id.path.slice(0, -1), key];
      const text = nodeAt(root, path)?.scalar;
      const padding = typeof text === 'string' ? paddingOf(text) : undefined;
      if (padding === undefined) continue;
      yield {
        path,
        message: `The ${key} of the client "${id.value.trim()}" has ${padding.what} around it: a client that sends it without is refused, \`invalid_client\``,
        hint: padding.hint,
      };
    }
}
