/** What `import … from 'pachkit/testing'` gives: a cluster for tests. It is a part of the library, whose bundle it is taken from. */
export { testCluster } from './index';
export type { TestCluster, TestClusterOptions, TestSecrets, TestUser } from './index';
