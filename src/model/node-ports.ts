/** The ports that nodes open for Services, unless a cluster has another range. */
export const NODE_PORT_RANGE = { first: 30_000, last: 32_767 } as const;

/** Whether a node opens a port. */
export function isNodePort(port: number): boolean {
  return port >= NODE_PORT_RANGE.first && port <= NODE_PORT_RANGE.last;
}
