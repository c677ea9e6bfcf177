import {
  dexTraits,
  firstDexReading,
  firstDexWith,
  readsDexKey,
  type DexFlag,
} from '../../src/releases/dex-traits';
import type { Target } from '../../src/releases/target';

describe('dexTraits', () => {
  test.each<[flag: DexFlag, last: Target, first: Target]>([
    ['takesGroupReadableKeys', 'dex@2.31', 'dex@2.32'],
    ['hasDistrolessImage', 'dex@2.31', 'dex@2.32'],
    ['ignoresCaseOfDN', 'dex@2.36', 'dex@2.37'],
    ['escapesLoginsTwice', 'dex@2.38', 'dex@2.39'],
    ['takesCombinedResponseTypes', 'dex@2.37', 'dex@2.38'],
    ['logsWithSlog', 'dex@2.39', 'dex@2.40'],
    ['expandsDecodedStrings', 'dex@2.41', 'dex@2.42'],
    ['takesCertificateText', 'dex@2.41', 'dex@2.42'],
    ['findsIdsWithSlashes', 'pachyderm@2.11', 'pachyderm@2.12'],
  ])('%s: not of %s, but of %s', (flag, last, first) => {
    expect(dexTraits(last)[flag]).toBe(false);
    expect(dexTraits(first)[flag]).toBe(true);
  });

  test('what standalone Dexes do, the one inside Pachyderm does not', () => {
    const { ignoresCaseOfDN, takesCertificateText } = dexTraits('pachyderm@2.12');
    expect({ ignoresCaseOfDN, takesCertificateText }).toEqual({
      ignoresCaseOfDN: false,
      takesCertificateText: false,
    });
    expect(dexTraits('dex@2.45').findsIdsWithSlashes).toBe(false);
  });

  test.each<[Target, string]>([
    ['dex@2.33', 'both'],
    ['dex@2.34', 'scopes'],
    ['dex@2.36', 'scopes'],
    ['dex@2.37', 'administrators'],
    ['pachyderm@2.6', 'both'],
    ['pachyderm@2.7', 'scopes'],
    ['pachyderm@2.12', 'scopes'],
  ])('the google connector of %s goes by %s', (target, rule) =>
    expect(dexTraits(target).googleDirectory).toBe(rule),
  );
});

test('keys of the configuration are read by the versions that the schema says', () => {
  expect(readsDexKey('dex@2.44', 'signer')).toBe(false);
  expect(readsDexKey('dex@2.45', 'signer')).toBe(true);
  expect(readsDexKey('dex@2.37', 'web.tlsMinVersion')).toBe(false);
  expect(readsDexKey('dex@2.38', 'web.tlsMinVersion')).toBe(true);
  expect(readsDexKey('pachyderm@2.12', 'signer')).toBe(false);
});

test('the first version is named for hints', () => {
  expect(firstDexReading('web.headers')).toBe('2.39');
  expect(firstDexWith('logsWithSlog')).toBe('2.40');
});
