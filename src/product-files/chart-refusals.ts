import { nodeAt } from '../document/source-node';
import { isUnfilled } from '../model/url-text';
import { isInRange, outside, type ReleaseRange } from '../releases/release';
import { RELEASE_FLAGS } from '../releases/release-traits';
import { isWholeCluster } from '../subjects/chart-values';
import { DEPLOY_TARGETS, targetMeant } from './deploy-targets';
import type { Rendered } from './rendered-values';
import type { Report } from './report';

/** A reason of the chart not to render, in the releases of the range whose chart has the value. */
interface Refusal extends ReleaseRange {
  /** The value that is wrong or missing. */
  readonly at: string;
  /** What Helm prints, from the templates of 2.2.8, 2.11.6 and 2.12.0-rc.3. */
  readonly says: string;
  readonly hint: string | ((values: Rendered) => string);
  /** @default 'error' */
  readonly severity?: 'warning';
  /** Whether another file may have what is missing: told only when the values are those of a whole cluster. */
  readonly isMissing?: true;
  readonly when: (values: Rendered) => boolean;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether another tool writes the target, such as envsubst: `${TARGET}`. */
const isFilledInLater = (values: Rendered): boolean => isUnfilled(textOf(values.get('deployTarget')));

/** A certificate inline: the Secret that is made of it needs both halves, and a word that it is wanted. */
function inline(section: string, flag: string, isRendered: (values: Rendered) => boolean): Refusal[] {
  const secret = `${section}.newSecret`;
  return [
    ...(['crt', 'key'] as const).map((half) => ({
      at: `${secret}.create`,
      says: `${flag}, you must specify … ${secret}.${half}`,
      hint: `set \`${secret}.${half}\`, or name a Secret in \`${section}.secretName\``,
      when: (values: Rendered) =>
        isRendered(values) && values.is(`${secret}.create`) && !values.is(`${secret}.${half}`),
    })),
    ...(['crt', 'key'] as const).map((half) => ({
      at: `${secret}.${half}`,
      says: `Must set … newSecret.create to true when specifying ${secret}.${half}`,
      hint: `set \`${secret}.create: true\``,
      when: (values: Rendered) =>
        isRendered(values) && !values.is(`${secret}.create`) && values.is(`${secret}.${half}`),
    })),
  ];
}

const servesIngress = (values: Rendered): boolean =>
  values.is('ingress.enabled') && values.is('ingress.tls.enabled');

/** The Secret of the Ingress is rendered beside Console alone. */
const writesIngressSecret = (values: Rendered): boolean =>
  servesIngress(values) && values.is('console.enabled');

const servesEnterprise = (values: Rendered): boolean =>
  values.is('enterpriseServer.enabled') && values.is('enterpriseServer.tls.enabled');

/** What the chart of 2.2 generates when it is installed, and wants to be told when it is upgraded. */
const UPGRADE_SECRETS = ['oauthClientSecret', 'enterpriseSecret', 'rootToken'];

/** Whether the bundled PostgreSQL of 2.2 generates a password when it is installed. */
function generatesPassword(values: Rendered, key: string): boolean {
  return (
    values.is('postgresql.enabled') &&
    ![
      `global.postgresql.${key}`,
      `postgresql.${key}`,
      'postgresql.existingSecret',
      'global.postgresql.existingSecret',
    ].some((path) => values.is(path))
  );
}

type Condition = (values: Rendered) => boolean;

const always: Condition = () => true;
const withPachd: Condition = (values) => values.hasPachd;
const withConsole: Condition = (values) => values.is('console.enabled');
const withProxy: Condition = (values) => values.is('proxy.enabled');

/** Sections that templates look into wherever the chart has them, whatever is in them, and when. */
const READ_SECTIONS: readonly (readonly [section: string, when: Condition])[] = [
  ...['pachd', 'oidc', 'console', 'etcd', 'global', 'ingress', 'pgbouncer', 'cloudsqlAuthProxy'].map(
    (section) => [section, always] as const,
  ),
  ['enterpriseServer', always],
  ['proxy', always],
  ['pachw', always],
  ['preflightCheckJob', always],
  ['restoreSnapshot', always],
  ['global.postgresql', always],
  ['global.securityContexts', always],
  ...['image', 'metrics', 'service', 'serviceAccount', 'storage', 'tls', 'worker'].map(
    (section) => [`pachd.${section}`, withPachd] as const,
  ),
  ['pachd.worker.image', withPachd],
  ['pachd.worker.serviceAccount', withPachd],
  ['etcd.image', always],
  ['pgbouncer.image', always],
  ['console.image', withConsole],
  ['console.config', withConsole],
  ['proxy.image', withProxy],
  ['proxy.service', withProxy],
  ['proxy.tls', withProxy],
];

const REFUSALS: readonly Refusal[] = [
  ...READ_SECTIONS.map(([section, when]): Refusal => ({
    at: section,
    says: 'nil pointer evaluating interface {}',
    hint: `remove the line, or write \`${section.slice(section.lastIndexOf('.') + 1)}: {}\`: nothing behind the colon is null, which takes the chart's own values away`,
    when: (values) => nodeAt(values.root, section.split('.'))?.scalar === null && when(values),
  })),
  {
    at: 'deployTarget',
    says: 'deployTarget must be set',
    hint: 'write AMAZON, GOOGLE, MICROSOFT or LOCAL',
    when: (values) => values.hasPachd && values.isSet('deployTarget') && !values.is('deployTarget'),
  },
  {
    at: 'deployTarget',
    says: 'pachd.storage.backend required when no matching deploy target found',
    hint: (values) => {
      const meant = targetMeant(textOf(values.get('deployTarget')));
      return meant === undefined
        ? 'write AMAZON, GOOGLE, MICROSOFT or LOCAL in capitals, or set `pachd.storage.backend`'
        : `did you mean \`${meant}\`?`;
    },
    isMissing: true,
    when: (values) =>
      values.hasPachd &&
      values.is('deployTarget') &&
      !isFilledInLater(values) &&
      !DEPLOY_TARGETS.includes(textOf(values.get('deployTarget'))) &&
      !values.is('pachd.storage.backend'),
  },
  {
    at: 'pachd.storage.storageURL',
    says: 'storage URL required',
    ...outside(RELEASE_FLAGS.hasMinioBackend),
    hint: 'set `pachd.storage.storageURL`, such as s3://BUCKET?region=REGION, gs://BUCKET or azblob://CONTAINER; releases before 2.10 do not want it, and --target pachyderm@2.9 checks for them',
    isMissing: true,
    when: (values) =>
      values.hasPachd &&
      (isInRange(values.release, RELEASE_FLAGS.chartNeedsStorageUrl) ||
        values.is('pachd.storage.gocdkEnabled')) &&
      values.get('deployTarget') !== 'LOCAL' &&
      !isFilledInLater(values) &&
      !values.is('pachd.storage.storageURL'),
  },
  {
    at: 'pachd.storage.microsoft.id',
    says: 'Azure account name required',
    hint: 'set `pachd.storage.microsoft.id` to the name of the storage account',
    isMissing: true,
    when: (values) =>
      values.hasPachd && values.backend === 'MICROSOFT' && !values.is('pachd.storage.microsoft.id'),
  },
  ...(
    [
      ['GOOGLE', 'google.bucket', 'Google bucket required'],
      ['AMAZON', 'amazon.bucket', 'AWS bucket required'],
      ['AMAZON', 'amazon.region', 'AWS region required'],
      ['MICROSOFT', 'microsoft.container', 'Azure container required'],
    ] as const
  ).map(([backend, key, says]): Refusal => ({
    at: `pachd.storage.${key}`,
    says,
    ...outside(RELEASE_FLAGS.usesStorageUrl),
    hint: `set \`pachd.storage.${key}\``,
    isMissing: true,
    when: (values) => values.hasPachd && values.backend === backend && !values.is(`pachd.storage.${key}`),
  })),
  ...(
    [
      ['postgresqlHost', 'postgresql host required'],
      ['postgresqlPort', 'postgresql port required'],
      ['postgresqlUsername', 'postgresql username required'],
      ['postgresqlDatabase', 'postgresql database name required'],
    ] as const
  ).map(([key, says]): Refusal => ({
    at: `global.postgresql.${key}`,
    says,
    hint: 'remove the line: the chart has a value of its own',
    when: (values) => values.isSet(`global.postgresql.${key}`) && !values.is(`global.postgresql.${key}`),
  })),
  {
    at: 'global.postgresql.postgresqlPassword',
    says: 'Postgres password required when using an external Postgresql server',
    hint: 'set it, or name a Secret in `global.postgresql.postgresqlExistingSecretName`',
    isMissing: true,
    when: (values) =>
      values.get('postgresql.enabled') === false &&
      !values.is('global.postgresql.postgresqlExistingSecretName') &&
      !values.is('cloudsqlAuthProxy.iamLogin') &&
      !values.is('global.postgresql.postgresqlPassword'),
  },
  {
    at: 'etcd.dynamicNodes',
    says: 'dynamicNodes must be > 0',
    hint: 'write 1, or an odd number of members',
    when: (values) => {
      const nodes = values.get('etcd.dynamicNodes');
      return typeof nodes === 'number' && nodes <= 0;
    },
  },
  {
    at: 'ingress.host',
    says: 'if ingress is enabled, an ingress.host is required',
    hint: 'set `ingress.host` to the name that browsers open',
    isMissing: true,
    when: (values) => values.is('ingress.enabled') && !values.is('ingress.host'),
  },
  {
    at: 'ingress.tls.secretName',
    says: 'if ingress.tls.enabled you must specify ingress.tls.secretName',
    hint: 'name the Secret with the certificate',
    isMissing: true,
    when: (values) => servesIngress(values) && !values.is('ingress.tls.secretName'),
  },
  ...inline('ingress.tls', 'If ingress.tls.newSecret.create', writesIngressSecret),
  {
    at: 'pachd.tls.secretName',
    says: 'If pachd.tls.enabled, you must set pachd.tls.secretName',
    hint: 'name the Secret with the certificate',
    isMissing: true,
    when: (values) => values.hasPachd && values.is('pachd.tls.enabled') && !values.is('pachd.tls.secretName'),
  },
  ...inline(
    'pachd.tls',
    'When enabling pachd.tls.newSecret.create',
    (values) => values.hasPachd && values.is('pachd.tls.enabled'),
  ),
  {
    at: 'proxy.tls.secretName',
    says: 'proxy.tls.secretName must be set when TLS is enabled on the proxy',
    hint: 'name the Secret with the certificate',
    isMissing: true,
    when: (values) =>
      values.is('proxy.enabled') && values.is('proxy.tls.enabled') && !values.is('proxy.tls.secretName'),
  },
  {
    at: 'proxy.tls.secretName',
    says: 'proxy.tls.secretName must be set when creating a secret from literal key/cert',
    hint: 'name the Secret that the chart is to create',
    when: (values) =>
      values.is('proxy.enabled') &&
      values.is('proxy.tls.secret.key') &&
      values.is('proxy.tls.secret.cert') &&
      !values.is('proxy.tls.secretName'),
  },
  ...(['key', 'cert'] as const).map((half): Refusal => ({
    at: `proxy.tls.secret.${half}`,
    says: 'if one of proxy.tls.secret.key or proxy.tls.secret.cert is set, they must both be set',
    hint: 'set both, or name a Secret in `proxy.tls.secretName` alone',
    when: (values) =>
      values.is('proxy.enabled') &&
      values.is(`proxy.tls.secret.${half === 'key' ? 'cert' : 'key'}`) &&
      !values.is(`proxy.tls.secret.${half}`),
  })),
  {
    at: 'proxy.tls.secretName',
    says: 'If proxy.tls.enabled, you must set proxy.tls.secretName',
    hint: 'name the Secret with the certificate, which Console reads',
    isMissing: true,
    when: (values) =>
      values.is('proxy.tls.enabled') &&
      values.is('console.enabled') &&
      values.is('global.customCaCerts') &&
      !values.is('proxy.tls.secretName'),
  },
  {
    at: 'proxy.labels',
    says: 'error converting YAML to JSON: … mapping values are not allowed in this context',
    hint: 'remove the labels: the chart indents them too far in the ConfigMap of the proxy',
    when: (values) =>
      values.is('proxy.enabled') &&
      values.isUnusable('proxy.labels') &&
      (nodeAt(values.root, ['proxy', 'labels'])?.entries?.size ?? 0) > 0,
  },
  {
    at: 'enterpriseServer.tls.secretName',
    says: 'If enterpriseServer.tls.enabled, you must set enterpriseServer.tls.secretName',
    hint: 'name the Secret with the certificate',
    isMissing: true,
    when: (values) => servesEnterprise(values) && !values.is('enterpriseServer.tls.secretName'),
  },
  ...inline('enterpriseServer.tls', 'When enabling enterpriseServer.tls.newSecret.create', servesEnterprise),
  {
    at: 'determined.enabled',
    says: 'An initial password for admin and determined users is required!',
    ...RELEASE_FLAGS.chartWantsDeterminedPassword,
    hint: 'set `determined.initialUserPassword`, or install Determined with its own chart',
    isMissing: true,
    when: (values) =>
      values.is('determined.enabled') &&
      !values.is('determined.initialUserPassword') &&
      !values.is('determined.defaultPassword'),
  },
  {
    at: 'oidc.mockIDP',
    says: 'either oidc.upstreamIDPs or oidc.mockIDP must be set in non-LOCAL deployments',
    ...RELEASE_FLAGS.hasBootstrapJob,
    hint: 'list the identity provider in `oidc.upstreamIDPs`',
    isMissing: true,
    when: (values) => values.hasAuth && !values.isMember && !values.hasConnectors,
  },
  {
    at: 'global.postgresql.postgresqlPassword',
    says: 'During an upgrade, global.postgresql.postgresqlPassword must be set.',
    ...RELEASE_FLAGS.hasBootstrapJob,
    severity: 'warning',
    hint: 'set it and `global.postgresql.postgresqlPostgresPassword` to what the Secret `postgres` of the release has',
    isMissing: true,
    when: (values) => generatesPassword(values, 'postgresqlPassword'),
  },
  {
    at: 'global.postgresql.postgresqlPostgresPassword',
    says: 'During an upgrade, global.postgresql.postgresqlPostgresPassword must be set.',
    ...RELEASE_FLAGS.hasBootstrapJob,
    severity: 'warning',
    hint: 'set it to the postgresql-postgres-password of the Secret `postgres` of the release',
    isMissing: true,
    // Of both only the first is told, with a hint for both.
    when: (values) =>
      generatesPassword(values, 'postgresqlPostgresPassword') &&
      !generatesPassword(values, 'postgresqlPassword'),
  },
  ...UPGRADE_SECRETS.map((key): Refusal => ({
    at: `pachd.${key}`,
    says: `For an upgrade release, a value is required for pachd.${key}`,
    ...RELEASE_FLAGS.hasBootstrapJob,
    severity: 'warning',
    hint: `name a Secret in \`pachd.${key}SecretName\``,
    isMissing: true,
    when: (values) =>
      values.hasAuth &&
      !values.isMember &&
      values.is('pachd.activateEnterprise') &&
      !values.is(`pachd.${key}`) &&
      !values.is(`pachd.${key}SecretName`),
  })),
  {
    at: 'pachd.enterpriseServerAddress',
    says: "To register a pachd instance with an enterprise server, the enterprise server's address must be provided.",
    hint: 'set `pachd.enterpriseServerAddress`, such as grpc://pach-enterprise.enterprise:31650',
    isMissing: true,
    when: (values) => values.isMember && !values.is('pachd.enterpriseServerAddress'),
  },
  ...(
    [
      [
        'enterpriseServerToken',
        'enterprise server token',
        outside(RELEASE_FLAGS.hasBootstrapJob),
        'give the token in `pachd.enterpriseServerToken`, from outside of the file: --set-string or --set-file; `pachd.enterpriseServerTokenSecretName` does not work',
      ],
      [
        'enterpriseRootToken',
        'enterprise root token',
        RELEASE_FLAGS.hasBootstrapJob,
        'name a Secret with the key enterprise-root-token in `pachd.enterpriseRootTokenSecretName`',
      ],
    ] as const
  ).map(([key, name, range, hint]): Refusal => ({
    at: `pachd.${key}`,
    says: `To register this pachd as an enterprise member, the ${name} must be provided.`,
    ...range,
    hint,
    isMissing: true,
    when: (values) =>
      values.isMember &&
      ![
        'enterpriseServerToken',
        'enterpriseServerTokenSecretName',
        'enterpriseRootToken',
        'enterpriseRootTokenSecretName',
      ].some((each) => values.is(`pachd.${each}`)),
  })),
  {
    at: 'pachd.oauthClientID',
    says: 'For Authentication, an OIDC Client ID for this pachd must be set.',
    hint: 'remove the line: the chart has a value of its own',
    when: (values) =>
      values.hasAuth && values.isSet('pachd.oauthClientID') && !values.is('pachd.oauthClientID'),
  },
  {
    at: 'enterpriseServer.enabled',
    says: 'pachd and enterpriseServer shall not be enabled at the same time in the same namespace',
    ...RELEASE_FLAGS.chartKeepsServersApart,
    hint: 'set `pachd.enabled: false`, and install the cluster as a release of its own',
    when: (values) => values.hasPachd && values.is('enterpriseServer.enabled'),
  },
  {
    at: 'pachd.activateEnterprise',
    says: 'Enterprise license key required',
    ...RELEASE_FLAGS.hasBootstrapJob,
    hint: 'set `pachd.enterpriseLicenseKeySecretName`, or leave out `pachd.activateEnterprise`',
    isMissing: true,
    when: (values) => values.is('pachd.activateEnterprise') && !values.isMember && !values.hasLicense,
  },
];

/**
 * Says everything that the templates of a release stop at; Helm itself tells one reason at a time.
 *
 * @param meant values that stand under a wrong name or in a wrong place, which is said already
 */
export function reportRefusals(values: Rendered, report: Report, meant: ReadonlySet<string>): void {
  const { release } = values;
  const isWhole = isWholeCluster(values.root);
  for (const { at, says, hint, isMissing, severity, when, ...range } of REFUSALS) {
    const path = at.split('.');
    if (!values.mayHave(at) || !isInRange(release, range)) continue;
    if (isMissing === true && !isWhole && !values.isSet(at)) continue;
    if (report.hasFindingAt(path) || meant.has(at) || !when(values)) continue;
    const what =
      severity === undefined ? 'The chart refuses the values' : 'The chart refuses the next upgrade';
    report.add('FIL025', path, `${what}: \`${says}\``, {
      hint: typeof hint === 'string' ? hint : hint(values),
      onKey: true,
      ...(severity ? { severity } : {}),
    });
  }
}
