import schema from '../../schemas/cluster.schema.json';
import { PACHYDERM_LINES } from '../../src/releases/pachyderm';
import { parseRelease } from '../../src/releases/release';
import { releaseTraits } from '../../src/releases/release-traits';

test('editors offer the roles of all releases', () => {
  const roles = PACHYDERM_LINES.flatMap(({ minor }) => {
    const version = parseRelease(`2.${minor}.99`);
    return version ? releaseTraits(version).roles : [];
  });
  expect(schema.$defs.role.enum).toEqual([...new Set(roles)].sort());
});
