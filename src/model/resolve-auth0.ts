import type { JsonValue } from '../document/source-node';
import type { Auth0, Auth0User, Connector, TerraformBackendSettings } from './cluster';
import { splitUrl } from './go-path';
import type { ResolveContext } from './resolve-context';
import { existingSecret, ReferredSecret, type SecretReference } from './secret';
import { isGenerated } from './secret-reader';
import { isStandalone } from './standalone';
import type { ClusterUrls } from './urls';

/** Versions of the provider that the resources of `src/terraform` are written for. */
const PROVIDER_VERSION = '~> 1.55';

const LOCAL_STATE = 'terraform.tfstate';

/** The `auth0` section with its defaults; undefined when the document has none. */
export function resolveAuth0(context: ResolveContext, urls: ClusterUrls): Auth0 | undefined {
  const given = context.document.auth0;
  if (!given) return undefined;
  const { allow, database, groups, organizations } = given;
  return {
    domain: given.domain,
    tenantDomain: given.terraform?.tenantDomain ?? given.domain,
    application: resolveApplication(context, urls),
    connectorID: given.connector?.id ?? 'auth0',
    ...(groups === undefined ? {} : { groups }),
    connections: given.connections ?? [],
    ...(database === undefined
      ? {}
      : {
          database: {
            name: database.name,
            signUp: database.signUp ?? false,
            passwordPolicy: database.passwordPolicy ?? 'good',
          },
        }),
    ...(allow === undefined
      ? {}
      : {
          allow: {
            connections: allow.connections ?? [],
            emailDomains: (allow.emailDomains ?? []).map((domain) => domain.toLowerCase()),
            roles: allow.roles ?? [],
          },
        }),
    organizations: {
      usage: organizations?.usage ?? 'deny',
      requireBehavior: organizations?.requireBehavior ?? 'no_prompt',
      create: (organizations?.create ?? []).map((organization) => ({
        name: organization.name,
        displayName: organization.displayName ?? organization.name,
        connections: organization.connections ?? [],
        assignMembershipOnLogin: organization.assignMembershipOnLogin ?? false,
      })),
    },
    roles: (given.roles ?? impliedRoles(context).map((name) => ({ name }))).map((role) => ({
      description: '',
      ...role,
    })),
    users: resolveUsers(context),
    terraform: {
      backend: resolveBackend(given.terraform?.backend),
      encryptedState: given.terraform?.encryptedState ?? false,
      providerVersion: given.terraform?.providerVersion ?? PROVIDER_VERSION,
    },
  };
}

/**
 * The connector that uses the application, its redirectURI not yet filled in. Undefined while the client id is missing,
 * which Auth0 makes when the application is created.
 */
export function auth0Connector({ document }: ResolveContext, auth0: Auth0): Connector | undefined {
  const { clientID, clientSecret, authenticationMethod } = auth0.application;
  if (clientID === undefined) return undefined;
  const scopes = document.auth0?.connector?.scopes;
  return {
    type: 'oidc',
    id: auth0.connectorID,
    name: document.auth0?.connector?.name ?? 'Auth0',
    version: document.auth0?.connector?.version ?? 0,
    // Its domain may be one of the user's own.
    provider: { name: 'auth0', knownAs: 'Auth0', fields: [], words: {}, takesConfig: false },
    config: {
      // Auth0's discovery document ends its issuer in a slash, and Dex compares the two as strings.
      issuer: `https://${auth0.domain}/`,
      clientID,
      // The Dex inside pachd reads its connectors as one document; a rule has refused references to single keys for it.
      ...(clientSecret?.kind === 'literal' ? { clientSecret: clientSecret.value } : {}),
      ...(clientSecret?.kind === 'existing' && isStandalone(document)
        ? { clientSecret: new ReferredSecret(clientSecret) }
        : {}),
      // Left alone, Dex tries one method and then the other.
      ...(authenticationMethod === 'client_secret_post' ? { basicAuthUnsupported: true } : {}),
      ...(scopes === undefined ? {} : { scopes }),
      ...(auth0.groups ? { insecureEnableGroups: true, claimMapping: { groups: auth0.groups.claim } } : {}),
    },
  };
}

function resolveApplication(context: ResolveContext, urls: ClusterUrls): Auth0['application'] {
  const given = context.document.auth0?.application ?? {};
  const callbackURLs = [...new Set([urls.callback, ...(given.additionalCallbackURLs ?? [])])];
  const clientSecretFrom = given.clientSecretFrom ?? 'variable';
  const made = clientSecretFrom === 'state' ? context.made?.clientSecret : undefined;
  const { clientSecret } = given;
  // With another secret than the one that Auth0 made, a client id is unusable for a connector.
  const knowsSecret =
    clientSecretFrom === 'variable' ||
    made !== undefined ||
    (clientSecret !== undefined && !isGenerated(clientSecret));
  const clientID = given.clientID ?? (knowsSecret ? context.made?.clientID : undefined);
  // Before the application exists, a secret that Auth0 makes cannot be read from anywhere.
  const secretExists = clientSecretFrom === 'variable' || clientID !== undefined;
  return {
    provision: given.provision ?? 'create',
    name: given.name ?? 'Pachyderm',
    description: given.description ?? '',
    ...(clientID === undefined ? {} : { clientID }),
    ...(made === undefined ? {} : { clientSecret: { kind: 'literal', value: made } }),
    ...(secretExists && made === undefined
      ? {
          clientSecret: context.secret(['auth0', 'application', 'clientSecret'], clientSecret, {
            generate: { length: 48 },
          }),
        }
      : {}),
    clientSecretFrom,
    clientSecretVersion: given.clientSecretVersion ?? 1,
    callbackURLs,
    logoutURLs: given.logoutURLs ?? [],
    authenticationMethod: given.authenticationMethod ?? 'client_secret_post',
    confirmsUnverifiableCallbacks: context.document.profile !== 'dev' || !callbackURLs.every(isLoopback),
    refreshToken: {
      rotation: given.refreshToken?.rotation ?? 'rotating',
      leewaySeconds: given.refreshToken?.leewaySeconds ?? 60,
      lifetimeSeconds: given.refreshToken?.lifetimeSeconds ?? 2_592_000,
      idleLifetimeSeconds: given.refreshToken?.idleLifetimeSeconds ?? 1_296_000,
    },
  };
}

/** Roles that follow from groups with role bindings. What a connection may send as a group is no role unless it is listed. */
function impliedRoles(context: ResolveContext): string[] {
  const groups = context.document.auth0?.groups;
  if (groups === undefined) return [];
  const { fromRoles, fromConnections } = groups;
  return boundGroups(context).filter(
    (name) => fromConnections === undefined || fromRoles?.includes(name) === true,
  );
}

function resolveUsers({ document, secret }: ResolveContext): Auth0User[] {
  return (document.auth0?.users ?? []).map((user, index) => {
    const connection = user.connection ?? document.auth0?.database?.name;
    return {
      // Auth0 keeps addresses in lowercase; anything else would differ from it in every plan.
      email: user.email.toLowerCase(),
      ...(user.name === undefined ? {} : { name: user.name }),
      password:
        user.password === undefined
          ? NO_PASSWORD
          : secret(['auth0', 'users', index, 'password'], user.password),
      emailVerified: user.emailVerified ?? true,
      ...(connection === undefined ? {} : { connection }),
      roles: user.roles ?? [],
    };
  });
}

/** Stands for a password that is missing; a rule refuses the document. */
const NO_PASSWORD: SecretReference = existingSecret('', '');

/** A backend of Terraform with its settings; the local one where the document has none. */
export function resolveBackend(given: object | undefined): TerraformBackendSettings {
  const [kind, settings] = (Object.entries(given ?? {})[0] ?? ['local', {}]) as [string, object];
  return {
    kind,
    settings: {
      ...(kind === 'local' ? { path: LOCAL_STATE } : {}),
      ...(settings as Record<string, JsonValue>),
    },
  };
}

/** Names of the groups that `auth.roleBindings` gives roles to, sorted. */
export function boundGroups({ document }: Pick<ResolveContext, 'document'>): string[] {
  return Object.keys(document.auth?.roleBindings ?? {})
    .filter((subject) => subject.startsWith('group:'))
    .map((subject) => subject.slice('group:'.length))
    .filter((name) => name !== '')
    .sort();
}

/** Whether a URL leads to the machine of the browser itself. */
export function isLoopback(url: string): boolean {
  return /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(splitUrl(url).origin);
}
