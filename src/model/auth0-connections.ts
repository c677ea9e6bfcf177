import type { Auth0 } from './cluster';

/** Whether what a document calls a connection is the id that Auth0 gave it, and not its name. */
export function isConnectionID(connection: string): boolean {
  return /^con_[A-Za-z0-9]{16}$/.test(connection);
}

/**
 * Whether Terraform has to look a connection up to link to it: only a data source turns the name of an existing
 * connection into its id, and it stores everything it reads in the state.
 */
export function isLookedUp(connection: string, { database }: Pick<Auth0, 'database'>): boolean {
  return !isConnectionID(connection) && connection !== database?.name;
}
