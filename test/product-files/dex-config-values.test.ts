import { check } from './support/check';
import { database, found, only, places } from './support/dex-config-sections';

/** Values of a Dex configuration: their kinds, what Dex converts, and their forms. */

describe('a value of another kind', () => {
  test.each<[string, Record<string, string>, string, string, string]>([
    [
      'a boolean in quotes',
      { enablePasswordDB: '"true"', connectors: '[{ type: mockCallback, id: m, name: M }]' },
      '/enablePasswordDB',
      '`enablePasswordDB` must be true or false, not a string: `error unmarshaling JSON: … json: cannot unmarshal string into Go struct field Config.enablePasswordDB of type bool`',
      'write `true` or `false` without quotes and without anything after it',
    ],
    [
      'a string where a section belongs',
      { logger: 'debug' },
      '/logger',
      '`logger` must be a mapping, not a string: `error unmarshaling JSON: … json: cannot unmarshal string into Go struct field Config.logger',
      'write a mapping',
    ],
    [
      'a string where a list belongs',
      { oauth2: '{ responseTypes: code }' },
      '/oauth2/responseTypes',
      '`oauth2.responseTypes` must be a list, not a string: `error unmarshaling JSON: … json: cannot unmarshal string into Go struct field …',
      'write a list: `["…"]`, or one item a line after `- `',
    ],
    [
      'a list where a string belongs',
      { frontend: '{ theme: [dark] }' },
      '/frontend/theme',
      '`frontend.theme` must be a string, not a list: `error unmarshaling JSON: … json: cannot unmarshal array into Go struct field … of type string`',
      'write one string instead of a list',
    ],
    [
      'a number in a section that Dex decodes itself',
      { storage: database('postgres', 'host: db, user: 5, ssl: { mode: disable }') },
      '/storage/config/user',
      '`storage.config.user` must be a string, not a number: `error unmarshaling JSON: … json: cannot unmarshal number into Go struct field … of type string`',
      'put it in quotes',
    ],
    [
      'a boolean in one',
      { storage: database('postgres', 'host: db, user: yes, ssl: { mode: disable }') },
      '/storage/config/user',
      '`storage.config.user` must be a string, not true or false: `error unmarshaling JSON: … json: cannot unmarshal bool into Go struct field … of type string`',
      'put it in quotes: unquoted yes, no, on and off may be booleans in YAML',
    ],
    [
      'a number in a signer',
      { signer: '{ type: vault, config: { keyName: 5 } }' },
      '/signer/config/keyName',
      '`signer.config.keyName` must be a string, not a number: ',
      'put it in quotes',
    ],
    [
      'a number in a user',
      { staticPasswords: '[{ email: 5, hashFromEnv: HASH }]' },
      '/staticPasswords/0/email',
      '`staticPasswords[0].email` must be a string, not a number: ',
      'put it in quotes',
    ],
  ])('%s', (_shows, sections, path, message, hint) => {
    const finding = found(sections).find((each) => each.code === 'DEX203');
    expect(finding).toMatchObject({ path, hint });
    expect(finding?.message.startsWith(message)).toBe(true);
  });

  test('a list is no configuration', () =>
    expect(check('dex-config', '- issuer\n', 'dex@2.45')[0]).toMatchObject({
      code: 'DEX203',
      path: '',
      message: expect.stringMatching(/^The configuration must be a mapping, not a list: `/) as string,
    }));

  test('in the place of a section it may be a secret, elsewhere it is shown', () => {
    const shown = (sections: Record<string, string>, line: number): string | undefined =>
      only(sections).location.source?.shownLine(line);
    expect(shown({ storage: '7xk8O71U' }, 2)).not.toContain('7xk8O71U');
    expect(shown({ frontend: '{ theme: [7xk8O71U] }' }, 5)).toContain('7xk8O71U');
  });

  test('a level was a string up to 2.39, and is decoded by itself since', () => {
    expect(places(found({ logger: '{ level: 0 }' }))).toEqual(['DEX203 /logger/level']);
    expect(only({ logger: '{ level: 0 }' }, 'dex@2.39').message).toContain(
      '`logger.level` cannot be "0": `invalid config: log level is not one of the supported values',
    );
    expect(only({ logger: '{ level: }' })).toMatchObject({
      path: '/logger/level',
      message: '`logger.level` has no value: `error unmarshaling JSON: invalid syntax`',
      hint: 'write debug, info, warn or error, or remove the line',
    });
    expect(places(found({ logger: '{ level: }' }, 'dex@2.39'))).toEqual([]);
  });
});

describe('numbers', () => {
  const RANGE = 'from -9223372036854775808 to 9223372036854775807';
  const postgres = (settings: string): Record<string, string> => ({
    storage: database('postgres', `host: db, ssl: { mode: disable }, ${settings}`),
  });

  test.each([
    'port: 0',
    'port: 65535',
    'maxOpenConns: 9223372036854775807',
    'maxOpenConns: -9223372036854775808',
    'maxOpenConns: 1_000',
    'maxOpenConns: 1e3',
  ])('%s', (line) => expect(places(found(postgres(line)))).toEqual([]));

  test.each([
    ['port: -1', 'from 0 to 65535', '-1'],
    ['port: 65536', 'from 0 to 65535', '65536'],
    ['port: 54.32', 'from 0 to 65535', '54.32'],
    ['maxOpenConns: 1.5', RANGE, '1.5'],
    ['maxOpenConns: 9223372036854775808', RANGE, '9223372036854775808'],
    ['maxOpenConns: -9223372036854775809', RANGE, '-9223372036854775809'],
  ])('%s is refused', (line, range, number) => {
    const key = line.replace(/:.*/, '');
    const finding = only(postgres(line));
    expect(finding).toMatchObject({
      code: 'DEX203',
      path: `/storage/config/${key}`,
      message: `\`storage.config.${key}\` must be a whole number ${range}: \`error unmarshaling JSON: … json: cannot unmarshal number ${number} into Go struct field …\``,
    });
    expect(finding.hint).toBeUndefined();
  });
});

describe('what YAML 1.1 makes of a word or a number without quotes, and Dex a string again', () => {
  test.each([
    ['yes', 'a boolean', 'true'],
    ['off', 'a boolean', 'false'],
    ['0123', 'an octal number, because of the zero in front', '83'],
    ['-012', 'an octal number, because of the zero in front', '-10'],
    ['+012', 'an octal number, because of the zero in front', '10'],
    ['0x1F', 'a hexadecimal number', '31'],
    ['-0x1E', 'a hexadecimal number', '-30'],
    ['0b11', 'a binary number', '3'],
    ['1_000', 'a number', '1000'],
    ['1.10', 'a number with a fraction or an exponent', '1.1'],
    ['1.010', 'a number with a fraction or an exponent', '1.01'],
    ['01.50', 'a number with a fraction or an exponent', '1.5'],
    ['1e3', 'a number with a fraction or an exponent', '1000'],
  ])('%s', (written, kind, kept) =>
    expect(only({ frontend: `{ theme: ${written} }` })).toMatchObject({
      code: 'DEX231',
      severity: 'warning',
      path: '/frontend/theme',
      message: `YAML 1.1, which Dex reads, takes ${written} for ${kind}, and Dex keeps "${kept}"`,
      hint: 'put it in quotes',
    }),
  );

  test.each(['true', '5', '-5', '1.5', '"yes"', "'0123'", '!!str 0123', 'dark'])(
    'nothing is said of %s, which stays as it is written',
    (written) => expect(places(found({ frontend: `{ theme: ${written} }` }))).toEqual([]),
  );

  test('of what others compare theirs with, and of secrets', () => {
    const [id, secret] = found({ staticClients: '[{ id: 1.10, name: A, secret: 0123 }]' });
    const REFUSED = ': a client that sends what is written here is refused with `invalid_client`';
    expect(id).toMatchObject({
      severity: 'error',
      message: `YAML 1.1, which Dex reads, takes 1.10 for a number with a fraction or an exponent, and Dex keeps "1.1"${REFUSED}`,
    });
    expect(secret).toMatchObject({
      severity: 'error',
      message: `YAML 1.1, which Dex reads, takes this value for an octal number, because of the zero in front, and Dex keeps another string${REFUSED}`,
    });
  });

  test('what Dex keeps is what is compared', () =>
    expect(
      places(found({ staticClients: '[{ name: A, id: 5, secret: b }, { name: B, id: "5", secret: c }]' })),
    ).toEqual(['IDN004 /staticClients/1/id']));
});

describe('strings', () => {
  test.each<[string, Record<string, string>, string, string, string | undefined]>([
    [
      'one of several, nearly',
      { storage: '{ type: postgrs }' },
      '/storage/type',
      '`storage.type` cannot be "postgrs": `error unmarshaling JSON: unknown storage type "postgrs"`',
      'did you mean "postgres"?',
    ],
    [
      'none of several',
      { storage: database('postgres', 'host: db, ssl: { mode: prefer }') },
      '/storage/config/ssl/mode',
      '`storage.config.ssl.mode` cannot be "prefer": Dex cannot connect to the database',
      'write one of: disable, require, verify-ca, verify-full',
    ],
    [
      'none of those that the driver of MySQL has',
      { storage: database('mysql', 'host: db, ssl: { mode: prefer }') },
      '/storage/config/ssl/mode',
      '`storage.config.ssl.mode` cannot be "prefer": `failed to initialize storage: … unknown config name: prefer`',
      'write one of: "true", "false", skip-verify, preferred, custom',
    ],
    [
      'signs that a replacement would read',
      { storage: "{ type: 'a$&b' }" },
      '/storage/type',
      '`storage.type` cannot be "a$&b": `error unmarshaling JSON: unknown storage type "a$&b"`',
      undefined,
    ],
    [
      'no name of a variable',
      { staticClients: '[{ idEnv: app-client, secret: b, name: A }]' },
      '/staticClients/0/idEnv',
      '`staticClients[0].idEnv` cannot be "app-client": no environment variable has such a name, so the client has no id',
      'write the name of the variable alone, such as APP_CLIENT_SECRET',
    ],
    [
      'a secret of the wrong form',
      { staticPasswords: '[{ email: a, hash: hunter2 }]' },
      '/staticPasswords/0/hash',
      '`staticPasswords[0].hash` cannot be this value: `error unmarshaling JSON: malformed bcrypt hash: ',
      'write what `htpasswd -BinC 10 admin | cut -d: -f2` prints',
    ],
    [
      'a duration',
      { expiry: '{ idTokens: 1d }' },
      '/expiry/idTokens',
      '`expiry.idTokens` cannot be "1d": `invalid config value "1d" for id token expiry: ',
      'write hours, minutes and seconds, such as 24h or 1h30m; there are no days',
    ],
  ])('%s', (_shows, sections, path, message, hint) => {
    const finding = only(sections);
    expect(finding).toMatchObject({ code: 'DEX203', severity: 'error', path });
    expect(finding.message.startsWith(message)).toBe(true);
    if (hint !== undefined) expect(finding.hint).toBe(hint);
  });

  test('what works, and hardly as it is meant, is a warning', () =>
    expect(only({ expiry: '{ signingKeys: 0s }' }, 'dex@2.44')).toMatchObject({
      severity: 'warning',
      message:
        '`expiry.signingKeys` is "0s": Dex makes a new signing key every time it looks, twice a minute',
    }));

  test.each(['"TRUE"', '"1"', 'Preferred'])('the driver of MySQL takes the mode %s', (mode) =>
    expect(places(found({ storage: database('mysql', `host: db, ssl: { mode: ${mode} }`) }))).toEqual([]),
  );

  test('beside a signer the rotation of keys is not even parsed, and without it is', () => {
    const expiry = '{ signingKeys: 1d }';
    const local = '{ type: local, config: { keysRotationPeriod: 6h } }';
    expect(places(found({ expiry, signer: local }))).toEqual([]);
    expect(places(found({ expiry, Signer: local }))).toEqual(['DEX206? /Signer']);
    expect(places(found({ expiry, signer: '' }))).toEqual(['DEX203 /expiry/signingKeys', 'DEX204 /signer']);
    expect(places(found({ expiry, signers: 'a' }))).toEqual([
      'DEX203 /expiry/signingKeys',
      'DEX201 /signers',
    ]);
    expect(places(found({ expiry, signer: local }, 'dex@2.44'))).toEqual([
      'DEX203 /expiry/signingKeys',
      'DEX202 /signer',
    ]);
  });

  test('of a value that another spelling overrules only the kind counts', () => {
    const expiry = (overruled: string): string => `{ IdTokens: ${overruled}, idTokens: 24h }`;
    expect(places(found({ expiry: expiry('1d') }))).toEqual(['DEX230 /expiry/idTokens']);
    expect(places(found({ expiry: expiry('[1]') }))).toEqual([
      'DEX203 /expiry/IdTokens',
      'DEX230 /expiry/idTokens',
    ]);
    expect(places(found({ expiry: '{ idTokens: 24h, authRequests: 1d, IDTokens: 24h }' }))).toEqual([
      'DEX230? /expiry/idTokens',
      'DEX203 /expiry/authRequests',
    ]);
  });
});
