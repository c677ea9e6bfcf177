import { checkDocument } from '../../../src/pipeline/check-document';
import { documentOf } from '../../support/input-of';

function findings(connector: string, code: string, group?: string): string[] {
  const { diagnostics } = checkDocument(
    documentOf({
      'pachyderm.yaml': `apiVersion: pachkit/v1
name: test
release: 2.12.4
profile: dev
${group === undefined ? '' : `auth: { roleBindings: { ${JSON.stringify(group)}: [projectCreator] } }\n`}identity:
  connectors:
    - ${connector}
`,
    }),
  );
  return diagnostics.filter((each) => each.code === code).map(({ hint = '' }) => hint);
}

const CLIENT = 'clientID: a, clientSecret: { env: A }';

test.each([
  ['https://manage.auth0.com/dashboard/eu/acme', 'write https://{domain of the tenant}/'],
  ['https://portal.azure.com', 'write https://login.microsoftonline.com/{id of the directory}/v2.0'],
  ['https://admin.google.com', 'write https://accounts.google.com'],
  ['https://login.okta.com', 'write https://{organization}.okta.com'],
  [
    'https://eu-central-1.console.aws.amazon.com/cognito/v2/idp',
    'write https://cognito-idp.{region}.amazonaws.com/{pool id}',
  ],
  ['https://kc.acme.com/admin/master/console', 'write https://kc.acme.com/realms/{realm}'],
  ['https://ak.acme.com/if/admin/', 'write https://ak.acme.com/application/o/{slug}/'],
  ['https://login.microsoftonline.com/acme/v2.0', expect.stringContaining('in place of acme')],
])('%s is no issuer', (issuer, hint) => {
  expect(
    findings(`{ type: oidc, id: x, name: X, config: { issuer: '${issuer}', ${CLIENT} } }`, 'DEX003'),
  ).toEqual([hint]);
});

const AD =
  'provider: active-directory, domain: acme.com, server: dc1.acme.com, bindDN: a@acme.com, bindPassword: { env: A }';
const KEYCLOAK = `provider: keycloak, url: https://kc.acme.com, realm: acme, ${CLIENT}`;
const GITHUB = `provider: github, organizations: [acme], ${CLIENT}`;
const COGNITO = `provider: cognito, userPoolID: eu-central-1_aBc, ${CLIENT}`;

test.each<[string, string, string[]]>([
  [
    `provider: okta, domain: acme.okta.com, ${CLIENT}`,
    '00g1emaKYZTWRYYRRTSK',
    ['bind the name of the group'],
  ],
  [KEYCLOAK, 'acme/data', ['bind group:/acme/data; or group:data, where the mapper has no full paths']],
  [KEYCLOAK, '/acme/data', []],
  [KEYCLOAK, 'data', []],
  [COGNITO, 'data science', ['bind the name of the group as aws cognito-idp list-groups prints it']],
  [`provider: gitlab, ${CLIENT}`, '/acme/data', ['bind group:acme/data']],
  [`provider: gitlab, ${CLIENT}`, 'acme/data', []],
  [
    `provider: gitlab, ${CLIENT}, config: { getGroupsPermission: false }`,
    'acme:owner',
    ['bind group:acme/owner'],
  ],
  [GITHUB, 'data', ['bind group:acme:data']],
  [GITHUB, 'acme/data', ['bind group:acme:data']],
  [GITHUB, '@Acme/data', ['bind group:acme:data']],
  [GITHUB, 'acme', ['bind group:acme:TEAM']],
  [GITHUB, 'other:data', ['bind group:acme:data, or add other to organizations']],
  [
    `type: github, id: a, config: { orgs: [{ name: acme, teams: [Ops, dev] }] }`,
    'ops',
    ['bind group:acme:Ops'],
  ],
  [
    'type: github, id: a, config: {}',
    'acme:data',
    ['write orgs: [{ name: acme }], whose teams come as acme:data'],
  ],
  ['type: github, id: a, config: {}', 'data', ['write orgs, whose teams come as ORG:TEAM']],
  [AD, 'CN=data,OU=Groups,DC=acme,DC=com', ['bind group:data']],
  [AD, 'ACME\\data', ['bind group:data']],
  [AD, 'S-1-5-21-1-2-3-1104', ['bind the cn of the group']],
  [AD, 'data', []],
])('with { %s } group:%s is found where no one is ever in it', (connector, group, hints) => {
  expect(findings(`{ ${connector} }`, 'DEX045', `group:${group}`)).toEqual(hints);
});
