import type { ClusterDocument } from '../../src/generated/cluster-document';
import { checkDeprecations } from '../../src/outputs/check-deprecations';
import { checkOverrides } from '../../src/outputs/check-overrides';
import { DEPRECATIONS } from '../../src/outputs/deprecations';
import { clusterOf } from '../support/cluster-of';
import { documentOf } from '../support/input-of';

const HEAD = `apiVersion: pachkit/v1
release: 2.11.6
profile: dev
auth: { enabled: false }
`;
const INGRESS = `access:
  via: ingress
  host: pachyderm.acme.com
  tls: { secretName: tls }
`;

/** What is said of a document: the line, and what of it. */
function found(text: string): string[] {
  const document = documentOf(HEAD + text);
  const cluster = clusterOf(document.value as unknown as ClusterDocument);
  expect(checkOverrides(document, cluster).filter(({ severity }) => severity === 'error')).toEqual([]);
  return checkDeprecations(document, cluster).map(({ code, severity, message, path }) => {
    expect([code, severity]).toEqual(['OVR008', 'warning']);
    return `${path}: ${message}`;
  });
}

const override = (value: string, path: string, name = 'pachd'): string =>
  `overrides:\n  - kind: Deployment\n    name: ${name}\n    patch: [{ op: add, path: ${path}, value: ${value} }]\n`;

describe('what Kubernetes has deprecated', () => {
  test('is said where the document has it, with the objects that it is put into', () => {
    const annotations = `${INGRESS}  ingress: { annotations: { kubernetes.io/ingress.class: nginx } }\n`;
    expect(found(annotations)).toEqual([
      '/access/ingress/annotations/kubernetes.io~1ingress.class: Ingress pachyderm-proxy: Kubernetes has deprecated kubernetes.io/ingress.class since 1.18',
    ]);
    expect(found('pachd: { placement: { nodeSelector: { beta.kubernetes.io/os: linux } } }\n')).toEqual([
      '/pachd/placement/nodeSelector/beta.kubernetes.io~1os: Deployment pachd, Deployment pachw: Kubernetes has deprecated beta.kubernetes.io/os since 1.14',
    ]);
  });

  test('is no matter beside what took its place, or where it means something else', () => {
    expect(
      found(
        `${INGRESS}  ingress: { className: nginx, annotations: { kubernetes.io/ingress.class: nginx } }\n`,
      ),
    ).toEqual([]);
    expect(found('console: { placement: { annotations: { beta.kubernetes.io/os: linux } } }\n')).toEqual([]);
    expect(found(override('{ name: rbd, emptyDir: {} }', '/spec/template/spec/volumes/-'))).toEqual([]);
  });

  test.each([
    ['{ name: rbd, rbd: { image: i, monitors: [m] } }', '/spec/template/spec/volumes/-', 'value/rbd', 'rbd'],
    ['{ repository: r }', '/spec/template/spec/volumes/0/gitRepo', 'path', 'gitRepo'],
    [
      'runtime/default',
      '/spec/template/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1pachd',
      'path',
      'container.apparmor.security.beta.kubernetes.io/pachd',
    ],
    [
      '[{ topologyKey: failure-domain.beta.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule }]',
      '/spec/template/spec/topologySpreadConstraints',
      'value/0/topologyKey',
      'failure-domain.beta.kubernetes.io/zone',
    ],
  ])('is said at an override that adds %s', (value, path, at, name) => {
    expect(found(override(value, path))).toEqual([
      expect.stringMatching(
        new RegExp(`^/overrides/0/patch/0/${at}: Deployment pachd: Kubernetes has deprecated ${name} since`),
      ),
    ]);
  });

  test('says from when on it does nothing', () => {
    const annotation = '/spec/template/metadata/annotations/seccomp.security.alpha.kubernetes.io~1pod';
    expect(found(override('runtime/default', annotation))[0]).toContain(
      'since 1.19, and it does nothing from 1.27 on',
    );
  });

  test('is known with versions in their order, each name once', () => {
    const rows = Object.values(DEPRECATIONS).flat();
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    for (const { name, since, goneIn } of rows)
      expect([name, (since ?? 0) < (goneIn ?? 99) && (since ?? goneIn) !== undefined]).toEqual([name, true]);
  });
});
