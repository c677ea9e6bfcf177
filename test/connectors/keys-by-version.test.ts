import { connectorKeys, keyAvailability } from '../../src/connectors/availability';
import { checkConnectorConfig } from '../../src/connectors/check-config';
import { brokenEffect, knowsType } from '../../src/connectors/connector-types';
import { connectorFacts, type ConnectorSchemaName } from '../../src/generated/connector-facts';
import type { ValueFacts } from '../../src/connectors/key-facts';
import { targets, type Target } from '../../src/releases/target';
import { isReadByTable, keyRows, type KeyRow } from './support/key-table';
import { sampleConfig } from './support/samples';
import { derivedValidator, schemaNames } from './support/schemas';

/** The kind of a key's value, in the words of the table. */
function kindOf(facts: ValueFacts): string {
  if (facts.kind === 'secret') return 'string';
  if (facts.kind === 'list') return `${kindOf(facts.items)}[]`;
  if (facts.kind === 'map') return `map<string,${kindOf(facts.values)}>`;
  return facts.kind;
}

/** The errors about a configuration of one key, apart from what is said about the whole type. */
function errorsFor(row: KeyRow, target: Target): readonly string[] {
  return checkConnectorConfig(
    row.connector,
    sampleConfig(row.connector as ConnectorSchemaName, row.key),
    target,
  )
    .filter(({ severity, code }) => severity === 'error' && code !== 'DEX105')
    .map(({ code, message }) => `${code} ${message}`);
}

describe('the table of keys', () => {
  test('has 210 rows', () => expect(keyRows).toHaveLength(210));

  test.each(schemaNames)('lists the keys of %s, no more and no fewer', (name) => {
    const listed = keyRows.filter((row) => row.connector === name);
    expect(
      connectorKeys(name)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(listed.map(({ key }) => key).sort());
    const kinds = new Map(connectorKeys(name).map(({ path, facts }) => [path, kindOf(facts.value)]));
    for (const { key, type } of listed) expect([key, kinds.get(key)]).toEqual([key, type]);
  });

  test('names no connector that has no schema', () => {
    expect(keyRows.filter(({ connector }) => !(connector in connectorFacts))).toEqual([]);
  });
});

describe.each(targets)('%s', (target) => {
  test.each(schemaNames)('reads of %s what the table says, and refuses the rest', (name) => {
    const isKnown = knowsType(name, target);
    for (const row of keyRows.filter(({ connector }) => connector === name)) {
      const isRead = isReadByTable(row, target);
      expect([row.key, keyAvailability(name, row.key, target)?.read]).toEqual([row.key, isRead]);

      const config = sampleConfig(name, row.key);
      expect([row.key, derivedValidator(`connectors/${name}`, target)(config)]).toEqual([row.key, isRead]);

      if (!isKnown) {
        const findings = checkConnectorConfig(name, config, target);
        expect(findings.map(({ code }) => code)).toEqual(['DEX105']);
        continue;
      }
      const errors = errorsFor(row, target);
      if (isRead) expect([row.key, errors]).toEqual([row.key, []]);
      else
        expect([row.key, errors]).toEqual([row.key, [expect.stringMatching(/^DEX102 .*(ignores|refuses)/)]]);
    }
  });

  test('says so when the type is broken', () => {
    const findings = checkConnectorConfig('oauth', sampleConfig('oauth'), target);
    const isBroken = brokenEffect('oauth', target) !== undefined;
    expect(findings.some(({ code }) => code === 'DEX105')).toBe(isBroken || !knowsType('oauth', target));
  });
});
