import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { formErrors, unknownValues } from '../../src/product-files/dex-config/form-errors';
import { PATTERN_EFFECTS } from '../../src/product-files/dex-config/form-hints';
import { resolved, serverSchema, type ServerSchema } from '../../src/product-files/dex-config/server-schema';
import { config, database, found, HASH, only, places } from './support/dex-config-sections';

/** The form of a Dex configuration: keys, values, and what is said of them. */

test('of every list of values and every pattern it is known what happens without', () => {
  const without: string[] = [];
  const walk = (unresolved: ServerSchema, place: string): void => {
    const schema = resolved(unresolved);
    if (schema['x-unreleased'] || place === 'connectors') return;
    if (schema.enum && !formErrors[place] && !unknownValues[place]) without.push(place);
    if (schema.pattern !== undefined && !formErrors[place] && !PATTERN_EFFECTS[place]) without.push(place);
    for (const [key, inner] of Object.entries(schema.properties ?? {}))
      walk(inner, place === '' ? key : `${place}.${key}`);
    if (schema.items) walk(schema.items, `${place}[]`);
    for (const { then } of schema.allOf ?? [])
      if (then?.properties?.config) walk(then.properties.config, `${place}.config`);
  };
  walk(serverSchema(), '');
  expect(without).toEqual([]);
});

describe('keys', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['a slip at the top', { loger: '{}' }, '/loger', 'did you mean `logger`?'],
    ['a slip in a section', { web: '{ http: ":80", htps: a }' }, '/web/htps', 'did you mean `web.https`?'],
    [
      'a slip of a name on the pages',
      { frontend: '{ isuer: Acme }' },
      '/frontend/isuer',
      'did you mean `frontend.issuer`?',
    ],
    [
      'a URL, of which there is one',
      { frontend: '{ logURL: a }' },
      '/frontend/logURL',
      'did you mean `frontend.logoURL`?',
    ],
    [
      'a URL, which that name is not',
      { frontend: '{ issuerURL: a }' },
      '/frontend/issuerURL',
      'remove it; valid keys: dir, logoURL, issuer, theme, extra',
    ],
    [
      'a URI, which it is not either',
      { frontend: '{ issuerUri: a }' },
      '/frontend/issuerUri',
      'remove it; valid keys: dir, logoURL, issuer, theme, extra',
    ],
    [
      'what begins like one',
      { frontend: '{ urlissuer: a }' },
      '/frontend/urlissuer',
      'did you mean `frontend.issuer`?',
    ],
    ['a URL at the top, which is one', { issuerURL: 'a' }, '/issuerURL', 'did you mean `issuer`?'],
    [
      'a key of another section',
      { allowedOrigins: '[a]' },
      '/allowedOrigins',
      '`allowedOrigins` belongs to `web.allowedOrigins`',
    ],
    [
      'a key of two others',
      { web: '{ http: ":80", logoURL: a }' },
      '/web/logoURL',
      '`logoURL` belongs to `frontend.logoURL` or `staticClients[].logoURL`',
    ],
    ['a key like no other', { logger: '{ zzz: a }' }, '/logger/zzz', 'remove it; valid keys: level, format'],
    [
      'a section for anchors, which has its place at the top alone',
      { logger: '{ x-shared: &a b }' },
      '/logger/x-shared',
      'remove it; valid keys: level, format',
    ],
    [
      'a slip is one with an anchor, too',
      { storag: '&a { type: memory }' },
      '/storag',
      'did you mean `storage`?',
    ],
    [
      'what a storage does not take, behind its type',
      { storage: '{ type: memory, zzz: 1 }' },
      '/storage/zzz',
      'remove it; valid keys: type, config',
    ],
    [
      'what begins like a type',
      { storage: '{ type: memory, types: 1 }' },
      '/storage/types',
      'did you mean `storage.type`?',
    ],
  ])('%s', (_shows, sections, path, hint) => {
    const finding = only(sections);
    expect(finding).toMatchObject({ code: 'DEX201', path, hint });
    expect(finding.message).toMatch(/^`.*` is not a key of a Dex configuration; Dex ignores it silently$/);
  });

  test('a single wrong letter is corrected, and more are not', () => {
    expect(only({ loger: '{}' }).fix).toMatchObject({
      replacement: 'logger',
      range: { line: 5, column: 1, endColumn: 6 },
    });
    expect(only({ lgoger: '{}' })).toMatchObject({ hint: 'did you mean `logger`?' });
    expect(only({ lgoger: '{}' }).fix).toBeUndefined();
    expect(only({ frontend: '{ issuerURL: a }' }).fix).toBeUndefined();
  });

  test('the key is where the finding is, and its value may be a secret', () => {
    const { location } = only({ logger: '{ zzz: 7xk8O71U }' });
    expect(location.range).toMatchObject({ line: 5, column: 11, endColumn: 14 });
    expect(location.source?.shownLine(5)).not.toContain('7xk8O71U');
  });

  test.each<[string, Record<string, string>, string, string, string]>([
    [
      'a key of a later release',
      { web: '{ http: ":80", tlsMinVersion: "1.2" }' },
      'dex@2.37',
      '/web/tlsMinVersion',
      'by Dex 2.38 and newer',
    ],
    [
      'a section of a later release',
      { signer: '{ type: local }' },
      'dex@2.44',
      '/signer',
      'by Dex 2.45 and newer',
    ],
    [
      'a key of no release',
      { logger: '{ excludeFields: [a] }' },
      'dex@2.45',
      '/logger/excludeFields',
      'by no release of Dex up to 2.45',
    ],
  ])('%s', (_shows, sections, target, path, readers) => {
    const finding = only(sections, target);
    const name = path.slice(1).replace('/', '.');
    expect(finding).toMatchObject({
      code: 'DEX202',
      path,
      message: `Dex ${target.slice(4)} ignores \`${name}\` silently`,
      hint: `it is read ${readers}; remove it until then`,
    });
    const { line = 0, column = 0 } = finding.location.range ?? {};
    const from = config(sections)
      .split('\n')
      [line - 1]?.slice(column - 1);
    expect(from?.startsWith(`${name.replace(/.*\./, '')}:`)).toBe(true);
  });

  test('a key that is not read is no answer to a slip', () =>
    expect(only({ web: '{ http: ":80", tlsMinVersio: "1.2" }' }, 'dex@2.37').hint).toBe(
      'remove it; valid keys: http, https, tlsCert, tlsKey, allowedOrigins',
    ));

  test.each<[string, Record<string, string>, string]>([
    ['a key of no release', { sessions: '' }, 'dex@2.45'],
    ['a field that programs set', { frontend: '{ webFS: }' }, 'dex@2.45'],
    ['a string of a mapping of strings', { frontend: '{ extra: { a: } }' }, 'dex@2.45'],
    ['a list', { staticClients: '' }, 'dex@2.45'],
    ['a number', { storage: database('postgres', 'host: db, port: , ssl: { mode: disable }') }, 'dex@2.45'],
  ])('nothing is said of null: %s', (_shows, sections, target) =>
    expect(places(found(sections, target))).toEqual([]),
  );

  test('a field that programs set has no decoder', () =>
    expect(only({ frontend: '{ webFS: dir }' })).toMatchObject({
      code: 'DEX203',
      path: '/frontend/webFS',
      message:
        '`frontend.webFS` can be set by programs only: `error unmarshaling JSON: … json: cannot unmarshal string into Go struct field … of type fs.FS`',
      hint: 'remove it; `frontend.dir` names a folder',
    }));

  test('keys of a mapping of strings are anyone’s', () =>
    expect(places(found({ frontend: '{ extra: { tos: a, zzz: [b] } }' }))).toEqual([
      'DEX203 /frontend/extra/zzz',
    ]));

  test('another case is a warning at the key', () =>
    expect(only({ Logger: '{ level: info }' })).toMatchObject({
      code: 'DEX206',
      severity: 'warning',
      path: '/Logger',
      message: '`Logger` is written `logger`; Dex reads it all the same, other tools may not',
      hint: 'write `logger`',
      location: { range: { line: 5, column: 1, endColumn: 7 } },
      fix: { replacement: 'logger' },
    }));
});

describe('a key in two spellings', () => {
  const KEPT = { code: 'DEX230', path: '/enablePasswordDB', hint: 'keep one of them' };
  const ONE =
    '`EnablePasswordDB` and `enablePasswordDB` are one key to Dex, which sorts the keys and takes the last, `enablePasswordDB`; ';

  test('that say the same', () =>
    expect(only({ EnablePasswordDB: 'true' })).toMatchObject({
      ...KEPT,
      severity: 'warning',
      message: `${ONE}here both say the same`,
      location: { range: { line: 4, column: 1 } },
    }));

  test('of which one is overruled', () =>
    expect(only({ EnablePasswordDB: 'false' })).toMatchObject({
      ...KEPT,
      severity: 'error',
      message: `${ONE}the other is overruled silently`,
    }));

  test('null overrules no type', () => {
    const sections = { storage: '{ Type: sqlite3, type: , config: {} }' };
    expect(places(found(sections))).toEqual(['DEX230 /storage/type', 'DEX204 /storage/config']);
  });

  test('the value that counts is known to what comes later', () =>
    expect(
      places(found({ staticClients: '[{ Name: A, id: 5, secret: b }, { name: B, id: "5", secret: c }]' })),
    ).toEqual(['DEX206? /staticClients/0/Name', 'IDN004 /staticClients/1/id']));
});

describe('what is missing', () => {
  test.each<[string, Record<string, string>, Partial<Diagnostic>]>([
    [
      'a key at the top',
      { issuer: '' },
      {
        path: '',
        severity: 'error',
        message: '`issuer` is missing: `no issuer specified in config file`',
        hint: 'add `issuer`, such as `issuer: https://dex.example.com/dex`',
      },
    ],
    [
      'an empty one',
      { issuer: '""' },
      {
        path: '/issuer',
        message: '`issuer` is empty: `no issuer specified in config file`',
        hint: 'give it a value',
      },
    ],
    [
      'the settings of a storage that needs one of them',
      { storage: '{ type: sqlite3 }' },
      {
        path: '/storage',
        message: '`storage.config` is missing: the database would be gone with the process',
        hint: 'add `config`',
      },
    ],
    [
      'one of them',
      { storage: '{ type: etcd, config: {} }' },
      {
        path: '/storage/config',
        message:
          '`storage.config.endpoints` is missing: `failed to initialize storage: etcdclient: no available endpoints`',
        hint: 'add `endpoints`',
      },
    ],
    [
      'the settings of a signer',
      { signer: '{ type: local }' },
      { path: '/signer', hint: 'add `config`, such as `config: { keysRotationPeriod: 6h }`' },
    ],
    [
      'those of another',
      { signer: '{ type: vault }' },
      {
        path: '/signer',
        hint: 'add `config`, such as `config: { addr: "https://vault.example.com:8200", token: $VAULT_TOKEN, keyName: dex }`',
      },
    ],
    [
      'the name of a client',
      { staticClients: '[{ id: a, secret: b }]' },
      { path: '/staticClients/0', hint: 'add `name`, which is what the consent page calls the client' },
    ],
    [
      'what Dex works without',
      { staticPasswords: `[{ hash: ${HASH} }]` },
      {
        path: '/staticPasswords/0',
        severity: 'warning',
        message:
          '`staticPasswords[0].email` is missing: it is the name to log in with, and the login page wants one',
      },
    ],
  ])('%s', (_shows, sections, finding) =>
    expect(found(sections).find(({ code }) => code === 'DEX204')).toMatchObject(finding),
  );
});
