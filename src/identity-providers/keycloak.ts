import {
  CLIENT_FIELDS,
  CLIENT_REQUIRED,
  GROUPS_FIELD,
  GROUPS_HINT,
  file,
  pattern,
  openIdWords,
} from './fields';
import { openIdSettings } from './open-id';
import type { Provider } from './provider';
import { withoutSlash } from '../forms/without-slash';

/** A realm of Keycloak, or of the Red Hat build of it. */
export const keycloak: Provider = {
  name: 'keycloak',
  title: 'Keycloak',
  description:
    'A client of a realm of Keycloak. Groups come in the ID token by a mapper of type Group Membership; with its full group path on their names begin with a slash.',
  type: 'oidc',
  knownAs: 'Keycloak',
  fields: {
    url: {
      ...pattern(
        'Where Keycloak is, as browsers and Dex reach it, without the realm. Before Keycloak 17 it ends in /auth.',
        '^https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~-]+)*$',
        'a URL with its scheme, without a slash at its end',
        'https://keycloak.acme.com',
      ),
      'x-hint': 'write it with https:// and without /realms, /admin and a slash at its end',
    },
    realm: {
      ...pattern('Name of the realm.', '^[A-Za-z0-9._~-]+$', 'the name of a realm, as it is in URLs', 'acme'),
      'x-hint': 'write what the URL of its login page has behind /realms/; that is not its display name',
    },
    ...CLIENT_FIELDS,
    groups: GROUPS_FIELD,
    ca: file(
      'Path of a PEM file with the certificate authority of Keycloak, in the container of Dex.',
      '/dexcreds/keycloak-ca.pem',
    ),
  },
  required: ['url', 'realm', ...CLIENT_REQUIRED],
  words: openIdWords('url'),
  groupsHint: GROUPS_HINT,
  example: {
    url: 'https://keycloak.acme.com',
    realm: 'acme',
    clientID: 'pachyderm',
    clientSecret: { env: 'KEYCLOAK_CLIENT_SECRET' },
  },
  meant: {
    url: (written) => {
      const base = withoutSlash(withoutRealm(written.trim().replace(/[?#].*$/, '')));
      return base === '' || /\s/.test(base)
        ? undefined
        : /^https?:/i.test(base)
          ? base.replace(/^https?/i, (scheme) => scheme.toLowerCase())
          : `https://${base}`;
    },
    realm: (written) => /(?:^|\/)realms\/([A-Za-z0-9._~-]+)/.exec(written)?.[1],
  },
  check: (given) => {
    const url = given.text('url') ?? '';
    const meant = withoutRealm(url);
    const problems = [];
    if (meant !== url)
      problems.push({
        field: 'url',
        message: `${url} leads into Keycloak, not to it: realm is a field of its own`,
        hint: `write ${meant}`,
        replaceWith: meant,
      });
    if (given.text('realm') === 'master')
      problems.push({
        field: 'realm',
        message: "The realm master is for Keycloak's own administrators: who logs in there may run Keycloak",
        hint: 'make a realm for the people who use Pachyderm, and name it here',
      });
    return problems;
  },
  derive: (given) =>
    openIdSettings(given, 'Keycloak', {
      field: 'url',
      issuer: `${given.text('url') ?? ''}/realms/${given.text('realm') ?? ''}`,
    }),
};

/** Where Keycloak is, of the URL of a realm, its discovery document or the admin console. */
function withoutRealm(url: string): string {
  return url.replace(/\/(realms|admin)(\/.*)?$/, '');
}
