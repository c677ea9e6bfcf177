import fs from 'node:fs';
import path from 'node:path';
import {
  leftBehind,
  releasesText,
  runningClusterFacts,
  runningClusterFactsOf,
} from '../../src/explanations/running-cluster';
import { isInRange, parseRelease } from '../../src/releases/release';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';

interface SchemaNode {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

const schema = JSON.parse(
  fs.readFileSync(path.resolve(__dirname, '../../schemas/cluster.schema.json'), 'utf8'),
) as SchemaNode;

/** The paths of all fields of the document; what other schemas describe counts as one field. */
function fieldsOf(node: SchemaNode, prefix = '', depth = 0): string[] {
  const name = node.$ref?.startsWith('#/$defs/') ? node.$ref.slice('#/$defs/'.length) : undefined;
  const field = name === undefined ? node : { ...schema.$defs?.[name], ...node };
  const own = field.properties ?? (field.items && fieldNode(field.items).properties) ?? {};
  return depth > 8
    ? []
    : Object.entries(own).flatMap(([key, child]) => {
        const here = prefix === '' ? key : `${prefix}.${key}`;
        return [here, ...fieldsOf(child, here, depth + 1)];
      });
}

function fieldNode(node: SchemaNode): SchemaNode {
  const name = node.$ref?.startsWith('#/$defs/') ? node.$ref.slice('#/$defs/'.length) : undefined;
  return name === undefined ? node : (schema.$defs?.[name] ?? {});
}

const fields = fieldsOf(schema);
const releases = ['2.2.8', '2.3.0', '2.7.0', '2.11.6', '2.12.0-rc.3'];

describe('what a running cluster does with a field that is emptied, removed or renamed', () => {
  it.each(releases)('is known for every field of the document, once for each release: %s', (text) => {
    const release = parseRelease(text);
    if (!release) throw new Error(text);
    expect(fields).toContain('identity.clients.redirectURIs');
    const notOnce = fields.filter(
      (field) => runningClusterFactsOf(field).filter((fact) => isInRange(release, fact)).length !== 1,
    );
    expect(notOnce).toEqual([]);
  });

  it('is about fields that the document has', () => {
    expect(runningClusterFacts.map(({ field }) => field).filter((field) => !fields.includes(field))).toEqual(
      [],
    );
  });

  it('is taken from the section around a field without a fact of its own', () => {
    expect(runningClusterFactsOf('identity.clients[0].redirectURIs')).toEqual(
      runningClusterFactsOf('identity.clients'),
    );
    expect(runningClusterFactsOf('nonsense')).toEqual([]);
  });

  it('names its releases', () => {
    const texts = runningClusterFactsOf('auth.rootToken').map(releasesText);
    expect(texts).toEqual(['from 2.3 on', 'up to 2.2']);
    expect(runningClusterFactsOf('auth.roleBindings').map(releasesText)).toEqual(['']);
  });
});

describe('what a document may leave behind', () => {
  const roleBindings: NonNullable<ClusterDocument['auth']>['roleBindings'] = {
    'user:ada@acme.com': ['clusterAdmin'],
  };
  const enterprise = { licenseKey: 'license' };
  const behind = (document: Partial<ClusterDocument>): string[] =>
    leftBehind(clusterOf(document)).map(({ field }) => field);

  it.each<[string, Partial<ClusterDocument>, string[]]>([
    ['clients', { auth: { roleBindings }, enterprise }, ['identity.clients']],
    ['role bindings that it does not have', { enterprise }, ['auth.roleBindings', 'identity.clients']],
    [
      'clients beside an empty list of bindings',
      { auth: { roleBindings: {} }, enterprise },
      ['identity.clients'],
    ],
    [
      'sessions that began before they were made shorter',
      { auth: { roleBindings, sessionDuration: '29d' }, enterprise },
      ['auth.sessionDuration', 'identity.clients'],
    ],
    [
      'no sessions that began before they were made longer',
      { auth: { roleBindings, sessionDuration: '31d' }, enterprise },
      ['identity.clients'],
    ],
    ['authentication that is switched off', { auth: { enabled: false }, enterprise }, ['auth.enabled']],
    [
      'Console',
      { auth: { roleBindings }, enterprise, console: { enabled: false } },
      ['identity.clients', 'console.enabled'],
    ],
    [
      'connectors, which the bootstrap Job never removes',
      { release: '2.2.8', auth: { roleBindings }, enterprise },
      ['identity.connectors', 'identity.clients'],
    ],
    [
      'nothing in a standalone Dex',
      {
        auth: { roleBindings },
        enterprise,
        identity: { dex: 'standalone', connectors: [{ type: 'mockCallback', id: 'mock' }] },
      },
      [],
    ],
  ])('%s', (_, document, expected) => expect(behind(document)).toEqual(expected));

  it('is removed by a command', () => {
    const shown = runningClusterFacts.filter(({ concerns }) => concerns !== undefined);
    expect(shown.filter(({ command }) => command === undefined)).toEqual([]);
  });
});
