import { lostComma, parseDN } from '../connectors/ldap-dn';
import type { SchemaPart } from '../schema/schema-at';
import { choice, file, hostName, line, port, secret } from './fields';
import { From, type Derived, type DerivedSettings, type FieldProblem, type Given } from './provider';

/** Ports of a directory by how it is spoken to. */
const PORTS: Readonly<Record<string, number>> = { ldaps: 636, startTLS: 389, none: 389 };

/** The fields of every provider that is a directory; `account` is an example of who searches it. */
export function directoryFields(server: string, account: string): Readonly<Record<string, SchemaPart>> {
  return {
    server: hostName('Host of the directory.', server),
    port: port('Port of the directory. Default: 636 with ldaps, else 389.'),
    encryption: choice(
      'How the connection is encrypted. ldaps: from the start, on port 636. startTLS: on port 389. none: passwords can be read on the network.',
      ['ldaps', 'startTLS', 'none'],
      'ldaps',
    ),
    ca: file(
      'Path of a PEM file with the certificate authority of the directory, in the container of Dex: /dexcreds/ has the files of identity.credentialFilesSecretName.',
      '/dexcreds/ldap-ca.pem',
    ),
    bindDN: line('Account that searches the directory.', account),
    bindPassword: secret('Password of that account.'),
  };
}

/** Their words. */
export const DIRECTORY_WORDS: Readonly<Record<string, string>> = {
  host: 'server',
  rootCA: 'ca',
  bindPW: 'bindPassword',
  insecureNoSSL: 'encryption: none',
  startTLS: 'encryption: startTLS',
  'startTLS: true': 'encryption: startTLS',
};

/** How the directory is reached, in settings of Dex. */
export function reached(given: Given): DerivedSettings {
  const encryption = given.text('encryption') ?? 'ldaps';
  const number = given.text('port') ?? String(PORTS[encryption] ?? PORTS['ldaps']);
  return {
    host: new From('server', `${given.text('server') ?? ''}:${number}`),
    ...(encryption === 'startTLS' ? { startTLS: new From('encryption', true) } : {}),
    ...(encryption === 'none' ? { insecureNoSSL: new From('encryption', true) } : {}),
    rootCA: given.unchanged('ca'),
    bindDN: given.unchanged('bindDN'),
    bindPW: given.unchanged('bindPassword'),
  };
}

/** What is wrong with how the directory is reached. */
export function reachProblems(given: Given): FieldProblem[] {
  const encryption = given.text('encryption') ?? 'ldaps';
  const number = Number(given.text('port') ?? 0);
  const wrong = encryption === 'ldaps' ? [389, 3268] : [636, 3269];
  return wrong.includes(number)
    ? [
        {
          field: 'port',
          message: `Port ${number} and encryption: ${encryption} do not go together: ${encryption === 'ldaps' ? 'a TLS handshake gets no answer there' : 'the directory waits for a TLS handshake there'}`,
          hint: `remove port, or write encryption: ${encryption === 'ldaps' ? 'startTLS' : 'ldaps'}`,
        },
      ]
    : [];
}

/** Attributes of entries inside a directory: the name of a whole one has others too. */
const INNER = /^(ou|cn)$/i;

/** Fields that are a part of a DN alone, where searches begin at a whole one. */
export function baseProblems(given: Given, base: string): FieldProblem[] {
  return ['usersDN', 'groupsDN'].flatMap((field): FieldProblem[] => {
    const written = given.text(field) ?? '';
    const parts = parseDN(written)?.flat() ?? [];
    // It may be a whole one but for a comma, which is what the rules about searches say.
    if (lostComma(written) !== undefined) return [];
    if (parts.length === 0 || !parts.every(({ type }) => INNER.test(type))) return [];
    return [
      {
        field,
        message: `${written} is a part of a DN, and searches begin at a whole one: \`LDAP Result Code 32 "No Such Object"\``,
        hint: `write ${written},${base}`,
        replaceWith: `${written},${base}`,
      },
    ];
  });
}

/** An account that is not named by its DN, which directories but Active Directory do not know. */
export function accountProblems(given: Given, example: string): FieldProblem[] {
  const account = given.text('bindDN') ?? '';
  return account === '' || account.includes('=')
    ? []
    : [
        {
          field: 'bindDN',
          message: `"${account}" is not a DN, and the directory refuses it: \`LDAP Result Code 34 "Invalid DN Syntax"\``,
          hint: `write the DN of the account, such as ${example}`,
        },
      ];
}

/** The base DN of a domain: `DC=acme,DC=com`. */
export function baseOf(domain: string, attribute = 'dc'): string {
  return domain
    .toLowerCase()
    .split('.')
    .map((label) => `${attribute}=${label}`)
    .join(',');
}

/** The domain that a base DN is of: `corp.acme.com` of `DC=corp,DC=acme,DC=com`. */
export function domainOf(written: string): string | undefined {
  const parts = parseDN(written)?.flat() ?? [];
  const labels = parts.filter(({ type }) => /^dc$/i.test(type)).map(({ value }) => value);
  return labels.length === 0 ? undefined : labels.join('.');
}

/** A field when the document has it, else what follows from another. */
export function orElse(given: Given, field: string, from: string, value: string): Derived {
  return given.unchanged(field) ?? new From(from, value);
}
