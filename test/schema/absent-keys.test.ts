import {
  adviceOnAbsentKey,
  homesElsewhere,
  meantByAbsentKey,
  ABSENT_KEYS,
} from '../../src/schema/absent-keys';
import { schemaAt } from '../../src/schema/schema-at';
import { rowsIn } from '../../src/schema/key-advice';

const isField = (path: string): boolean => Object.keys(schemaAt(path.split('.'))).length > 0;
const advice = (path: string): string | undefined => {
  const steps = path.split('.');
  return adviceOnAbsentKey(steps.slice(0, -1), steps.at(-1) ?? '');
};

describe('keys that a section does not have', () => {
  test.each(rowsIn(ABSENT_KEYS))(
    'in the section "%s", %s are none of its own',
    (section, names, said, standsFor) => {
      const part = schemaAt(section === '' ? [] : section.split('.'));
      const { properties = {} } = part['items'] === undefined ? part : schemaAt([...section.split('.'), '0']);
      const keys = Object.keys(properties as object);
      expect(keys).not.toEqual([]);
      expect(keys.filter((key) => names.test(key))).toEqual([]);
      expect(keys).toEqual(expect.arrayContaining([...standsFor]));
      if (typeof said !== 'string') expect(said.filter((field) => !isField(field))).toEqual([]);
    },
  );

  test.each([
    ['version', 'here it is release'],
    ['issuer', 'remove it: the issuer follows from access; access.urls.issuer says another'],
    ['access.hostname', 'here it is access.host'],
    ['access.ingressClassName', 'here it is access.ingress.className'],
    ['access.tls.cert', 'here it is access.tls.newSecret'],
    [
      'auth.clusterAdmins',
      'bind a role to them: auth.roleBindings, such as "user:jane@acme.com": [clusterAdmin]',
    ],
    ['database.external.dbname', 'here it is database.name'],
    ['database.external.sslmode', 'here it is database.sslMode'],
    ['storage.bucket', 'here it is storage.s3.bucket, storage.gcs.bucket or storage.minio.bucket'],
    [
      'storage.size',
      'remove it: a bucket and a directory have none; the volumes are those of etcd, in etcd.size, and of the bundled PostgreSQL, in database.internal.size',
    ],
    ['storage.s3.accessKeyId', 'here it is storage.s3.credentials.id'],
    ['storage.s3.secret_access_key', 'here it is storage.s3.credentials.secret'],
  ])('%s: %s', (path, said) => expect(advice(path)).toBe(said));

  test.each([
    ['auth0.application.grant_types', /^remove it: at Auth0 Dex uses authorization_code and refresh_token /],
    ['auth0.application.app_type', /^remove it: .* a Regular Web Application/],
    ['auth0.application.callbacks', /additionalCallbackURLs$/],
    ['auth0.application.redirectURIs', /additionalCallbackURLs$/],
    ['auth0.application.allowed_logout_urls', /^write logoutURLs$/],
    ['auth0.application.token_endpoint_auth_method', /^write authenticationMethod$/],
    ['auth0.application.web_origins', /^remove it: no script/],
    ['auth0.application.jwtConfiguration', /RS256/],
    ['dex.storage.type', /^write the type as the key .* kubernetes: \{\}/],
    ['dex.storage.config', /^write the type as the key .* kubernetes: \{\}/],
    ['storage.s3.roleArn', /^leave out credentials, .* pachkit explain pachd\.serviceAccount\.annotations /],
  ])('%s: %s', (path, said) => expect(advice(path)).toMatch(said));

  test('what the official chart has there is in other fields, all of them', () =>
    expect(advice('ingress')).toBe(
      'that is a value of the official chart; here it is access.via, access.host, access.tls and access.ingress',
    ));

  test.each(['clientID', 'issuer', 'orgs', 'userSearch'])('%s is a setting of a connector', (key) =>
    expect(adviceOnAbsentKey(['identity', 'connectors', '0'], key)).toBe(
      `settings of a connector belong under config: config.${key}`,
    ),
  );

  test.each([
    ['pachd.cpu', 'write it in pachd.resources, such as requests: { cpu: 500m }'],
    ['pachd.resources.memory', 'write it in pachd.resources, such as requests: { memory: 2Gi }'],
    ['access.proxy.resources.cpu', 'write it in access.proxy.resources, such as requests: { cpu: 500m }'],
  ])('%s: %s', (path, said) => expect(advice(path)).toBe(said));

  test.each([
    ['overrides.0.target', ['kind', 'name']],
    ['overrides.0.spec', ['patch']],
    ['overrides.0.operations', ['patch']],
    ['gitops.repoURL', ['url']],
    ['storage.azure.bucket', ['container']],
    ['storage.s3.accessKey', []],
    ['version', ['release']],
    ['host', []],
  ])('%s stands for %j of the same section', (path, keys) => {
    const steps = path.split('.');
    expect(meantByAbsentKey(steps.slice(0, -1), steps.at(-1) ?? '')).toEqual(keys);
  });

  test('a key that a section below has is there', () => {
    expect(advice('access.className')).toBe('here it is access.ingress.className');
    expect(advice('pachd.labels')).toBe('here it is pachd.placement.labels or pachd.service.labels');
    expect(advice('database.size')).toBe('here it is database.internal.size');
  });

  test.each([
    'auth0.application.clientId',
    'identity.clients.0.grantTypes',
    'identity.connectors.0.anything',
    'access.anything',
    'auth.cpu',
    'connectors',
    'toString',
    'constructor.name',
  ])('of %s nothing is known', (path) => expect(advice(path)).toBeUndefined());

  test('of the places that a key has elsewhere, up to three are told', () => {
    expect(homesElsewhere('rootToken')).toBe('auth.rootToken');
    expect(homesElsewhere('newSecret')).toBe(
      'access.tls.newSecret, enterpriseServer.tls.newSecret or pachd.tls.newSecret',
    );
    expect(homesElsewhere('region')).toBe('storage.s3.region');
    // It is about Terraform's state alone.
    expect(homesElsewhere('organization')).toBeUndefined();
    expect(homesElsewhere('replicas')).toBeUndefined();
    expect(homesElsewhere('nothing')).toBeUndefined();
  });
});
