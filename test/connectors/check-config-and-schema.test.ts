import fc from 'fast-check';
import { checkConnectorConfig } from '../../src/connectors/check-config';
import { knowsType } from '../../src/connectors/connector-types';
import { connectorFacts, type ConnectorSchemaName } from '../../src/generated/connector-facts';
import type { ObjectFacts, StringFacts, ValueFacts } from '../../src/connectors/key-facts';
import { targets } from '../../src/releases/target';
import { check } from '../product-files/support/check';
import { derivedValidator, schemaNames } from './support/schemas';

/** Values of every kind; no null, which Go takes for a missing value and JSON Schema does not. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    '',
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

const TEXTS = ['', 'text', 'https://idp.example.com', 'ldap.example.com:636', '(a=b)', '$NAME'];

type Form = 'document' | 'file';

function rightTexts({ values, pattern = '' }: StringFacts): readonly string[] {
  return values ?? TEXTS.filter((text) => new RegExp(pattern, 'u').test(text));
}

const SECRETS: Readonly<Record<Form, readonly unknown[]>> = {
  document: ['s', { env: 'A' }, { file: './a' }, { existing: { name: 'a', key: 'b' } }, { generate: {} }],
  file: ['s'],
};

function rightValueOf(facts: ValueFacts, form: Form): fc.Arbitrary<unknown> {
  const right: Record<ValueFacts['kind'], () => fc.Arbitrary<unknown>> = {
    string: () => fc.constantFrom(...rightTexts(facts as StringFacts)),
    base64: () =>
      fc.constantFrom<unknown>(
        ...['', 'QUJD', 'QUI=', 'QQ==', 'QUJD\nQUJD\n'],
        ...(form === 'file' ? [[], [65, 66], [65, null], [256], ['A']] : []),
      ),
    secret: () => fc.constantFrom(...SECRETS[form]),
    boolean: () => fc.boolean(),
    integer: () => fc.nat(),
    list: () => fc.array(valueOf((facts as { items: ValueFacts }).items, form), { maxLength: 2 }),
    map: () =>
      fc.dictionary(fc.constantFrom('a', 'b'), valueOf((facts as { values: ValueFacts }).values, form)),
    object: () => mappingOf(facts as ObjectFacts, form),
  };
  return right[facts.kind]();
}

function valueOf(facts: ValueFacts, form: Form): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 25, arbitrary: rightValueOf(facts, form) }, { weight: 1, arbitrary: anything });
}

/** A value for a key that must have one; seldom an empty one. */
function neededValueOf(facts: ValueFacts, form: Form): fc.Arbitrary<unknown> {
  const right = rightValueOf(facts, form).filter((value) => value !== '');
  return fc.oneof({ weight: 25, arbitrary: right }, { weight: 1, arbitrary: anything });
}

function mappingOf(facts: ObjectFacts, form: Form): fc.Arbitrary<object> {
  const keys = Object.entries(facts.keys);
  const needed = new Set([...facts.required, ...(form === 'file' ? ['redirectURI'] : [])]);
  const values = Object.fromEntries(
    keys.filter(([key]) => needed.has(key)).map(([key, { value }]) => [key, neededValueOf(value, form)]),
  );
  const some = fc
    .uniqueArray(fc.constantFrom(...keys.map(([key]) => key), 'nonsense'), { maxLength: 3 })
    .chain((names) =>
      fc.record(
        Object.fromEntries(
          names.map((name) => [name, valueOf(facts.keys[name]?.value ?? { kind: 'string' }, form)]),
        ),
      ),
    );
  return fc
    .tuple(
      fc.oneof(
        { weight: 9, arbitrary: fc.record(values) },
        { weight: 1, arbitrary: fc.record(values, { requiredKeys: [] }) },
      ),
      some,
    )
    .map(([first, second]) => ({ ...second, ...first }));
}

/** A value that is left out now and then. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 29, arbitrary }, { weight: 1, arbitrary: fc.constant(undefined) });
}

/** A value that is there now and then. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** A whole file with one connector. */
function fileOf(name: ConnectorSchemaName): fc.Arbitrary<object> {
  const text = (right: string): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 25, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: anything });
  return fc
    .record({
      type: sometimes(text(name)),
      id: sometimes(fc.oneof(text('idp'), text('myBasicAuth'), text('a/b'))),
      name: sometimes(text('IdP')),
      version: rarely(fc.oneof({ weight: 9, arbitrary: fc.nat() }, { weight: 1, arbitrary: anything })),
      config: sometimes(
        fc.oneof(
          { weight: 25, arbitrary: mappingOf(connectorFacts[name], 'file') },
          { weight: 1, arbitrary: anything },
        ),
      ),
      nonsense: rarely(anything),
    })
    .map((file) => JSON.parse(JSON.stringify(file)) as object);
}

/** What a test saw, so that it shows when everything is refused, or nothing. */
class Seen {
  accepted = 0;
  refused = 0;

  count(isValid: boolean): boolean {
    this[isValid ? 'accepted' : 'refused']++;
    return isValid;
  }

  expectBoth(): void {
    expect(this.accepted).toBeGreaterThan(20);
    expect(this.refused).toBeGreaterThan(20);
  }
}

describe.each(['document', 'file'] as const)('in a %s', (form) => {
  test.each(schemaNames)(
    '%s: the checks and the derived schema accept the same configurations',
    (name: ConnectorSchemaName) => {
      const seen = new Seen();
      fc.assert(
        fc.property(
          fc.constantFrom(...targets.filter((target) => knowsType(name, target))),
          mappingOf(connectorFacts[name], form),
          (target, config) => {
            const errors = checkConnectorConfig(name, config, target, { form }).filter(
              ({ severity, code }) => severity === 'error' && code !== 'DEX105',
            );
            const accepted = seen.count(derivedValidator(`connectors/${name}`, target, form)(config));
            expect({ target, config, accepted: errors.length === 0 }).toEqual({ target, config, accepted });
          },
        ),
        { numRuns: 600, seed: 1729 },
      );
      seen.expectBoth();
    },
  );
});

/** Errors about form; what a form that is right leads to, no schema can say. */
const FORM = /^(FIL00[1-6]|FIL011|DEX10[1-5])$/;

test.each(schemaNames)(
  '%s: validate and the schema of connector files accept the same files',
  (name: ConnectorSchemaName) => {
    const seen = new Seen();
    fc.assert(
      fc.property(fc.constantFrom(...targets), fileOf(name), (target, file) => {
        const findings = check('connector', JSON.stringify(file), target);
        // A rule speaks in place of the form of a value that is a variable where none is filled in.
        if (findings.some(({ code }) => code === 'DEX016')) return;
        const errors = findings.filter(({ severity, code }) => severity === 'error' && FORM.test(code));
        const accepted = seen.count(derivedValidator('connector', target, 'file')(file));
        expect({ target, file, accepted: errors.length === 0 }).toEqual({ target, file, accepted });
      }),
      { numRuns: 800, seed: 1729 },
    );
    seen.expectBoth();
  },
);
