import { helmValues, summaryOfValues, targetOfValues } from '../../src/product-files/helm-values';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue, type SourceNode } from '../../src/document/source-node';
import { chartPartAt, chartParts } from '../../src/product-files/umbrella';
import { check, rows, type Row } from './support/check';

function read(text: string): SourceNode {
  const [root] = readYaml(new SourceFile('values.yaml', text, '/work')).nodes;
  if (!root) throw new Error('nothing was read');
  return root;
}

/** The keys that values of the chart are found under; an empty one for the file itself. */
const keysIn = (text: string): string[] => chartParts(read(text)).map(({ key }) => key.join('.'));

const NESTED = '{ deployTarget: LOCAL, pachd: { rootToken: abc } }';

describe('values of the chart are found', () => {
  test.each<[string, string, string[]]>([
    ['where they are all of it', 'deployTarget: LOCAL', ['']],
    ['under the name of the dependency', `pachyderm: ${NESTED}`, ['pachyderm']],
    ['under an alias', `mldm: ${NESTED}\ngrafana: { adminPassword: x }`, ['mldm']],
    ['under the name, where they say little', 'pachyderm: { console: { enabled: true } }', ['pachyderm']],
    ['beside global', `global: { postgresql: { postgresqlPassword: x } }\npach: ${NESTED}`, ['pach']],
    [
      'beside sections of other charts that ours has too',
      `proxy: { enabled: true }\npach: ${NESTED}`,
      ['pach'],
    ],
    ['in a chart inside a chart', `platform: { pachyderm: ${NESTED} }`, ['platform.pachyderm']],
    ['twice', `blue: ${NESTED}\ngreen: ${NESTED}`, ['blue', 'green']],
    ['not beside our own', `deployTarget: LOCAL\npachyderm: ${NESTED}`, ['']],
    ['not in other files', 'web: { replicas: 2 }\nredis: { master: {}, replica: {} }', []],
    ['not in manifests', `apiVersion: v1\nkind: HelmRelease\nspec: ${NESTED}`, []],
  ])('%s', (_, text, keys) => expect(keysIn(text)).toEqual(keys));

  test('where it is said, whatever they look like', () => {
    expect(chartPartAt(read('web: { a: 1 }'), 'web')?.key).toEqual(['web']);
    expect(chartPartAt(read('web: 1'), 'web')).toBeUndefined();
  });
});

describe('global', () => {
  const partOf = (text: string): unknown => {
    const [part] = chartParts(read(text));
    return part && toValue(part.root);
  };

  test('of the chart above goes over that of the dependency, without what is there for other charts', () =>
    expect(
      partOf(`global:
  domain: example.com
  noProxy: b
  postgresql: { postgresqlPassword: above, auth: { password: x } }
pachyderm:
  deployTarget: LOCAL
  global: { noProxy: c, postgresql: { postgresqlPassword: below, postgresqlPort: "5433" } }
`),
    ).toEqual({
      deployTarget: 'LOCAL',
      global: { noProxy: 'b', postgresql: { postgresqlPassword: 'above', postgresqlPort: '5433' } },
    }));

  test('keeps names that are nearly those of the chart, which are mistakes', () => {
    const text = `global: { postgresql: { postgresqlPasword: a } }\npachyderm: ${NESTED}`;
    expect(rows(check('helm-values', text, 'pachyderm@2.11'))).toEqual([['FIL020', 1, 25]]);
  });

  test('stays where one of the two is no mapping', () =>
    expect(
      partOf('global: { postgresql: x }\npachyderm: { deployTarget: LOCAL, global: { postgresql: {} } }'),
    ).toEqual({
      deployTarget: 'LOCAL',
      global: { postgresql: {} },
    }));
});

describe('findings', () => {
  const TEXT = `global:
  postgresql:
    postgresqlPassword: 5
grafana: { adminPassword: s }
pachyderm:
  enabled: true
  deployTarget: LOCAL
  pachd:
    rootTokn: abc
    replicas: two
`;

  test('are where the values are, with paths of the file', () => {
    const found = check('helm-values', TEXT, 'pachyderm@2.11');
    expect(rows(found)).toEqual([
      ['FIL024', 3, 25],
      ['FIL020', 9, 5],
      ['FIL024', 10, 15],
    ] satisfies Row[]);
    expect(found.map(({ path }) => path)).toEqual([
      '/global/postgresql/postgresqlPassword',
      '/pachyderm/pachd/rootTokn',
      '/pachyderm/pachd/replicas',
    ]);
  });

  test('are those of every dependency', () => {
    const text = `blue: { deployTarget: LOCAL, pachd: { replicas: a } }\ngreen: { deployTarget: LOCAL, etcd: { size: 1 } }\n`;
    expect(check('helm-values', text, 'pachyderm@2.11').map(({ path }) => path)).toEqual([
      '/blue/pachd/replicas',
      '/green/etcd/size',
    ]);
  });

  test('leave out what turns the dependency on and off, and what is of other charts, which is said', () => {
    const sound =
      'tags: { x: true }\ngrafana: { adminPassword: s }\npachyderm: { enabled: false, deployTarget: LOCAL }\n';
    expect(check('helm-values', sound, 'pachyderm@2.11')).toEqual([]);
    expect(summaryOfValues(read(sound))).toMatch(
      /^1 value and 0 connectors under pachyderm: .*tags \(Helm, which turns .*\), grafana \(another chart\)$/,
    );
  });

  test('are for the release that the values below the key are of', () => {
    expect(String(targetOfValues(read('pach: { pachd: { storage: { gocdkEnabled: true } } }')))).toBe(
      'pachyderm@2.10',
    );
    expect(helmValues.recognizes(read(`pach: ${NESTED}`))).toBe(true);
  });
});
