/** Port of the Services of pg-bouncer, which the official chart does not let anyone choose. */
export const PG_BOUNCER_PORT = 5432;

/** Port that the Services of etcd serve its clients on, which is fixed in the official chart too. */
export const ETCD_PORT = 2379;

/**
 * Ports of the user's machine that `pachctl port-forward` opens, whatever those of pachd's Service are: three to pachd by the
 * names of its Service's ports, and Console's.
 */
export const FORWARDED_PORTS = { grpc: 30650, oidc: 30657, identity: 30658, console: 4000 } as const;

/** Where pachctl finds pachd through its forwarded port. */
export const FORWARDED_PACHD = `grpc://localhost:${FORWARDED_PORTS.grpc}`;
