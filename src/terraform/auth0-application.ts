import { Construct } from 'constructs';
import { isConnectionID } from '../model/auth0-connections';
import type { Auth0 } from '../model/cluster';
import type { ITerraformDependable } from './cdktf';
import { logicalName } from './logical-name';
import { allowAction, groupsAction } from './login-actions';
import {
  Auth0Action,
  Auth0Client,
  Auth0ClientCredentials,
  Auth0Connection,
  Auth0ConnectionClient,
  Auth0Organization,
  Auth0OrganizationConnection,
  Auth0Provider,
  Auth0Role,
  Auth0TriggerAction,
  Auth0User,
  Auth0UserRole,
  ExistingAuth0Connection,
} from './resources';
import { withTemplateTexts } from './template-text';
import { declareClientSecret, declarePasswords } from './declare-secrets';

/** What an application at Auth0 is made of. */
export interface Auth0ApplicationProps {
  /** The `auth0` section of a cluster, resolved. */
  readonly auth0: Auth0;
  /** Name of the cluster; the Actions are named after it. */
  readonly clusterName: string;
  /**
   * The client secret as a reference to an ephemeral value. It has to be that of the cluster's connector.
   * @default - an ephemeral variable, `auth0_client_secret` behind the id of this construct; with `clientSecretFrom: state`
   * Auth0 makes the secret
   */
  readonly clientSecret?: string;
  /**
   * The passwords of `auth0.users` by e-mail address in lowercase, as references to values.
   * @default - a variable for each of them
   */
  readonly passwords?: Readonly<Record<string, string>>;
}

/** Seconds that an ID token of Auth0 is valid; Dex looks at it once, at the login. Auth0's own default. */
const ID_TOKEN_SECONDS = 36_000;

/**
 * An application at Auth0 that Dex's connector of type oidc logs people in with, and everything that belongs to it. Every
 * resource adds to the tenant; none takes over a list that others may have entries in. A stack without a provider for
 * Auth0 gets one; one of its own has to be there before this construct.
 */
export class Auth0Application extends Construct {
  readonly client: Auth0Client;
  readonly credentials: Auth0ClientCredentials;
  readonly #auth0: Auth0;
  /** Connections that have been referred to, by the name in the document. */
  readonly #connections = new Map<string, Auth0Connection | ExistingAuth0Connection>();

  constructor(scope: Construct, id: string, props: Auth0ApplicationProps) {
    super(scope, id);
    this.#auth0 = withTemplateTexts(props.auth0);
    const { tenantDomain, terraform } = props.auth0;
    Auth0Provider.provide(this, { domain: tenantDomain, version: terraform.providerVersion });
    this.client = this.#createClient();
    this.credentials = this.#createCredentials(
      props.clientSecret ?? declareClientSecret(this, props.auth0)?.stringValue,
    );
    const enabled = this.#enableConnections();
    this.#createActions(props);
    this.#createOrganizations();
    const roles = this.#createRoles(props.auth0);
    this.#createUsers(props, roles, enabled);
  }

  #createClient(): Auth0Client {
    const { application, organizations } = this.#auth0;
    const { refreshToken } = application;
    const client = new Auth0Client(this, 'application', {
      name: application.name,
      description: application.description,
      appType: 'regular_web',
      callbacks: application.callbackURLs,
      allowedLogoutUrls: application.logoutURLs,
      allowedOrigins: [],
      webOrigins: [],
      grantTypes: ['authorization_code', 'refresh_token'],
      oidcConformant: true,
      isFirstParty: true,
      crossOriginAuth: false,
      ssoDisabled: false,
      isTokenEndpointIpHeaderTrusted: false,
      organizationUsage: organizations.usage,
      organizationRequireBehavior: organizations.requireBehavior,
      skipNonVerifiableCallbackUriConfirmationPrompt: application.confirmsUnverifiableCallbacks
        ? 'false'
        : 'true',
      jwtConfiguration: { alg: 'RS256', lifetimeInSeconds: ID_TOKEN_SECONDS },
      refreshToken: {
        rotationType: refreshToken.rotation,
        expirationType: 'expiring',
        leeway: refreshToken.leewaySeconds,
        tokenLifetime: refreshToken.lifetimeSeconds,
        infiniteTokenLifetime: false,
        idleTokenLifetime: refreshToken.idleLifetimeSeconds,
        infiniteIdleTokenLifetime: false,
      },
    });
    if (application.provision === 'import' && application.clientID !== undefined)
      client.importFrom(application.clientID);
    return client;
  }

  #createCredentials(clientSecret: string | undefined): Auth0ClientCredentials {
    const { authenticationMethod, clientSecretVersion } = this.#auth0.application;
    return new Auth0ClientCredentials(this, 'application_credentials', {
      clientId: this.client.id,
      authenticationMethod,
      ...(clientSecret === undefined
        ? {}
        : { clientSecretWo: clientSecret, clientSecretWoVersion: clientSecretVersion }),
    });
  }

  /** Lets the application use its connections, and says by which resource, for what has to come later. */
  #enableConnections(): Map<string, ITerraformDependable> {
    const { connections, database } = this.#auth0;
    if (database !== undefined)
      this.#connections.set(
        database.name,
        new Auth0Connection(this, 'database', {
          name: database.name,
          strategy: 'auth0',
          options: {
            disableSignup: !database.signUp,
            bruteForceProtection: true,
            passwordPolicy: database.passwordPolicy,
            requiresUsername: false,
          },
        }),
      );
    const names = [...(database === undefined ? [] : [database.name]), ...connections];
    return new Map(
      [...new Set(names)].map((name) => [
        name,
        new Auth0ConnectionClient(this, `connection_${logicalName(name)}`, {
          connectionId: this.#connectionID(name),
          clientId: this.client.id,
        }),
      ]),
    );
  }

  #connectionID(name: string): string {
    const known = this.#connections.get(name);
    if (known) return known.id;
    if (isConnectionID(name)) return name;
    const existing = new ExistingAuth0Connection(this, `existing_${logicalName(name)}`, {
      name,
      skipEnabledClients: true,
    });
    this.#connections.set(name, existing);
    return existing.id;
  }

  #createActions({ auth0, clusterName }: Auth0ApplicationProps): void {
    const { allow, groups } = auth0;
    const denied =
      allow && this.#bindAction('allow', `${clusterName}-allow`, allowAction(this.client.id, allow));
    if (groups)
      this.#bindAction('groups', `${clusterName}-groups`, groupsAction(this.client.id, groups), denied);
  }

  /** Makes an Action and appends it to the post-login flow, after the binding of the one before it. */
  #bindAction(id: string, name: string, code: string, previous?: Auth0TriggerAction): Auth0TriggerAction {
    const action = new Auth0Action(this, `${id}_action`, {
      name,
      code,
      deploy: true,
      runtime: 'node22',
      supportedTriggers: { id: 'post-login', version: 'v3' },
    });
    return new Auth0TriggerAction(this, `${id}_binding`, {
      trigger: 'post-login',
      actionId: action.id,
      displayName: name,
      ...(previous === undefined ? {} : { dependsOn: [previous] }),
    });
  }

  #createOrganizations(): void {
    for (const { name, displayName, connections, assignMembershipOnLogin } of this.#auth0.organizations
      .create) {
      const part = logicalName(name);
      const organization = new Auth0Organization(this, `organization_${part}`, { name, displayName });
      for (const connection of connections)
        new Auth0OrganizationConnection(this, `member_connection_${logicalName(`${name}/${connection}`)}`, {
          organizationId: organization.id,
          connectionId: this.#connectionID(connection),
          assignMembershipOnLogin,
        });
    }
  }

  #createRoles(written: Auth0): Map<string, Auth0Role> {
    return new Map(
      written.roles.map((role) => [
        role.name,
        new Auth0Role(this, `role_${logicalName(role.name)}`, withTemplateTexts(role)),
      ]),
    );
  }

  #createUsers(
    { auth0, passwords: given }: Auth0ApplicationProps,
    roles: ReadonlyMap<string, Auth0Role>,
    enabled: ReadonlyMap<string, ITerraformDependable>,
  ): void {
    const declared = given ? undefined : declarePasswords(this, auth0);
    for (const user of auth0.users) {
      const password = given?.[user.email] ?? declared?.get(user.email)?.stringValue;
      if (password === undefined || user.connection === undefined) continue;
      const connection = this.#connections.get(user.connection);
      const enabling = enabled.get(user.connection);
      const part = logicalName(user.email);
      const created = new Auth0User(this, `user_${part}`, {
        connectionName: connection instanceof Auth0Connection ? connection.name : user.connection,
        ...withTemplateTexts({
          email: user.email,
          emailVerified: user.emailVerified,
          ...(user.name === undefined ? {} : { name: user.name }),
        }),
        password,
        // Its users go with a database. An id, because a reference to the whole would follow each change of a setting.
        ...(connection instanceof Auth0Connection
          ? {
              lifecycle: {
                replaceTriggeredBy: [`${Auth0Connection.tfResourceType}.${connection.friendlyUniqueId}.id`],
              },
            }
          : {}),
        // Auth0 refuses users of a connection that no application uses.
        ...(enabling === undefined ? {} : { dependsOn: [enabling] }),
      });
      for (const name of user.roles) {
        const role = roles.get(name);
        if (role)
          new Auth0UserRole(this, `user_role_${logicalName(`${user.email}/${name}`)}`, {
            userId: created.id,
            roleId: role.id,
          });
      }
    }
  }
}
