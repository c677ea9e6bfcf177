import { PACHYDERM_LINES } from '../../src/releases/pachyderm';
import {
  isInRange,
  outside,
  parseRelease,
  pickByRelease,
  type ReleaseRange,
} from '../../src/releases/release';
import { releaseTraits } from '../../src/releases/release-traits';

const release = (text: string): NonNullable<ReturnType<typeof parseRelease>> => {
  const parsed = parseRelease(text);
  if (!parsed) throw new Error(`${text} is no release`);
  return parsed;
};

describe('parseRelease', () => {
  test.each([
    ['2.2.0', 2, 0],
    ['2.11.6', 11, 6],
    ['2.12.0-rc.3', 12, 0],
    ['2.3.10', 3, 10],
  ])('%s', (text, minor, patch) => expect(parseRelease(text)).toEqual({ text, minor, patch }));

  test.each([
    '2.1.9',
    `2.${(PACHYDERM_LINES.at(-1)?.minor ?? NaN) + 1}.0`,
    '1.13.0',
    '3.0.0',
    '2.11',
    'v2.11.6',
    '2.11.06',
    '2.11.6 ',
    '',
    '2.11.6-',
    '2.11.6+build',
  ])('%j is none that there are facts about', (text) => expect(parseRelease(text)).toBeUndefined());
});

describe('isInRange', () => {
  test.each<[string, ReleaseRange, boolean]>([
    ['2.3.0', { since: '2.3' }, true],
    ['2.2.8', { since: '2.3' }, false],
    ['2.3.5', { since: '2.3.6' }, false],
    ['2.3.6', { since: '2.3.6' }, true],
    ['2.3.10', { since: '2.3.6' }, true],
    ['2.4.0', { since: '2.3.6' }, true],
    ['2.10.0', { since: '2.9' }, true],
    ['2.2.8', { before: '2.3' }, true],
    ['2.3.0', { before: '2.3' }, false],
    ['2.12.0-rc.3', { since: '2.12' }, true],
    ['2.12.0-rc.3', { before: '2.12' }, false],
    ['2.5.0', { since: '2.3', before: '2.6' }, true],
    ['2.5.0', {}, true],
  ])('%s in %j: %s', (text, range, expected) => expect(isInRange(release(text), range)).toBe(expected));
});

test.each([
  [{ since: '2.3' }, { before: '2.3' }],
  [{ before: '2.12' }, { since: '2.12' }],
] as const)('outside %j is %j', (range, expected) => expect(outside(range)).toEqual(expected));

describe('pickByRelease', () => {
  const rows = [
    { value: 'first' },
    { since: '2.5', value: 'second' },
    { since: '2.9', value: 'third' },
  ] as const;

  test.each([
    ['2.2.8', 'first'],
    ['2.5.0', 'second'],
    ['2.8.9', 'second'],
    ['2.12.0', 'third'],
  ])('%s: %s', (text, value) => expect(pickByRelease<string>(release(text), rows)).toBe(value));

  test('a release that no row covers is a mistake in the facts', () =>
    expect(() => pickByRelease(release('2.2.8'), [{ since: '2.3', value: 1 }])).toThrow(
      'no row of facts covers',
    ));
});

describe('releaseTraits', () => {
  test.each([
    [
      '2.2.8',
      {
        bootstrap: 'job',
        connectorForm: 'jsonConfig',
        needsLicense: true,
        hasProxy: false,
        hasPachw: false,
        pachdUserID: 1000,
        defaultRegistry: '',
        hasProjects: false,
      },
    ],
    [
      '2.3.0',
      {
        bootstrap: 'environment',
        connectorForm: 'config',
        needsLicense: true,
        hasProxy: true,
        usesProxyByDefault: false,
        userAccessibleIssuerForm: 'host',
      },
    ],
    ['2.3.6', { userAccessibleIssuerForm: 'url', proxyIsReachedAsLocalhost: false }],
    [
      '2.5.0',
      { usesProxyByDefault: true, hasPachw: true, hasProjects: true, proxyIsReachedAsLocalhost: false },
    ],
    ['2.6.0', { proxyIsReachedAsLocalhost: true, defaultRegistry: '' }],
    ['2.8.0', { defaultRegistry: 'docker.io', usesStorageUrl: false, defaultSslMode: 'disable' }],
    ['2.9.0', { usesStorageUrl: true, defaultSslMode: 'prefer' }],
    [
      '2.11.6',
      {
        bootstrap: 'environment',
        needsLicense: true,
        pachdUserID: 1000,
        connectorTarget: 'pachyderm@2.11',
      },
    ],
    [
      '2.12.0-rc.3',
      {
        bootstrap: 'environment',
        needsLicense: false,
        pachdUserID: 65532,
        connectorTarget: 'pachyderm@2.12',
      },
    ],
  ])('%s', (text, traits) => expect(releaseTraits(release(text))).toMatchObject(traits));

  test('roles come with the releases that have them', () => {
    const rolesOf = (text: string): readonly string[] => releaseTraits(release(text)).roles;
    expect(rolesOf('2.2.8')).not.toContain('projectCreator');
    expect(rolesOf('2.5.0')).toEqual(expect.arrayContaining(['projectCreator', 'projectOwner']));
    expect(rolesOf('2.5.0')).not.toContain('lokiLogReader');
    expect(rolesOf('2.6.0')).toContain('lokiLogReader');
    expect(rolesOf('2.11.6')).not.toContain('jobAdmin');
    expect(rolesOf('2.12.0-rc.3')).toContain('jobAdmin');
  });

  test('images are those of the release', () => {
    expect(releaseTraits(release('2.12.0-rc.3')).images).toMatchObject({
      pachd: 'pachyderm/pachd:2.12.0-rc.3',
      console: 'pachyderm/haberdashery:2.12.0-rc.3',
    });
    expect(releaseTraits(release('2.2.8')).images).toMatchObject({
      pachd: 'pachyderm/pachd:2.2.8',
      console: 'pachyderm/haberdashery:2.2.8-1',
      etcd: 'pachyderm/etcd:v3.5.1',
    });
  });
});
