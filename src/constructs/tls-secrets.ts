import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { CERTIFICATE_KEY, PRIVATE_KEY, tlsSecrets } from '../model/tls-secrets';
import { k8s } from './support/kubernetes';
import { entryOf, revealed } from './support/secret-data';

/** What the Secrets are made of. */
export type TlsSecretsProps = Pick<Cluster, 'namespace' | 'access' | 'enterpriseServer' | 'pachd'>;

/** The TLS Secrets whose certificate and key the document has; others have to be in the namespace already. */
export class TlsSecrets extends Construct {
  constructor(scope: Construct, id: string, cluster: TlsSecretsProps) {
    super(scope, id);
    const { namespace } = cluster;
    for (const { name, type, labels, certificate, key } of tlsSecrets(cluster))
      new k8s.KubeSecret(this, name, {
        metadata: { name, namespace, ...(labels === undefined ? {} : { labels }) },
        ...(type === undefined ? {} : { type }),
        stringData: revealed({
          ...entryOf(CERTIFICATE_KEY, certificate),
          ...entryOf(PRIVATE_KEY, key),
        }),
      });
  }
}
