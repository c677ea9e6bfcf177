import fc from 'fast-check';
import YAML from 'yaml';
import { toYaml } from '../../../src/constructs/support/yaml';
import { yamlWithReferences } from '../../../src/constructs/support/yaml-with-references';

/** As pachd reads it. */
const read = (text: string): unknown => YAML.parse(text, { version: '1.1' });

describe('toYaml', () => {
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
  ])('keeps %j a string', (text) => {
    expect(read(toYaml({ key: text, [text]: 1 }))).toEqual({ key: text, [text]: 1 });
    expect(toYaml([text])).not.toBe(`- ${text}\n`);
  });

  it('keeps every text what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(read(toYaml({ text }))).toEqual({ text });
      }),
    );
  });

  it('folds no lines and makes no anchors', () => {
    const shared = { url: `https://acme.com/${'x'.repeat(200)}` };
    expect(toYaml([shared, shared])).toBe(`- url: ${shared.url}\n- url: ${shared.url}\n`);
  });

  it('leaves the order of keys alone', () => {
    expect(toYaml({ b: 1, a: 2 })).toBe('b: 1\na: 2\n');
  });
});

describe('yamlWithReferences', () => {
  /** What Kubernetes makes of the value of a variable (third_party/forked/golang/expansion). */
  const expand = (text: string, variables: Record<string, string>): string =>
    text.replace(/\$\$|\$\((\w+)\)/g, (all, name?: string) =>
      name === undefined ? '$' : (variables[name] ?? all),
    );

  it.each(['simple', 'it\'s: "x" # y', '{"a": [1]}', '- *anchor', '%', 'yes', 'a$(B)$$c', 'with newline\n'])(
    'takes %j for what it is',
    (secret) => {
      const value = [{ id: 'price$(X) $5', secret: '$(SECRET)', name: 'n' }];
      const text = yamlWithReferences(value, new Set(['$(SECRET)']));
      expect(read(expand(text, { SECRET: secret }))).toEqual([
        { id: 'price$(X) $5', secret: secret.trimEnd(), name: 'n' },
      ]);
    },
  );
});
