import {
  CLIENT_FIELDS,
  CLIENT_REQUIRED,
  GROUPS_FIELD,
  GROUPS_HINT,
  hostAndPort,
  file,
  pattern,
  openIdWords,
} from './fields';
import { openIdSettings } from './open-id';
import type { Provider } from './provider';

/** An application of authentik. */
export const authentik: Provider = {
  name: 'authentik',
  title: 'authentik',
  description:
    'An application of authentik with a provider of type OAuth2/OpenID. Its scope profile has the groups, by their names.',
  type: 'oidc',
  knownAs: 'authentik',
  fields: {
    host: hostAndPort('Host of authentik, with its port where that is not 443.', 'authentik.acme.com'),
    application: {
      ...pattern(
        'Slug of the application.',
        '^[a-zA-Z0-9_-]+$',
        'the slug of an application: letters, digits, hyphens and underscores',
        'pachyderm',
      ),
      'x-hint':
        'the application has its slug below its name in the admin interface, and its issuer has it behind /application/o/',
    },
    ...CLIENT_FIELDS,
    groups: GROUPS_FIELD,
    ca: file(
      'Path of a PEM file with the certificate authority of authentik, in the container of Dex.',
      '/dexcreds/authentik-ca.pem',
    ),
  },
  required: ['host', 'application', ...CLIENT_REQUIRED],
  words: openIdWords('host'),
  groupsHint: GROUPS_HINT,
  example: {
    host: 'authentik.acme.com',
    application: 'pachyderm',
    clientID: 'pachyderm',
    clientSecret: { env: 'AUTHENTIK_CLIENT_SECRET' },
  },
  meant: {
    // Endpoints that all applications share have no slug in their URLs.
    application: (written) =>
      /\/application\/o\/(?!(?:authorize|token|userinfo|introspect|revoke|device)(?![\w-]))([\w-]+)/.exec(
        written,
      )?.[1],
  },
  derive: (given) =>
    openIdSettings(given, 'authentik', {
      field: 'host',
      // The slash at the end is a part of the name that authentik gives itself.
      issuer: `https://${given.text('host')?.toLowerCase() ?? ''}/application/o/${given.text('application') ?? ''}/`,
    }),
};
