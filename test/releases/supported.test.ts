import { connectorFacts } from '../../src/generated/connector-facts';
import { DEFAULT_DEX_VERSION, newestPublished } from '../../src/releases/dex';
import { EXAMPLE_RELEASES, exampleOf, PACHYDERM_LINES } from '../../src/releases/pachyderm';
import { parseRelease } from '../../src/releases/release';
import { flagsOfTarget, newestReleaseWith, releaseTraits } from '../../src/releases/release-traits';
import { firstReleaseWithRole } from '../../src/releases/roles';
import { generations, supportedReleases } from '../../src/releases/supported';
import { minorSpan, targetOfRelease, targets } from '../../src/releases/target';
import { connectorTargetOf, standaloneTarget } from '../../src/releases/connector-target';

const everyLine = PACHYDERM_LINES.map(({ minor }) => minor);

describe('every supported line of releases', () => {
  test.each(everyLine)('2.%i is a release with traits and a target whose connectors are checked', (minor) => {
    const release = parseRelease(`2.${minor}.0`);
    if (!release) throw new Error(`2.${minor}.0 is not read`);
    const { connectorTarget } = releaseTraits(release);
    expect(targets).toContain(connectorTarget);
    expect(targetOfRelease(release.text)).toEqual({ ok: true, target: connectorTarget });
  });

  test('lies in one generation', () => {
    const all = generations().flatMap(({ first, last }) => everyLine.filter((m) => m >= first && m <= last));
    expect(all).toEqual(everyLine);
  });

  test('has an example of itself', () => {
    for (const minor of everyLine) expect(parseRelease(exampleOf(`2.${minor}`))?.minor).toBe(minor);
  });
});

test('no connector fact is about a version that is newer than the supported ones', () => {
  const bounds = [...JSON.stringify(connectorFacts).matchAll(/"(dex|pachyderm)":\{"since":(\d+)/g)];
  expect(bounds.length).toBeGreaterThan(100);
  const tooNew = bounds.filter(
    ([, product, since]) => Number(since) > minorSpan(product as 'dex' | 'pachyderm').newest,
  );
  expect(tooNew.map(([text]) => text)).toEqual([]);
});

test('generations differ in how the cluster is bootstrapped', () => {
  expect(supportedReleases().slice(0, 2)).toEqual(['2.2.x', '2.3.x to 2.11.x']);
  expect(supportedReleases().at(-1)).toMatch(/^2\.12\.x/);
});

test('examples are supported, newest first', () => {
  const minors = EXAMPLE_RELEASES.map((text) => parseRelease(text)?.minor ?? NaN);
  expect(minors).toEqual([...minors].sort((a, b) => b - a));
  expect(EXAMPLE_RELEASES).toEqual(expect.arrayContaining(['2.12.0-rc.3', '2.11.6', '2.2.8']));
});

test('a target has the flags of the newest patch of its line', () => {
  expect(flagsOfTarget('pachyderm@2.2').hasBootstrapJob).toBe(true);
  expect(flagsOfTarget('pachyderm@2.3').hasBootstrapJob).toBe(false);
  expect(flagsOfTarget('pachyderm@2.4').usesProxyByDefault).toBe(false);
  expect(flagsOfTarget('pachyderm@2.5').usesProxyByDefault).toBe(true);
  expect(flagsOfTarget('pachyderm@2.6').decodesWithProtojson).toBe(false);
  expect(flagsOfTarget('pachyderm@2.7').decodesWithProtojson).toBe(true);
});

test('the newest release with a flag', () => {
  expect(newestReleaseWith('hasBootstrapJob').text).toBe('2.2.8');
  expect(newestReleaseWith('needsLicense').text).toBe('2.11.6');
});

test.each([
  ['clusterAdmin', '2.2'],
  ['projectOwner', '2.5'],
  ['lokiLogReader', '2.6'],
  ['jobAdmin', '2.12'],
  ['nobody', undefined],
])('the role %s exists since %s', (role, since) => expect(firstReleaseWithRole(role)).toBe(since));

test.each([
  ['2.44.0', undefined],
  ['2.44.1', '2.44.0'],
  ['2.30.3', undefined],
  ['2.30.4', '2.30.3'],
  ['2.40.99', undefined],
  [DEFAULT_DEX_VERSION, undefined],
])('Dex %s: the newest that was published instead is %s', (version, newest) =>
  expect(newestPublished(version)).toBe(newest),
);

test('a standalone Dex reads the connectors where there is one', () => {
  const release = { connectorTarget: 'pachyderm@2.11' };
  expect(connectorTargetOf({ release })).toBe('pachyderm@2.11');
  expect(connectorTargetOf({ dex: { target: 'dex@2.40' }, release })).toBe('dex@2.40');
  expect(connectorTargetOf({ dex: { target: undefined }, release: { connectorTarget: undefined } })).toBe(
    undefined,
  );
});

test('a standalone Dex is the newest unless another is named', () => {
  expect(standaloneTarget()).toEqual(standaloneTarget(DEFAULT_DEX_VERSION));
  expect(standaloneTarget('2.36.0')).toEqual({ ok: true, target: 'dex@2.36' });
  expect(standaloneTarget('2.28.0').ok).toBe(false);
});
