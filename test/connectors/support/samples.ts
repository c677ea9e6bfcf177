import { connectorFacts, type ConnectorSchemaName } from '../../../src/generated/connector-facts';
import type { ObjectFacts, ValueFacts } from '../../../src/connectors/key-facts';

type Mapping = Record<string, unknown>;

/** A configuration of the type with its required keys and, when a path such as `orgs[].name` is given, that key. */
export function sampleConfig(name: ConnectorSchemaName, keyPath?: string): Mapping {
  const steps = keyPath?.split('.').map((step) => step.replace('[]', '')) ?? [];
  return sampleMapping(connectorFacts[name], steps);
}

function sampleMapping(facts: ObjectFacts, [wanted, ...rest]: readonly string[]): Mapping {
  const names = new Set(facts.required);
  if (wanted !== undefined) names.add(wanted);
  const { keySet } = facts;
  if (keySet && keySet.rule !== 'atMostOne' && !keySet.keys.some((name) => names.has(name)))
    names.add(keySet.keys[0] ?? '');
  for (const name of names) for (const other of facts.needs?.[name] ?? []) names.add(other);
  return Object.fromEntries(
    [...names].map((name) => [name, sampleValue(facts.keys[name]?.value, name === wanted ? rest : [])]),
  );
}

function sampleValue(facts: ValueFacts | undefined, rest: readonly string[]): unknown {
  switch (facts?.kind) {
    case 'object':
      return sampleMapping(facts, rest);
    case 'list':
      return [sampleValue(facts.items, rest)];
    case 'map':
      return { 'example.com': sampleValue(facts.values, []) };
    case 'boolean':
      return true;
    case 'integer':
      return 30;
    case 'base64':
      return Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64');
    case 'secret':
      return { env: 'SECRET' };
    case 'string':
      return sampleText(facts.pattern, facts.values);
    case undefined:
      throw new Error('a key without facts');
  }
}

const TEXTS = ['https://idp.example.com', 'ldap.example.com:636', '(objectClass=person)', 'X-Header', 'text'];

function sampleText(pattern: string | undefined, values: readonly string[] | undefined): string {
  if (values?.[0] !== undefined) return values[0];
  const text = TEXTS.find((candidate) => new RegExp(pattern ?? '', 'u').test(candidate));
  if (text === undefined) throw new Error(`no sample for ${pattern}`);
  return text;
}
