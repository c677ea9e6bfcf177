import { CLIENT_FIELDS, CLIENT_REQUIRED, hostName, line } from './fields';
import { openIdSettings } from './open-id';
import type { Provider } from './provider';

/** An application at Auth0 that exists already; the section `auth0` is for one that Terraform makes. */
export const auth0: Provider = {
  name: 'auth0',
  title: 'Auth0',
  description:
    'An application at Auth0 that someone else looks after. The section auth0 of the document creates one with Terraform instead.',
  type: 'oidc',
  knownAs: 'Auth0',
  fields: {
    domain: hostName('Domain of the tenant, or its custom domain.', 'acme.eu.auth0.com'),
    ...CLIENT_FIELDS,
    groupsClaim: line(
      'Claim that an Action of the tenant puts groups into, a URL of yours. Without it no groups come along.',
      'https://acme.com/groups',
    ),
  },
  required: ['domain', ...CLIENT_REQUIRED],
  words: {
    issuer: 'domain',
    insecureEnableGroups: 'groupsClaim',
    'insecureEnableGroups: true': 'groupsClaim',
    'claimMapping.groups': 'groupsClaim',
  },
  groupsHint: 'write groupsClaim, the claim that an Action of the tenant puts groups into',
  example: {
    domain: 'acme.eu.auth0.com',
    clientID: 'hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5',
    clientSecret: { env: 'AUTH0_APPLICATION_SECRET' },
    groupsClaim: 'https://acme.com/groups',
  },
  check: (given) =>
    /(^|\.)manage\.auth0\.com$/i.test(given.text('domain') ?? '')
      ? [
          {
            field: 'domain',
            message: 'manage.auth0.com is the dashboard of Auth0, and no one logs in there',
            hint: 'write the domain in the settings of the application, such as acme.eu.auth0.com',
          },
        ]
      : [],
  derive: (given) => ({
    // Auth0's discovery document ends its issuer in a slash, and Dex compares the two as strings.
    ...openIdSettings(
      given,
      'Auth0',
      { field: 'domain', issuer: `https://${given.text('domain')?.toLowerCase() ?? ''}/` },
      given.has('groupsClaim'),
    ),
    ...(given.has('groupsClaim') ? { claimMapping: { groups: given.unchanged('groupsClaim') } } : {}),
  }),
};
