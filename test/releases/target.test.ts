import { DEX_LINES } from '../../src/releases/dex';
import { PACHYDERM_LINES } from '../../src/releases/pachyderm';
import {
  compareTargets,
  dexInside,
  describeRange,
  describeTarget,
  isInTargets,
  isSince,
  minorSpan,
  newestTarget,
  parseTarget,
  targetOfRelease,
  targets,
  type Target,
  type TargetRange,
  type TargetStart,
} from '../../src/releases/target';

const [oldestDex, newestDex] = [29, DEX_LINES.at(-1)?.minor ?? NaN];
const [oldest, newest] = [2, PACHYDERM_LINES.at(-1)?.minor ?? NaN];

test('there is a target for every line of Dex and of Pachyderm', () => {
  expect(targets).toEqual([
    ...DEX_LINES.map(({ minor }) => `dex@2.${minor}`),
    ...PACHYDERM_LINES.map(({ minor }) => `pachyderm@2.${minor}`),
  ]);
  expect(targets).toContain('pachyderm@2.12');
  expect(targets).toContain('dex@2.45');
  expect(minorSpan('dex')).toEqual({ oldest: oldestDex, newest: newestDex });
  expect(minorSpan('pachyderm')).toEqual({ oldest, newest });
  expect(newestTarget('pachyderm')).toBe(`pachyderm@2.${newest}`);
});

test('lines follow on each other without a gap', () => {
  expect(DEX_LINES.map(({ minor }) => minor - oldestDex)).toEqual([...DEX_LINES.keys()]);
  expect(PACHYDERM_LINES.map(({ minor }) => minor - oldest)).toEqual([...PACHYDERM_LINES.keys()]);
});

test('every target can be read back', () => {
  for (const target of targets) expect(parseTarget(target)).toEqual({ ok: true, target });
});

describe('isInTargets', () => {
  test.each<[Target, TargetRange, boolean]>([
    ['dex@2.39', { dex: { since: 39 } }, true],
    ['dex@2.38', { dex: { since: 39 } }, false],
    ['dex@2.40', { dex: { since: 38, until: 40 } }, true],
    ['dex@2.41', { dex: { since: 38, until: 40 } }, false],
    ['pachyderm@2.12', { dex: { since: 0 } }, false],
    ['pachyderm@2.12', { dex: { since: 38 }, pachyderm: { since: 12 } }, true],
    ['pachyderm@2.12', {}, false],
  ])('%s in %j: %s', (target, range, expected) => expect(isInTargets(target, range)).toBe(expected));
});

describe('isSince', () => {
  test.each<[Target, TargetStart, boolean]>([
    ['dex@2.39', { dex: 39 }, true],
    ['dex@2.38', { dex: 39 }, false],
    ['pachyderm@2.12', { dex: 0 }, false],
    ['pachyderm@2.12', { dex: 39, pachyderm: 7 }, true],
  ])('%s since %j: %s', (target, start, expected) => expect(isSince(target, start)).toBe(expected));
});

test.each([
  ['pachyderm@2.11.6', 'pachyderm@2.11'],
  ['pachyderm@2.12.0-rc.3', 'pachyderm@2.12'],
  ['dex@v2.45.1', 'dex@2.45'],
  [' dex@2.29 ', 'dex@2.29'],
])('%s is %s', (text, target) => expect(parseTarget(text)).toEqual({ ok: true, target }));

test.each(['', 'dex', 'dex@', 'dex@2', 'dex@2.x', '2.45', 'Dex@2.45', 'pachyderm@2.11 or so', 'dex@2.45x'])(
  '"%s" is not a valid target',
  (text) => {
    const result = parseTarget(text);
    expect(result).toMatchObject({ ok: false, message: `"${text}" is not a valid target` });
    expect(result).toMatchObject({
      hint: `write product@version, such as ${newestTarget('pachyderm')} or ${newestTarget('dex')}`,
    });
  },
);

test.each([
  [`dex@2.${newestDex + 1}`, `Dex 2.${newestDex + 1}`, newestTarget('dex')],
  ['dex@2.28.1', 'Dex 2.28', 'dex@2.29'],
  ['dex@3.0', 'Dex 3.0', newestTarget('dex')],
  [`pachyderm@2.${newest + 1}.0`, `Pachyderm 2.${newest + 1}`, newestTarget('pachyderm')],
  ['pachyderm@2.1', 'Pachyderm 2.1', 'pachyderm@2.2'],
  ['pachyderm@1.13', 'Pachyderm 1.13', 'pachyderm@2.2'],
])('%s is out of what is known', (text, version, nearest) => {
  const span = version.startsWith('Dex') ? [oldestDex, newestDex] : [oldest, newest];
  expect(parseTarget(text)).toEqual({
    ok: false,
    message: `unsupported version ${version}; supported are 2.${span[0]} to 2.${span[1]}`,
    hint: `take the nearest one, ${nearest}`,
  });
});

test('the target of a release is its minor version', () => {
  expect(targetOfRelease('2.12.0-rc.3')).toEqual({ ok: true, target: 'pachyderm@2.12' });
  expect(targetOfRelease('2.2.8')).toEqual({ ok: true, target: 'pachyderm@2.2' });
  expect(targetOfRelease('1.13.0').ok).toBe(false);
});

test('a release without facts about its Dex is an error, never a silent skip', () =>
  expect(() => dexInside({ text: '2.99.0', minor: 99 as never, patch: 0 })).toThrow(
    'no facts about the Dex inside Pachyderm 2.99.0',
  ));

test('targets are in order: numbers, not strings, decide', () => {
  expect([...targets].reverse().sort(compareTargets)).toEqual(targets);
  expect(compareTargets('pachyderm@2.2', 'pachyderm@2.11')).toBeLessThan(0);
  expect(compareTargets('dex@2.45', 'pachyderm@2.2')).toBeLessThan(0);
  expect(compareTargets('dex@2.45', 'dex@2.45')).toBe(0);
});

test('a target has a name for sentences', () => {
  expect(describeTarget('pachyderm@2.11')).toBe("Pachyderm 2.11's Dex");
  expect(describeTarget('dex@2.45')).toBe('Dex 2.45');
});

test.each([
  ['dex', { since: 29 }, 'every Dex'],
  ['dex', { since: 0 }, 'every Dex'],
  ['dex', { since: 38 }, 'Dex 2.38 and newer'],
  ['dex', { since: 29, until: 34 }, 'Dex up to 2.34'],
  ['dex', { since: 31, until: 34 }, 'Dex 2.31 to 2.34'],
  ['dex', undefined, 'no standalone Dex'],
  ['pachyderm', { since: 7 }, 'Pachyderm 2.7 and newer'],
  ['pachyderm', undefined, 'no Pachyderm release'],
] as const)('which versions of %s %j means', (product, range, words) =>
  expect(describeRange(product, range)).toBe(words),
);
