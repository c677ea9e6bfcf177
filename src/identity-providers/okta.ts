import {
  CLIENT_FIELDS,
  CLIENT_REQUIRED,
  GROUPS_FIELD,
  GROUPS_HINT,
  hostName,
  pattern,
  openIdWords,
} from './fields';
import { openIdSettings } from './open-id';
import type { Provider } from './provider';

const ADMIN = /^([^.]+)-admin\./;

/** Okta: the organization's own authorization server, or a custom one. */
export const okta: Provider = {
  name: 'okta',
  title: 'Okta',
  description:
    "A web application at Okta. Groups are not in the ID token of a code login but at the userinfo endpoint, and the organization's own authorization server sends them for the scope groups alone.",
  type: 'oidc',
  knownAs: 'Okta',
  fields: {
    domain: hostName('Domain of the organization, or its custom domain.', 'acme.okta.com'),
    authorizationServer: pattern(
      "Id of a custom authorization server. Default: the organization's own.",
      '^[A-Za-z0-9]+$',
      'the id of an authorization server, such as default or aus1fxphMZexample',
      'default',
    ),
    ...CLIENT_FIELDS,
    groups: GROUPS_FIELD,
  },
  required: ['domain', ...CLIENT_REQUIRED],
  words: openIdWords('domain'),
  groupsHint: GROUPS_HINT,
  example: {
    domain: 'acme.okta.com',
    clientID: '0oa1fxphMZexample',
    clientSecret: { env: 'OKTA_CLIENT_SECRET' },
  },
  check: (given) => {
    const domain = given.text('domain') ?? '';
    if (!ADMIN.test(domain)) return [];
    const meant = domain.replace(ADMIN, '$1.');
    return [
      {
        field: 'domain',
        message: `${domain} is the host of the admin console, and no issuer: Dex fails with \`issuer did not match\``,
        hint: `write ${meant}`,
        replaceWith: meant,
      },
    ];
  },
  derive: (given) => {
    const server = given.text('authorizationServer');
    const path = server === undefined ? '' : `/oauth2/${server}`;
    const issuer = `https://${given.text('domain')?.toLowerCase() ?? ''}${path}`;
    return openIdSettings(given, 'Okta', { field: 'domain', issuer });
  },
};
