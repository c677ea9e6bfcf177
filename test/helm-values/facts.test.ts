import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { JsonValue } from '../../src/document/source-node';
import {
  chartFact,
  chartFacts,
  choicesOf,
  defaultOf,
  isDead,
  isInChart,
  keysOfSection,
  typeOf,
} from '../../src/helm-values/facts';
import { PACHYDERM_LINES } from '../../src/releases/pachyderm';
import { parseRelease, type ReleaseVersion } from '../../src/releases/release';

const LINES = PACHYDERM_LINES.map(({ minor }) => `2.${minor}`);

function release(text: string): ReleaseVersion {
  const version = parseRelease(text);
  if (!version) throw new Error(`${text} is not a release`);
  return version;
}

const folder = path.join(__dirname, '..', '..', 'schemas', 'helm-values');
const schemaOf = (line: string): object =>
  JSON.parse(fs.readFileSync(path.join(folder, `${line}.schema.json`), 'utf8')) as object;

/** What the chart of a release sets without any values. */
function chartDefaults(version: ReleaseVersion): { [key: string]: JsonValue } {
  const values: { [key: string]: JsonValue } = {};
  for (const fact of chartFacts()) {
    const value = defaultOf(fact, version);
    if (fact.type === 'section' || value === undefined) continue;
    const steps = fact.path.split('.');
    let node = values;
    for (const step of steps.slice(0, -1)) node = (node[step] ??= {}) as { [key: string]: JsonValue };
    node[steps.at(-1) ?? ''] = value;
  }
  return values;
}

describe('facts about values of the chart', () => {
  test.each(chartFacts().flatMap(({ path, secretName }) => (secretName ? [[path, secretName]] : [])))(
    '%s can be in a Secret that %s names',
    (_, secretName) => expect(chartFact(secretName)?.type).toBe('string'),
  );

  test('have defaults of their types, among what may be chosen', () => {
    const wrong = LINES.flatMap((line) =>
      chartFacts().filter((fact) => {
        const version = release(`${line}.0`);
        const value = defaultOf(fact, version);
        const choices = choicesOf(fact, version);
        if (value === undefined) return false;
        const is: Readonly<Record<string, boolean>> = {
          string: typeof value === 'string',
          integer: Number.isInteger(value),
          boolean: typeof value === 'boolean',
          array: Array.isArray(value),
          object: typeof value === 'object' && !Array.isArray(value),
        };
        return is[typeOf(fact, version)] !== true || choices?.some((choice) => choice === value) === false;
      }),
    );
    expect(wrong.map((fact) => fact.path)).toEqual([]);
  });

  test.each([
    ['proxy.enabled', '2.2.8', undefined],
    ['proxy.enabled', '2.4.0', false],
    ['proxy.enabled', '2.5.0', true],
    ['pachd.lokiDeploy', '2.2.8', false],
    ['pachd.storage.compactionShardSizeThreshold', '2.3.9', 0],
    ['pachd.storage.compactionShardSizeThreshold', '2.4.0', '0'],
    ['global.postgresql.postgresqlPassword', '2.2.8', ''],
    ['global.postgresql.postgresqlPassword', '2.11.6', 'insecure-user-password'],
    ['global.postgresql.postgresqlPostgresPassword', '2.2.8', ''],
    ['pachd.storage.gocdkEnabled', '2.9.0', false],
    ['pachd.storage.gocdkEnabled', '2.10.0', true],
    ['pachd.storage.gocdkEnabled', '2.11.0', undefined],
    ['console.image.tag', '2.8.0', undefined],
    ['console.image.tag', '2.9.0', ''],
  ])('%s of %s is %j unless it is set', (at, text, expected) => {
    const fact = chartFact(at);
    expect(fact && defaultOf(fact, release(text))).toEqual(expected);
  });

  test.each([
    ['pachd.enterpriseLicenseKey', '2.11.6', true],
    ['pachd.enterpriseLicenseKey', '2.12.0-rc.3', false],
    ['enterpriseServer', '2.12.0-rc.3', false],
    ['enterpriseServer.tls', '2.11.6', true],
    ['proxy', '2.2.8', false],
    ['restoreSnapshot.image', '2.11.6', false],
  ])('%s in the chart of %s: %s', (at, text, expected) => {
    const fact = chartFact(at);
    expect(fact && isInChart(fact, release(text))).toBe(expected);
  });

  test.each([
    ['pachd.activateEnterprise', '2.2.8', false],
    ['pachd.activateEnterprise', '2.3.0', true],
    ['pgbouncer.resources', '2.2.8', true],
    ['pgbouncer.resources', '2.11.6', false],
    ['console.config.pachdAddress', '2.2.8', true],
    ['kubeEventTail.enabled', '2.10.0', false],
    ['kubeEventTail.enabled', '2.11.0', true],
    ['pachd.storage.microsoft.container', '2.12.0', true],
  ])('%s left unread by the templates of %s: %s', (at, text, expected) => {
    const fact = chartFact(at);
    expect(fact && isDead(fact, release(text))).toBe(expected);
  });

  test('know the keys of sections only', () => {
    expect(keysOfSection('pachd.storage.google')).toEqual(['bucket', 'cred']);
    expect(keysOfSection('pachd.annotations')).toBeUndefined();
    expect(keysOfSection('')).toContain('loki-stack');
  });
});

describe.each(LINES)('the schema of the values of %s', (line) => {
  const schema = schemaOf(line);
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

  test('takes what the chart sets itself', () => {
    expect(validate(chartDefaults(release(`${line}.0`)))).toBe(true);
  });

  test('takes null for everything, which Helm takes for the default', () => {
    expect(validate({ pachd: null, console: { enabled: null, resources: null } })).toBe(true);
  });

  test.each<[string, JsonValue]>([
    ['an unknown section', { pachdd: {} }],
    ['an unknown key', { pachd: { rootTokn: 'a' } }],
    ['a key one level too high', { console: { disableTelemetry: true } }],
    ['a number for a string', { pachd: { rootToken: 12345 } }],
    ['a string for a boolean', { pachd: { activateAuth: 'true' } }],
    ['a boolean for the string of localhostIssuer', { pachd: { localhostIssuer: true } }],
    ['a type of Service in other case', { pachd: { service: { type: 'Nodeport' } } }],
    ['an annotation that is no string', { pachd: { annotations: { a: true } } }],
    ['a string for role bindings', { pachd: { pachAuthClusterRoleBindings: 'a: [b]' } }],
  ])('refuses %s', (_, values) => expect(validate(values)).toBe(false));

  test('describes every value', () => {
    const silent: string[] = [];
    const visit = (node: { description?: string; properties?: object }, at: string): void => {
      if (node.description === undefined) silent.push(at);
      for (const [key, child] of Object.entries(node.properties ?? {}))
        visit(child as object, `${at}.${key}`);
    };
    visit(schema, '');
    expect(silent).toEqual([]);
  });
});

test('each schema has the values of its release', () => {
  const has = (line: string, values: JsonValue): boolean =>
    new Ajv({ strict: false }).compile(schemaOf(line))(values);
  const license = { pachd: { enterpriseLicenseKey: 'a' } };
  expect([has('2.11', license), has('2.12', license)]).toEqual([true, false]);
  const gocdk = { pachd: { storage: { gocdkEnabled: true } } };
  expect(['2.8', '2.9', '2.10', '2.11'].map((line) => has(line, gocdk))).toEqual([false, true, true, false]);
  const minio = { pachd: { storage: { backend: 'MINIO' } } };
  expect(['2.10', '2.11'].map((line) => has(line, minio))).toEqual([true, false]);
});
