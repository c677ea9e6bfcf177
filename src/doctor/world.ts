import type { HttpClient } from './network/http';
import type { Routes } from './network/routes';
import type { Trust } from './network/trust';

/** How the doctor reaches the world. */
export interface World {
  readonly routes: Routes;
  readonly trust: Trust;
  /** The time of this machine, in milliseconds. */
  readonly now: () => number;
  /** A client without cookies, that trusts these authorities. */
  readonly client: (authorities: readonly string[]) => HttpClient;
}

/** A world in which nothing is asked of anyone, for those who want to know what a login consists of. */
export const NOWHERE: World = {
  routes: { override: () => undefined, proxy: () => undefined },
  trust: { authorities: [], withoutOption: [] },
  now: () => 0,
  client: () => {
    throw new Error('nothing is asked here');
  },
};
