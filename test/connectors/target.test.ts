import {
  compareTargets,
  describeTarget,
  minorOf,
  minorSpan,
  newestTarget,
  parseTarget,
  productOf,
  targetOfRelease,
  targets,
} from '../../src/connectors/target';

test('there is a target for every Dex from 2.29 to 2.45 and every Pachyderm from 2.2 to 2.12', () => {
  expect(targets).toHaveLength(17 + 11);
  expect(new Set(targets).size).toBe(targets.length);
  expect(targets).toContain('pachyderm@2.2');
  expect(targets).toContain('dex@2.45');
  expect(minorSpan('dex')).toEqual({ oldest: 29, newest: 45 });
  expect(minorSpan('pachyderm')).toEqual({ oldest: 2, newest: 12 });
  expect(newestTarget('pachyderm')).toBe('pachyderm@2.12');
});

test('every target can be read back', () => {
  for (const target of targets) {
    expect(parseTarget(target)).toEqual({ ok: true, target });
    expect(`${productOf(target)}@2.${minorOf(target)}`).toBe(target);
  }
});

test.each([
  ['pachyderm@2.11.6', 'pachyderm@2.11'],
  ['pachyderm@2.12.0-rc.3', 'pachyderm@2.12'],
  ['dex@v2.45.1', 'dex@2.45'],
  [' dex@2.29 ', 'dex@2.29'],
])('%s is %s', (text, target) => expect(parseTarget(text)).toEqual({ ok: true, target }));

test.each(['', 'dex', 'dex@', 'dex@2', 'dex@2.x', '2.45', 'Dex@2.45', 'pachyderm@2.11 or so', 'dex@2.45x'])(
  '"%s" is no target',
  (text) => {
    const result = parseTarget(text);
    expect(result).toMatchObject({ ok: false, message: `"${text}" is no target` });
    expect(result).toMatchObject({ hint: 'write product@version, such as pachyderm@2.12 or dex@2.45' });
  },
);

test.each([
  ['dex@2.46', 'unsupported version Dex 2.46; supported are 2.29 to 2.45', 'dex@2.45'],
  ['dex@2.28.1', 'unsupported version Dex 2.28; supported are 2.29 to 2.45', 'dex@2.29'],
  ['dex@3.0', 'unsupported version Dex 3.0; supported are 2.29 to 2.45', 'dex@2.45'],
  ['pachyderm@2.1', 'unsupported version Pachyderm 2.1; supported are 2.2 to 2.12', 'pachyderm@2.2'],
  ['pachyderm@1.13', 'unsupported version Pachyderm 1.13; supported are 2.2 to 2.12', 'pachyderm@2.2'],
])('%s is out of what is known', (text, message, nearest) => {
  expect(parseTarget(text)).toEqual({ ok: false, message, hint: `take the nearest one, ${nearest}` });
});

test('the target of a release is its minor version', () => {
  expect(targetOfRelease('2.12.0-rc.3')).toEqual({ ok: true, target: 'pachyderm@2.12' });
  expect(targetOfRelease('2.2.8')).toEqual({ ok: true, target: 'pachyderm@2.2' });
  expect(targetOfRelease('1.13.0').ok).toBe(false);
});

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
