import { knownProvider } from '../../../src/rules/support/known-providers';
import { readUrl } from '../../../src/rules/support/url-text';

test.each([
  ['Auth0', 'https://acme.eu.auth0.com', 'https://acme.eu.auth0.com/'],
  ['Google', 'http://accounts.google.com/', 'https://accounts.google.com'],
  ['Okta', 'https://acme.oktapreview.com/oauth2/x/', 'https://acme.oktapreview.com/oauth2/x'],
  ['Entra ID', 'https://login.microsoftonline.us/t/v2.0/', 'https://login.microsoftonline.us/t/v2.0'],
  ['Entra ID', 'https://sts.windows.net/t', 'https://sts.windows.net/t/'],
  [
    'Cognito',
    'https://cognito-idp.us-east-1.amazonaws.com/p/',
    'https://cognito-idp.us-east-1.amazonaws.com/p',
  ],
  ['Keycloak', 'http://id.acme.com:8080/realms/a/', 'http://id.acme.com:8080/realms/a'],
  ['authentik', 'https://id.acme.com/application/o/a', 'https://id.acme.com/application/o/a/'],
])('%s is known by %s and calls itself %s', (name, issuer, own) => {
  const provider = knownProvider(issuer);
  expect(provider?.name).toBe(name);
  expect(provider?.issuer(readUrl(issuer))).toBe(own);
  expect(provider?.issuer(readUrl(own))).toBe(own);
});

test.each([
  undefined,
  '',
  'acme.auth0.com',
  'https://auth0.com.acme.com',
  'https://acme.com/realms/a/b',
  'https://login.microsoftonline.com/t',
])('%s is not known', (issuer) => {
  expect(knownProvider(issuer)).toBeUndefined();
});
