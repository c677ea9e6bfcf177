import { connectorFacts } from '../../src/generated/connector-facts';
import { connectorTypes } from '../../src/connectors/connector-types';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { allProviders } from '../../src/identity-providers/registry';
import { checkDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';

function found(connector: string, more = '', release = '2.11.6'): readonly Diagnostic[] {
  const text = `apiVersion: pachkit/v1
release: ${release}
profile: production
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
storage: { s3: { bucket: data, region: eu-central-1 } }
auth:
  roleBindings: { user:ada@acme.com: [clusterAdmin], allClusterUsers: [projectCreator], group:data: [repoReader] }
identity:
  credentialFilesSecretName: dex-credentials
  connectors:
    - { ${connector} }
${more}`;
  return checkDocument(documentOf({ 'pachyderm.yaml': text })).diagnostics;
}

function only(code: string, diagnostics: readonly Diagnostic[]): Diagnostic {
  const [first, ...others] = diagnostics.filter((diagnostic) => diagnostic.code === code);
  if (!first || others.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return first;
}

const CLIENT = 'clientID: a, clientSecret: { env: A }';
const OKTA = `provider: okta, domain: login.acme.com, ${CLIENT}`;
const OPENLDAP =
  'provider: openldap, domain: acme.com, server: ldap.acme.com, bindDN: cn=dex, bindPassword: { env: A }';

test.each(allProviders().map((provider) => [provider.name, provider] as const))(
  'the words of %s are of fields, and stand for settings of Dex',
  (_, { words, fields, type }) => {
    const { keys } = connectorFacts[connectorTypes[type].schema];
    for (const [setting, field] of Object.entries(words)) {
      expect(Object.keys(keys)).toContain(setting.split(/[.:]/, 1)[0]);
      // A table of words may be shared by providers of which not all have the field.
      if (field !== 'ca') expect(Object.keys(fields)).toContain(field.split(':', 1)[0]);
    }
  },
);

test('a provider at a domain of its own is the one that the document names', () => {
  expect(found(OKTA).map(({ code }) => code)).toEqual([]);
  expect(
    only(
      'DEX042',
      found(`provider: cognito, userPoolID: eu-central-1_a, ${CLIENT}, config: { scopes: [groups] }`),
    ).message,
  ).toContain('Cognito refuses');
  expect(only('DEX044', found(`${OKTA}, config: { getUserInfo: false }`)).message).toContain(
    'Okta leaves groups out',
  );
});

test.each([
  [
    'a field that a setting follows from',
    OPENLDAP.replace('openldap', 'openldap, encryption: none'),
    'DEX033',
    'encryption',
    'encryption: startTLS',
  ],
  [
    'a file',
    `provider: keycloak, url: https://kc.acme.com, realm: a, ${CLIENT}, ca: /etc/ca.pem`,
    'IDN010',
    'ca',
    '/dexcreds/ca.pem',
  ],
  ['a base', `${OPENLDAP}, usersDN: acme.com`, 'DEX050', 'usersDN', 'write dc=acme,dc=com'],
  [
    'the provider, for what follows from it alone',
    `provider: gitlab, ${CLIENT}`,
    'DEX041',
    'provider',
    'groups: [acme]',
  ],
  [
    'its own settings of Dex',
    `${OPENLDAP}, config: { startTLS: true, insecureNoSSL: true }`,
    'DEX024',
    'config/insecureNoSSL',
    'remove',
  ],
])('a finding has the path of %s', (_, connector, code, path, hint) => {
  const diagnostic = found(connector).find((each) => each.code === code);
  expect(diagnostic).toMatchObject({ path: `/identity/connectors/0/${path}` });
  expect(diagnostic?.hint).toContain(hint);
});

test('a setting that the Dex of the release does not read is called as its field', () => {
  const connector = `provider: keycloak, url: https://kc.acme.com, realm: a, ${CLIENT}, ca: /dexcreds/ca.pem`;
  const diagnostic = only('DEX102', found(connector, '', '2.6.9'));
  expect(diagnostic.path).toBe('/identity/connectors/0/ca');
  expect(diagnostic.message).toMatch(/ignores `ca`: .* `x509: certificate signed by unknown authority`/);
});

test.each([
  ['auth0', `provider: auth0, domain: acme.auth0.com, ${CLIENT}`, 'write groupsClaim'],
  ['okta', `${OKTA}, groups: false`, 'remove groups: false'],
  ['google', `provider: google, domains: [acme.com], ${CLIENT}`, 'write serviceAccountFile and adminEmail'],
  [
    'adfs',
    'provider: adfs, host: adfs.acme.com, certificateFile: /dexcreds/a.pem, groups: false',
    'remove groups: false',
  ],
])('how groups come from %s is said in its fields', (_, connector, hint) => {
  expect(only('AUT005', found(connector)).hint).toContain(hint);
});

test.each([
  [
    'github',
    `provider: github, organizations: [acme], ${CLIENT}`,
    'github with organizations sends ORG:TEAM',
  ],
  [
    'google',
    `provider: google, domains: [acme.com], ${CLIENT}, serviceAccountFile: /dexcreds/a.json, adminEmail: a@acme.com, allowedGroups: [ops@acme.com]`,
    'Google names groups by their address',
  ],
  [
    'entra',
    `provider: entra, tenant: 72f988bf-86f1-41af-91ab-2d7cd011db47, ${CLIENT}, groupNames: ids`,
    'Dex sends the object ids of groups with groupNames: ids',
  ],
])('which groups %s sends is said in its fields', (_, connector, message) => {
  expect(only('DEX045', found(connector)).message).toContain(message);
});

test('a setting that no field stands for goes under config', () => {
  const [warning] = checkDocument(
    documentOf({
      'pachyderm.yaml': `apiVersion: pachkit/v1
release: 2.12.4
profile: dev
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
auth: { requireVerifiedEmail: true }
identity:
  connectors:
    - { ${OKTA} }
`,
    }),
  ).diagnostics;
  expect(warning).toMatchObject({ code: 'PCH101', path: '/identity/connectors/0/provider' });
  expect(warning?.hint).toMatch(/set insecureSkipEmailVerified: false, .*; settings of Dex go under config$/);
});

test('settings that the document writes under config keep their names, and nothing says where they go', () => {
  const config = '{ userSearch: { idAttr: samaccountname }, insecureNoSSL: true, startTLS: true }';
  const diagnostics = found(`${OPENLDAP}, config: ${config}`);
  expect(only('DEX049', diagnostics)).toMatchObject({
    path: '/identity/connectors/0/config/userSearch/idAttr',
    hint: 'write sAMAccountName',
  });
  expect(diagnostics.find(({ path }) => path?.endsWith('/config/insecureNoSSL'))?.message).toMatch(
    /^insecureNoSSL wins over startTLS silently/,
  );
  expect(
    diagnostics.filter(({ message, hint = '' }) => /encryption|under config/.test(message + hint)),
  ).toEqual([]);
});

test('beside a field, the settings of each are called as they are written', () => {
  const diagnostics = found(`${OPENLDAP}, encryption: startTLS, config: { insecureNoSSL: true }`);
  expect(only('DEX024', diagnostics).message).toContain('insecureNoSSL');
  expect(only('DEX024', diagnostics).message).toContain('encryption: startTLS');
});

const AD =
  'provider: active-directory, domain: corp.acme.com, server: dc.acme.com, bindDN: a@corp.acme.com, bindPassword: { env: A }';

test('a filter that follows from a field is found there, and called as it', () => {
  const group = "'CN={group},OU=Groups,DC=corp,DC=acme,DC=com'";
  expect(only('DEX050', found(`${AD}, memberOf: ${group}`))).toMatchObject({
    path: '/identity/connectors/0/memberOf',
    message: expect.stringContaining('Dex replaces nothing in memberOf,') as string,
    hint: 'write memberOf without {group}',
  });
  expect(only('DEX050', found(`${AD}, config: { userSearch: { filter: '(cn=%s)' } }`))).toMatchObject({
    path: '/identity/connectors/0/config/userSearch/filter',
    message: expect.stringContaining('Dex replaces nothing in filter,') as string,
    hint: 'remove the part with %s; Dex adds (sAMAccountName=…) itself',
  });
});

test('a base without one of its commas is not taken for a part of one', () => {
  const diagnostics = found(`${OPENLDAP}, usersDN: 'ou=people dc=acme'`);
  expect(diagnostics.map(({ code }) => code)).not.toContain('SCH005');
  expect(only('DEX050', diagnostics)).toMatchObject({
    path: '/identity/connectors/0/usersDN',
    hint: 'write a comma before dc=',
  });
});

test('a field that is missing is explained with the provider', () => {
  expect(only('SCH002', found(`provider: okta, ${CLIENT}`)).hint).toBe(
    'add it: pachkit explain provider okta says what it takes',
  );
});
