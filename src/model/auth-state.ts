import type { Auth, Cluster, Enterprise } from './cluster';

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

/**
 * Whether pachd gets the secret it shares with its license server. Without a license key pachd refuses to start with it:
 * "Either both or neither of LICENSE_KEY and ENTERPRISE_SECRET must be set."
 */
export function sharesEnterpriseSecret(enterprise: Enterprise): boolean {
  return enterprise.licenseKey !== undefined;
}
