/** What becomes of an argument of an application at Auth0 that a document has no field for. */
const DECIDED: readonly (readonly [names: RegExp, hint: string])[] = [
  [
    /^grant_?types?$/i,
    'Dex uses authorization_code and refresh_token at Auth0, and the application gets these; device logins and public clients are clients of Dex: identity.clients with public: true, and identity.dex: standalone',
  ],
  [
    /^(app|application)_?type$/i,
    'remove it: Dex is a regular web application at Auth0, and the application gets that type',
  ],
  [
    /^((allowed_?)?callback(_?urls?|s)?|redirect_?uris?)$/i,
    'remove it: the callback URL follows from access; others go into additionalCallbackURLs',
  ],
  [/^(allowed_?)?logout_?urls$/i, 'write logoutURLs'],
  [/^token_?endpoint_?auth_?method$/i, 'write authenticationMethod'],
  [
    /^(web_?origins|allowed_?origins|cross_?origin_?.*)$/i,
    'remove it: no script in a browser speaks to Auth0, Dex does',
  ],
  [
    /^(jwt_?configuration|oidc_?conformant|signing_?alg)$/i,
    'remove it: the application gets RS256, which Dex verifies',
  ],
];

/**
 * What to do about a key of `auth0.application` that Auth0's API or its Terraform provider has for an application; undefined
 * for any other key.
 */
export function hintForAuth0Argument(path: readonly string[], key: string): string | undefined {
  if (path.join('.') !== 'auth0.application') return undefined;
  return DECIDED.find(([names]) => names.test(key))?.[1];
}
