import { knownProvider } from '../../../src/rules/support/known-providers';
import { readUrl } from '../../../src/model/url-text';

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
  expect(provider?.issuer(readUrl(issuer))?.write).toBe(own);
  expect(provider?.issuer(readUrl(own))).toEqual({ named: own, write: own });
});

test.each([undefined, '', 'acme.auth0.com', 'https://auth0.com.acme.com', 'https://acme.com/realms/a/b'])(
  '%s is not known',
  (issuer) => {
    expect(knownProvider(issuer)).toBeUndefined();
  },
);

const TENANT = '7a5b4c3d-1111-2222-3333-444455556666';

test.each([
  [`https://sts.windows.net/${TENANT}/v2.0`, `https://login.microsoftonline.com/${TENANT}/v2.0`],
  [`https://login.windows.net/${TENANT}/v2.0`, `https://login.microsoftonline.com/${TENANT}/v2.0`],
  [`https://login.microsoft.com/${TENANT}/v2.0`, `https://login.microsoftonline.com/${TENANT}/v2.0`],
  [`https://login.microsoftonline.com/${TENANT}`, `https://sts.windows.net/${TENANT}/`],
  [`https://login.windows.net/${TENANT}`, `https://sts.windows.net/${TENANT}/`],
  [`https://login.microsoftonline.us/${TENANT}/`, `https://sts.windows.net/${TENANT}/`],
  [`https://login.chinacloudapi.cn/${TENANT}/`, `https://sts.chinacloudapi.cn/${TENANT}/`],
  [
    `https://login.chinacloudapi.cn/${TENANT}/v2.0`,
    `https://login.partner.microsoftonline.cn/${TENANT}/v2.0`,
  ],
  [
    'https://login.microsoftonline.com/acme.onmicrosoft.com/v2.0',
    'https://login.microsoftonline.com/{id of the directory}/v2.0',
  ],
  ['https://sts.windows.net/acme.onmicrosoft.com/', 'https://sts.windows.net/{id of the directory}/'],
  [
    'https://login.microsoftonline.com/consumers/v2.0',
    'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
  ],
  [
    'https://login.microsoftonline.com/organizations/v2.0',
    'https://login.microsoftonline.com/{tenantid}/v2.0',
  ],
  [`https://acme.ciamlogin.com/${TENANT}/v2.0`, `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`],
  [
    'https://acme.ciamlogin.com/acme.onmicrosoft.com/v2.0',
    'https://{id of the directory}.ciamlogin.com/{id of the directory}/v2.0',
  ],
  [
    `https://acme.b2clogin.com/${TENANT}/B2C_1_login/v2.0`,
    'https://acme.b2clogin.com/{id of the directory}/v2.0/',
  ],
  [
    `https://acme.b2clogin.com/tfp/${TENANT}/b2c_1_login/v2.0`,
    `https://acme.b2clogin.com/tfp/${TENANT}/b2c_1_login/v2.0/`,
  ],
  [
    'https://idcs-fd65079a19ab43ab808d264c927d3401.identity.oraclecloud.com',
    'https://identity.oraclecloud.com/',
  ],
])('%s names %s', (issuer, named) => {
  expect(knownProvider(issuer)?.issuer(readUrl(issuer))?.named).toBe(named);
});

test.each([
  ['https://acme-admin.okta.com', 'https://acme.okta.com'],
  ['https://acme.okta.com/oauth2/v1/authorize', 'https://acme.okta.com'],
  ['https://acme.okta.com/oauth2/default/v1/token', 'https://acme.okta.com/oauth2/default'],
  [
    `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize`,
    `https://login.microsoftonline.com/${TENANT}/v2.0`,
  ],
  ['https://accounts.google.com/o/oauth2/v2/auth', 'https://accounts.google.com'],
  ['https://acme.auth.eu-west-1.amazoncognito.com', 'https://cognito-idp.eu-west-1.amazonaws.com/{pool id}'],
  ['https://cognito-idp.eu-west-1.amazonaws.com', 'https://cognito-idp.eu-west-1.amazonaws.com/{pool id}'],
  ['https://id.acme.com/realms/a/protocol/openid-connect/auth', 'https://id.acme.com/realms/a'],
  ['https://id.acme.com/application/o/authorize/', 'https://id.acme.com/application/o/{slug}/'],
])('there is no discovery document at %s, but at %s', (issuer, write) => {
  const at = knownProvider(issuer)?.issuer(readUrl(issuer));
  expect(at).toMatchObject({ write });
  expect(at?.named).toBeUndefined();
});
