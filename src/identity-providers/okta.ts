import { withoutOktaConsole } from '../rules/support/provider-issuers';
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

/** Hosts of Okta itself, and names without a domain. */
const NO_ORGANIZATION = /^((login|www|developer|support|help|trust|status)\.)?okta\.com$|^[^.]+$/i;

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
    authorizationServer: {
      ...pattern(
        "Id of a custom authorization server. Default: the organization's own.",
        '^[A-Za-z0-9]+$',
        'the id of an authorization server, such as default or aus1fxphMZexample',
        'default',
      ),
      'x-hint': 'Security > API of the admin console lists it, and its issuer has it behind /oauth2/',
    },
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
  meant: {
    // The admin console has /oauth2/as/ID; behind /oauth2/v1 are the endpoints of the organization's own server.
    authorizationServer: (written) =>
      /\/oauth2\/(?:as\/)?(?!(?:v1|as)(?![A-Za-z0-9]))([A-Za-z0-9]+)/.exec(written)?.[1],
  },
  check: (given) => {
    const domain = given.text('domain') ?? '';
    if (NO_ORGANIZATION.test(domain))
      return [
        {
          field: 'domain',
          message: `"${domain}" is not the host of an organization: Dex finds no issuer there, and pachd does not start`,
          hint: `write the host in the URL of its login page, such as ${domain.includes('.') ? 'acme' : domain}.okta.com`,
        },
      ];
    const meant = withoutOktaConsole(domain);
    if (meant === domain.toLowerCase()) return [];
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
