import type { DocumentConnector } from '../../subjects/document-connectors';
import { matchersOf } from '../../rules/support/ldap-matchers';
import type { Returned, Setup, SetupPlace } from './setup';
import { asked, assigned, command, piped, variable, type Shell, type Word } from './shell';

const LOGIN = variable('LOGIN');
const MEMBERS = variable('MEMBERS');

/** Writes values, one a line, as a filter has them: RFC 4515, section 3. */
const ESCAPED = String.raw`escaped() { sed 's/\\/\\5c/g; s/\*/\\2a/g; s/(/\\28/g; s/)/\\29/g'; }`;

/** Takes the values of an attribute out of LDIF; what is not plain ASCII is there in base64. */
const VALUES = `values() { while IFS= read -r line; do case $line in
  "$1: "*) printf '%s\\n' "\${line#"$1: "}" ;;
  "$1:: "*) printf '%s' "\${line#"$1:: "}" | base64 -d; echo ;;
esac; done; }`;

const RETURNED: readonly Returned[] = [
  { label: 'Host and port', key: 'host', field: 'server' },
  { label: 'DN of the account that searches', key: 'bindDN' },
  { label: 'Password of that account', key: 'bindPW', field: 'bindPassword' },
  { label: 'Base of the people', key: 'userSearch.baseDN', field: 'usersDN' },
  { label: 'Base of the groups', key: 'groupSearch.baseDN', field: 'groupsDN' },
];

/** A directory that Dex searches itself: there is no one to tell of the callback URL. */
export const directorySetup: Setup = {
  title: 'the directory',
  application: 'an account that may search people and groups',
  hasCallback: false,
  entered: ({ connector, hasGroups }) => [
    ['Account that searches', connector.text('bindDN') ?? 'none: Dex searches anonymously'],
    ['It may read of people', [...new Set(userAttributes(connector))].join(', ')],
    ['Below', connector.text('userSearch', 'baseDN') ?? ''],
    ...(hasGroups
      ? ([
          [
            'It may read of groups',
            [
              ...new Set([
                connector.text('groupSearch', 'nameAttr') ?? '',
                ...matchersOf(connector).map(({ groupAttr }) => groupAttr),
              ]),
            ].join(', '),
          ],
          ['Below', connector.text('groupSearch', 'baseDN') ?? ''],
        ] as const)
      : []),
  ],
  steps: ({ connector }) => [
    'Make an account for Dex, or use one that exists; it needs no more than to search and read',
    ...(connector.isOn('insecureNoSSL')
      ? [
          'Passwords of people cross the network in the clear: let the directory speak TLS, and remove insecureNoSSL',
        ]
      : [
          'Give Dex the certificate authority of the directory in rootCA, where its certificate is not of a public one',
        ]),
  ],
  returned: RETURNED,
  look: (place) => ({
    about:
      'Asks the directory what Dex asks it when someone logs in, and shows what it answers: the entry of the person, then those of the groups that name them, as pachkit who --claims takes them. It asks for the password of the account.',
    lines: lookups(place),
  }),
};

function lookups({ connector, hasGroups }: SetupPlace): string[] {
  const name = connector.text('userSearch', 'username') ?? 'uid';
  const person = filter(connector.text('userSearch', 'filter'), name, LOGIN);
  const inPeople = (attributes: readonly string[]): string =>
    search(connector, 'userSearch', person, attributes);
  return [
    asked('LOGIN', 'ada'),
    ESCAPED,
    ...(hasGroups ? [VALUES] : []),
    assigned('LOGIN', piped(command('printf', '%s\\n', LOGIN), 'escaped')),
    inPeople([...new Set(userAttributes(connector))]),
    ...(hasGroups
      ? matchersOf(connector).flatMap(({ userAttr, groupAttr }) => [
          assigned(
            'MEMBERS',
            piped(
              inPeople([userAttr.toLowerCase() === 'dn' ? '1.1' : userAttr]),
              command('values', userAttr.toLowerCase() === 'dn' ? 'dn' : userAttr),
              'escaped',
              command('sed', comparison(groupAttr)),
              command('tr', '-d', '\\n'),
            ),
          ),
          search(
            connector,
            'groupSearch',
            anyOf(connector.text('groupSearch', 'filter'), MEMBERS),
            // A rule behind the attribute is none of its name.
            [connector.text('groupSearch', 'nameAttr') ?? 'cn', groupAttr.split(':', 1)[0] ?? ''],
          ),
        ])
      : []),
  ];
}

/** Puts a line into a comparison with an attribute. */
function comparison(attribute: string): string {
  return `s/.*/(${attribute.replace(/[\\/&]/g, '\\$&')}=&)/`;
}

/** Dex asks once for every value; together it is one question. */
function anyOf(own: string | undefined, comparisons: Shell): Word {
  return own === undefined ? ['(|', comparisons, ')'] : [`(&${own}(|`, comparisons, '))'];
}

/** As Dex puts it together from the filter of the connector and what it looks for. */
function filter(own: string | undefined, attribute: string, value: Shell): Word {
  return own === undefined ? [`(${attribute}=`, value, ')'] : [`(&${own}(${attribute}=`, value, '))'];
}

function search(
  connector: DocumentConnector,
  section: 'userSearch' | 'groupSearch',
  wanted: Word,
  attributes: readonly string[],
): string {
  const bindDN = connector.text('bindDN');
  const words = command(
    ...['ldapsearch', '-x', '-LLL', '-o', 'ldif-wrap=no', '-H', urlOf(connector)],
    ...(connector.isOn('startTLS') ? ['-ZZ'] : []),
    ...(bindDN === undefined ? [] : ['-D', bindDN, '-W']),
    ...['-b', connector.text(section, 'baseDN') ?? '', '-s', connector.text(section, 'scope') ?? 'sub'],
    wanted,
    ...attributes,
  );
  return `${certificateOf(connector)}${words}`;
}

/** The authority, as the file in the container of Dex is called; on the machine of the user it is elsewhere. */
function certificateOf(connector: DocumentConnector): string {
  const file = connector.text('rootCA');
  if (connector.isOn('insecureSkipVerify')) return 'LDAPTLS_REQCERT=never ';
  return file === undefined ? '' : `LDAPTLS_CACERT=${command(file)} `;
}

/** Dex takes ports from how the connection is encrypted where the host has none. */
function urlOf(connector: DocumentConnector): string {
  const host = connector.text('host') ?? '';
  const isPlain = connector.isOn('insecureNoSSL') || connector.isOn('startTLS');
  const hasPort = /:\d+$/.test(host);
  return `${isPlain ? 'ldap' : 'ldaps'}://${host}${hasPort ? '' : isPlain ? ':389' : ':636'}`;
}

function userAttributes(connector: DocumentConnector): string[] {
  const texts = ['username', 'idAttr', 'emailAttr', 'nameAttr', 'preferredUsernameAttr'].flatMap(
    (key) => connector.text('userSearch', key) ?? [],
  );
  return [...texts, ...matchersOf(connector).map(({ userAttr }) => userAttr)].filter(
    (name) => name !== '' && name.toLowerCase() !== 'dn',
  );
}
