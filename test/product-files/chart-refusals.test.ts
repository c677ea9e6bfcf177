import { check, rows } from './support/check';
import { refusals } from './support/values';

describe('what the chart refuses', () => {
  const AMAZON = 'deployTarget: AMAZON\npachd: { storage: { storageURL: s3://a } }\n';

  test.each<[string, string, (string | undefined)[]]>([
    ['deployTarget: LOCAL', 'pachyderm@2.11', []],
    [AMAZON, 'pachyderm@2.11', []],
    [
      'deployTarget: ""',
      'pachyderm@2.11',
      [expect.stringContaining('deployTarget must be set') as string, 'storage URL required'],
    ],
    [
      'deployTarget: CUSTOM\npachd: { storage: { storageURL: s3://a } }',
      'pachyderm@2.11',
      ['pachd.storage.backend required when no matching deploy target found'],
    ],
    [
      'deployTarget: CUSTOM\npachd: { storage: { backend: AMAZON, storageURL: s3://a } }',
      'pachyderm@2.11',
      [],
    ],
    ['deployTarget: GOOGLE', 'pachyderm@2.11', ['storage URL required']],
    ['deployTarget: GOOGLE', 'pachyderm@2.9', []],
    [
      'deployTarget: GOOGLE',
      'pachyderm@2.2',
      ['Google bucket required', 'During an upgrade, global.postgresql.postgresqlPassword must be set.'],
    ],
    ['deployTarget: AMAZON', 'pachyderm@2.8', ['AWS bucket required', 'AWS region required']],
    ['deployTarget: GOOGLE\npachd: { storage: { gocdkEnabled: false } }', 'pachyderm@2.10', []],
    [
      'pachd: { enabled: false }\nenterpriseServer: { enabled: true }\ndeployTarget: AMAZON',
      'pachyderm@2.11',
      [],
    ],
    [
      `${AMAZON}enterpriseServer: { enabled: true }`,
      'pachyderm@2.11',
      ['pachd and enterpriseServer shall not be enabled at the same time in the same namespace'],
    ],
    [
      `${AMAZON}ingress: { enabled: true }`,
      'pachyderm@2.11',
      ['if ingress is enabled, an ingress.host is required'],
    ],
    [
      `${AMAZON}proxy: { host: a.example.com, tls: { enabled: true } }`,
      'pachyderm@2.11',
      ['proxy.tls.secretName must be set when TLS is enabled on the proxy'],
    ],
    [`${AMAZON}etcd: { dynamicNodes: 0 }`, 'pachyderm@2.11', ['dynamicNodes must be > 0']],
    [
      `${AMAZON}postgresql: { enabled: false }\nglobal: { postgresql: { postgresqlPassword: "" } }`,
      'pachyderm@2.11',
      ['Postgres password required when using an external Postgresql server'],
    ],
    [
      `${AMAZON}postgresql: { enabled: false }\nglobal: { postgresql: { postgresqlPassword: "", postgresqlExistingSecretName: db } }`,
      'pachyderm@2.11',
      [],
    ],
    [
      'deployTarget: LOCAL\npachd: { activateEnterpriseMember: true, enterpriseServerTokenSecretName: a }',
      'pachyderm@2.11',
      [
        "To register a pachd instance with an enterprise server, the enterprise server's address must be provided.",
      ],
    ],
    // Another file of values may have it.
    ['pachd: { enterpriseLicenseKeySecretName: a }', 'pachyderm@2.11', []],
  ])('%s, %s', (text, target, expected) => expect(refusals(text, target)).toEqual(expected));

  test('is said at the line that is wrong', () =>
    expect(
      rows(
        check(
          'helm-values',
          `${AMAZON}oidc: { mockIDP: false }\netcd: { dynamicNodes: 0 }\n`,
          'pachyderm@2.11',
        ),
      ),
    ).toEqual([['FIL025', 4, 9]]));
});

test.each([
  ['local', 'LOCAL'],
  ['AMAZN', 'AMAZON'],
  ['aws', 'AMAZON'],
  ['GCP', 'GOOGLE'],
  ['azure', 'MICROSOFT'],
])('deployTarget: %s is one slip, for %s', (word, target) => {
  const text = `deployTarget: ${word}\npachd: { storage: { storageURL: "s3://acme" } }\n`;
  const found = check('helm-values', text, 'pachyderm@2.11').filter(({ severity }) => severity === 'error');
  expect(found.map(({ code, hint }) => [code, hint])).toEqual([['FIL025', `did you mean \`${target}\`?`]]);
});
