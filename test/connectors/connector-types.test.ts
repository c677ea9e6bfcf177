import {
  connectorKeys,
  describeReaders,
  keyAvailability,
  restrictionKeys,
} from '../../src/connectors/availability';
import {
  brokenEffect,
  connectorType,
  connectorTypeNames,
  connectorTypes,
  isConnectorType,
  knowsType,
  usableTypes,
  yieldsRefreshTokens,
  type ConnectorType,
} from '../../src/connectors/connector-types';
import { targets } from '../../src/releases/target';
import { schemaNames } from './support/schemas';

const withoutRedirect: readonly ConnectorType[] = [
  'ldap',
  'authproxy',
  'atlassian-crowd',
  'keystone',
  'mockCallback',
  'mockPassword',
];

test('every schema has a type and every type a schema', () => {
  expect([...new Set(connectorTypeNames.map((type) => connectorTypes[type].schema))].sort()).toEqual(
    schemaNames,
  );
  expect(connectorTypeNames).toHaveLength(18);
  expect(connectorTypes.samlExperimental).toBe(connectorTypes.saml);
});

test.each(connectorTypeNames)('%s: the registry and the schema agree', (type) => {
  const { callback, secretKeys } = connectorTypes[type];
  const keys = connectorKeys(type);
  expect(keys.filter(({ facts }) => facts.secret).map(({ path }) => path)).toEqual(secretKeys);
  expect(keys.filter(({ facts }) => facts.value.kind === 'secret').map(({ path }) => path)).toEqual(
    secretKeys,
  );
  expect(keys.some(({ path }) => path === 'redirectURI')).toBe(callback === 'strict' || callback === 'saml');
  expect(withoutRedirect.includes(type)).toBe(callback !== 'strict' && callback !== 'saml');
});

test('names that are no types, those of every object included', () => {
  for (const name of ['local', 'OIDC', '', 'toString', 'constructor', '__proto__']) {
    expect(isConnectorType(name)).toBe(false);
    expect(connectorType(name)).toBeUndefined();
  }
  expect(connectorType('oidc')?.callback).toBe('strict');
});

test('oauth is unknown, then broken in Pachyderm, then of use', () => {
  const state = (target: (typeof targets)[number]): string =>
    !knowsType('oauth', target) ? 'unknown' : brokenEffect('oauth', target) ? 'broken' : 'of use';
  expect(targets.filter((target) => state(target) === 'unknown')).toEqual([
    'dex@2.29',
    'dex@2.30',
    'pachyderm@2.2',
    'pachyderm@2.3',
  ]);
  expect(targets.filter((target) => state(target) === 'broken')).toEqual([
    'pachyderm@2.4',
    'pachyderm@2.5',
    'pachyderm@2.6',
  ]);
  for (const target of targets)
    expect(usableTypes(target).includes('oauth')).toBe(state(target) === 'of use');
});

test('all other types exist everywhere', () => {
  for (const target of targets)
    expect(connectorTypeNames.filter((type) => !knowsType(type, target) && type !== 'oauth')).toEqual([]);
});

test('what opens the network at startup, and what never yields refresh tokens', () => {
  const those = (is: (type: ConnectorType) => boolean): readonly string[] => connectorTypeNames.filter(is);
  expect(those((type) => connectorTypes[type].opensNetworkAtStart)).toEqual(['oidc', 'google', 'openshift']);
  expect(those((type) => !yieldsRefreshTokens(type, 'dex@2.45'))).toEqual([
    'oauth',
    'saml',
    'samlExperimental',
    'authproxy',
  ]);
  expect(those((type) => connectorTypes[type].mock)).toEqual(['mockCallback', 'mockPassword']);
  expect(yieldsRefreshTokens('openshift', 'dex@2.31')).toBe(false);
  expect(yieldsRefreshTokens('openshift', 'dex@2.32')).toBe(true);
  expect(yieldsRefreshTokens('openshift', 'pachyderm@2.3')).toBe(false);
  expect(yieldsRefreshTokens('openshift', 'pachyderm@2.4')).toBe(true);
});

test('which keys restrict who may log in', () => {
  expect(restrictionKeys('oidc')).toEqual(['hostedDomains', 'allowedGroups']);
  expect(restrictionKeys('github')).toEqual(['orgs', 'orgs[].name', 'orgs[].teams', 'org']);
  expect(restrictionKeys('google')).toEqual(['hostedDomains', 'groups']);
  for (const type of ['gitlab', 'microsoft', 'openshift', 'atlassian-crowd'] as const)
    expect(restrictionKeys(type)).toEqual(['groups']);
  expect(restrictionKeys('saml')).toEqual(['allowedGroups']);
  expect(restrictionKeys('bitbucket-cloud')).toEqual(['teams']);
  expect(restrictionKeys('gitea')).toEqual(['orgs', 'orgs[].name', 'orgs[].teams']);
  for (const type of [
    'oauth',
    'ldap',
    'linkedin',
    'authproxy',
    'keystone',
    'mockCallback',
    'mockPassword',
  ] as const)
    expect(restrictionKeys(type)).toEqual([]);
});

test('the availability of a key', () => {
  expect(keyAvailability('oidc', 'claimMapping.email', 'pachyderm@2.2')).toEqual({
    read: true,
    dex: { since: 29 },
    pachyderm: { since: 0 },
    forkOnly: false,
    unreleased: false,
  });
  expect(keyAvailability('oidc', 'forwardedLoginParams', 'pachyderm@2.7')).toEqual({
    read: false,
    pachyderm: { since: 0, until: 6 },
    forkOnly: true,
    unreleased: false,
  });
  expect(keyAvailability('ldap', 'kerberos.spn', 'dex@2.45')).toEqual({
    read: false,
    forkOnly: false,
    unreleased: true,
  });
  expect(keyAvailability('samlExperimental', 'ssoURL', 'dex@2.45')?.read).toBe(true);
  expect(keyAvailability('oidc', 'claimMapping.emailKey', 'dex@2.45')).toBeUndefined();
});

test.each([
  ['allowedGroups', 'by Dex 2.38 and newer and by no Pachyderm release'],
  ['rootCAs', 'by Dex 2.36 and newer and by Pachyderm 2.7 and newer'],
  ['hostedDomains', 'by Dex up to 2.31 and by Pachyderm up to 2.3'],
  ['issuer', 'by every Dex and by every Pachyderm'],
  ['forwardedLoginParams', 'by no standalone Dex and by Pachyderm up to 2.6'],
  ['providerDiscoveryOverrides.userInfoURL', 'by no release, neither of Dex (up to 2.45) nor of Pachyderm'],
])('%s is read %s', (path, readers) => {
  const key = connectorKeys('oidc').find((candidate) => candidate.path === path);
  expect(key && describeReaders(key.facts)).toBe(readers);
});

test('a key is read only where the mapping it is in is read', () => {
  for (const type of connectorTypeNames) {
    const keys = connectorKeys(type);
    for (const { path } of keys.filter((key) => key.path.includes('.'))) {
      const parent = path.slice(0, path.lastIndexOf('.')).replace('[]', '');
      for (const target of targets)
        if (keyAvailability(type, path, target)?.read)
          expect([path, target, keyAvailability(type, parent, target)?.read]).toEqual([path, target, true]);
    }
  }
});
