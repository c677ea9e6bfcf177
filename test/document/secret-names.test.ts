import { isSecretName, looksLikeName } from '../../src/document/secret-names';

describe('the name of a field that may hold a secret', () => {
  test.each([
    ...[
      'rootToken',
      'clientSecret',
      'SECRETS',
      'password',
      'passwd',
      'passphrase',
      'passcode',
      'dbPass',
      'pwd',
    ],
    ...['bindPW', 'pws', 'bindP', 'licenseKey', 'licence', 'credentials', 'seed', 'hash', 'deploymentID'],
    ...[
      'authorization',
      'bearerX',
      'cookie',
      'webhookURL',
      'signature',
      'conn_str',
      'connStr',
      'connectionStr',
    ],
    ...[
      'connection_str',
      'key',
      'keys',
      'apiKey',
      'private_key',
      'api-keys',
      'serviceAccountKey',
      'accessKey',
    ],
    ...['keystonePassword', 'dsn', 'databaseDsn', 'id_jwt', 'sas', 'otp', 'pin', 'user-pin'],
  ])('%s', (name) => expect(isSecretName(name)).toBe(true));

  test.each([
    ...[
      'name',
      'host',
      'clientID',
      'release',
      'storage',
      'redirectURI',
      'scopes',
      'connectors',
      'baseDN',
      'tak',
    ],
    ...['pass-through', 'compasses', 'spwsx', 'bindPort', 'keystone', 'keyspace', 'pinned', 'connections'],
    ...['secretName', 'tokenURL', 'groupsKey', 'idTokenExpiry', 'idTokens', 'passwordPolicy', 'publicKey'],
    ...['publicKeys', 'requiredDropKey', 'requiredDropKeys', 'topologyKey', 'license-identifier'],
    ...['pinx', 'xpi', 'k'.repeat(10_000), '', '10pin', '7keys'],
  ])('not %s', (name) => expect(isSecretName(name)).toBe(false));

  test('is harmless by its end alone', () => {
    expect(isSecretName('clientSecretName')).toBe(false);
    expect(isSecretName('secretNameSecret')).toBe(true);
  });
});

describe('the name of a variable that may hold a secret', () => {
  test.each([
    ...['GITHUB_PAT', 'PAT', 'PAT_OF_CI', 'BASIC_AUTH', 'DB_CREDS', 'CRED', 'SALT', 'DATABASE_DSN', 'AN_JWT'],
    ...['AZURE_SAS', 'WIFI_PSK', 'KEY_FOR_CI', 'KEYS_OF_CI'],
  ])('%s', (name) => expect(isSecretName(name)).toBe(true));

  test.each([
    'PATH',
    'COMPAT',
    'OAUTH',
    'SALTY',
    'MONKEYS_OF',
    'KEYSTONE',
    'CREDO',
    'pat',
    'auth',
    'basic_auth',
  ])('not %s', (name) => expect(isSecretName(name)).toBe(false));
});

describe('a misspelled name is taken for one that it is near', () => {
  test.each([
    ...[
      'rootTokn',
      'rootTokens',
      'clientSecert',
      'clientSecrt',
      'pasword',
      'paswordd',
      'licens',
      'credentails',
    ],
    ...[
      'bindPwd',
      'pashprase',
      'my_tokn_2',
      'ROOT_TOKN',
      'tokn',
      'deploymentI',
      'deplymentI',
      'deploymentIDxy',
    ],
    `${'x'.repeat(59)}_tokn`,
  ])('%s', (name) => expect(isSecretName(name)).toBe(true));

  test.each([
    ...['broken', 'rootTkn', 'tok', 'secede', 'deploymen'],
    ...['passage', 'pastor', 'rootTo', `${'x'.repeat(60)}_tokn`],
  ])('not %s', (name) => expect(isSecretName(name)).toBe(false));
});

describe('what stands where the name of a variable or a file belongs', () => {
  test.each([
    ...[
      'PACHD_SECRET',
      'A',
      '_A1',
      'TF_VAR_auth0_client_secret',
      'client-secret',
      'client_secret',
      'Root_Token_a',
    ],
    ...['./secret', 'secret.txt', 'a/b', String.raw`a\b`],
  ])('a name is shown: %s', (name) => expect(looksLikeName(name)).toBe(true));

  test.each([
    ...[
      'Zm9vYmFyMTIz',
      'hunter2',
      'TF_VAR_Zm9vYmFyMTIz',
      'tf_var_a1b2c3',
      'TF_VAR_a Z',
      'XTF_VAR_a1',
      '1A',
      'A-B',
    ],
    ...['AB cd', 'rootToken', 'a b', 'A_b_', '_a_B', 'TF_VAR_1a', 'a1_b', ''],
  ])('a secret is not: %s', (secret) => expect(looksLikeName(secret)).toBe(false));
});
