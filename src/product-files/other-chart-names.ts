import { listed } from '../diagnostics/listed';
import { adviceIn, type KeyAdvice, type KeyRows, type KeyTable } from '../schema/key-advice';

const CLOUD_IDENTITY =
  'the chart has no value for it: name it in the annotations of the service accounts, pachd.serviceAccount.additionalAnnotations and pachd.worker.serviceAccount.additionalAnnotations';
/** What the bundled server knows by no such name either. */
const DATABASE_SERVER: KeyRows = [
  [/^(host(_?name)?|address)$/i, ['global.postgresql.postgresqlHost']],
  [/^port$/i, ['global.postgresql.postgresqlPort']],
  [/^(user(_?name)?|login)$/i, ['global.postgresql.postgresqlUsername']],
  [/^password$/i, ['global.postgresql.postgresqlPassword']],
  [/^(database|db(_?name)?|name)$/i, ['global.postgresql.postgresqlDatabase']],
];
const DATABASE: KeyRows = [
  ...DATABASE_SERVER,
  [/^(ssl_?mode|tls)$/i, ['global.postgresql.postgresqlSSL']],
  [/^existing_?secret(_?name)?$/i, ['global.postgresql.postgresqlExistingSecretName']],
];

/** Keys that people look for in a section of values and that no chart has there: names that charts of other products have. */
export const OTHER_NAMES: KeyTable = {
  '': [
    [/^image$/i, ['pachd.image']],
    [/^resources$/i, ['pachd.resources']],
    [/^service_?account$/i, ['pachd.serviceAccount']],
    [/^storage$/i, ['pachd.storage']],
    [/^(replica_?count|replicas)$/i, ['pachd.replicas']],
    [/^tls$/i, ['ingress.tls', 'proxy.tls', 'pachd.tls']],
    [/^(dex|identity|idp|sso)$/i, ['oidc']],
    [/^auth$/i, ['oidc', 'pachd.activateAuth']],
    [/^(postgres|database|db)$/i, ['postgresql', 'global.postgresql']],
    [/^image_?pull_?secrets$/i, ['global.imagePullSecrets']],
  ],
  global: [
    [/^(image_?registry|registry)$/i, ['global.image.registry']],
    [/^storage_?class(_?name)?$/i, ['etcd.storageClass', 'postgresql.persistence.storageClass']],
  ],
  'global.postgresql': DATABASE,
  postgresql: [
    ...DATABASE_SERVER,
    [/^auth$/i, ['global.postgresql.postgresqlPassword', 'global.postgresql.postgresqlPostgresPassword']],
  ],
  'postgresql.primary': [
    [/^(storage|size)$/i, ['postgresql.persistence.size']],
    [/^persistence$/i, ['postgresql.persistence']],
  ],
  ingress: [
    [/^(host_?names?|hosts|domain)$/i, ['ingress.host']],
    [
      /^(ingress_?)?class(_?name)?$/i,
      'the chart has no value for it: add kubernetes.io/ingress.class to ingress.annotations',
    ],
  ],
  proxy: [
    [/^(host_?names?|hosts|domain)$/i, ['proxy.host']],
    [/^(service_?)?type$/i, ['proxy.service.type']],
    [/^replica_?count$/i, ['proxy.replicas']],
  ],
  console: [[/^(ingress|host(_?name)?|url)$/i, ['ingress.host', 'proxy.host']]],
  pachd: [
    [/^tag$/i, ['pachd.image.tag']],
    [/^replica_?count$/i, ['pachd.replicas']],
    [/^license$/i, ['pachd.enterpriseLicenseKey']],
    [/^oidc$/i, ['oidc']],
  ],
  'pachd.storage': [
    [/^bucket(_?name)?$/i, ['pachd.storage.amazon.bucket', 'pachd.storage.google.bucket']],
    [/^(s3|aws)$/i, ['pachd.storage.amazon']],
    [/^(gcs|gcp)$/i, ['pachd.storage.google']],
    [/^(azure|abs|blob)$/i, ['pachd.storage.microsoft']],
    [
      /^(size|storage_?(size|class(_?name)?)|persistence)$/i,
      'a bucket has none; volumes are those of etcd and the bundled PostgreSQL: etcd.storageSize and postgresql.persistence',
    ],
  ],
  'pachd.storage.amazon': [
    [/^bucket_?name$/i, ['pachd.storage.amazon.bucket']],
    [/^((aws_?)?access_?key(_?id)?)$/i, ['pachd.storage.amazon.id']],
    [/^((aws_?)?secret(_?access)?_?key)$/i, ['pachd.storage.amazon.secret']],
    [/^(endpoint(_?url)?|url)$/i, ['pachd.storage.amazon.customEndpoint']],
    [/^((iam_?)?role(_?arn)?|irsa)$/i, CLOUD_IDENTITY],
  ],
  'pachd.storage.google': [
    [/^bucket_?name$/i, ['pachd.storage.google.bucket']],
    [
      /^(cred_?(file|json)|credentials?(_?(file|json))?|key(_?(file|json))?|service_?account_?(key|json))$/i,
      ['pachd.storage.google.cred'],
    ],
    [/^(service_?account(_?(name|email))?|workload_?identity)$/i, CLOUD_IDENTITY],
  ],
  'pachd.storage.microsoft': [
    [/^(bucket|container_?name)$/i, ['pachd.storage.microsoft.container']],
    [/^((storage_?)?account(_?name)?)$/i, ['pachd.storage.microsoft.id']],
    [/^((storage_?)?account_?key|(access_?)?key)$/i, ['pachd.storage.microsoft.secret']],
  ],
  oidc: [
    [/^issuer$/i, ['oidc.issuerURI']],
    [/^(connectors?|idps?|(identity_?)?providers?)$/i, ['oidc.upstreamIDPs']],
    [/^clients$/i, ['oidc.additionalClients']],
    [/^client_?id$/i, ['pachd.oauthClientID']],
    [/^client_?secret$/i, ['pachd.oauthClientSecret']],
    [/^redirect_?ur[il]$/i, ['pachd.oauthRedirectURI']],
  ],
  etcd: [
    [/^(storage|persistence)$/i, ['etcd.storageSize', 'etcd.storageClass']],
    [/^(replicas|replica_?count)$/i, ['etcd.dynamicNodes']],
  ],
};

/** What to do about a key that no chart has in the section, or the values that say it; undefined where neither is known. */
export function otherName(section: readonly string[], key: string): KeyAdvice | undefined {
  return adviceIn(OTHER_NAMES, section.join('.'), key);
}

/** An advice as a hint. */
export function otherNameHint(advice: KeyAdvice): string {
  return typeof advice === 'string' ? advice : `the chart has it in ${listed(advice, 'or')}`;
}
