import type { Auth, Cluster } from '../../model/cluster';

/**
 * What authentication is made of, where it is activated: up to 2.11 that takes an enterprise license or membership,
 * without which pachd refuses to start ("Pachyderm Enterprise is not active in this cluster").
 */
export function activeAuth({
  auth,
  enterprise,
  release,
}: Pick<Cluster, 'auth' | 'enterprise' | 'release'>): Auth | undefined {
  return release.needsLicense && enterprise === undefined ? undefined : auth;
}

/** Id of pachd as a client of Dex, which exists with authentication switched off too. */
export function pachdClientID({ auth }: Pick<Cluster, 'auth'>): string {
  return auth?.clientID ?? 'pachd';
}
