import { pachdVariables } from '../../src/releases/environment';
import { PACHYDERM_LINES } from '../../src/releases/pachyderm';
import { parseRelease } from '../../src/releases/release';

function namesIn(text: string, workload: 'pachd' | 'pachw' = 'pachd'): string[] {
  const release = parseRelease(text);
  if (!release) throw new Error(`${text} is not supported`);
  return pachdVariables(release, workload).map(({ name }) => name);
}

describe('pachdVariables', () => {
  test.each(PACHYDERM_LINES.map(({ minor }) => `2.${minor}.0`))('%s has no variable twice', (release) => {
    for (const workload of ['pachd', 'pachw'] as const) {
      const names = namesIn(release, workload);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test.each([
    ['LOG_LEVEL', '2.4.9', '2.5.0'],
    ['LOG_FORMAT', '2.2.8', '2.3.0'],
    ['GOCDK_ENABLED', '2.10.9', '2.11.0'],
  ])('%s is in %s and no more in %s', (name, last, next) => {
    expect(namesIn(last)).toContain(name);
    expect(namesIn(next)).not.toContain(name);
  });

  test.each([
    ['PACHYDERM_LOG_LEVEL', '2.4.9', '2.5.0'],
    ['STORAGE_URL', '2.8.9', '2.9.0'],
    ['AUTH_ROOT_TOKEN', '2.2.8', '2.3.0'],
    ['ENTERPRISE_MEMBER', '2.2.2', '2.2.3'],
  ])('%s is not yet in %s, but in %s', (name, before, first) => {
    expect(namesIn(before)).not.toContain(name);
    expect(namesIn(first)).toContain(name);
  });

  test('what is of pachw alone is not in pachd', () => {
    expect(namesIn('2.12.0')).not.toContain('IS_PACHW');
    expect(namesIn('2.12.0', 'pachw')).toContain('IS_PACHW');
    expect(namesIn('2.12.0', 'pachw')).not.toContain('ACTIVATE_AUTH');
  });
});
