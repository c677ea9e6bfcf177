import fc from 'fast-check';
import { chartFacts, isDead, isInChart } from '../../src/helm-values/facts';
import { layered, type JsonMapping } from '../../src/helm-migration/json';
import { exampleOf, PACHYDERM_LINES } from '../../src/releases/pachyderm';
import { parseRelease } from '../../src/releases/release';
import { valuesWith } from '../support/chart-values';
import { exportedValuesOf, tryImport } from '../support/import-values';
import { documentText } from '../../src/helm-migration/document-text';
import '../support/property-seed';

/** What an export leaves out beside others: the chart renders something else for it, or nothing that works. */
const LEFT_OUT = /^(cloudsqlAuthProxy\.service\.type|determined|loki-stack)/;

const RELEASES = PACHYDERM_LINES.map(({ minor }) => exampleOf(`2.${minor}`));

/** Values that few generated ones would have together. */
const ENTERPRISE_SERVER = {
  enterpriseServer: { enabled: true },
  pachd: { enabled: false, enterpriseLicenseKey: 'license' },
};

// Values that go together by chance, for every line of releases: each line has rows of its own, which fail by themselves. That is
// two thousand imports.
describe.each(RELEASES)('values of %s made by chance', (release) => {
  const version = parseRelease(release);
  if (!version) throw new Error(`no release ${release}`);
  const facts = chartFacts().filter(
    (fact) =>
      fact.type !== 'section' &&
      isInChart(fact, version) &&
      !isDead(fact, version) &&
      !LEFT_OUT.test(fact.path),
  );

  test.each([
    ['existing', 'a cluster', {}],
    ['plain', 'a cluster', {}],
    ...(version.minor <= 11
      ? ([
          ['existing', 'an enterprise server', ENTERPRISE_SERVER],
          ['plain', 'an enterprise server', ENTERPRISE_SERVER],
        ] as const)
      : []),
  ] as const)('secrets %s: what comes back of %s is the same document', (secrets, _of, always) => {
    fc.assert(
      fc.property(fc.subarray(facts, { minLength: 2, maxLength: 14 }), (chosen) => {
        const values = layered(
          chosen
            .map((fact) => valuesWith(fact, version))
            .reduce((base, over) => layered(base, over) as JsonMapping),
          always,
        ) as JsonMapping;
        const first = textOf(values, release, secrets);
        // Some do not go together, and are refused.
        fc.pre(first !== undefined);
        expect(textOf(exportedValuesOf(first ?? ''), release, secrets)).toBe(first);
      }),
      { numRuns: 25 },
    );
  });
});

test('a directory without the slash at its end comes back as it is', () => {
  const values = 'deployTarget: LOCAL\npachd: { storage: { local: { hostPath: /srv/pach } } }';
  const first = textOf(values, '2.11.6', 'existing') ?? '';
  expect(first).toContain('hostPath: /srv/pach }');
  expect(textOf(exportedValuesOf(first), '2.11.6', 'existing')).toBe(first);
});

test('numbers in the resources of pachw come back as they are written', () => {
  const values =
    'deployTarget: LOCAL\npachd: { storage: { local: { hostPath: /srv/ } } }\npachw: { inheritFromPachd: false, resources: { requests: { cpu: 2 } } }';
  const first = textOf(values, '2.11.6', 'existing') ?? '';
  expect(first).toContain('cpu: 2 ');
  expect(textOf(exportedValuesOf(first), '2.11.6', 'existing')).toBe(first);
});

function textOf(
  values: JsonMapping | string,
  release: string,
  secrets: 'existing' | 'plain',
): string | undefined {
  const { imported } = tryImport(typeof values === 'string' ? values : JSON.stringify(values), {
    release,
    secrets,
  });
  return imported && documentText(imported);
}
