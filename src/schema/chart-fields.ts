import { schemaAt } from './schema-at';

/** Fields of a pod in values of the official chart, and their names in a `placement`. */
const PLACEMENT: Readonly<Record<string, string>> = {
  affinity: 'affinity',
  annotations: 'annotations',
  nodeSelector: 'nodeSelector',
  podLabels: 'labels',
  priorityClassName: 'priorityClassName',
  tolerations: 'tolerations',
};

/** Sections of values with a pod, and the section of the document that has its `placement`. */
const PODS: Readonly<Record<string, string>> = {
  pachd: 'pachd',
  console: 'console',
  etcd: 'etcd',
  pgbouncer: 'database.pgBouncer',
  proxy: 'access.proxy',
  'postgresql.primary': 'database.internal',
  cloudsqlAuthProxy: 'database.external.cloudSqlProxy',
  enterpriseServer: 'enterpriseServer',
  preflightCheckJob: 'preflightJob',
  restoreSnapshot: 'restoreSnapshot',
};

/** Values of the charts 2.2.8, 2.11.6 and 2.12.0-rc.3, whole sections among them, and the fields that say the same. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  deployTarget: ['storage.s3', 'storage.gcs', 'storage.azure', 'storage.minio', 'storage.local'],
  global: ['database', 'images', 'network', 'securityContexts'],
  'global.postgresql': ['database'],
  'global.postgresql.identityDatabaseFullNameOverride': ['database.identityName'],
  'global.postgresql.postgresqlAuthType': ['database.authType'],
  'global.postgresql.postgresqlDatabase': ['database.name'],
  'global.postgresql.postgresqlExistingSecretKey': [
    'database.internal.password.existing.key',
    'database.external.password.existing.key',
  ],
  'global.postgresql.postgresqlExistingSecretName': [
    'database.internal.password.existing.name',
    'database.external.password.existing.name',
  ],
  'global.postgresql.postgresqlHost': ['database.external.host'],
  'global.postgresql.postgresqlPassword': ['database.internal.password', 'database.external.password'],
  'global.postgresql.postgresqlPort': ['database.external.port'],
  'global.postgresql.postgresqlPostgresPassword': ['database.internal.rootPassword'],
  'global.postgresql.postgresqlSSL': ['database.sslMode'],
  'global.postgresql.postgresqlSSLCACert': ['database.sslCertificateAuthority'],
  'global.postgresql.postgresqlSSLSecret': ['database.sslSecretName'],
  'global.postgresql.postgresqlUsername': ['database.external.user'],
  'global.customCaCerts': ['pachd.tls.customCertificateAuthority', 'console.customCertificateAuthority'],
  'global.image': ['images.registry'],
  'global.image.registry': ['images.registry'],
  'global.imagePullSecrets': ['images.pullSecrets'],
  'global.noProxy': ['network.noProxy'],
  'global.proxy': ['network.httpProxy'],
  'global.securityContexts': ['securityContexts'],
  'global.securityContexts.enabled': ['securityContexts'],

  'console.config': ['console.clientID', 'console.clientSecret', 'console.telemetry', 'access.urls'],
  'console.config.disableTelemetry': ['console.telemetry'],
  'console.config.graphqlPort': ['console.port'],
  'console.config.oauthClientID': ['console.clientID'],
  'console.config.oauthClientSecret': ['console.clientSecret'],
  'console.config.oauthClientSecretSecretName': ['console.clientSecret.existing.name'],
  'console.config.oauthRedirectURI': ['access.urls.consoleRedirect'],
  'console.config.reactAppRuntimeIssuerURI': ['access.urls.consoleIssuer'],
  'console.config.reactAppRuntimeRefetchInterval': ['console.refetchInterval'],

  'etcd.dynamicNodes': ['etcd.replicas'],
  'etcd.securityContext': ['securityContexts'],
  'etcd.storageSize': ['etcd.size'],

  ingress: ['access.via', 'access.host', 'access.tls', 'access.ingress'],
  'ingress.annotations': ['access.ingress.annotations'],
  'ingress.enabled': ['access.via'],
  'ingress.host': ['access.host'],
  'ingress.tls': ['access.tls'],
  'ingress.tls.enabled': ['access.tls'],
  'ingress.tls.newSecret': ['access.tls.newSecret'],
  'ingress.tls.newSecret.crt': ['access.tls.newSecret.certificate'],
  'ingress.tls.newSecret.key': ['access.tls.newSecret.key'],
  'ingress.tls.secretName': ['access.tls.secretName'],
  'ingress.uriHttpsProtoOverride': ['access.tls.offloaded'],

  proxy: ['access.via', 'access.host', 'access.tls', 'access.proxy'],
  'proxy.enabled': ['access.via'],
  'proxy.host': ['access.host', 'access.port'],
  'proxy.image': ['access.proxy.image'],
  'proxy.labels': ['access.proxy.placement.labels'],
  'proxy.replicas': ['access.proxy.replicas'],
  'proxy.resources': ['access.proxy.resources'],
  'proxy.service': ['access.proxy.service'],
  'proxy.service.legacyPorts': ['access.proxy.service.legacyPorts'],
  'proxy.service.legacyPorts.s3Gateway': ['access.proxy.service.legacyPorts.s3'],
  'proxy.tls': ['access.tls'],
  'proxy.tls.enabled': ['access.tls'],
  'proxy.tls.secret': ['access.tls.newSecret'],
  'proxy.tls.secret.cert': ['access.tls.newSecret.certificate'],
  'proxy.tls.secret.key': ['access.tls.newSecret.key'],
  'proxy.tls.secretName': ['access.tls.secretName'],

  oidc: ['identity', 'access.urls', 'auth.requireVerifiedEmail'],
  'oidc.IDTokenExpiry': ['identity.idTokenExpiry'],
  'oidc.RotationTokenExpiry': ['identity.rotationTokenExpiry'],
  'oidc.additionalClients': ['identity.clients'],
  'oidc.additionalClientsSecretName': ['identity.clientsFrom.existing.name'],
  'oidc.dexCredentialSecretName': ['identity.credentialFilesSecretName'],
  'oidc.issuerURI': ['access.urls.issuer'],
  'oidc.mockIDP': ['identity.connectors'],
  'oidc.requireVerifiedEmail': ['auth.requireVerifiedEmail'],
  'oidc.upstreamIDPs': ['identity.connectors'],
  'oidc.upstreamIDPsSecretName': ['identity.connectorsFrom.existing.name'],
  'oidc.userAccessibleOauthIssuerHost': ['access.urls.userAccessibleIssuer'],

  preflightCheckJob: ['preflightJob'],
  'preflightCheckJob.disableLogSampling': ['preflightJob.disableLogSampling'],
  'preflightCheckJob.enabled': ['preflightJob'],
  'preflightCheckJob.image': ['preflightJob.image'],
  'preflightCheckJob.resources': ['preflightJob.resources'],
  'preflightCheckJob.sqlQueryLogs': ['preflightJob.sqlQueryLogs'],

  'restoreSnapshot.enabled': ['restoreSnapshot'],
  'restoreSnapshot.snapshot_id': ['restoreSnapshot.snapshotID'],

  'enterpriseServer.clusterDeploymentID': ['deploymentID'],
  'enterpriseServer.enabled': ['enterpriseServer'],
  'enterpriseServer.service.apiGRPCPort': ['enterpriseServer.service.ports.grpc'],
  'enterpriseServer.service.identityPort': ['enterpriseServer.service.ports.identity'],
  'enterpriseServer.service.oidcPort': ['enterpriseServer.service.ports.oidc'],
  'enterpriseServer.service.prometheusPort': ['enterpriseServer.service.ports.metrics'],
  'enterpriseServer.tls.enabled': ['enterpriseServer.tls'],
  'enterpriseServer.tls.newSecret.crt': ['enterpriseServer.tls.newSecret.certificate'],

  'pachd.activateAuth': ['auth.enabled'],
  'pachd.activateEnterprise': ['enterprise.licenseKey'],
  'pachd.activateEnterpriseMember': ['enterprise.member'],
  'pachd.additionalTrustedPeers': ['identity.trustedPeers'],
  'pachd.clusterDeploymentID': ['deploymentID'],
  'pachd.enabled': ['enterpriseServer'],
  'pachd.enterpriseCallbackAddress': ['enterprise.member.callbackAddress'],
  'pachd.enterpriseLicenseKey': ['enterprise.licenseKey'],
  'pachd.enterpriseLicenseKeySecretName': ['enterprise.licenseKey.existing.name'],
  'pachd.enterpriseRootToken': ['enterprise.member.serverToken'],
  'pachd.enterpriseRootTokenSecretName': ['enterprise.member.serverToken.existing.name'],
  'pachd.enterpriseSecret': ['enterprise.secret'],
  'pachd.enterpriseSecretSecretName': ['enterprise.secret.existing.name'],
  'pachd.enterpriseServerAddress': ['enterprise.member.serverAddress'],
  'pachd.enterpriseServerToken': ['enterprise.member.serverToken'],
  'pachd.enterpriseServerTokenSecretName': ['enterprise.member.serverToken.existing.name'],
  'pachd.externalService.apiGRPCPort': ['pachd.externalService.ports.grpc'],
  'pachd.externalService.enabled': ['pachd.externalService'],
  'pachd.externalService.s3GatewayPort': ['pachd.externalService.ports.s3'],
  'pachd.livenessProbe': ['pachd.probes.liveness'],
  'pachd.localhostIssuer': ['access.localhostIssuer'],
  'pachd.lokiHost': ['loki.host'],
  'pachd.lokiLogging': ['loki.enabled'],
  'pachd.lokiPort': ['loki.port'],
  'pachd.oauthClientID': ['auth.clientID'],
  'pachd.oauthClientSecret': ['auth.clientSecret'],
  'pachd.oauthClientSecretSecretName': ['auth.clientSecret.existing.name'],
  'pachd.oauthRedirectURI': ['access.urls.pachdRedirect'],
  'pachd.pachAuthClusterRoleBindings': ['auth.roleBindings'],
  'pachd.readinessProbe': ['pachd.probes.readiness'],
  'pachd.rootToken': ['auth.rootToken'],
  'pachd.rootTokenSecretName': ['auth.rootToken.existing.name'],
  'pachd.securityContext': ['securityContexts'],
  'pachd.service.apiGRPCPort': ['pachd.service.ports.grpc'],
  'pachd.service.identityPort': ['pachd.service.ports.identity'],
  'pachd.service.oidcPort': ['pachd.service.ports.oidc'],
  'pachd.service.prometheusPort': ['pachd.service.ports.metrics'],
  'pachd.service.s3GatewayPort': ['pachd.service.ports.s3'],
  'pachd.serviceAccount.additionalAnnotations': ['pachd.serviceAccount.annotations'],
  'pachd.startupProbe': ['pachd.probes.startup'],
  'pachd.storage': ['storage'],
  'pachd.storage.amazon': ['storage.s3'],
  'pachd.storage.amazon.customEndpoint': ['storage.s3.endpoint'],
  'pachd.storage.amazon.id': ['storage.s3.credentials.id'],
  'pachd.storage.amazon.partSize': ['storage.s3.partSizeBytes'],
  'pachd.storage.amazon.secret': ['storage.s3.credentials.secret'],
  'pachd.storage.amazon.token': ['storage.s3.credentials.token'],
  'pachd.storage.backend': ['storage'],
  'pachd.storage.google': ['storage.gcs'],
  'pachd.storage.google.cred': ['storage.gcs.credentials'],
  'pachd.storage.local': ['storage.local'],
  'pachd.storage.microsoft': ['storage.azure'],
  'pachd.storage.microsoft.id': ['storage.azure.account'],
  'pachd.storage.microsoft.secret': ['storage.azure.key'],
  'pachd.storage.minio': ['storage.minio', 'storage.s3'],
  'pachd.storage.minio.bucket': ['storage.minio.bucket', 'storage.s3.bucket'],
  'pachd.storage.minio.endpoint': ['storage.minio.endpoint', 'storage.s3.endpoint'],
  'pachd.storage.minio.id': ['storage.minio.credentials.id', 'storage.s3.credentials.id'],
  'pachd.storage.minio.secret': ['storage.minio.credentials.secret', 'storage.s3.credentials.secret'],
  'pachd.storage.minio.secure': ['storage.minio.secure', 'storage.s3.disableSSL'],
  'pachd.storage.minio.signature': ['storage.minio.signature'],
  'pachd.storage.putFileConcurrencyLimit': ['storage.putFileConcurrencyLimit'],
  'pachd.storage.storageURL': ['storage.url'],
  'pachd.storage.uploadConcurrencyLimit': ['storage.uploadConcurrencyLimit'],
  'pachd.tls.enabled': ['pachd.tls'],
  'pachd.tls.newSecret.crt': ['pachd.tls.newSecret.certificate'],
  'pachd.worker.serviceAccount.additionalAnnotations': ['pachd.worker.serviceAccount.annotations'],

  pgbouncer: ['database.pgBouncer'],
  'pgbouncer.defaultPoolSize': ['database.pgBouncer.poolSize'],
  'pgbouncer.image': ['database.pgBouncer.image'],
  'pgbouncer.maxConnections': ['database.pgBouncer.maxConnections'],
  'pgbouncer.resources': ['database.pgBouncer.resources'],
  'pgbouncer.service': ['database.pgBouncer.service'],

  postgresql: ['database.internal', 'database.external'],
  'postgresql.enabled': ['database.internal', 'database.external'],
  'postgresql.image': ['database.internal.image'],
  'postgresql.persistence': ['database.internal.size', 'database.internal.storageClass'],
  'postgresql.persistence.size': ['database.internal.size'],
  'postgresql.persistence.storageClass': ['database.internal.storageClass'],
  'postgresql.primary': ['database.internal.placement'],
  'postgresql.service': ['database.internal.service'],

  cloudsqlAuthProxy: ['database.external.cloudSqlProxy', 'database.external.iamLogin'],
  'cloudsqlAuthProxy.connectionName': ['database.external.cloudSqlProxy.connectionName'],
  'cloudsqlAuthProxy.enabled': ['database.external.cloudSqlProxy'],
  'cloudsqlAuthProxy.iamLogin': ['database.external.iamLogin'],
  'cloudsqlAuthProxy.image': ['database.external.cloudSqlProxy.image'],
  'cloudsqlAuthProxy.port': ['database.external.cloudSqlProxy.port'],
  'cloudsqlAuthProxy.privateIp': ['database.external.cloudSqlProxy.privateIP'],
  'cloudsqlAuthProxy.resources': ['database.external.cloudSqlProxy.resources'],
  'cloudsqlAuthProxy.service': ['database.external.cloudSqlProxy.service'],
  'cloudsqlAuthProxy.serviceAccount': ['database.external.cloudSqlProxy.serviceAccount'],
};

/** The fields of a document that say what a value of the official chart says; undefined for a path that is no value. */
export function fieldsOfChartValue(path: string): readonly string[] | undefined {
  if (Object.hasOwn(FIELDS, path)) return FIELDS[path];
  const at = path.lastIndexOf('.');
  const pod = PODS[path.slice(0, at)];
  const inPlacement = PLACEMENT[path.slice(at + 1)];
  if (pod !== undefined && inPlacement !== undefined) return [`${pod}.placement.${inPlacement}`];
  return fieldsBelow(path);
}

/** The fields of a value whose section has another name in a document, and which is called the same in it. */
function fieldsBelow(path: string): readonly string[] | undefined {
  const steps = path.split('.');
  for (let length = steps.length - 1; length > 0; length--) {
    const section = steps.slice(0, length).join('.');
    if (!Object.hasOwn(FIELDS, section)) continue;
    const rest = steps.slice(length);
    const fields = (FIELDS[section] ?? [])
      .map((field) => [...field.split('.'), ...rest])
      .filter((field) => Object.keys(schemaAt(field)).length > 0)
      .map((field) => field.join('.'));
    return fields.length > 0 ? fields : undefined;
  }
  return undefined;
}

/** The value of the official chart that says what a field of a document says; undefined where none or several do. */
export function chartValueOfField(field: string): string | undefined {
  const own = [field, `${field}.existing.name`].map(valueOf).find((value) => value !== undefined);
  return own ?? valueBelow(field);
}

/** The value in a section of another name that is called as the field is. */
function valueBelow(field: string): string | undefined {
  const at = field.lastIndexOf('.');
  const section = at < 0 ? undefined : (valueOf(field.slice(0, at)) ?? valueBelow(field.slice(0, at)));
  const value = `${section}.${field.slice(at + 1)}`;
  return section !== undefined && fieldsOfChartValue(value)?.join() === field ? value : undefined;
}

function valueOf(field: string): string | undefined {
  const found = Object.entries(FIELDS).filter(([, fields]) => fields.length === 1 && fields[0] === field);
  return found.length === 1 ? found[0]?.[0] : undefined;
}

/** Every value of the official chart that is called otherwise in a document. */
export function chartValues(): string[] {
  const inPods = Object.keys(PODS).flatMap((pod) => Object.keys(PLACEMENT).map((key) => `${pod}.${key}`));
  return [...Object.keys(FIELDS), ...inPods];
}
