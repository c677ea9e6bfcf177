import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { CLOUD_SQL_PROXY } from '../model/resolve-storage';
import { nodePortOf, serviceMetadata } from './support/component-service';
import { plainVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { resourcesOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';
import { podSpec } from './support/pod-spec';

/** What the proxy is made from. */
export type CloudSqlProxyProps = Pick<
  Cluster,
  'namespace' | 'release' | 'database' | 'images' | 'securityContexts'
>;

const LABELS = { app: CLOUD_SQL_PROXY, suite: 'pachyderm' };
const SERVICE_ACCOUNT = 'k8s-cloudsql-auth-proxy';

/** Port of the Service, which pachd and pg-bouncer connect to. */
const PORT = 5432;

/** User and group that the container runs as. */
const USER_ID = 1000;

/**
 * The Cloud SQL Auth Proxy in front of an instance of Google Cloud SQL: a Deployment, the Service `cloudsql-auth-proxy` that
 * pachd and pg-bouncer connect to, and a service account that stands for a Google service account by workload identity.
 */
export class CloudSqlProxy extends Construct {
  constructor(scope: Construct, id: string, cluster: CloudSqlProxyProps) {
    super(scope, id);
    const { namespace, database } = cluster;
    const proxy = database.cloudSqlProxy;
    if (!proxy) return;
    const metadata = { name: CLOUD_SQL_PROXY, namespace, labels: LABELS };

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: {
        name: SERVICE_ACCOUNT,
        namespace,
        ...(proxy.serviceAccount === undefined
          ? {}
          : { annotations: { 'iam.gke.io/gcp-service-account': proxy.serviceAccount } }),
      },
    });
    new k8s.KubeService(this, 'service', {
      metadata: serviceMetadata(CLOUD_SQL_PROXY, namespace, LABELS, proxy.service),
      spec: {
        type: proxy.service.type,
        ports: [
          {
            name: 'postgres',
            port: PORT,
            ...(proxy.port === PORT ? {} : { targetPort: k8s.IntOrString.fromNumber(proxy.port) }),
            ...nodePortOf(proxy.service),
          },
        ],
        selector: LABELS,
      },
    });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata,
      spec: {
        selector: { matchLabels: LABELS },
        template: {
          metadata: podMetadata(LABELS, proxy.placement),
          spec: {
            serviceAccountName: SERVICE_ACCOUNT,
            ...podSpec(cluster, {
              placement: proxy.placement,
              user: USER_ID,
              container: {
                name: 'cloud-sql-proxy',
                image: proxy.image,
                ...(proxy.imagePullPolicy === undefined ? {} : { imagePullPolicy: proxy.imagePullPolicy }),
                ...program(cluster, proxy),
                ports: [{ containerPort: proxy.port }],
                ...resourcesOf(proxy.resources),
              },
            }),
          },
        },
      },
    });
  }
}

/** How the version of the release is told what to do. No shell is involved. */
function program(
  { release, database }: CloudSqlProxyProps,
  { connectionName, port, privateIP }: NonNullable<Cluster['database']['cloudSqlProxy']>,
): Pick<k8s.Container, 'command' | 'args' | 'env'> {
  const hasIamLogin = database.password === undefined;
  if (!release.cloudSqlProxy.isVersion2)
    return {
      command: [
        '/cloud_sql_proxy',
        ...(hasIamLogin ? ['-enable-iam-login'] : []),
        ...(privateIP ? ['-ip_address_types=PRIVATE'] : []),
        `-instances=${connectionName}=tcp:0.0.0.0:${port}`,
      ],
    };
  return {
    ...(privateIP ? { args: ['--private-ip'] } : {}),
    env: [
      plainVariable('CSQL_PROXY_INSTANCE_CONNECTION_NAME', connectionName),
      plainVariable('CSQL_PROXY_PORT', String(port)),
      // All addresses of the pod: its clients are other pods.
      plainVariable('CSQL_PROXY_ADDRESS', '0.0.0.0'),
      ...(hasIamLogin ? [plainVariable('CSQL_PROXY_AUTO_IAM_AUTHN', 'true')] : []),
    ],
  };
}
