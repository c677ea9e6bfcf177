import { CLIENT_FIELDS, CLIENT_REQUIRED, hostName, line } from './fields';
import { openIdSettings } from './open-id';
import type { Provider } from './provider';

/** The dashboard, other hosts of Auth0 itself, and names without a domain. */
const NO_TENANT = /^(.*\.)?manage\.auth0\.com$|^((www|accounts|marketplace|support)\.)?auth0\.com$|^[^.]+$/i;

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
  check: (given) => {
    const domain = given.text('domain') ?? '';
    return NO_TENANT.test(domain)
      ? [
          {
            field: 'domain',
            message: `"${domain}" is not the domain of a tenant: Dex finds no issuer there, and pachd does not start`,
            hint: `write the domain in the settings of the application, such as ${domain.includes('.') ? 'acme' : domain}.eu.auth0.com`,
          },
        ]
      : [];
  },
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
