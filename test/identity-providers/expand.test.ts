import { renameKey } from '../../src/document/rename-key';
import { replaceText } from '../../src/document/replace-text';
import { locate, nodeAt } from '../../src/document/source-node';
import { codeFrame } from '../../src/diagnostics/code-frame';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { expandedExample } from '../../src/identity-providers/example';
import { allProviders } from '../../src/identity-providers/registry';
import { checkDocument, type CheckedDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';

const AROUND = (release: string): string => `apiVersion: pachkit/v1
name: test
release: ${release}
profile: dev
${release.startsWith('2.12') ? '' : 'enterprise: { licenseKey: { env: LICENSE } }\n'}access: { host: pachyderm.acme.com, ${/^2\.[23]\./.test(release) ? 'via: ingress, ' : ''}tls: { secretName: tls } }
identity:
  credentialFilesSecretName: dex-credentials
  connectors:
`;

function check(connectors: string, release = '2.11.6'): CheckedDocument {
  const text = AROUND(release) + connectors.replace(/^(?=.)/gm, '    ');
  return checkDocument(documentOf({ 'pachyderm.yaml': text }));
}

/** The settings that the first connector has in the cluster, secrets aside. */
function configOf(connectors: string, release?: string): Record<string, unknown> {
  const { cluster, diagnostics } = check(connectors, release);
  expect(errorsIn(diagnostics)).toEqual([]);
  return { ...cluster?.identity.connectors[0]?.config };
}

function errorsIn(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`);
}

/** The text that a finding of this code points at, and its hint. */
function finding(connectors: string, code = 'SCH005'): { at: string; hint: string } | undefined {
  const found = check(connectors).diagnostics.filter((diagnostic) => diagnostic.code === code);
  expect(found).toHaveLength(1);
  const [{ location, hint } = { location: { file: '' } }] = found;
  const lines = (AROUND('2.11.6') + connectors.replace(/^(?=.)/gm, '    ')).split('\n');
  const { line = 1, column = 1, endColumn = 1 } = location.range ?? {};
  return { at: lines[line - 1]?.slice(column - 1, endColumn - 1) ?? '', hint: hint ?? '' };
}

const OKTA = `- provider: okta
  domain: acme.okta.com
  clientID: abc
  clientSecret: { env: OKTA_SECRET }
`;

describe.each(allProviders().map((provider) => [provider.name, provider] as const))('%s', (_, provider) => {
  it.each(['2.2.8', '2.3.9', '2.11.6', '2.12.4'])(
    'is a connector without errors in release %s',
    (release) => {
      const { written } = expandedExample(provider);
      const items = written.replace(/^identity:\n {2}connectors:\n/, '').replace(/^ {4}/gm, '');
      const { cluster, diagnostics } = check(items, release);
      expect(errorsIn(diagnostics)).toEqual([]);
      expect(cluster?.identity.connectors[0]).toMatchObject({
        type: provider.type,
        id: provider.name,
        name: provider.title,
      });
    },
  );

  it('brings groups from where the rules know that the provider has them', () => {
    const { written } = expandedExample(provider);
    const items = written.replace(/^identity:\n {2}connectors:\n/, '').replace(/^ {4}/gm, '');
    const { diagnostics } = check(items);
    expect(diagnostics.filter(({ code }) => ['DEX043', 'DEX044', 'DEX045', 'AUT005'].includes(code))).toEqual(
      [],
    );
  });

  it('describes every field, and has the required ones in its example', () => {
    for (const field of Object.values(provider.fields)) expect(field['description']).toMatch(/\.$/);
    for (const name of provider.required) expect(provider.example).toHaveProperty([name]);
  });
});

describe('what follows from a provider', () => {
  it('is what Dex needs to find the groups of Okta', () => {
    expect(configOf(OKTA)).toMatchObject({
      issuer: 'https://acme.okta.com',
      scopes: ['profile', 'email', 'groups'],
      insecureEnableGroups: true,
      getUserInfo: true,
      insecureSkipEmailVerified: true,
    });
  });

  it('asks a custom authorization server of Okta for no scope that it may not have', () => {
    const config = configOf(`${OKTA}  authorizationServer: default\n`);
    expect(config).toMatchObject({ issuer: 'https://acme.okta.com/oauth2/default', getUserInfo: true });
    // Dex asks for profile and email then.
    expect(config).not.toHaveProperty('scopes');
  });

  it('has settings of config laid over it: replaced, merged, and taken away with null', () => {
    const config = configOf(
      `${OKTA}  config: { scopes: [email], getUserInfo: null, claimMapping: { groups: teams } }\n`,
    );
    expect(config).toMatchObject({
      scopes: ['email'],
      claimMapping: { groups: 'teams' },
      issuer: 'https://acme.okta.com',
    });
    expect(config).not.toHaveProperty('getUserInfo');
  });

  it('is the issuer of the partition of AWS that a user pool is in', () => {
    const pool = (id: string): unknown =>
      configOf(`- { provider: cognito, userPoolID: ${id}, clientID: a, clientSecret: { env: A } }\n`)[
        'issuer'
      ];
    expect(pool('eu-central-1_aBc')).toBe('https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBc');
    expect(pool('cn-north-1_aBc')).toBe('https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_aBc');
  });

  it('has the teams of GitHub below their organizations', () => {
    const config = configOf(
      '- { provider: github, organizations: [acme, beta], teams: ["acme:data"], clientID: a, clientSecret: { env: A } }\n',
    );
    expect(config['orgs']).toEqual([{ name: 'acme', teams: ['data'] }, { name: 'beta' }]);
  });

  it('finds people and nested groups of Active Directory, with the group in a filter escaped', () => {
    const config = configOf(`- provider: active-directory
  domain: corp.acme.com
  server: dc1.corp.acme.com
  bindDN: pachyderm@corp.acme.com
  bindPassword: { env: A }
  memberOf: CN=Data (all),DC=corp,DC=acme,DC=com
`);
    expect(config).toMatchObject({
      host: 'dc1.corp.acme.com:636',
      userSearch: { baseDN: 'DC=corp,DC=acme,DC=com', username: 'sAMAccountName' },
      groupSearch: { userMatchers: [{ userAttr: 'DN', groupAttr: 'member:1.2.840.113556.1.4.1941:' }] },
    });
    expect(JSON.stringify(config['userSearch'])).toContain('CN=Data \\\\28all\\\\29,DC=corp');
  });

  it('speaks to a directory on the port of its encryption', () => {
    const openldap = (more: string): Record<string, unknown> =>
      configOf(
        `- { provider: openldap, domain: acme.com, server: ldap.acme.com, bindDN: cn=a, bindPassword: { env: A }, ${more} }\n`,
      );
    expect(openldap('encryption: startTLS')).toMatchObject({ host: 'ldap.acme.com:389', startTLS: true });
    expect(openldap('groupClass: posixGroup')).toMatchObject({
      host: 'ldap.acme.com:636',
      groupSearch: { userMatchers: [{ userAttr: 'uid', groupAttr: 'memberUid' }] },
    });
  });
});

const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const CLIENT = 'clientID: a, clientSecret: { env: A }';
const DIRECTORY = 'serviceAccountFile: /dexcreds/google.json, adminEmail: admin@acme.com';
const ACCOUNT = 'bindDN: "uid=dex,dc=acme,dc=com", bindPassword: { env: A }';

/** What providers need beside what a case is about; others have a client. */
const REST: Readonly<Record<string, string>> = {
  'active-directory': ACCOUNT,
  openldap: ACCOUNT,
  freeipa: ACCOUNT,
  adfs: 'name: AD FS',
};

describe('a mistake in the words of a provider', () => {
  it.each([
    [
      'a scheme before the host',
      OKTA.replace('acme.okta', 'https://acme.okta'),
      'https://acme.okta.com',
      'write only the host: acme.okta.com',
    ],
    [
      'the admin console',
      OKTA.replace('acme.okta', 'acme-admin.okta'),
      'acme-admin.okta.com',
      'write acme.okta.com',
    ],
    [
      'a tenant by its name',
      '- { provider: entra, tenant: acme.onmicrosoft.com, clientID: a, clientSecret: { env: A } }\n',
      'acme.onmicrosoft.com',
      expect.stringContaining('az account show --query tenantId') as string,
    ],
    [
      'the realm in the URL',
      '- { provider: keycloak, url: "https://kc.acme.com/realms/acme", realm: acme, clientID: a, clientSecret: { env: A } }\n',
      '"https://kc.acme.com/realms/acme"',
      'write https://kc.acme.com',
    ],
    [
      'a team of another organization',
      '- { provider: github, organizations: [acme], teams: ["beta:x"], clientID: a, clientSecret: { env: A } }\n',
      '"beta:x"',
      'write acme:TEAM',
    ],
    [
      'a group of GitLab with a slash before it',
      '- { provider: gitlab, groups: [/acme], clientID: a, clientSecret: { env: A } }\n',
      '/acme',
      'write acme',
    ],
    [
      'a NetBIOS name',
      '- { provider: active-directory, domain: CORP, server: dc1, bindDN: a, bindPassword: { env: A } }\n',
      'CORP',
      'write the DNS name of the domain, such as corp.acme.com',
    ],
    [
      'a group of Active Directory by its name',
      '- { provider: active-directory, domain: corp.acme.com, server: dc1, bindDN: a, bindPassword: { env: A }, memberOf: staff }\n',
      'staff',
      expect.stringContaining('CN=staff,OU=Groups,DC=corp,DC=acme,DC=com') as string,
    ],
    [
      'a part of a DN',
      '- { provider: active-directory, domain: corp.acme.com, server: dc1, bindDN: a, bindPassword: { env: A }, usersDN: OU=People }\n',
      'OU=People',
      'write OU=People,DC=corp,DC=acme,DC=com',
    ],
    [
      'an account of OpenLDAP that is no DN',
      '- { provider: openldap, domain: acme.com, server: ldap, bindDN: dex@acme.com, bindPassword: { env: A } }\n',
      'dex@acme.com',
      expect.stringContaining('write the DN of the account') as string,
    ],
    [
      'a port without TLS for ldaps',
      '- { provider: openldap, domain: acme.com, server: ldap, port: 389, bindDN: cn=a, bindPassword: { env: A } }\n',
      '389',
      'remove port, or write encryption: startTLS',
    ],
  ])('%s: points at the field and says what to write', (_, connectors, at, hint) => {
    expect(finding(connectors)).toEqual({ at, hint });
  });

  it.each<[connector: string, hint: string]>([
    // What administrators see, and hosts that are no one's.
    ['okta, domain: https://acme-admin.okta.com/admin/dashboard', 'write acme.okta.com'],
    ['okta, domain: login.okta.com', 'write the host in the URL of its login page, such as acme.okta.com'],
    ['okta, domain: acme', 'write the host in the URL of its login page, such as acme.okta.com'],
    [
      'okta, domain: acme.okta.com, authorizationServer: https://acme.okta.com/oauth2/default',
      'write default',
    ],
    [
      'okta, domain: acme.okta.com, authorizationServer: My server',
      'Security > API of the admin console lists it, and its issuer has it behind /oauth2/',
    ],
    [
      'auth0, domain: https://manage.auth0.com/dashboard/eu/acme',
      'write the domain in the settings of the application, such as acme.eu.auth0.com',
    ],
    ['auth0, domain: acme', 'write the domain in the settings of the application, such as acme.eu.auth0.com'],
    [`entra, tenant: https://login.microsoftonline.com/${TENANT}/v2.0`, `write ${TENANT}`],
    [
      'entra, tenant: 9188040d-6c67-4c5b-b112-36a304b66dad',
      'write the id of your own directory: az account show --query tenantId prints it',
    ],
    ['google, domains: [https://acme.com/]', 'write only the host: acme.com'],
    ['google, domains: ["@acme.com"]', 'write only the host: acme.com'],
    ['google, domains: [Acme.com]', 'write acme.com'],
    [
      'google, domains: [admin.google.com]',
      'write what is behind the @ in the addresses of the people who log in, such as acme.com',
    ],
    ['google, domains: [gmail.com]', 'write the domain of the Workspace whose accounts may log in'],
    ['github, organizations: [acme], host: api.github.com', 'remove host: github.com is the default'],
    [
      'github, organizations: [acme], host: acme.ghe.com',
      'Dex knows github.com and GitHub Enterprise Server alone; log people in with the identity provider that GitHub has them from',
    ],
    ['github, organizations: [https://github.com/acme]', 'write acme'],
    ['github, organizations: ["@acme"]', 'write acme'],
    [
      'github, organizations: [https://github.com/orgs/acme/teams/data]',
      'write acme, and acme:data in teams, with teamNames: slugs',
    ],
    ['github, organizations: [https://ghe.acme.com/orgs/data/people], host: ghe.acme.com', 'write data'],
    ['github, organizations: [acme], teams: ["Acme/Data/Science"]', 'write acme:Data/Science'],
    [
      'okta, domain: acme.okta.com, authorizationServer: https://acme-admin.okta.com/admin/oauth2/as/aus1fx',
      'write aus1fx',
    ],
    [`entra, tenant: "{${TENANT}}"`, `write ${TENANT}`],
    [`entra, tenant: "https://portal.azure.com/#home?tenantId=${TENANT}"`, `write ${TENANT}`],
    ['keycloak, realm: acme, url: HTTPS://kc.acme.com/realms/acme', 'write https://kc.acme.com'],
    ['gitlab, groups: ["https://gitlab.com/acme/data?tab=members"]', 'write acme/data'],
    ['gitlab, host: https://gitlab.acme.com/admin, groups: [acme]', 'write: gitlab.acme.com'],
    ['gitlab, groups: [acme], host: https://git.acme.com:8443/', 'write: git.acme.com:8443'],
    ['keycloak, realm: acme, url: keycloak.acme.com', 'write https://keycloak.acme.com'],
    ['keycloak, realm: acme, url: https://keycloak.acme.com/', 'write https://keycloak.acme.com'],
    [
      'keycloak, realm: acme, url: "https://kc.acme.com/auth/admin/master/console/#/acme/clients"',
      'write https://kc.acme.com/auth',
    ],
    ['keycloak, url: https://kc.acme.com, realm: https://kc.acme.com/realms/acme', 'write acme'],
    [
      'keycloak, url: https://kc.acme.com, realm: Acme Corp',
      'write what the URL of its login page has behind /realms/; that is not its display name',
    ],
    [
      'cognito, userPoolID: "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_aBcDeFgHi"',
      'write eu-central-1_aBcDeFgHi',
    ],
    [
      'cognito, userPoolID: https://eu-central-1.console.aws.amazon.com/cognito/v2/idp/user-pools/eu-central-1_aBcDeFgHi/users',
      'write eu-central-1_aBcDeFgHi',
    ],
    [
      'authentik, host: ak.acme.com, application: https://ak.acme.com/application/o/pachyderm/',
      'write pachyderm',
    ],
    ['authentik, application: pachyderm, host: https://ak.acme.com/if/admin/', 'write: ak.acme.com'],
    ['active-directory, server: dc1.acme.com, domain: "DC=corp,DC=acme,DC=com"', 'write corp.acme.com'],
    ['openldap, server: ldap.acme.com, domain: "dc=acme,dc=com"', 'write acme.com'],
    [
      'freeipa, server: ipa1.acme.com, domain: acme.com, memberOf: "cn=staff,cn=groups,cn=accounts,dc=acme,dc=com"',
      'write staff',
    ],
    // Groups of a form that the provider does not have: no one could log in.
    [
      `entra, tenant: ${TENANT}, groupNames: ids, allowedGroups: [data]`,
      "write its object id: az ad group show --group 'data' --query id prints it; or remove groupNames: ids",
    ],
    [
      `entra, tenant: ${TENANT}, allowedGroups: [${TENANT}]`,
      'write the name of the group, or groupNames: ids',
    ],
    [
      `google, domains: [acme.com], ${DIRECTORY}, allowedGroups: [data]`,
      'write its address, such as data@acme.com',
    ],
    [
      'google, domains: [acme.com], serviceAccountFile: /dexcreds/a.json, adminEmail: admin',
      'write the address of an administrator of the Workspace, such as admin@acme.com',
    ],
    [
      'google, domains: [acme.com], serviceAccountFile: /dexcreds/a.json, adminEmail: dex@acme-1.iam.gserviceaccount.com',
      'write the address of an administrator, such as admin@acme.com',
    ],
    ['github, organizations: ["acme:data"]', 'write acme, and acme:data in teams'],
    ['github, organizations: [acme], teams: [data]', 'write acme:data'],
    ['github, organizations: [acme], teams: [Acme/data]', 'write acme:data'],
    [
      'github, organizations: [acme], teamNames: slugs, teams: ["acme:Data Science"]',
      'write acme:data-science, if that is the slug in its URL; or remove teamNames: slugs',
    ],
    ['gitlab, groups: [https://gitlab.com/acme/data/-/group_members]', 'write acme/data'],
    ['gitlab, groups: ["acme:data"]', 'write acme/data'],
    ['gitlab, groups: [groups/acme]', 'write acme'],
    ['gitlab, groups: ["ada:hunter2@gitlab.com/acme/data"]', 'write acme/data'],
    ['gitlab, groups: ["ada:hunter2@gitlab.com/a b"]', 'write its path as in its URL, such as a-b'],
    ['gitlab, groups: ["https://ada:hun/ter?2@gitlab.com/acme/data"]', 'write acme/data'],
    ['gitlab, groups: ["ada:hunter2@gitlab.com"]', 'write its path as in its URL, such as acme/data'],
    ['gitlab, groups: [Data Science]', 'write its path as in its URL, such as data-science'],
    [
      'openldap, domain: acme.com, server: ldaps://ldap.acme.com:1636',
      'write only the host: ldap.acme.com, and port: 1636',
    ],
    // A file in place of its path.
    [
      'adfs, host: adfs.acme.com, certificateFile: MIIC4jCCAcqgAwIBAgIQ',
      'put the file into the Secret that identity.credentialFilesSecretName names, and write its path there, such as /dexcreds/adfs.pem',
    ],
  ])('provider: %s: %s, and nothing else', (fields, hint) => {
    const found = check(
      `- { provider: ${fields}, ${REST[fields.split(',', 1)[0] ?? ''] ?? CLIENT} }\n`,
    ).diagnostics;
    expect(found.map((each) => ({ code: each.code, hint: each.hint }))).toEqual([{ code: 'SCH005', hint }]);
  });

  it.each([
    // An application's id, which any directory of Microsoft could have been.
    `entra, tenant: "https://portal.azure.com/#view/Overview/appId/${TENANT}/isMSAApp~/false"`,
    `entra, tenant: "https://login.microsoftonline.com/acme.com/oauth2/v2.0/authorize?client_id=${TENANT}"`,
    `entra, tenant: "api://${TENANT}"`,
    'okta, domain: acme.okta.com, authorizationServer: https://acme.okta.com/oauth2/v1/authorize',
    'okta, domain: acme.okta.com, authorizationServer: https://acme-admin.okta.com/admin/oauth2/as',
    'authentik, host: ak.acme.com, application: https://ak.acme.com/application/o/authorize/',
    'github, organizations: [https://github.com/enterprises/acme]',
    'github, organizations: [https://github.com/settings/profile]',
    'github, organizations: [https://github.com/settings]',
    // A team: with the organization alone more people could log in.
    'github, organizations: [https://github.com/orgs/acme/teams/data]',
    'github, organizations: ["acme:data:science"]',
    'gitlab, groups: [https://gitlab.com/users/sign_in]',
    'gitlab, groups: [https://gitlab.com/admin/groups/acme]',
  ])('is not fixed where what is pasted names something else: %s', (fields) => {
    const { diagnostics } = check(`- { provider: ${fields}, ${CLIENT} }\n`);
    expect(diagnostics.map(({ code, fix }) => ({ code, fix }))).toEqual([{ code: 'SCH005', fix: undefined }]);
  });

  it('is fixed where it is certain what is meant, in an item of a list too', () => {
    const { diagnostics } = check(
      `- { provider: github, organizations: [https://github.com/acme, beta], ${CLIENT} }\n`,
    );
    expect(diagnostics.map(({ fix }) => fix?.replacement)).toEqual(['acme']);
  });

  it('with a key that was pasted in place of its path shows nothing of the key', () => {
    for (const pasted of [
      '{"private_key": "-----BEGIN PRIVATE KEY-----MIIEvQIBAPLANTED"}',
      '-----BEGIN PRIVATE KEY-----MIIEvQIBAPLANTED',
    ]) {
      const { diagnostics } = check(
        `- { provider: google, domains: [acme.com], adminEmail: a@acme.com, serviceAccountFile: '${pasted}', ${CLIENT} }\n`,
      );
      expect(diagnostics.map(({ code }) => code)).toEqual(['SCH005']);
      for (const { message, hint, location } of diagnostics)
        expect(`${message} ${hint} ${codeFrame(location)?.line.text}`).not.toContain('PLANTED');
    }
  });

  it('is none at a custom domain that looks like an admin console', () => {
    expect(errorsIn(check(OKTA.replace('acme.okta', 'sso-admin.acme')).diagnostics)).toEqual([]);
  });

  it('is said of the field once, and not again of what would follow from it', () => {
    expect(errorsIn(check(OKTA.replace('acme.okta', 'acme-admin.okta')).diagnostics)).toHaveLength(1);
  });

  it('in the name of the provider names those that there are', () => {
    expect(finding('- { provider: oktaa, domain: a }\n', 'SCH004')).toMatchObject({
      at: 'oktaa',
      hint: expect.stringContaining('did you mean "okta"?') as string,
    });
  });

  it('is a type beside the provider', () => {
    expect(finding(`${OKTA}  type: oidc\n`, 'SCH001')).toEqual({
      at: 'type',
      hint: 'remove it: provider: okta makes it a connector of type oidc',
    });
  });

  it('in what follows from the provider alone points at the line that names it', () => {
    const item =
      '- { provider: entra, tenant: 72f988bf-86f1-41af-91ab-2d7cd011db47, clientID: a, clientSecret: { env: A } }\n';
    const { document } = check(item);
    const path = ['identity', 'connectors', 0, 'config'] as const;
    const lineOf = (key: string): number | undefined => locate(document.root, [...path, key]).range?.line;
    expect(nodeAt(document.root, [...path, 'emailToLowercase'])?.scalar).toBe(true);
    expect(lineOf('emailToLowercase')).toBe(lineOf('tenant'));
    expect(locate(document.root, [...path, 'emailToLowercase']).range).toEqual(
      locate(document.root, ['identity', 'connectors', 0, 'type']).range,
    );
  });

  it('is never fixed in what only follows from it: that is not written there', () => {
    const { document } = check(OKTA);
    const issuer = ['identity', 'connectors', 0, 'config', 'issuer'];
    const node = nodeAt(document.root, issuer);
    expect(node?.scalar).toBe('https://acme.okta.com');
    expect(replaceText(document.root, issuer, 'https://beta.okta.com', 'Write it')).toBeUndefined();
    expect(node && renameKey(node, 'issuers')).toBeUndefined();
  });
});
