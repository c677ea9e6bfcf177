import { connectorKey } from '../connectors/availability';
import { connectorTypeNames } from '../connectors/connector-types';
import { listed } from '../diagnostics/listed';
import { homesOfKey } from '../document/key-homes';
import type { PathStep } from '../document/source-node';
import { fieldsOfChartValue } from './chart-fields';
import { adviceIn, meantIn, type KeyRows, type KeyTable } from './key-advice';

const NO_CERTIFICATES =
  'pachkit makes no certificates: name the Secret that has it, such as one of cert-manager, in access.tls.secretName';
const IDENTITY =
  'leave out credentials, and name the role or the account in pachd.serviceAccount.annotations and pachd.worker.serviceAccount.annotations: pachkit explain pachd.serviceAccount.annotations shows how';
const DATABASE_NAMES: KeyRows = [
  [/^(db_?name|database(_?name)?|db)$/i, ['database.name']],
  [/^(ssl|tls)$/i, ['database.sslMode']],
];
const NO_VOLUME: KeyRows[number] = [
  /^(size|capacity|storage_?(size|class(_?name)?)|persistence|volume)$/i,
  'remove it: a bucket and a directory have none; the volumes are those of etcd, in etcd.size, and of the bundled PostgreSQL, in database.internal.size',
];
const volumeSize = (field: string): KeyRows[number] => [
  /^(storage|(volume|disk)(_?size)?|capacity)$/i,
  [field],
];
const ADMINISTRATORS: KeyRows[number] = [
  /^((cluster_?)?admins?|administrators|root_?users?)$/i,
  'bind a role to them: auth.roleBindings, such as "user:jane@acme.com": [clusterAdmin]',
];
const ENABLED: KeyRows[number] = [
  /^enabled?$/i,
  'remove it: a section that is there is on; remove the section to switch it off',
];
const ISSUER: KeyRows[number] = [
  /^issuer(_?ur[il])?$/i,
  'remove it: the issuer follows from access; access.urls.issuer says another',
];

/**
 * Keys that people look for in a section and that it does not have, by section: names that other programs have for a field, and
 * what pachkit decides itself.
 */
export const ABSENT_KEYS: KeyTable = {
  '': [
    [/^((pachyderm_?)?version|app_?version)$/i, ['release']],
    [/^(host_?name|domain|fqdn)$/i, ['access.host']],
    [/^(license|enterprise_?license|enterprise_?key)$/i, ['enterprise.licenseKey']],
    [/^mock_?(idp|login|password)$/i, 'give identity.connectors an entry with type: mockPassword'],
    [/^(postgres|db)$/i, ['database']],
    [/^(idps?|upstream_?idps|(identity_?)?providers)$/i, ['identity.connectors']],
    [/^(role_?bindings|rbac|roles)$/i, ['auth.roleBindings']],
    ISSUER,
    ADMINISTRATORS,
  ],
  access: [
    [/^(host_?name|domain|fqdn|address|dns_?name)$/i, ['access.host']],
    [/^(ingress_?class(_?name)?)$/i, ['access.ingress.className']],
    [/^(tls_?|cert(ificate)?_?)secret(_?name)?$/i, ['access.tls.secretName']],
    [/^(cert(ificate)?|tls_?cert)$/i, ['access.tls.secretName', 'access.tls.newSecret']],
    [/^(cert_?manager|cluster_?issuer)$/i, NO_CERTIFICATES],
    [/^(type|mode|kind)$/i, ['access.via']],
    [/^load_?balancer$/i, ['access.proxy.service']],
    [/^((redirect|callback)_?ur[il])$/i, ['access.urls.callback']],
    ISSUER,
  ],
  'access.ingress': [
    [/^(tls|https)$/i, ['access.tls']],
    [/^((tls|cert(ificate)?)_?)?secret(_?name)?$/i, ['access.tls.secretName']],
    [/^(hosts?|host_?name|domain)$/i, ['access.host']],
    [/^(ingress_?)?class$/i, ['access.ingress.className']],
    [/^enabled?$/i, 'remove it, and write access.via: ingress'],
    [/^(cert_?manager|cluster_?issuer)$/i, NO_CERTIFICATES],
  ],
  'access.proxy': [
    [/^(tls|https)$/i, ['access.tls']],
    [/^(hosts?|host_?name|domain)$/i, ['access.host']],
    [/^((service_?)?type|load_?balancer)$/i, ['access.proxy.service.type']],
    [/^enabled?$/i, 'remove it, and write access.via: proxy'],
  ],
  'access.tls': [
    [/^enabled?$/i, 'remove it: with a section tls, TLS is on'],
    [/^(existing_?secret|secret)$/i, ['access.tls.secretName']],
    [/^(cert(ificate)?|key|crt)$/i, ['access.tls.newSecret']],
    [/^(issuer|cert_?manager|cluster_?issuer)$/i, NO_CERTIFICATES],
  ],
  auth: [
    [/^session_?(ttl|life_?time|time_?out|expiry)$/i, ['auth.sessionDuration']],
    [/^(token|root)$/i, ['auth.rootToken']],
    [/^(roles|bindings|rbac)$/i, ['auth.roleBindings']],
    [/^(connectors|providers?|oidc)$/i, ['identity.connectors']],
    ISSUER,
    ADMINISTRATORS,
  ],
  enterprise: [
    [/^(license|key)$/i, ['enterprise.licenseKey']],
    [/^(enterprise_?)?server(_?address)?$/i, ['enterprise.member']],
    [/^(activated?|active|enabled?)$/i, 'remove it: with licenseKey the license is activated'],
  ],
  enterpriseServer: [ENABLED],
  overrides: [
    [/^(target|metadata)$/i, 'write kind and name in its place, beside patch', ['kind', 'name']],
    [
      /^(spec|data|(strategic_?)?merge(_?patch)?|patches_?strategic_?merge)$/i,
      'write what changes as operations of a JSON patch, such as patch: [{ op: replace, path: /spec/replicas, value: 2 }]',
      ['patch'],
    ],
    [/^(operations|ops|json_?patch|patches_?json_?6902)$/i, ['overrides.patch']],
    [/^(api_?version|group|version|namespace)$/i, 'remove it: kind and name say which object it is'],
  ],
  gitops: [
    [/^(repo(_?ur[li]|sitory)?|git(_?ur[li])?)$/i, ['gitops.url']],
    [/^(target_?)?revision$/i, ['gitops.ref']],
  ],
  keycloak: [ENABLED],
  auth0: [ENABLED],
  pachw: [ENABLED],
  identity: [[/^((identity_?)?providers?|idps?)$/i, ['identity.connectors']], ISSUER],
  dex: [
    [
      /^(config|configuration|values)$/i,
      'write the sections of the configuration beside version, such as oauth2: {}',
    ],
    ISSUER,
  ],
  'dex.expiry': [[/^(id_?tokens?)$/i, ['identity.idTokenExpiry']]],
  'dex.storage': [
    [
      /^(type|config)$/,
      'write the type as the key and its config as the value, such as kubernetes: {}; without storage Dex uses the PostgreSQL of the cluster',
    ],
  ],
  'auth0.application': [
    [
      /^grant_?types?$/i,
      'remove it: at Auth0 Dex uses authorization_code and refresh_token and no other grant, and the application has these; the device flow is between Dex and its own clients, in dex.oauth2.grantTypes',
    ],
    [
      /^(app|application)_?type$/i,
      'remove it: Dex keeps a secret, so the application is a Regular Web Application; programs that people log in with are clients of Dex, in identity.clients',
    ],
    [
      /^((allowed_?)?callback(_?urls?|s)?|redirect_?uris?)$/i,
      'remove it: the callback URL follows from access; others go into additionalCallbackURLs',
    ],
    [/^(allowed_?logout_?|logout_)urls$/i, 'write logoutURLs'],
    [/^token_?endpoint_?auth_?method$/i, 'write authenticationMethod'],
    [
      /^(web_?origins|allowed_?origins|cross_?origin_?.*)$/i,
      'remove it: no script in a browser speaks to Auth0, Dex does',
    ],
    [
      /^(jwt_?configuration|oidc_?conformant|signing_?alg)$/i,
      'remove it: the application gets RS256, which Dex verifies',
    ],
  ],
  database: [
    [/^(user(_?name)?)$/i, ['database.external.user']],
    [/^(host_?name|address)$/i, ['database.external.host']],
    [/^port$/i, ['database.external.port']],
    ...DATABASE_NAMES,
  ],
  'database.external': [
    [/^(user_?name|login)$/i, ['database.external.user']],
    [/^(host_?name|address|endpoint)$/i, ['database.external.host']],
    [/^name$/i, ['database.name']],
    [/^ssl_?mode$/i, ['database.sslMode']],
    ...DATABASE_NAMES,
  ],
  storage: [
    [
      /^(backend|type|kind|provider)$/i,
      'remove it: the section says it, one of s3, gcs, azure, minio and local',
    ],
    [/^(aws|amazon)$/i, ['storage.s3']],
    [/^(google|gcp)$/i, ['storage.gcs']],
    [/^(microsoft|abs|blob)$/i, ['storage.azure']],
    [/^bucket(_?name)?$/i, ['storage.s3.bucket', 'storage.gcs.bucket', 'storage.minio.bucket']],
    NO_VOLUME,
  ],
  'storage.local': [NO_VOLUME],
  'storage.s3': [
    [/^((aws_?)?access_?key(_?id)?|id)$/i, ['storage.s3.credentials.id']],
    [/^((aws_?)?secret(_?access)?_?key|secret)$/i, ['storage.s3.credentials.secret']],
    [/^((iam_?)?role(_?arn)?|identity|irsa)$/i, IDENTITY],
    [/^(custom_?endpoint|endpoint_?url|url|host)$/i, ['storage.s3.endpoint']],
    NO_VOLUME,
  ],
  'storage.minio': [
    [/^(access_?key(_?id)?|id|user(_?name)?)$/i, ['storage.minio.credentials.id']],
    [/^(secret(_?access)?_?key|secret|password)$/i, ['storage.minio.credentials.secret']],
    [/^(host|url)$/i, ['storage.minio.endpoint']],
    [/^(tls|ssl)$/i, ['storage.minio.secure']],
    NO_VOLUME,
  ],
  'storage.gcs': [
    [
      /^(cred|credentials?_?(file|json)|service_?account_?(key|json)|key(_?file)?)$/i,
      ['storage.gcs.credentials'],
    ],
    [/^(service_?account(_?(name|email))?|identity|workload_?identity)$/i, IDENTITY],
    NO_VOLUME,
  ],
  'storage.azure': [
    [/^((storage_?)?account_?name|id)$/i, ['storage.azure.account']],
    [/^((storage_?)?account_?key|access_?key|secret)$/i, ['storage.azure.key']],
    [/^(bucket|container_?name)$/i, ['storage.azure.container']],
    NO_VOLUME,
  ],
  pachd: [[/^service_?account_?name$/i, ['pachd.serviceAccount.name']]],
  etcd: [volumeSize('etcd.size')],
  'database.internal': [volumeSize('database.internal.size')],
  console: [[/^(host(_?name)?|url|domain)$/i, ['access.host']]],
};

/** The keys of the same section that the advice on one that it does not have is to write. */
export function meantByAbsentKey(path: readonly string[], key: string): readonly string[] {
  return meantIn(ABSENT_KEYS, sectionOf(path), key);
}

function sectionOf(path: readonly string[]): string {
  return path.filter((step) => !/^\d+$/.test(step)).join('.');
}

/** Quantities of a pod, which belong one level deeper. */
const QUANTITY = /^(cpu|memory|ephemeral-storage)$/;

/** What to do about a key that a section does not have; undefined where nothing is known of it. */
export function adviceOnAbsentKey(path: readonly string[], key: string): string | undefined {
  const section = path.filter((step) => !/^\d+$/.test(step));
  const own = adviceIn(ABSENT_KEYS, sectionOf(path), key);
  if (typeof own === 'string') return own;
  if (own) return hereItIs(own);
  if (isSettingOfConnector(path, key)) return `settings of a connector belong under config: config.${key}`;
  const ofChart = fieldsOfChartValue([...path, key].join('.'));
  if (ofChart) return `that is a value of the official chart; here it is ${listed(ofChart)}`;
  if (QUANTITY.test(key)) return adviceOnQuantity(section, key);
  const below = homesOfKey(key)?.filter(
    (home) => section.length > 0 && home.startsWith(`${section.join('.')}.`),
  );
  return below && isFew(below) ? hereItIs(below) : undefined;
}

function adviceOnQuantity(section: readonly string[], key: string): string | undefined {
  const resources = section.at(-1) === 'resources' ? section : [...section, 'resources'];
  if (!homesOfKey('resources')?.includes(resources.join('.'))) return undefined;
  return `write it in ${resources.join('.')}, such as requests: { ${key}: ${key === 'cpu' ? '500m' : '2Gi'} }`;
}

/** Whether a key beside the `config` of a connector is one of its settings. */
export function isSettingOfConnector(path: readonly PathStep[], key: string): boolean {
  return (
    /^identity\.connectors\.\d+$/.test(path.join('.')) &&
    connectorTypeNames.some((type) => connectorKey(type, key))
  );
}

/** Paths that the key has in other sections, as `auth.rootToken`; undefined when there is none or too many. */
export function homesElsewhere(key: string): string | undefined {
  // No one looks for a setting of Terraform's state anywhere else.
  const homes = homesOfKey(key)?.filter((home) => !home.includes('.terraform.backend.'));
  return homes && isFew(homes) ? listed(homes, 'or') : undefined;
}

function isFew(homes: readonly string[]): boolean {
  return homes.length > 0 && homes.length <= 3;
}

function hereItIs(fields: readonly string[]): string {
  return `here it is ${listed(fields, 'or')}`;
}
