import fc from 'fast-check';
import YAML from 'yaml';
import { embeddedYaml, embeddedYamlWithReferences } from '../../../src/constructs/support/embedded-yaml';

/** As pachd reads it. */
const read = (text: string): unknown => YAML.parse(text, { version: '1.1' });

describe('embeddedYaml', () => {
  const TRAPS = ['yes', 'No', 'on', 'OFF', 'y', 'N', '~', 'null', 'true', '010', '0o7', '0x1f', '0b11'];
  const MORE_TRAPS = [
    '1_000',
    '1:30',
    '190:20:30',
    '1e3',
    '12e03',
    '.5',
    '.inf',
    '2001-01-01',
    '=',
    '<<',
    '',
    ' x',
  ];

  it.each([
    ...TRAPS,
    ...MORE_TRAPS,
    'a: b',
    'abc #def',
    '- x',
    '*x',
    '&x',
    '!x',
    '%x',
    '@x',
    '`x',
    '{',
    '[',
    '|',
    '>',
  ])('keeps %j a text', (text) => {
    expect(read(embeddedYaml({ key: text, [text]: 1 }))).toEqual({ key: text, [text]: 1 });
    expect(embeddedYaml([text])).not.toBe(`- ${text}\n`);
  });

  it('keeps every text what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(read(embeddedYaml({ text }))).toEqual({ text });
      }),
    );
  });

  it('folds no lines and makes no anchors', () => {
    const shared = { url: `https://acme.com/${'x'.repeat(200)}` };
    expect(embeddedYaml([shared, shared])).toBe(`- url: ${shared.url}\n- url: ${shared.url}\n`);
  });

  it('leaves the order of keys alone', () => {
    expect(embeddedYaml({ b: 1, a: 2 })).toBe('b: 1\na: 2\n');
  });
});

describe('embeddedYamlWithReferences', () => {
  /** What Kubernetes makes of the value of a variable (third_party/forked/golang/expansion). */
  const expand = (text: string, variables: Record<string, string>): string =>
    text.replace(/\$\$|\$\((\w+)\)/g, (all, name?: string) =>
      name === undefined ? '$' : (variables[name] ?? all),
    );

  it.each(['simple', 'it\'s: "x" # y', '{"a": [1]}', '- *anchor', '%', 'yes', 'a$(B)$$c', 'with newline\n'])(
    'takes %j for what it is',
    (secret) => {
      const value = [{ id: 'price$(X) $5', secret: '$(SECRET)', name: 'n' }];
      const text = embeddedYamlWithReferences(value, new Set(['$(SECRET)']));
      expect(read(expand(text, { SECRET: secret }))).toEqual([
        { id: 'price$(X) $5', secret: secret.trimEnd(), name: 'n' },
      ]);
    },
  );
});
