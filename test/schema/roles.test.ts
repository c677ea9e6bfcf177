import schema from '../../schemas/cluster.schema.json';
import { releaseTraits } from '../../src/releases/release-traits';
import { parseRelease } from '../../src/releases/release';

test('editors offer the roles of all releases', () => {
  const roles = ['2.2.8', '2.3.9', '2.5.0', '2.6.0', '2.11.6', '2.12.0'].flatMap((release) => {
    const version = parseRelease(release);
    return version ? releaseTraits(version).roles : [];
  });
  expect(schema.$defs.role.enum).toEqual([...new Set(roles)].sort());
});
