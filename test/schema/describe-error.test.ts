import { describeError, type DescribedError } from '../../src/schema/describe-error';
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
  ['uniqueItems', 0, 'name has an entry twice'],
  ['multipleOf', 5, 'name has the wrong form'],
])('%s: %s', (keyword, limit, message) =>
  expect(said(keyword, { [keyword]: limit }, 'x')).toEqual({
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

  test('is shown without the password of a URL', () =>
    expect(said('pattern', lower, 'https://ada:hunter2@acme.com').message).not.toContain('hunter2'));

  test('has the wrong form where the schema does not say which it wants', () =>
    expect(said('pattern', { pattern: '^a$' }, 'b').message).toBe('name has the wrong form'));

  test('is given the hint of the schema', () =>
    expect(said('pattern', { ...lower, 'x-hint': 'leave it out' }, 'A').hint).toBe('leave it out'));

  test.each<[data: string, hint: string | undefined]>([
    [' prod ', 'write: prod'],
    ['My_Cluster', 'write: my-cluster'],
    ['--My Cluster--', 'write: my-cluster'],
    ['prod.eu', 'write: prod-eu'],
    // What is more than a name in another spelling is not guessed.
    ['prod!', undefined],
    ['ä', undefined],
    ['__', undefined],
  ])('is written as it was meant: %j', (data, hint) =>
    expect(said('pattern', { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }, data).hint).toBe(hint),
  );

  test('is not written as what is too long', () => {
    const pattern = '^[a-z]+$';
    expect(said('pattern', { pattern, maxLength: 4 }, ' prod ').hint).toBe('write: prod');
    expect(said('pattern', { pattern, maxLength: 3 }, ' prod ').hint).toBeUndefined();
  });

  test.each<[data: string, hint: string]>([
    ['30 days', '30d'],
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
    ['object', 5, undefined],
    ['boolean', 'yes', 'write true, without quotes'],
    ['boolean', 'ON', 'write true, without quotes'],
    ['boolean', 'true', 'write true, without quotes'],
    ['boolean', 'No', 'write false, without quotes'],
    ['boolean', 'off', 'write false, without quotes'],
    ['boolean', 'false', 'write false, without quotes'],
    ['boolean', 'yesterday', undefined],
    ['boolean', 'is on', undefined],
    ['boolean', 1, undefined],
    ['array', 'email', 'write a list: `["…"]`, or one item a line after `- `'],
    ['array', 5, undefined],
    ['integer', '12', 'write it without quotes'],
    ['integer', '12a', undefined],
    ['integer', 'a12', undefined],
    ['object', '12', undefined],
  ])('%j instead of %j', (type, data, hint) =>
    expect(said('type', { type }, data, 'some.field').hint).toBe(hint),
  );

  const days = { type: 'string', pattern: '^[0-9]+d$', 'x-expected': 'days such as 30d' };
  test('a number is not put in quotes where that is no answer', () => {
    expect(said('type', days, 30).hint).toBe('write days such as 30d');
    expect(said('type', { ...days, pattern: '^[0-9]+$' }, 30).hint).toBe('put it in quotes');
    expect(said('type', { type: 'string', pattern: '^[0-9]+d$' }, 30).hint).toBe('put it in quotes');
  });
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
