import { documentRulesOnValues, RULES_THROUGH_DOCUMENTS } from '../../src/helm-migration/rules-of-values';
import { validateFiles } from '../../src/pipeline/validate-files';
import { allRules } from '../../src/rules/registry';
import { parseTarget } from '../../src/releases/target';
import { inputOf } from '../support/input-of';

describe('every rule', () => {
  test.each(allRules().map((rule) => [rule.code, rule] as const))(
    '%s holds for values in one way, or there is a reason why it does not',
    (code, { reads, documentsAlone }) => {
      const kinds: readonly string[] = reads;
      const ways = [
        kinds.includes('chart-values'),
        // Each connector of the list is checked as one in a file of its own is.
        !kinds.includes('chart-values') &&
          ['connector', 'connector-list'].some((kind) => kinds.includes(kind)),
        RULES_THROUGH_DOCUMENTS.has(code),
        kinds.includes('cluster') && documentsAlone !== undefined,
        // About files that are no values.
        kinds.every((kind) => kind === 'dex-config' || kind === 'bootstrap-secret'),
      ];
      expect(ways.filter(Boolean)).toHaveLength(1);
    },
  );

  test('that holds through the document is one of at least thirty', () =>
    expect(RULES_THROUGH_DOCUMENTS.size).toBeGreaterThan(30));
});

const WHOLE = `deployTarget: AMAZON
pachd:
  enterpriseLicenseKeySecretName: license
  rootTokenSecretName: login
  storage: { storageURL: "s3://acme", amazon: { bucket: acme, region: eu-west-1, id: a, secret: b } }
console: { config: { oauthClientSecretSecretName: login } }
`;
const LOGIN =
  'oidc: { mockIDP: false, upstreamIDPs: [{ id: corp, name: Corp, type: github, config: { clientID: a, clientSecret: b, redirectURI: "https://a.example.com/dex/callback", orgs: [{ name: acme }] } }] }\n';
const WAY_IN = 'proxy: { host: a.example.com, tls: { enabled: true, secretName: cert } }\n';

const AZURE =
  'deployTarget: MICROSOFT\npachd:\n  storage: { storageURL: "azblob://acme", microsoft: { container: acme, id: acme } }\n';
const IDENTITY =
  '  serviceAccount: { additionalAnnotations: { azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000 } }\n';

/** What rules of documents say of values, in short; without them nothing of it is said. */
function found(text: string, release = '2.11.6'): string[] {
  const parsed = parseTarget(`pachyderm@${release}`);
  if (!parsed.ok) throw new Error(`no release ${release}`);
  const check = (rulesOfDocuments: boolean): string[] =>
    validateFiles(['values.yaml'], inputOf({ 'values.yaml': text }), {
      target: parsed.target,
      ...(rulesOfDocuments ? { rules: documentRulesOnValues } : {}),
    }).diagnostics.map(
      ({ code, severity, location, path }) =>
        `${severity === 'warning' ? '?' : ''}${code} ${location.range?.line} ${path}`,
    );
  const before = check(false);
  return check(true).filter((line) => !before.includes(line));
}

describe('what rules of documents say of values', () => {
  test.each<[string, string, string[]]>([
    ['nothing of sound ones', WAY_IN + LOGIN, []],
    [
      'plain http is a warning: values have no profile',
      `proxy: { host: a.example.com }\n${LOGIN}`,
      ['?ACC003 7 /proxy/host'],
    ],
    [
      'a node port that no URL names',
      `proxy: { host: a.example.com, tls: { enabled: true, secretName: c }, service: { type: NodePort, httpsNodePort: 30443 } }\n${LOGIN}`,
      ['?ACC009 7 /proxy/service/type'],
    ],
    [
      'nothing of a port whose value is refused',
      `proxy: { host: a.example.com, tls: { enabled: true, secretName: c }, service: { type: NodePort, httpsNodePort: 443 } }\n${LOGIN}`,
      [],
    ],
    [
      'an even number of members',
      `${WAY_IN}${LOGIN}etcd: { dynamicNodes: 2 }\n`,
      ['?STO006 9 /etcd/dynamicNodes'],
    ],
    [
      'a request above the limit that the chart sets',
      `${WAY_IN}${LOGIN}etcd: { resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } }\n`,
      ['PCH112 9 /etcd/resources/requests/cpu'],
    ],
    [
      'a toleration that Kubernetes refuses',
      `${WAY_IN}${LOGIN}etcd: { tolerations: [{ key: a, operator: Exists, value: b }] }\n`,
      ['PCH113 9 /etcd/tolerations/0/value'],
    ],
  ])('%s', (_, more, expected) => expect(found(WHOLE + more).sort()).toEqual([...expected].sort()));

  test('nothing of a reference to a Secret in a connector, which its own check says', () =>
    expect(
      found(
        WHOLE + WAY_IN + LOGIN.replace('clientSecret: b', 'clientSecret: { existing: { name: a, key: b } }'),
      ),
    ).toEqual([]));

  test('is said at the connector that it is about, with what values can say', () => {
    const text = `${WHOLE}proxy: { enabled: false }\n${LOGIN}`.replace(
      'https://a.example.com/dex',
      'http://a.example.com:30658',
    );
    const { diagnostics } = validateFiles(['values.yaml'], inputOf({ 'values.yaml': text }), {
      target: 'pachyderm@2.11',
      rules: documentRulesOnValues,
    });
    expect(diagnostics.find(({ code }) => code === 'ACC011')).toMatchObject({
      path: '/oidc/upstreamIDPs/0/type',
      hint: expect.stringContaining('`proxy.host`') as string,
    });
  });

  test.each<[string, string, RegExp]>([
    [
      'ACC013',
      `${WHOLE}${WAY_IN}global: { proxy: "http://proxy:3128", noProxy: "10.0.0.1" }\n`,
      /^add \.svc,\.cluster\.local$/,
    ],
    [
      'STO004',
      `${WHOLE.replace('bucket: acme', 'bucket: other')}${WAY_IN}`,
      /^name the same bucket in both$/,
    ],
    [
      'STO016',
      `${AZURE}  podLabels: { azure.workload.identity/use: "yes" }\n${IDENTITY}`,
      /^write azure\.workload\.identity\/use: "true"$/,
    ],
    [
      'ACC003',
      `${WHOLE}oidc: { issuerURI: "http://a.example.com/dex", mockIDP: false, upstreamIDPsSecretName: i }\n`,
      /^have the proxy, .* serve https, and write https:\/\/a\.example\.com\/dex$/,
    ],
    [
      'ACC008',
      `${WHOLE.replace('console: { ', 'console: { service: { type: NodePort }, ')}proxy: { host: a.example.com, tls: { enabled: true, secretName: c }, service: { type: NodePort } }\n`,
      /^give proxy\.service\.httpNodePort another port, or the Service console another type$/,
    ],
    ['STO016', AZURE, /^set `pachd\.storage\.microsoft\.secret`; or .*`pachd\.podLabels`/],
  ])('%s says nothing that only a document can do: %#', (code, text, hint) => {
    const { diagnostics } = validateFiles(['values.yaml'], inputOf({ 'values.yaml': text }), {
      target: 'pachyderm@2.11',
      rules: documentRulesOnValues,
    });
    expect(diagnostics.find((each) => each.code === code)?.hint).toMatch(hint);
  });

  test('an error at what no value sets is said at the value that it names', () => {
    const text = `${WHOLE}${WAY_IN}${LOGIN}`.replace('pachd:\n', 'pachd:\n  service: { oidcPort: 30658 }\n');
    expect(found(text)).toEqual(['ACC008 3 /pachd/service/oidcPort']);
  });

  test('two values on a line have a finding each', () => {
    const text = `${WHOLE}${WAY_IN}${LOGIN}`.replace(
      'pachd:\n',
      'pachd:\n  service: { oidcPort: 30658, lables: {} }\n',
    );
    expect(found(text)).toEqual(['ACC008 3 /pachd/service/oidcPort']);
  });

  test('nothing of the storage where that is refused', () =>
    expect(
      found(`${WHOLE}${WAY_IN}${LOGIN}`.replace('deployTarget: AMAZON', 'deployTarget: MICROSOFT')),
    ).toEqual([]));

  test('are said with the names of the values, and once for a line', () => {
    const text = `${WHOLE}${WAY_IN}${LOGIN}`.replace(
      'pachd:\n',
      'pachd:\n  pachAuthClusterRoleBindings: { "group:admins": [clusterAdmin] }\n',
    );
    expect(found(text)).toEqual([
      '?AUT004 3 /pachd/pachAuthClusterRoleBindings',
      '?AUT006 3 /pachd/pachAuthClusterRoleBindings',
      '?DEX045 3 /pachd/pachAuthClusterRoleBindings/group:admins',
    ]);
  });

  test('nothing of a part of the values, which others complete', () =>
    expect(found('etcd: { dynamicNodes: 2 }\nproxy: { enabled: true, host: a.example.com }\n')).toEqual([]));
});
