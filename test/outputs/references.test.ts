import type { ClusterDocument } from '../../src/generated/cluster-document';
import { prerequisiteLines, prerequisites } from '../../src/cli/prerequisites';
import { checkOverrides } from '../../src/outputs/check-overrides';
import { clusterObjects } from '../../src/outputs/objects';
import { referencesElsewhere } from '../../src/outputs/references';
import { referredObjects, referredSecrets } from '../../src/outputs/referred-secrets';
import { clusterOf } from '../support/cluster-of';
import { documentOf } from '../support/input-of';

const HEAD = `apiVersion: pachkit/v1
release: 2.11.6
profile: dev
auth: { enabled: false }
console: { enabled: true }
access: { via: ingress, host: pach.acme.com }
overrides:
`;
const CONTAINER = '/spec/template/spec/containers/0';

const clusterOfText = (text: string) => clusterOf(documentOf(text).value as unknown as ClusterDocument);

/** The findings of overrides, each operation on a line of its own: code, severity, line, what follows, what to do. */
function findingsOf(...operations: readonly [object: string, operation: string][]): unknown[] {
  const text =
    HEAD +
    operations
      .map(([object, operation]) => {
        const [kind, name] = object.split('/');
        return `  - { kind: ${kind}, name: ${name}, patch: [{\n    ${operation} }] }\n`;
      })
      .join('');
  return checkOverrides(documentOf(text), clusterOfText(text)).map(
    ({ code, severity, location, message, hint }) => [
      ...[code, severity, (location.range?.line ?? 0) - HEAD.split('\n').length],
      `${message}; ${hint}`,
    ],
  );
}

const variable = (source: string): string =>
  `op: add, path: ${CONTAINER}/env/-, value: { name: ACME, valueFrom: ${source} }`;
const volume = (source: string): string =>
  `op: add, path: /spec/template/spec/volumes/-, value: { name: acme, ${source} }`;

describe('a reference that an override makes', () => {
  test.each<[string, string, string, string]>([
    [
      'Deployment/pachd',
      variable('{ configMapKeyRef: { name: acme, key: url } }'),
      'ConfigMap acme',
      'its pods wait for it and do not start; make the ConfigMap before the manifests are applied',
    ],
    [
      'Deployment/pachd',
      volume('secret: { secretName: acme-ca }'),
      'Secret acme-ca',
      'its pods wait for it and do not start; make the Secret before the manifests are applied',
    ],
    [
      'Deployment/pachd',
      volume('persistentVolumeClaim: { claimName: acme-data }'),
      'PersistentVolumeClaim acme-data',
      'its pods are not scheduled until it is there; make the PersistentVolumeClaim before the manifests are applied',
    ],
    [
      'Deployment/pachd',
      'op: replace, path: /spec/template/spec/serviceAccountName, value: pachyderms',
      'ServiceAccount pachyderms',
      'no pod is made until it is there; did you mean "pachyderm"?',
    ],
  ])('from %s by %s to what nothing provides is a warning at its line', (object, operation, what, why) => {
    expect(findingsOf([object, operation])).toEqual([
      [
        'OVR007',
        'warning',
        1,
        `Deployment pachd refers to ${what}, which is not among the objects of the cluster: ${why}`,
      ],
    ]);
  });

  test('to a key that a Secret does not have is an error', () => {
    const operation = variable('{ secretKeyRef: { name: postgres, key: postgresql-passwort } }');
    const [[code, severity, line, text] = []] = findingsOf(['Deployment/pachd', operation]) as string[][];
    expect([code, severity, line]).toEqual(['OVR006', 'error', 1]);
    expect(text).toMatch(
      /^Deployment pachd refers to postgresql-passwort of Secret postgres, which has no such key: its pods wait for it and do not start; did you mean "postgresql-password"\?$/,
    );
  });

  test('to a port that a Service does not have is an error', () => {
    const [[code, , , text] = []] = findingsOf([
      'Ingress/pachyderm-proxy',
      'op: replace, path: /spec/rules/0/http/paths/0/backend/service/port, value: { number: 81 }',
    ]) as string[][];
    expect([code, text]).toEqual(['OVR006', expect.stringContaining('refers to 81 of Service')]);
  });

  test('to what is there, may be missing, or is in every namespace is fine', () => {
    expect(
      findingsOf(
        ['Deployment/pachd', variable('{ secretKeyRef: { name: postgres, key: postgresql-password } }')],
        ['Deployment/pachd', variable('{ configMapKeyRef: { name: acme, key: url, optional: true } }')],
        ['Deployment/pachd', volume('configMap: { name: kube-root-ca.crt }')],
        ['StatefulSet/etcd', 'op: add, path: /spec/template/spec/serviceAccountName, value: default'],
      ),
    ).toEqual([]);
  });

  test('that an override breaks elsewhere is an error at that override', () => {
    const findings = findingsOf(
      ['Deployment/pachd', 'op: replace, path: /spec/replicas, value: 1'],
      ['Secret/postgres', 'op: remove, path: /stringData/postgresql-password'],
    ) as string[][];
    expect(findings.length).toBeGreaterThan(0);
    for (const [code, severity, line, text] of findings) {
      expect([code, severity, line]).toEqual(['OVR006', 'error', 3]);
      expect(text).toContain('refers to postgresql-password of Secret postgres, which has no such key');
    }
  });
});

test('what overrides refer to has to exist, beside the Secrets of the user', () => {
  const document = documentOf(
    `${HEAD}  - { kind: Deployment, name: pachd, patch: [{ ${volume('configMap: { name: acme, items: [{ key: b, path: b }, { key: a, path: a }] }')} }] }\n`,
  );
  const cluster = clusterOf({
    ...(document.value as unknown as ClusterDocument),
    images: { pullSecrets: ['pull'] },
  });
  const objects = clusterObjects(cluster);
  expect(
    prerequisiteLines(prerequisites(cluster, referredSecrets(objects), referredObjects(objects))),
  ).toEqual([
    'Secret pull with .dockerconfigjson',
    'ConfigMap acme with a, b',
    expect.stringContaining('DNS'),
  ]);
});

test.each(['2.2.8', '2.3.0', '2.7.0', '2.11.6', '2.12.0-rc.3'])(
  'without overrides %s refers to nothing that it does not write itself',
  (release) => {
    const licensed = release.startsWith('2.12') ? {} : { enterprise: { licenseKey: 'key' } };
    for (const access of [{ via: 'nodePort' }, { via: 'ingress', host: 'pach.acme.com' }] as const) {
      const cluster = clusterOf({ release, access, ...licensed });
      expect(referencesElsewhere(clusterObjects(cluster))).toEqual([]);
    }
  },
);
