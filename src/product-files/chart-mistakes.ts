import { jsonMapping } from '../document/json-mapping';
import { nodeAt, type SourceNode } from '../document/source-node';
import { chartFact } from '../helm-values/facts';
import { ACCOUNT_KEY_HINT, isAccountKey } from '../model/storage-account-key';
import { AZURE_IDENTITY_LABEL, IDENTITY_ANNOTATIONS } from '../model/cloud-identity';
import { CREDENTIAL_FILES_DIRECTORY } from '../model/credential-files';
import { isNodePort, NODE_PORT_RANGE } from '../model/node-ports';
import { isUnfilled } from '../model/url-text';
import { isInRange, outside } from '../releases/release';
import { RELEASE_FLAGS } from '../releases/release-traits';
import { isWholeCluster } from '../subjects/chart-values';
import type { Mistake } from './chart-mistake';
import { ENTERPRISE_MISTAKES } from './enterprise-mistakes';
import { reportExponents, reportUnquoted } from './printed-values';
import type { Rendered } from './rendered-values';
import type { Report } from './report';

/** What begins the storage URL of each backend. */
const SCHEMES: Readonly<Record<string, string>> = { AMAZON: 's3', GOOGLE: 'gs', MICROSOFT: 'azblob' };

const textOf = (values: Rendered, path: string): string => {
  const value = values.get(path);
  return typeof value === 'string' ? value : '';
};

const numberOf = (values: Rendered, path: string): number | undefined => {
  const value = values.get(path);
  return typeof value === 'number' ? value : undefined;
};

/** The scheme of the storage URL, where it is that of another backend. */
function foreignScheme(values: Rendered): string | undefined {
  const scheme = textOf(values, 'pachd.storage.storageURL').split('://')[0] ?? '';
  const wanted = SCHEMES[values.backend];
  return wanted !== undefined && scheme !== wanted && Object.values(SCHEMES).includes(scheme)
    ? scheme
    : undefined;
}

/** A host, the path of a mirror, and the slash that names of images follow. */
const REGISTRY = /^[A-Za-z0-9[\]][\w.:[\]-]{0,252}(?:\/[a-z0-9][\w.-]{0,126}){0,9}\/$/;

const NODE_PORTS = ['proxy.service.httpNodePort', 'proxy.service.httpsNodePort'] as const;

/** The pods that labels of their own can be given, and what the chart selects each by. */
const SELECTED_PODS = [
  ['pachd.podLabels', 'pachd'],
  ['etcd.podLabels', 'etcd'],
  ['console.podLabels', 'console'],
  ['enterpriseServer.podLabels', 'pach-enterprise'],
] as const;

/** Whether an enterprise server takes logins, for which its own section decides nothing. */
const isServerWithLogins = (values: Rendered): boolean =>
  values.is('enterpriseServer.enabled') &&
  !values.hasPachd &&
  values.is('pachd.activateAuth') &&
  values.hasLicense;

/** Whether a string is a key of a service account of Google, or is to become one. */
const isKeyOfAccount = (text: string): boolean =>
  text === '' || isUnfilled(text) || jsonMapping(text) !== undefined;

/** Whether a mapping of free keys, which may have dots in them, has one. */
const hasKey = ({ root }: Rendered, path: string, key = ''): boolean =>
  nodeAt(root, [...path.split('.'), key]) !== undefined;

/** Whether a connector names a file that is mounted for it, in its settings or in their JSON. */
function readsFile(node: SourceNode | undefined): boolean {
  const { scalar } = node ?? {};
  if (typeof scalar === 'string')
    return (
      scalar.startsWith(`${CREDENTIAL_FILES_DIRECTORY}/`) ||
      scalar.includes(`"${CREDENTIAL_FILES_DIRECTORY}/`)
    );
  return [...(node?.items ?? []), ...(node?.entries?.values() ?? [])].some(readsFile);
}

const RANGE = `node ports are from ${NODE_PORT_RANGE.first} to ${NODE_PORT_RANGE.last}`;

const LEGACY_PORTS = ['console', 'grpc', 's3Gateway', 'oidc', 'identity', 'metrics'] as const;

/** From the templates of 2.11.6, and from renderings of them. */
const MISTAKES: readonly Mistake[] = [
  {
    at: 'oidc.mockIDP',
    message:
      'Unless other values have `oidc.upstreamIDPs`, authentication is activated without any connector, and no one logs in',
    hint: 'list the identity provider in `oidc.upstreamIDPs`, or name a Secret with the list in `oidc.upstreamIDPsSecretName`',
    severity: 'warning',
    ...outside(RELEASE_FLAGS.hasBootstrapJob),
    when: (values) =>
      (isServerWithLogins(values) || (isWholeCluster(values.root) && values.hasAuth)) &&
      !values.isMember &&
      !values.hasConnectors,
  },
  ...SELECTED_PODS.flatMap(([labels, app]) =>
    (
      [
        ['app', app],
        ['suite', 'pachyderm'],
      ] as const
    ).map(([label, wanted]): Mistake => ({
      at: `${labels}.${label}`,
      message: `The chart selects the pods by the label ${label}: ${wanted}, which this one goes over; Kubernetes refuses them: \`selector does not match template labels\``,
      hint: 'remove the line, or take another label',
      when: ({ root }) => {
        const written = nodeAt(root, [...labels.split('.'), label])?.scalar;
        return typeof written === 'string' && written !== wanted;
      },
    })),
  ),
  ...(['id', 'secret'] as const).map((half): Mistake => {
    const other = half === 'id' ? 'secret' : 'id';
    return {
      at: `pachd.storage.amazon.${half}`,
      lacks: `pachd.storage.amazon.${other}`,
      message: `Unless other values have \`pachd.storage.amazon.${other}\`, there is half an access key, and pachd opens no bucket with it`,
      hint: 'set both, or neither where the service accounts have a role',
      severity: 'warning',
      isMissing: true,
      when: (values) =>
        values.hasPachd &&
        values.backend === 'AMAZON' &&
        values.is(`pachd.storage.amazon.${half}`) &&
        !values.is(`pachd.storage.amazon.${other}`),
    };
  }),
  {
    at: 'pachd.storage.google.cred',
    message: 'This is no key of a service account, which is JSON, and pachd opens no bucket with it',
    hint: 'give what the file of the key holds: --set-file pachd.storage.google.cred=key.json; or remove the line where the service accounts have rights of their own',
    severity: 'warning',
    when: (values) =>
      values.hasPachd &&
      values.backend === 'GOOGLE' &&
      !isKeyOfAccount(textOf(values, 'pachd.storage.google.cred')),
  },
  {
    at: 'pachd.storage.microsoft.secret',
    message:
      'This is no key of a storage account, which is base64, and pachd opens no container with it: `illegal base64 data`',
    hint: ACCOUNT_KEY_HINT,
    severity: 'warning',
    when: (values) => {
      const key = textOf(values, 'pachd.storage.microsoft.secret');
      return values.hasPachd && values.backend === 'MICROSOFT' && !isUnfilled(key) && !isAccountKey(key);
    },
  },
  {
    at: 'pachd.serviceAccount.additionalAnnotations',
    lacks: 'pachd.podLabels',
    message: `Unless other values have \`pachd.podLabels\`, pachd gets no token for this identity of Azure: only the label ${AZURE_IDENTITY_LABEL}: "true" asks for one, and the chart does not set it`,
    hint: `add ${AZURE_IDENTITY_LABEL}: "true" to \`pachd.podLabels\`, which pachw has too; pipelines need it in metadata.labels of their specifications`,
    severity: 'warning',
    isMissing: true,
    ...RELEASE_FLAGS.usesStorageUrl,
    when: (values) =>
      values.hasPachd &&
      values.backend === 'MICROSOFT' &&
      !values.is('pachd.storage.microsoft.secret') &&
      hasKey(values, 'pachd.serviceAccount.additionalAnnotations', IDENTITY_ANNOTATIONS.azure) &&
      !hasKey(values, 'pachd.podLabels', AZURE_IDENTITY_LABEL),
  },
  {
    at: 'oidc.upstreamIDPs',
    lacks: 'oidc.dexCredentialSecretName',
    message: `A connector reads a file in ${CREDENTIAL_FILES_DIRECTORY}/, and unless other values have \`oidc.dexCredentialSecretName\` nothing is mounted there: the connector cannot be opened: \`no such file or directory\``,
    hint: 'name the Secret that holds the file in `oidc.dexCredentialSecretName`',
    severity: 'warning',
    isMissing: true,
    when: (values) =>
      values.hasAuth &&
      !values.isMember &&
      !values.is('oidc.upstreamIDPsSecretName') &&
      !values.is('oidc.dexCredentialSecretName') &&
      readsFile(nodeAt(values.root, ['oidc', 'upstreamIDPs'])),
  },
  ...ENTERPRISE_MISTAKES,
  {
    at: 'pachd.oauthClientID',
    message:
      'pachd and Console are one client to Dex, `pachd.oauthClientID` and `console.config.oauthClientID` being the same: one of the two cannot log anyone in',
    hint: 'give each an id of its own, or remove both lines',
    when: (values) =>
      values.hasAuth &&
      values.is('console.enabled') &&
      values.get('pachd.oauthClientID') === values.get('console.config.oauthClientID'),
  },
  ...(['ingress.tls.enabled', 'ingress.uriHttpsProtoOverride'] as const).map((at): Mistake => ({
    at,
    message: `\`${at}\` without \`ingress.enabled\` makes every URL of the cluster https, and nothing in the cluster serves it`,
    hint: 'set `ingress.enabled: true`, or `proxy.tls.enabled` where the proxy has the certificate; leave it where a load balancer before the proxy has',
    severity: 'warning',
    when: (values) => values.is(at) && !values.is('ingress.enabled') && !values.is('proxy.tls.enabled'),
  })),
  {
    at: 'proxy.tls.enabled',
    message:
      'Without `proxy.host` the URLs that browsers are sent to begin with http://localhost, and the proxy serves https alone',
    hint: 'set `proxy.host` to the name that browsers open',
    severity: 'warning',
    isMissing: true,
    when: (values) =>
      values.is('proxy.enabled') &&
      values.is('proxy.tls.enabled') &&
      !values.is('proxy.host') &&
      !values.is('ingress.enabled') &&
      !values.is('oidc.issuerURI'),
  },
  ...LEGACY_PORTS.map((server): Mistake => ({
    at: `proxy.service.legacyPorts.${server}`,
    message: `With \`proxy.tls.enabled\` the proxy listens on no port of older clients, and the Service has one for ${server} that leads nowhere`,
    hint: 'remove it, or switch TLS off',
    when: (values) =>
      values.is('proxy.enabled') &&
      values.is('proxy.tls.enabled') &&
      values.is(`proxy.service.legacyPorts.${server}`),
  })),
  ...NODE_PORTS.map((at): Mistake => ({
    at,
    message: (values) =>
      `Kubernetes refuses the Service of the proxy: \`${at}\` is ${numberOf(values, at)}, and ${RANGE}`,
    hint: 'write a port of that range; clusters with another one have it in --service-node-port-range',
    severity: 'warning',
    when: (values) => {
      const port = numberOf(values, at);
      return (
        values.is('proxy.enabled') &&
        values.get('proxy.service.type') === 'NodePort' &&
        port !== undefined &&
        !isNodePort(port)
      );
    },
  })),
  {
    at: 'cloudsqlAuthProxy.service.type',
    message: `Kubernetes refuses the Service of the Cloud SQL proxy: the chart gives it port 35432 of the nodes, and ${RANGE}`,
    hint: 'remove the line: pachd reaches the proxy inside the cluster',
    severity: 'warning',
    when: (values) =>
      values.is('cloudsqlAuthProxy.enabled') && values.get('cloudsqlAuthProxy.service.type') === 'NodePort',
  },
  {
    at: 'global.image.registry',
    message: (values) =>
      `The chart puts \`global.image.registry\` before the names of images as it is, and there is no image ${textOf(values, 'global.image.registry')}pachyderm/pachd`,
    hint: 'write a host, the path of a mirror where there is one, and a slash at the end: registry.acme.com/mirror/',
    when: (values) => {
      // Releases before 2.8 have no such value, which is said of it.
      const registry = values.isSet('global.image.registry') ? textOf(values, 'global.image.registry') : '';
      return registry !== '' && !isUnfilled(registry) && !REGISTRY.test(registry);
    },
  },
  {
    at: 'pachw.minReplicas',
    message:
      'There are to be more pods of pachw at least than at most, by `pachw.minReplicas` and `pachw.maxReplicas`; pachd cannot keep both',
    hint: 'set `pachw.maxReplicas` to as many or more',
    when: (values) =>
      (numberOf(values, 'pachw.minReplicas') ?? 0) > (numberOf(values, 'pachw.maxReplicas') ?? Infinity),
  },
  {
    at: 'pachd.storage.backend',
    message:
      'With `pachd.storage.gocdkEnabled` pachd opens the bucket by its URL, and exits at startup: `unrecognized storage backend: MINIO`',
    hint: () =>
      `write ${chartFact('pachd.storage.backend')?.enumInstead?.['MINIO']}; or set \`pachd.storage.gocdkEnabled: false\``,
    ...RELEASE_FLAGS.usesStorageUrl,
    ...outside(RELEASE_FLAGS.chartNeedsStorageUrl),
    when: (values) =>
      values.hasPachd && values.backend === 'MINIO' && values.is('pachd.storage.gocdkEnabled'),
  },
  {
    at: 'pachd.storage.storageURL',
    message: (values) =>
      `pachd keeps its data at a URL of ${foreignScheme(values)}, and gets the credentials of ${values.backend}`,
    hint: 'let `deployTarget` or `pachd.storage.backend` name the cloud that the URL is of',
    severity: 'warning',
    when: (values) => values.hasPachd && foreignScheme(values) !== undefined,
  },
  {
    at: 'postgresql.enabled',
    lacks: 'global.postgresql.postgresqlHost',
    message:
      'Without the bundled server nothing of the chart answers to the name `postgres`, which `global.postgresql.postgresqlHost` has unless it is set',
    hint: 'set `global.postgresql.postgresqlHost` to the name of your server, or to cloudsql-auth-proxy.NAMESPACE.svc.cluster.local. with `cloudsqlAuthProxy.enabled`',
    severity: 'warning',
    isMissing: true,
    when: (values) =>
      values.get('postgresql.enabled') === false &&
      values.get('global.postgresql.postgresqlHost') === 'postgres',
  },
  {
    at: 'global.postgresql.postgresqlHost',
    lacks: 'postgresql.enabled',
    message: (values) =>
      `With the bundled server pg-bouncer puts the namespace behind the host, and looks for the database at ${textOf(values, 'global.postgresql.postgresqlHost')}.NAMESPACE.svc.cluster.local: pachd cannot reach it`,
    hint: 'set `postgresql.enabled: false`, and the host is taken as it is',
    severity: 'warning',
    isMissing: true,
    when: (values) =>
      values.is('postgresql.enabled') && textOf(values, 'global.postgresql.postgresqlHost').includes('.'),
  },
  {
    at: 'global.postgresql.postgresqlExistingSecretName',
    message:
      'pachd takes the password of this Secret, and the bundled server that of the Secret `postgres`: pachd gets in only where both are the same',
    hint: 'name the Secret `postgres`, or switch the bundled server off with `postgresql.enabled: false`',
    severity: 'warning',
    when: (values) =>
      values.is('postgresql.enabled') &&
      !['', 'postgres'].includes(textOf(values, 'global.postgresql.postgresqlExistingSecretName')),
  },
];

/**
 * Says what the chart of a release renders although it cannot work.
 *
 * @param meant values that stand under a wrong name or in a wrong place, which is said already
 */
export function reportMistakes(values: Rendered, report: Report, meant: ReadonlySet<string>): void {
  const { root, release } = values;
  const isWhole = isWholeCluster(root);
  for (const { at, lacks, message, hint, severity, isMissing, when, ...range } of MISTAKES) {
    const path = at.split('.');
    if (!values.mayHave(at) || !isInRange(release, range) || (isMissing === true && !isWhole)) continue;
    if (meant.has(at) || (lacks !== undefined && meant.has(lacks))) continue;
    if (report.hasFindingAt(path) || isRefused(path.slice(0, 1), report) || !when(values)) continue;
    report.add('FIL029', path, typeof message === 'string' ? message : message(values), {
      hint: typeof hint === 'string' ? hint : hint(values),
      onKey: true,
      ...(severity ? { severity } : {}),
    });
  }
  if (!isInRange(release, RELEASE_FLAGS.hasBootstrapJob)) reportUnquoted(root, report);
  reportExponents(root, [], report);
}

/** Whether a whole section cannot be read, so that nothing in it matters. */
function isRefused(section: readonly string[], report: Report): boolean {
  const pointer = report.pointer(section);
  return report.diagnostics.some(({ path, severity }) => severity === 'error' && path === pointer);
}
