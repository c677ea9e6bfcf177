import type { Cluster, NewCertificate, StringMap } from './cluster';
import type { Place } from './secret-places';

/** A TLS Secret that pachkit writes. */
export interface TlsSecret extends NewCertificate {
  readonly name: string;
  /** The field of the document that it is from. */
  readonly path: readonly string[];
  /** As in the official chart, since the type of a Secret cannot be changed; missing for Kubernetes' own default. */
  readonly type?: 'kubernetes.io/tls';
  readonly labels?: StringMap;
}

export const CERTIFICATE_KEY = 'tls.crt';
export const PRIVATE_KEY = 'tls.key';

/** The TLS Secrets whose certificates the document has. */
export function tlsSecrets({
  access,
  enterpriseServer,
  pachd,
}: Pick<Cluster, 'access' | 'enterpriseServer' | 'pachd'>): TlsSecret[] {
  const { tls } = access;
  const secrets: TlsSecret[] = [];
  if (tls?.newSecret && tls.secretName !== undefined)
    secrets.push({
      ...tls.newSecret,
      name: tls.secretName,
      path: ['access', 'tls'],
      ...(access.via === 'ingress'
        ? { labels: { app: 'console', suite: 'pachyderm' } }
        : { type: 'kubernetes.io/tls' }),
    });
  const own = (enterpriseServer ?? pachd).tls;
  if (own?.newSecret)
    secrets.push({
      ...own.newSecret,
      name: own.secretName,
      path: [enterpriseServer ? 'enterpriseServer' : 'pachd', 'tls'],
      labels: { app: 'pachyderm', suite: 'pachyderm' },
    });
  return secrets;
}

/**
 * The TLS Secret whose certificate Console trusts besides the well-known ones: that of the public host, where Console looks
 * for Dex's discovery document, and pachd's own where nothing inside the cluster ends TLS for that host. Undefined where
 * Console trusts none, or there is none.
 */
export function trustedByConsole({
  access,
  console,
  pachd,
}: Pick<Cluster, 'access' | 'console' | 'pachd'>): string | undefined {
  if (!console.customCertificateAuthority) return undefined;
  const isPublic = access.tls !== undefined && !access.tls.offloaded;
  return (isPublic ? access.tls?.secretName : undefined) ?? pachd.tls?.secretName;
}

/** The keys of a TLS Secret. */
export function tlsPlaces(name: string): Place[] {
  return [CERTIFICATE_KEY, PRIVATE_KEY].map((key) => ({ name, key }));
}
