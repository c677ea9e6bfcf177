import { hintForAuth0Argument } from '../../src/schema/auth0-arguments';

const APPLICATION = ['auth0', 'application'];

test.each([
  ['grantTypes', /^Dex uses authorization_code and refresh_token .* public: true/],
  ['grant_types', /^Dex uses authorization_code and refresh_token /],
  ['app_type', /^remove it: Dex is a regular web application/],
  ['callbacks', /additionalCallbackURLs$/],
  ['redirectURIs', /additionalCallbackURLs$/],
  ['allowed_logout_urls', /^write logoutURLs$/],
  ['token_endpoint_auth_method', /^write authenticationMethod$/],
  ['web_origins', /^remove it: no script/],
  ['jwtConfiguration', /RS256/],
])('%s of an application is explained', (key, hint) =>
  expect(hintForAuth0Argument(APPLICATION, key)).toMatch(hint),
);

test('other keys are not', () => {
  expect(hintForAuth0Argument(APPLICATION, 'clientId')).toBeUndefined();
  expect(hintForAuth0Argument(['identity', 'clients', '0'], 'grantTypes')).toBeUndefined();
});
