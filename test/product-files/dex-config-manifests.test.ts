import { check, rows, type Row } from './support/check';
import { config } from './support/minimal-config';

describe('a template', () => {
  const TEMPLATE = `{{- /* example */ -}}\n${config({ issuer: '{{ getenv "ISSUER" }}' })}{{- if .Env.X }}\ngrpc: {}\n{{- end }}\n`;

  test('that is no YAML is told once, with what the parser says first', () => {
    const found = check('dex-config', TEMPLATE, 'dex@2.45', 'config.yaml');
    expect(found.map(({ code }) => code).sort()).toEqual(['DEX229', 'DOC002']);
    expect(found.find(({ code }) => code === 'DOC002')?.hint).toContain('the finding DEX229');
  });

  test('that the image does not run is no YAML', () =>
    expect(check('dex-config', TEMPLATE, 'dex@2.45', 'config.yml').map(({ code }) => code)).not.toContain(
      'DEX229',
    ));

  test('says nothing of the form of the value behind it', () => {
    const text = config({ issuer: '{{ getenv "ISSUER" }}' });
    const codes = (name: string): string[] =>
      check('dex-config', text, 'dex@2.45', name).map(({ code }) => code);
    expect(codes('config.yaml')).not.toContain('DEX203');
    expect(codes('config.yaml')).toContain('DEX229');
    expect(codes('config.yml')).toContain('DEX203');
  });
});

describe('in a manifest', () => {
  const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');
  const configMap = (text: string, key = 'config.yaml'): string =>
    `apiVersion: v1\nkind: ConfigMap\ndata:\n  ${key}: |\n${indented(text)}`;
  const inBase64 = (text: string): string =>
    `apiVersion: v1\nkind: Secret\ndata:\n  config.yaml: ${Buffer.from(text).toString('base64')}\n`;

  test.each([
    ['a block', configMap(config())],
    ['base64', inBase64(config({ enablePasswordDB: 'yes' }))],
    ['base64 in a block', inBase64(config()).replace(/config.yaml: (.*)/, 'config.yaml: |\n    $1')],
    [
      'a string in quotes',
      `apiVersion: v1\nkind: Secret\nstringData: { config.yaml: ${JSON.stringify(config())} }`,
    ],
    ['beside other objects', `apiVersion: v1\nkind: Service\n---\n${configMap(config())}---\n`],
    [
      'beside the configuration of another program',
      `${configMap(config())}---\n${configMap('theme: dark\ntelemetry: { a: b }\nstorage: { local: {} }\n')}`,
    ],
    ['beside other keys', `${configMap(config())}  logo.svg: <svg/>\n  other.yaml: "a: ["\n`],
  ])('%s is valid', (_, text) => expect(rows(check('dex-config', text, 'dex@2.45'))).toEqual([]));

  test.each<[string, string, Row[]]>([
    ['a key that is unknown', configMap(config({ allowedOrigins: '[a]' })), [['DEX201', 9, 5]]],
    [
      'a connector',
      configMap(config({ connectors: '[{ type: okta, id: a, name: A }]' })),
      [['DEX105', 9, 26]],
    ],
    ['the whole value of base64', inBase64(config({ allowedOrigins: '[a]' })), [['DEX201', 4, 16]]],
    ['a template', configMap(config({ frontend: '{ issuer: "{{ x }}" }' })), [['DEX229', 9, 26]]],
    ['a template in base64', inBase64(config({ frontend: '{ issuer: "{{ x }}" }' })), [['DEX229', 4, 16]]],
    ['a template elsewhere', configMap(config({ frontend: '{ issuer: "{{ x }}" }' }), 'config.yml'), []],
    ['an address that arguments may give', configMap(config({ web: undefined })), [['DEX212?', 5, 5]]],
    [
      'an address for gRPC that arguments may give',
      configMap(config({ grpc: '{ tlsCert: /c, tlsKey: /k }' })),
      [['DEX215?', 9, 5]],
    ],
    [
      'a key for gRPC that arguments do not give',
      configMap(config({ grpc: '{ addr: "127.0.0.1:1", tlsCert: /c }' })),
      [['DEX215', 9, 5]],
    ],
    ['two documents', configMap(`${config()}---\n${config()}`), [['FIL009', 4, 16]]],
    ['YAML that is none', configMap('issuer: [\n'), [['DOC002', 5, 13]]],
    ['a template that is no YAML', configMap(`{{- if x }}\n${config()}{{- end }}\n`), [['DEX229', 5, 5]]],
    ['no configuration', 'apiVersion: v1\nkind: ConfigMap\ndata: { a: b }\n', [['FIL011', 1, 1]]],
    [
      'what the user says is one',
      configMap('logger: { level: loud }\n').replace(/^/, ''),
      [
        ['DEX204', 5, 5],
        ['DEX204', 5, 5],
        ['DEX212?', 5, 5],
        ['DEX218?', 5, 5],
        ['DEX203', 5, 22],
      ],
    ],
  ])('%s', (_, text, expected) => expect(rows(check('dex-config', text, 'dex@2.45'))).toEqual(expected));

  test('the path leads through the manifest', () =>
    expect(
      check('dex-config', configMap(config({ connectors: '[{ type: okta, id: a, name: A }]' })), 'dex@2.45'),
    ).toMatchObject([{ path: '/data/config.yaml/connectors/0/type' }]));

  test('secrets are not shown', () => {
    const slip = config({ staticClients: '[{ id: a, secret: hunter2, nam: hunter2 }]' });
    for (const text of [configMap(slip), inBase64(slip), inBase64(`${slip}a: [`)])
      for (const { message, location } of check('dex-config', text, 'dex@2.45')) {
        const shown = `${message} ${location.source?.shownLine(location.range?.line ?? 0)}`;
        expect(shown).not.toMatch(/hunter2/);
        expect(shown).not.toContain(Buffer.from(slip).toString('base64').slice(0, 40));
      }
  });
});
