import fc from 'fast-check';
import { checkConnectorConfig } from '../../src/connectors/check-config';
import { knowsType } from '../../src/connectors/connector-types';
import { connectorFacts, type ConnectorSchemaName } from '../../src/generated/connector-facts';
import type { ObjectFacts, StringFacts, ValueFacts } from '../../src/connectors/key-facts';
import { targets } from '../../src/connectors/target';
import { derivedValidator, schemaNames } from './support/schemas';

/** Values of every kind; no null and no empty text, which Go takes for a missing value and JSON Schema does not. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    'text',
    'https://idp.example.com',
    7,
    -1,
    1.5,
    true,
    false,
    [],
    {},
    ['a'],
    [1],
    [[]],
  ),
  fc.constantFrom<unknown>(
    { env: 'A' },
    { env: '1 A' },
    { existing: { name: 'a' } },
    { env: 'A', file: 'b' },
    { generate: {} },
  ),
  fc.constantFrom<unknown>(
    '-----BEGIN',
    'QUJD',
    'QUI',
    'QUI=',
    '(a=b)',
    'a=b',
    'ldap://host',
    'a*',
    '$NAME',
    'sub',
    '"',
  ),
);

const TEXTS = ['text', 'https://idp.example.com', 'ldap.example.com:636', '(a=b)', '$NAME'];

function rightTexts({ values, pattern = '' }: StringFacts): readonly string[] {
  return (
    values?.filter((value) => value !== '') ?? TEXTS.filter((text) => new RegExp(pattern, 'u').test(text))
  );
}

function valueOf(facts: ValueFacts): fc.Arbitrary<unknown> {
  const right: Record<ValueFacts['kind'], () => fc.Arbitrary<unknown>> = {
    string: () => fc.constantFrom(...rightTexts(facts as StringFacts)),
    base64: () => fc.constantFrom('QUJD', 'QUI=', 'QQ==', 'QUJD\nQUJD\n'),
    secret: () =>
      fc.constantFrom<unknown>(
        's',
        { env: 'A' },
        { file: './a' },
        { existing: { name: 'a', key: 'b' } },
        { generate: {} },
      ),
    boolean: () => fc.boolean(),
    integer: () => fc.nat(),
    list: () => fc.array(valueOf((facts as { items: ValueFacts }).items), { maxLength: 2 }),
    map: () => fc.dictionary(fc.constantFrom('a', 'b'), valueOf((facts as { values: ValueFacts }).values)),
    object: () => mappingOf(facts as ObjectFacts),
  };
  return fc.oneof({ weight: 25, arbitrary: right[facts.kind]() }, { weight: 1, arbitrary: anything });
}

function mappingOf(facts: ObjectFacts): fc.Arbitrary<object> {
  const keys = Object.entries(facts.keys);
  const required = fc.record(
    Object.fromEntries(
      keys.filter(([key]) => facts.required.includes(key)).map(([key, { value }]) => [key, valueOf(value)]),
    ),
    { requiredKeys: [] },
  );
  const complete = fc.record(
    Object.fromEntries(
      keys.filter(([key]) => facts.required.includes(key)).map(([key, { value }]) => [key, valueOf(value)]),
    ),
  );
  const some = fc
    .uniqueArray(fc.constantFrom(...keys.map(([key]) => key), 'nonsense'), { maxLength: 3 })
    .chain((names) =>
      fc.record(
        Object.fromEntries(
          names.map((name) => [name, valueOf(facts.keys[name]?.value ?? { kind: 'string' })]),
        ),
      ),
    );
  return fc
    .tuple(fc.oneof({ weight: 9, arbitrary: complete }, { weight: 1, arbitrary: required }), some)
    .map(([first, second]) => ({ ...second, ...first }));
}

test.each(schemaNames)(
  '%s: the checks and the derived schema accept the same configurations',
  (name: ConnectorSchemaName) => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...targets.filter((target) => knowsType(name, target))),
        mappingOf(connectorFacts[name]),
        (target, config) => {
          const errors = checkConnectorConfig(name, config, target).filter(
            ({ severity, code }) => severity === 'error' && code !== 'DEX105',
          );
          const isValid = derivedValidator(name, target)(config);
          seen[isValid ? 'accepted' : 'refused']++;
          expect({ target, config, accepted: errors.length === 0 }).toEqual({
            target,
            config,
            accepted: isValid,
          });
        },
      ),
      { numRuns: 600, seed: 1729 },
    );
    expect(seen.accepted).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(20);
  },
);
