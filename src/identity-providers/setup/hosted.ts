import { discoveryUrl, readUrl } from '../../model/url-text';
import { groupsClaimOf } from '../../rules/support/group-names';
import { applicationName, CLIENT, forGroups, type Setup, type SetupPlace } from './setup';
import { command } from './shell';

/** An application at Auth0 that is made by hand. */
export const auth0Setup: Setup = {
  title: 'Auth0',
  application: 'a regular web application',
  groups: () => 'an Action that sets the claim at the login',
  entered: (place) => [
    ['Name', applicationName(place)],
    ['Application Type', 'Regular Web Application'],
    ['Allowed Callback URLs', place.callback],
    ['JSON Web Token (JWT) Signature Algorithm', 'RS256'],
    ['Grant Types', 'Authorization Code, Refresh Token'],
    ...forGroups(place, ['Claim of the Action', groupsClaimOf(place.connector)] as const),
  ],
  steps: (place) => [
    'In the dashboard: Applications > Applications > Create Application > Regular Web Applications',
    'Settings: enter the values above; Advanced Settings > OAuth and > Grant Types for the last ones',
    'Connections: switch on those that people may log in with, and no others',
    ...forGroups(
      place,
      `Actions > Library > Create Action > Login / Post Login, with ${actionCode(place)}; deploy it, and put it into the flow under Actions > Triggers > post-login`,
    ),
  ],
  returned: [
    ...CLIENT,
    { label: 'Domain, as https://DOMAIN/ with the slash', key: 'issuer' },
    { label: 'Domain', field: 'domain' },
  ],
  commands: (place) => ({
    about:
      'The Auth0 CLI makes the application and prints its id and secret. Grant types, connections and the Action are as above; the section auth0 of a document has Terraform do all of it.',
    lines: [
      command('auth0', 'login'),
      command(
        ...['auth0', 'apps', 'create', '--name', applicationName(place), '--type', 'regular'],
        ...['--callbacks', place.callback, '--grants', 'code,refresh-token', '--reveal-secrets'],
      ),
    ],
  }),
};

function actionCode({ connector }: SetupPlace): string {
  return `api.idToken.setCustomClaim(${JSON.stringify(groupsClaimOf(connector))}, event.authorization?.roles ?? [])`;
}

/** A user pool of Amazon Cognito. */
export const cognitoSetup: Setup = {
  title: 'Amazon Cognito',
  application:
    'an app client with a secret, the grant authorization code and the scopes openid, email and profile',
  groups: () => 'groups in the user pool',
  entered: (place) => [
    ['Application type', 'Traditional web application'],
    ['Name', applicationName(place)],
    ['Return URL', place.callback],
    ['OAuth grant types', 'Authorization code grant'],
    ['OpenID Connect scopes', 'openid, email, profile'],
    ['Required attributes for sign-up', 'email and name'],
  ],
  steps: (place) => [
    `In the Amazon Cognito console, in the user pool ${poolOf(place)}: App clients > Create app client, with the values above`,
    'Login pages of the client: the identity providers that people log in with, the grant and the scopes above',
    'Branding > Domain: give the pool a domain, where it has none; its login pages are there',
    ...forGroups(place, 'Groups: make the groups that roles are bound to, and add users'),
  ],
  returned: [
    ...CLIENT,
    { label: 'Token signing key URL, without /.well-known/jwks.json', key: 'issuer' },
    { label: 'User pool ID', field: 'userPoolID' },
  ],
  commands: (place) => ({
    about: 'The AWS CLI makes the app client and prints its id and secret.',
    lines: [
      command(
        ...['aws', 'cognito-idp', 'create-user-pool-client', '--region', regionOf(place)],
        ...['--user-pool-id', poolOf(place), '--client-name', applicationName(place), '--generate-secret'],
        ...['--callback-urls', place.callback, '--allowed-o-auth-flows-user-pool-client'],
        ...['--allowed-o-auth-flows', 'code', '--allowed-o-auth-scopes', 'openid', 'email', 'profile'],
        ...['--supported-identity-providers', 'COGNITO'],
        ...['--query', 'UserPoolClient.[ClientId,ClientSecret]', '--output', 'text'],
      ),
    ],
  }),
  lookAtGroups: (place) => ({
    about: 'Shows the groups that people can have, as pachd will know them without group: before them.',
    lines: [
      command(
        ...['aws', 'cognito-idp', 'list-groups', '--region', regionOf(place)],
        ...['--user-pool-id', poolOf(place), '--query', 'Groups[].GroupName', '--output', 'text'],
      ),
    ],
  }),
};

function poolOf({ connector }: SetupPlace): string {
  return readUrl(connector.text('issuer') ?? '').path.split('/')[1] ?? '';
}

function regionOf(place: SetupPlace): string {
  return poolOf(place).split('_', 1)[0] ?? '';
}

/** An application of authentik. */
export const authentikSetup: Setup = {
  title: 'authentik',
  application: 'a provider of type OAuth2/OpenID with a strict redirect URI',
  groups: () => 'the scope mapping profile, which has the groups',
  entered: (place) => [
    ['Application name', applicationName(place)],
    ['Slug', slugOf(place)],
    ['Provider type', 'OAuth2/OpenID Provider'],
    ['Client type', 'Confidential'],
    ['Redirect URIs', `Strict: ${place.callback}`],
    ['Signing Key', 'any certificate: without one tokens are signed with HS256, which Dex refuses'],
    ['Scopes', 'openid, email and profile'],
  ],
  steps: () => [
    'In the admin interface: Applications > Applications > Create with provider, with the values above',
    'Bind the people or groups who may use the application to it; without a binding everyone may',
  ],
  returned: [
    ...CLIENT,
    { label: 'OpenID Configuration Issuer', key: 'issuer' },
    { label: 'Slug of the application', field: 'application' },
  ],
};

function slugOf({ connector }: SetupPlace): string {
  return /\/application\/o\/([^/]+)/.exec(connector.text('issuer') ?? '')?.[1] ?? 'pachyderm';
}

/** Any other OpenID Connect provider. */
export const openIdSetup: Setup = {
  title: 'the OpenID Connect provider',
  application: 'a confidential client with the authorization code flow',
  entered: (place) => [
    ['Name', applicationName(place)],
    ['Kind of client', 'confidential (web application, with a secret)'],
    ['Grant or flow', 'authorization code'],
    ['Redirect URI', place.callback],
    ['Scopes', ['openid', ...scopesOf(place.connector.scopes())].join(', ')],
    ['Signature of ID tokens', 'RS256'],
    ...forGroups(place, [
      'Claim with groups',
      `${groupsClaimOf(place.connector)}, a list of strings, ${place.connector.isOn('getUserInfo') ? 'in the ID token or at the userinfo endpoint' : 'in the ID token'}`,
    ] as const),
  ],
  steps: () => ['Register a client with the values above, and let people use it'],
  returned: [...CLIENT, { label: 'Issuer, as its discovery document has it', key: 'issuer' }],
  look: ({ connector }) => {
    const issuer = connector.text('issuer');
    return issuer === undefined
      ? undefined
      : {
          about: 'Shows what the provider calls itself: Dex compares it with issuer as a string.',
          lines: [command('curl', '--fail', '--silent', discoveryUrl(issuer))],
        };
  },
};

function scopesOf(scopes: readonly string[]): readonly string[] {
  return scopes.length > 0 ? scopes.filter((scope) => scope !== 'openid') : ['profile', 'email'];
}
