import type { DocumentConnector } from '../../subjects/document-connectors';
import { matchersOf } from '../../rules/support/ldap-matchers';
import type { Returned, Setup, SetupPlace } from './setup';
import { asked, assigned, command, piped, variable, type Shell, type Word } from './shell';

const LOGIN = variable('LOGIN');
const MEMBER = variable('MEMBER');

/** What a value has to be written as in a filter: RFC 4515, section 3. */
const ESCAPED = String.raw`s/\\/\\5c/g; s/\*/\\2a/g; s/(/\\28/g; s/)/\\29/g`;

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
      'Asks the directory what Dex asks it when someone logs in, and shows what it answers: the entry of the person, then those of the groups that name them, as pachkit who --claims takes them. It asks for the password of the account. Values after two colons are in base64: decode them before they go on into a search.',
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
    inPeople([...new Set(userAttributes(connector))]),
    ...(hasGroups
      ? matchersOf(connector).flatMap(({ userAttr, groupAttr }) => [
          assigned(
            'MEMBER',
            piped(
              inPeople([userAttr.toLowerCase() === 'dn' ? '1.1' : userAttr]),
              command('sed', '-n', valueLine(userAttr)),
              command('head', '-n', '1'),
              command('sed', ESCAPED),
            ),
          ),
          search(
            connector,
            'groupSearch',
            filter(connector.text('groupSearch', 'filter'), groupAttr, MEMBER),
            // A rule behind the attribute is none of its name.
            [connector.text('groupSearch', 'nameAttr') ?? 'cn', groupAttr.split(':', 1)[0] ?? ''],
          ),
        ])
      : []),
  ];
}

/** As Dex puts it together from the filter of the connector and what it looks for. */
function filter(own: string | undefined, attribute: string, value: Shell): Word {
  return own === undefined ? [`(${attribute}=`, value, ')'] : [`(&${own}(${attribute}=`, value, '))'];
}

/** A line of ldapsearch with this attribute, in the case that Dex looks for. */
function valueLine(attribute: string): string {
  return `s/^${attribute.toLowerCase() === 'dn' ? 'dn' : attribute.replace(/[^\w-]/g, '\\$&')}: //p`;
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
