import type { Keycloak } from '../model/cluster';

/** Variables of the environment that the files name in the place of secrets; Keycloak puts them in when it imports a realm. */
export const CLIENT_SECRET = 'KEYCLOAK_CLIENT_SECRET';

/** The variable with the password of a user, by the position in the document. */
export function passwordVariable(position: number): string {
  return `KEYCLOAK_PASSWORD_${position + 1}`;
}

/** A mapper that puts something into a claim of the ID token. */
type Mapper = Readonly<Record<string, unknown>>;

/** A client as the Admin REST API of Keycloak has it (ClientRepresentation), without its secret. */
export interface KeycloakClient {
  readonly clientId: string;
  readonly name: string;
  readonly protocol: 'openid-connect';
  readonly enabled: boolean;
  readonly publicClient: boolean;
  readonly clientAuthenticatorType: 'client-secret';
  readonly standardFlowEnabled: boolean;
  readonly implicitFlowEnabled: boolean;
  readonly directAccessGrantsEnabled: boolean;
  readonly serviceAccountsEnabled: boolean;
  readonly fullScopeAllowed: boolean;
  readonly redirectUris: readonly string[];
  readonly webOrigins: readonly string[];
  readonly protocolMappers: readonly Mapper[];
}

/** The client of a cluster. */
export function keycloakClient(
  { clientID, groups, redirectURIs }: Keycloak,
  cluster: string,
): KeycloakClient {
  return {
    clientId: clientID,
    name: `Pachyderm ${cluster}`,
    protocol: 'openid-connect',
    enabled: true,
    publicClient: false,
    clientAuthenticatorType: 'client-secret',
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    // Realm roles are in no token of a client without this or a mapping of its own.
    fullScopeAllowed: groups?.from === 'roles',
    redirectUris: redirectURIs,
    webOrigins: [],
    protocolMappers: groups === undefined ? [] : [mapperOf(groups)],
  };
}

/** A realm with the client, the groups that roles are bound to, and users to try a login with (RealmRepresentation). */
export function keycloakRealm(section: Keycloak, cluster: string): Readonly<Record<string, unknown>> {
  const { groups, realm, users } = section;
  const wanted = [...new Set([...section.boundGroups, ...users.flatMap((user) => user.groups)])]
    // Keycloak would take it for a variable of its environment.
    .filter((name) => !name.includes('${'))
    .sort();
  return {
    realm,
    enabled: true,
    // Everyone but the machine itself has to come over TLS.
    sslRequired: 'external',
    registrationAllowed: false,
    bruteForceProtected: true,
    ...(groups?.from === 'roles' ? { roles: { realm: wanted.map((name) => ({ name })) } } : {}),
    ...(groups?.from === 'groups' ? { groups: keycloakGroups(wanted, groups.fullPath) } : {}),
    clients: [{ ...keycloakClient(section, cluster), secret: placeholder(CLIENT_SECRET) }],
    users: users.map((user, position) => ({
      username: user.email,
      email: user.email,
      // Dex refuses people whose address is not verified.
      emailVerified: true,
      enabled: true,
      firstName: user.firstName,
      lastName: user.lastName,
      credentials: [{ type: 'password', value: placeholder(passwordVariable(position)), temporary: false }],
      ...(groups?.from === 'roles' ? { realmRoles: user.groups } : {}),
      ...(groups?.from === 'groups'
        ? { groups: user.groups.map((name) => `/${pathOf(name, groups.fullPath).join('/')}`) }
        : {}),
    })),
  };
}

function placeholder(name: string): string {
  return `\${${name}}`;
}

function mapperOf({ from, fullPath }: NonNullable<Keycloak['groups']>): Mapper {
  const inTokens = {
    'claim.name': 'groups',
    'id.token.claim': 'true',
    'userinfo.token.claim': 'true',
    'access.token.claim': 'false',
  };
  return from === 'groups'
    ? {
        name: 'groups',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-group-membership-mapper',
        config: { ...inTokens, 'full.path': String(fullPath) },
      }
    : {
        name: 'groups',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-usermodel-realm-role-mapper',
        config: { ...inTokens, multivalued: 'true', 'jsonType.label': 'String' },
      };
}

/** The steps of a group: with full paths a slash leads into a group, else it is a part of the name. */
function pathOf(name: string, isPath: boolean): readonly string[] {
  return isPath ? name.split('/').filter((step) => step !== '') : [name];
}

/** A group of a realm and those in it. */
export interface KeycloakGroup {
  readonly name: string;
  readonly subGroups: KeycloakGroup[];
}

/** The groups with these names, or paths, each once. */
export function keycloakGroups(names: readonly string[], fullPath: boolean): readonly KeycloakGroup[] {
  return groupTree(names.map((name) => pathOf(name, fullPath)));
}

function groupTree(paths: readonly (readonly string[])[]): readonly KeycloakGroup[] {
  const tree: KeycloakGroup[] = [];
  for (const path of paths) {
    let level = tree;
    for (const name of path) {
      let group = level.find((each) => each.name === name);
      if (group === undefined) level.push((group = { name, subGroups: [] }));
      level = group.subGroups;
    }
  }
  return tree;
}
