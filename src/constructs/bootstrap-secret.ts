import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { FORWARDED_PACHD } from '../model/service-ports';
import { bootstrapConfig } from './support/bootstrap-config';
import { activeAuth, pachdClientID, sharesEnterpriseSecret } from '../model/auth-state';
import { authConfigDocument } from './support/dex-documents';
import { toYaml } from './support/yaml';
import { k8s } from './support/kubernetes';
import { entryOf, revealed, type SecretData } from './support/secret-data';
import { BOOTSTRAP_CONFIG_SECRET, PLACES } from '../model/secret-places';
import type { Bootstrap } from '../releases/release-traits';

/** What the secrets of the bootstrap are made of. */
export type BootstrapSecretProps = Pick<
  Cluster,
  'namespace' | 'release' | 'auth' | 'enterprise' | 'identity' | 'dex' | 'console' | 'urls'
>;

/**
 * What activates the license and authentication. Where a Job does it (to 2.2): the Secret `pachyderm-bootstrap-config`,
 * the files of that Job. Where pachd does it itself (from 2.3): the Secrets `pachyderm-auth`, `pachyderm-license` and
 * `pachyderm-enterprise`, and for members of an enterprise server the ConfigMap `pachyderm-enterprise-config`.
 *
 * Secrets that are in the namespace already are not written; a Secret that this leaves without keys is not either.
 */
export class BootstrapSecret extends Construct {
  constructor(scope: Construct, id: string, cluster: BootstrapSecretProps) {
    super(scope, id);
    const { namespace } = cluster;
    for (const [name, data] of Object.entries(SECRETS[cluster.release.bootstrap](cluster)))
      if (Object.keys(data).length > 0)
        new k8s.KubeSecret(this, name, { metadata: { name, namespace }, stringData: revealed(data) });
    for (const [name, data] of Object.entries(bootstrapConfigMaps(cluster)))
      new k8s.KubeConfigMap(this, name, { metadata: { name, namespace }, data: { ...data } });
  }
}

const SECRETS: Readonly<
  Record<Bootstrap, (cluster: BootstrapSecretProps) => Readonly<Record<string, SecretData>>>
> = {
  job: (cluster) => (cluster.enterprise ? { [BOOTSTRAP_CONFIG_SECRET]: bootstrapConfig(cluster).data } : {}),
  environment: pachdBootstrapSecrets,
};

/** Data of the Secrets that pachd bootstraps itself from, by name. */
export function pachdBootstrapSecrets(cluster: BootstrapSecretProps): Readonly<Record<string, SecretData>> {
  const auth = activeAuth(cluster);
  const { enterprise } = cluster;
  return {
    [PLACES.rootToken.name]: auth
      ? {
          ...entryOf(PLACES.rootToken.key, auth.rootToken),
          [PLACES.authConfig.key]: toYaml(authConfigDocument(auth, cluster)),
          ...entryOf(PLACES.pachdClientSecret.key, auth.clientSecret),
          ...(auth.roleBindings ? { [PLACES.roleBindings.key]: toYaml(auth.roleBindings) } : {}),
        }
      : {},
    [PLACES.licenseKey.name]: entryOf(PLACES.licenseKey.key, enterprise?.licenseKey),
    [PLACES.enterpriseSecret.name]: {
      ...(enterprise && sharesEnterpriseSecret(enterprise)
        ? entryOf(PLACES.enterpriseSecret.key, enterprise.secret)
        : {}),
      ...entryOf(PLACES.enterpriseServerToken.key, enterprise?.member?.serverToken),
    },
  };
}

/** Data of the ConfigMaps that pachd bootstraps itself from, by name. */
export function bootstrapConfigMaps(
  cluster: Pick<Cluster, 'release' | 'auth' | 'enterprise'>,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const member = cluster.enterprise?.member;
  if (cluster.release.bootstrap === 'job' || !member) return {};
  return {
    [PLACES.enterpriseCluster.name]: {
      [PLACES.enterpriseCluster.key]: toYaml({
        address: member.callbackAddress,
        id: pachdClientID(cluster),
        user_address: member.userAddress,
        // The official charts always write that of the forwarded port. pachd 2.3 to 2.11 decodes this one document by Go's field names and skips user_address.
        ...(member.userAddress === FORWARDED_PACHD ? {} : { useraddress: member.userAddress }),
      }),
    },
  };
}
