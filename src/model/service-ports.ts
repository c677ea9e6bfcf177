/** Port of the Services of pg-bouncer, which the official chart does not let anyone choose. */
export const PG_BOUNCER_PORT = 5432;

/** Port that the Services of etcd serve its clients on, which is fixed in the official chart too. */
export const ETCD_PORT = 2379;
