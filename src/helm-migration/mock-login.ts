import type { ReleaseTraits } from '../releases/release-traits';
import type { JsonMapping } from './json';

/** The connector that the chart has people log in with while values have none. */
export const MOCK_CONNECTOR = {
  type: 'mockPassword',
  id: 'test',
  config: { username: 'admin', password: 'password' },
} as const;

/** The roles that the chart gives then, in the place of those in the values. */
export function mockBindings({ chartMockCreatesProjects }: ReleaseTraits): JsonMapping {
  return {
    'user:kilgore@kilgore.trout': ['clusterAdmin'],
    ...(chartMockCreatesProjects ? { allClusterUsers: ['projectCreator'] } : {}),
  };
}
