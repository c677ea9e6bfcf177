import { readUrl } from '../../model/url-text';
import { groupsClaimOf } from '../../rules/support/group-names';
import { applicationName, forGroups, type Setup, type SetupPlace } from './setup';
import { assigned, command, variable } from './shell';

const CLIENT_ID = variable('CLIENT_UUID');

/** A realm of Keycloak. */
export const keycloakSetup: Setup = {
  title: 'Keycloak',
  application: 'a client with client authentication and standard flow',
  groups: (connector) =>
    `a mapper of type Group Membership for the claim ${groupsClaimOf(connector)}; with Full group path on, names begin with /`,
  entered: (place) => [
    ['Client type', 'OpenID Connect'],
    ['Client ID', clientOf(place)],
    ['Client authentication', 'On'],
    ['Authentication flow', 'Standard flow alone'],
    ['Valid redirect URIs', place.callback],
    ...forGroups(
      place,
      ['Mapper', 'Group Membership, name groups'] as const,
      ['Token Claim Name', groupsClaimOf(place.connector)] as const,
      ['Full group path', 'Off'] as const,
      ['Add to ID token', 'On'] as const,
    ),
  ],
  steps: (place) => [
    `In the admin console, in the realm ${realmOf(place).realm}: Clients > Create client, with the values above`,
    ...forGroups(
      place,
      `Client scopes > ${clientOf(place)}-dedicated > Add mapper > By configuration > Group Membership, with the values above`,
    ),
    ...ownScopes(place).map(
      (scope) =>
        `Client scopes > Create client scope: ${scope}, and Clients > ${clientOf(place)} > Client scopes > Add client scope: Keycloak refuses logins with a scope that the client does not have (invalid_scope)`,
    ),
    'Give every user an address, and set Email verified: Dex wants both',
    'Credentials shows the client secret',
  ],
  returned: [
    { label: 'Client ID', key: 'clientID' },
    { label: 'Client Secret, under Credentials', key: 'clientSecret' },
    { label: 'URL of Keycloak, followed by /realms/ and the realm', key: 'issuer' },
    { label: 'URL of Keycloak, without /realms', field: 'url' },
    { label: 'Name of the realm', field: 'realm' },
  ],
  commands: (place) => {
    const { base, realm } = realmOf(place);
    const ofRealm = ['-r', realm];
    return {
      about:
        "kcadm.sh, in the bin folder of Keycloak, makes the client; the last command prints its secret. The account of the first line may manage the realm's clients.",
      lines: [
        command(
          'kcadm.sh',
          'config',
          'credentials',
          '--server',
          base,
          '--realm',
          'master',
          '--user',
          'admin',
        ),
        assigned(
          'CLIENT_UUID',
          command(
            ...['kcadm.sh', 'create', 'clients', ...ofRealm, '-i'],
            ...['-s', `clientId=${clientOf(place)}`, '-s', `name=${applicationName(place)}`],
            ...[
              '-s',
              'protocol=openid-connect',
              '-s',
              'publicClient=false',
              '-s',
              'standardFlowEnabled=true',
            ],
            ...['-s', 'implicitFlowEnabled=false', '-s', 'directAccessGrantsEnabled=false'],
            ...['-s', `redirectUris=${JSON.stringify([place.callback])}`],
          ),
        ),
        ...forGroups(
          place,
          command(
            'kcadm.sh',
            'create',
            ['clients/', CLIENT_ID, '/protocol-mappers/models'],
            ...ofRealm,
            ...['-s', 'name=groups', '-s', 'protocol=openid-connect'],
            ...['-s', 'protocolMapper=oidc-group-membership-mapper'],
            ...[
              '-s',
              `config."claim.name"=${groupsClaimOf(place.connector)}`,
              '-s',
              'config."full.path"=false',
            ],
            ...['-s', 'config."id.token.claim"=true', '-s', 'config."userinfo.token.claim"=true'],
          ),
        ),
        ...ownScopes(place).flatMap((scope, index) => {
          const id = `SCOPE_${index + 1}_UUID`;
          return [
            assigned(
              id,
              command(
                ...['kcadm.sh', 'create', 'client-scopes', ...ofRealm, '-i'],
                ...['-s', `name=${scope}`, '-s', 'protocol=openid-connect'],
              ),
            ),
            command(
              ...['kcadm.sh', 'update'],
              ['clients/', CLIENT_ID, '/optional-client-scopes/', variable(id)],
              ...ofRealm,
            ),
          ];
        }),
        command(
          'kcadm.sh',
          'get',
          ['clients/', CLIENT_ID, '/client-secret'],
          ...ofRealm,
          ...['--fields', 'value', '--format', 'csv', '--noquotes'],
        ),
      ],
    };
  },
};

/** Scopes that every realm has, and that new clients get. */
const OF_EVERY_REALM = new Set([
  ...['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'roles', 'web-origins'],
  ...['microprofile-jwt', 'acr', 'basic', 'organization'],
]);

/** Scopes of the connector that someone has to make. */
function ownScopes({ connector }: SetupPlace): readonly string[] {
  return [...new Set(connector.scopes())].filter((scope) => scope !== '' && !OF_EVERY_REALM.has(scope));
}

function clientOf({ connector }: SetupPlace): string {
  return connector.text('clientID') ?? 'pachyderm';
}

/** Where Keycloak is, and the realm. */
function realmOf({ connector }: SetupPlace): { readonly base: string; readonly realm: string } {
  const { origin, path } = readUrl(connector.text('issuer') ?? '');
  const [, before = '', realm = ''] = /^(.*)\/realms\/([^/]+)/.exec(path) ?? [];
  return { base: origin + before, realm: decoded(realm) };
}

/** The realm by its name, where the URL has it with escapes. */
function decoded(realm: string): string {
  try {
    return decodeURIComponent(realm);
  } catch {
    return realm;
  }
}
