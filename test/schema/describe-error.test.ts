import { describeError, type DescribedError } from '../../src/schema/describe-error';
import { shownKey } from '../../src/document/mask';
import type { SchemaFinding } from '../../src/schema/check-schema';

/** What is said of a value that breaks a keyword of a schema, at a path with dots. */
function said(
  keyword: string,
  schema: Readonly<Record<string, unknown>>,
  data: unknown,
  path = 'name',
  params: Readonly<Record<string, unknown>> = { limit: schema[keyword] },
): SchemaFinding {
  const error = { keyword, params, path: [], parentSchema: schema, schema: schema[keyword], data };
  return describeError(error, path.split('.'));
}

test.each<[keyword: string, limit: number, message: string]>([
  ['minLength', 1, 'name must not be empty'],
  ['minLength', 3, 'name must have at least 3 characters'],
  ['maxLength', 63, 'name must have at most 63 characters'],
  ['minimum', 2, 'name must be at least 2'],
  ['maximum', 9, 'name must be at most 9'],
  ['minItems', 1, 'name must not be empty'],
  ['minItems', 2, 'name must have at least 2 entries'],
  ['maxItems', 4, 'name must have at most 4 entries'],
  ['multipleOf', 5, 'name has the wrong form'],
])('%s: %s', (keyword, limit, message) =>
  // A pattern beside it is kept.
  expect(said(keyword, { [keyword]: limit, pattern: '^ ?x$' }, ' x')).toEqual({
    code: 'SCH005',
    path: ['name'],
    onKey: false,
    message,
  }),
);

test('a key of the wrong form is told of at the key, and with the mapping that has it', () => {
  const error = {
    keyword: 'minLength',
    params: { limit: 1 },
    propertyName: 'k',
    parentSchema: {},
    data: 'k',
  };
  expect(describeError(error as unknown as DescribedError, ['a', 'b'])).toEqual({
    code: 'SCH005',
    path: ['a', 'b', 'k'],
    onKey: true,
    message: 'A key of a.b must not be empty',
  });
});

describe('a value that does not match a pattern', () => {
  const lower = { pattern: '^[a-z0-9-]+$', 'x-expected': 'lowercase letters' };

  test.each<[data: unknown, shown: string]>([
    ['A b', '"A b"'],
    ['A \n\t b', '"A b"'],
    [`A${'b'.repeat(59)}`, `"A${'b'.repeat(59)}"`],
    [`A${'b'.repeat(60)}`, `"A${'b'.repeat(59)}…"`],
    [5.5, '5.5'],
    [true, 'true'],
    [null, 'this value'],
    [['A'], 'this value'],
  ])('is shown in a line, cut behind 60 characters: %j', (data, shown) =>
    expect(said('pattern', lower, data).message).toBe(`name must be lowercase letters; ${shown} is not`),
  );

  test.each(['auth.rootToken', 'database.external.password'])(
    'is not shown where it may be a secret: %s',
    (path) => {
      const { message, hint } = said('pattern', lower, 'My Secret', path);
      expect(message).toBe(`${path} must be lowercase letters; this value is not`);
      expect(hint).toBeUndefined();
    },
  );

  test('is no comment that says where a secret is', () =>
    expect(said('pattern', lower, 'the password is Rotated30').message).toContain('Rotated30'));

  test('is shown without the password of a URL', () =>
    expect(said('pattern', lower, 'https://ada:hunter2@acme.com').message).not.toContain('hunter2'));

  test('has the wrong form where the schema does not say which it wants', () =>
    expect(said('pattern', { pattern: '^a$' }, 'b').message).toBe('name has the wrong form'));

  test('is given the hint of the schema', () =>
    expect(said('pattern', { ...lower, 'x-hint': 'leave it out' }, 'A').hint).toBe('leave it out'));

  test.each<[data: string, hint: string | undefined]>([
    [' prod ', 'write: prod'],
    ['My_Cluster', 'write: my-cluster'],
    ['--My  Cluster--', 'write: my-cluster'],
    ['prod.eu', 'write: prod-eu'],
    // What is more than a name in another spelling is not guessed.
    ['prod!', undefined],
    ['ä', undefined],
    ['äprod', undefined],
    ['__', undefined],
  ])('is written as it was meant: %j', (data, hint) =>
    expect(said('pattern', { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }, data).hint).toBe(hint),
  );

  test.each<[data: string, pattern: string, hint: string | undefined]>([
    [' ada@acme.com ', '^\\S+@\\S+$', 'write: ada@acme.com'],
    ['argocd.acme.com', '^https://[^/]+$', 'write: https://argocd.acme.com'],
    ['argocd', '^https://[^/]+$', undefined],
    // In other letters it is another one.
    ['0oA xY', '^[!-~]+$', undefined],
    // Nothing is left of it.
    ['__', '^[a-z0-9-]*$', undefined],
  ])('is written as it was meant: %j for %s', (data, pattern, hint) =>
    expect(said('pattern', { pattern }, data).hint).toBe(hint),
  );

  test('is not written as what is too long', () => {
    const pattern = '^[a-z]+$';
    expect(said('pattern', { pattern, maxLength: 4 }, ' prod ').hint).toBe('write: prod');
    expect(said('pattern', { pattern, maxLength: 3 }, ' prod ').hint).toBeUndefined();
  });

  test.each<[data: string, hint: string]>([
    ['30 days', '30d'],
    ['30days', '30d'],
    ['30 d', '30d'],
    ['1 hour', '1h'],
    ['1 hr', '1h'],
    ['1 Day, 12 hours', '1d12h'],
    ['5 min', '5m'],
    ['5 minutes', '5m'],
    ['2 hrs', '2h'],
    ['10 sec', '10s'],
    ['10 seconds', '10s'],
  ])('is written as a duration: %j', (data, hint) =>
    expect(said('pattern', { pattern: '^([0-9]+[dhms])+$' }, data).hint).toBe(`write: ${hint}`),
  );
});

test.each<[data: string, host: string | undefined]>([
  ['https://pach.acme.com', 'pach.acme.com'],
  ['HTTPS://pach.acme.com/login?a=b', 'pach.acme.com'],
  ['pach.acme.com/login', 'pach.acme.com'],
  ['pach.acme.com?a', 'pach.acme.com'],
  ['pach.acme.com#a', 'pach.acme.com'],
  ['pach.acme.com:443', 'pach.acme.com'],
  ['pach.acme.com:', 'pach.acme.com'],
  ['pach.acme.com.', 'pach.acme.com'],
  ['pach.acme.com.:443', 'pach.acme.com'],
  ['[fd00::5]', 'fd00::5'],
  ['[FD00::5]:443', 'FD00::5'],
  ['https://[fd00::5]:443/', 'fd00::5'],
  ['fd00::5::1', undefined],
  ['[fd00::5', undefined],
  ['[fd00::5]x', undefined],
  ['x[fd00::5]', undefined],
  ['https://ada:x@pach.acme.com', 'pach.acme.com'],
  ['https://ada@acme.com@pach.acme.com/', 'pach.acme.com'],
  ['pach.acme.com/\nlogin', 'pach.acme.com'],
  ['-a', undefined],
])('of %s the host is %s', (data, host) => {
  const { hint } = said(
    'pattern',
    { pattern: '^$', 'x-expected': 'a host name or address', 'x-hint': 'no' },
    data,
  );
  expect(hint).toBe(host === undefined ? undefined : `write only the host: ${host}`);
});

describe('a value of another kind', () => {
  test.each<[wanted: string | readonly string[], data: unknown, hint: string | undefined]>([
    ['string', null, 'give it a value, or remove the line'],
    ['integer', null, 'give it a value, or remove the line'],
    ['string', 5, 'put it in quotes'],
    ['string', false, 'put it in quotes'],
    [['string', 'object'], 5, 'put it in quotes'],
    ['string', [], 'write one string instead of a list'],
    ['object', 5, undefined],
    ['object', 'yes', undefined],
    ['boolean', ['yes'], 'write `true` or `false`'],
    ['boolean', 'yes', 'write true, without quotes'],
    ['boolean', 'ON', 'write true, without quotes'],
    ['boolean', 'true', 'write true, without quotes'],
    ['boolean', 'No', 'write false, without quotes'],
    ['boolean', 'off', 'write false, without quotes'],
    ['boolean', 'false', 'write false, without quotes'],
    ['boolean', 'yesterday', undefined],
    ['boolean', 'is on', undefined],
    ['boolean', 1, undefined],
    ['array', 'email', 'write a list: ["email"]'],
    ['array', 'no', 'write a list: ["no"]'],
    ['array', 'correct horse battery', 'write a list: `["…"]`, or one item a line after `- `'],
    ['array', 'hunter2hunter2hunter2', 'write a list: `["…"]`, or one item a line after `- `'],
    ['array', 5, undefined],
    ['integer', '12', 'write it without quotes'],
    ['integer', '12a', undefined],
    ['integer', 'a12', undefined],
    ['integer', ['12'], undefined],
    ['object', '12', undefined],
  ])('%j instead of %j', (type, data, hint) =>
    expect(said('type', { type, items: { type: 'string' } }, data, 'some.field').hint).toBe(hint),
  );

  test('a word in place of a list of mappings may be a secret of one, and is not said', () => {
    const mappings = { type: 'array', items: { type: 'object' } };
    expect(said('type', mappings, 'hunter2', 'some.field').hint).toBe(
      'write a list: `["…"]`, or one item a line after `- `',
    );
  });

  const days = { type: 'string', pattern: '^[0-9]+d$', 'x-expected': 'days such as 30d' };
  test('a number is not put in quotes where that is no answer', () => {
    expect(said('type', days, 30).hint).toBe('write days such as 30d');
    expect(said('type', { ...days, pattern: '^[0-9]+$' }, 30).hint).toBe('put it in quotes');
    expect(said('type', { type: 'string', pattern: '^[0-9]+d$' }, 30).hint).toBe('put it in quotes');
    expect(said('type', { ...days, pattern: undefined }, 30).hint).toBe('put it in quotes');
    // Patterns know the classes of Unicode, as in JSON Schema.
    expect(said('type', { ...days, pattern: '^\\p{Nd}+$' }, 30).hint).toBe('put it in quotes');
  });
});

test('where a mapping belongs and a word stands, the keys are named', () => {
  const image = { type: 'object', properties: { repository: {}, tag: {} } };
  expect(said('type', image, 'pachd:2.11').hint).toBe('write a mapping; its keys: repository, tag');
  expect(said('type', { type: 'object' }, 'pachd:2.11').hint).toBeUndefined();
});

test('where a list, a mapping or a word stands for one of the others, the form is told', () => {
  const image = { type: 'object', properties: { repository: {}, tag: {} } };
  expect(said('type', image, []).hint).toBe('write `key: value` lines without `- ` before them');
  expect(said('type', { type: 'array' }, {}).hint).toMatch(/^put `- ` before the first key of each item/);
  expect(said('type', { type: 'string' }, []).hint).toBe('write one string instead of a list');
  expect(said('type', { type: ['string', 'object'] }, []).hint).toBeUndefined();
});

describe('a key that is not known', () => {
  const network = { properties: { host: {}, port: {} } };
  const unknown = (key: string, schema: object = network, data: unknown = {}, path = 'loki'): SchemaFinding =>
    said('additionalProperties', { ...schema }, data, path, { additionalProperty: key });

  test.each<[string, string, Partial<SchemaFinding>]>([
    [
      'with letters in the wrong order',
      'hsot',
      { hint: 'did you mean "host"?', means: ['host'], renameTo: undefined },
    ],
    ['in another case', 'Host', { hint: 'did you mean "host"?', means: ['host'], renameTo: 'host' }],
    ['one letter too many', 'hosts', { hint: 'did you mean "host"?', means: ['host'], renameTo: 'host' }],
    ['like none of them', 'xyz', { hint: 'valid keys: host, port', means: undefined, renameTo: undefined }],
    [
      'with its value, for want of a colon',
      'host loki.acme.com',
      { hint: 'write a colon after host', means: ['host'], renameTo: undefined },
    ],
    [
      'with more behind it',
      'hostname',
      { hint: 'did you mean "host"?', means: ['host'], renameTo: undefined },
    ],
    ['that every object has', 'constructor', { hint: 'valid keys: host, port' }],
    ['with one place elsewhere', 'rootToken', { hint: 'there is such a key elsewhere: auth.rootToken' }],
    [
      'with three',
      'newSecret',
      {
        hint: 'there is such a key elsewhere: access.tls.newSecret, enterpriseServer.tls.newSecret or pachd.tls.newSecret',
      },
    ],
    ['with too many', 'replicas', { hint: 'valid keys: host, port' }],
  ])('%s: %s', (_shows, key, finding) => {
    const found = unknown(key);
    expect(found).toMatchObject({
      code: 'SCH001',
      about: 'unknown key',
      path: ['loki', key],
      onKey: true,
      message: `loki has no key "${shownKey(key)}"`,
    });
    expect(found).toMatchObject(finding);
  });

  test('beside the one that is meant it is not renamed', () => {
    expect(unknown('Host', network, { host: 'a' })).toMatchObject({ means: ['host'], renameTo: undefined });
    expect(unknown('Host', network, { port: 1 })).toMatchObject({ means: ['host'], renameTo: 'host' });
  });

  test('what the official chart has there is not renamed', () =>
    expect(unknown('storageSize', { properties: { storagesize: {} } }, {}, 'etcd')).toMatchObject({
      hint: 'that is a value of the official chart; here it is etcd.size',
      means: undefined,
      renameTo: undefined,
    }));

  test('with which a known one begins, or that begins a known one', () => {
    const pachd = { properties: { environment: {}, image: {}, imagePullSecrets: {} } };
    expect(unknown('env', pachd)).toMatchObject({
      hint: 'did you mean "environment"?',
      means: ['environment'],
    });
    expect(unknown('ima', pachd).hint).toBe('valid keys: environment, image, imagePullSecrets');
    expect(unknown('en', pachd).hint).toBe('valid keys: environment, image, imagePullSecrets');
  });

  test('of several kinds one is meant, whatever is elsewhere', () =>
    expect(unknown('rootToken', { ...network, maxProperties: 1 }).hint).toBe('valid keys: host, port'));
});

describe('a secret value', () => {
  const forms = { properties: { env: {}, file: {}, existing: {}, generate: {} } };
  const ALL = '{ env: NAME }, { file: PATH }, { existing: { name, key } } or { generate: {} }';
  const secret = (keyword: string, schema: object, path = 'auth.rootToken', key = 'hunter2'): SchemaFinding =>
    said(keyword, { ...schema }, {}, path, { additionalProperty: key });

  test.each<[string, object, string, string]>([
    ['the secret in the place of a key', forms, 'auth.rootToken', ALL],
    [
      'where it may be in some places only',
      { properties: { env: {}, file: {} } },
      'secrets.store.identity',
      '{ env: NAME } or { file: PATH }',
    ],
    [
      'where it must be there already',
      { properties: { existing: {} } },
      'identity.connectorsFrom',
      '{ existing: { name, key } }',
    ],
    ['inside one of the forms', { properties: { name: {}, key: {} } }, 'auth.rootToken.existing', ALL],
    ['inside another', { properties: { length: {} } }, 'auth.rootToken.generate', ALL],
  ])('%s', (_shows, schema, path, hint) => {
    expect(secret('additionalProperties', schema, path)).toEqual({
      code: 'SCH001',
      about: 'unknown key',
      path: path.split('.'),
      onKey: false,
      message: 'A secret value has no such key',
      hint: `write ${hint}`,
    });
  });

  test('a slip of a form is shown', () =>
    expect(secret('additionalProperties', forms, 'auth.rootToken', 'fiel')).toEqual({
      code: 'SCH001',
      about: 'unknown key',
      path: ['auth', 'rootToken', 'fiel'],
      onKey: true,
      message: 'A secret value has no key "fiel"',
      hint: 'did you mean "file"?',
    }));

  test('is not what a certificate is', () =>
    expect(secret('additionalProperties', { properties: { file: {} } }, 'pachd.tls', 'name')).toMatchObject({
      message: 'pachd.tls has no key "name"',
      hint: 'valid keys: file',
    }));

  test('has one form', () => {
    expect(secret('maxProperties', forms).hint).toBe(`keep one of ${ALL}`);
    expect(secret('minProperties', forms).hint).toBe(`write ${ALL}`);
    expect(secret('minProperties', { properties: { env: {}, file: {} } }).hint).toBe(
      'write { env: NAME } or { file: PATH }',
    );
    expect(secret('minProperties', { properties: { name: {} } }).hint).toBe('fill it, or remove the line');
  });
});

test('there is one value only', () =>
  expect(said('const', { const: 'pachkit/v1' }, 'v2', 'apiVersion', { allowedValue: 'pachkit/v1' })).toEqual({
    code: 'SCH004',
    path: ['apiVersion'],
    onKey: false,
    message: 'apiVersion cannot be "v2"',
    hint: 'write: apiVersion: pachkit/v1',
  }));

test('digits are the position in a list where they are all there is', () => {
  const finding = said('required', {}, {}, 'pachd.0a.10.b1', { missingProperty: 'type' });
  expect(finding.message).toBe('pachd["0a"][10].b1 is missing the required key "type"');
  expect(finding.hint).toBe('add it: pachkit explain pachd["0a"].b1.type says what it takes');
});

test.each<[key: string, path: string, hint: string]>([
  ['apiVersion', 'document', 'add the line: apiVersion: pachkit/v1'],
  ['release', 'document', 'add the release of Pachyderm that runs, such as: release: 2.11.6'],
  [
    'redirectURIs',
    'oauth.clients.0',
    'add the URLs that Dex may send browsers back to; redirectURIs: [] is for a public client that uses http://localhost on any port',
  ],
  ['type', 'identity.connectors.10', 'add it: pachkit explain identity.connectors.type says what it takes'],
])('without the key %s', (key, path, hint) => {
  const finding = said('required', {}, {}, path, { missingProperty: key });
  expect(finding).toMatchObject({ code: 'SCH002', onKey: true, hint, data: { missingKey: key } });
  expect(finding.path).toEqual(path.split('.'));
});

test('what is missing beside another key says so', () =>
  expect(
    said('dependentRequired', {}, {}, 'tls', { missingProperty: 'key', property: 'certificate' }).message,
  ).toBe('tls is missing the required key "key", which it needs beside "certificate"'));
