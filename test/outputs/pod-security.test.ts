import type { ClusterDocument } from '../../src/generated/cluster-document';
import { checkPodSecurity } from '../../src/outputs/check-pod-security';
import { clusterOf } from '../support/cluster-of';
import { documentOf } from '../support/input-of';

const HEAD = 'apiVersion: pachkit/v1\nprofile: dev\nauth: { enabled: false }\n';
const BUCKET = 'storage: { s3: { bucket: pach, region: eu-central-1 } }\n';
const EXTERNAL = 'database: { external: { host: db.example.com, password: password } }\n';

/** What is said of a document: the workload, and the field that it is said at. */
function found(text: string, release = '2.11.6'): string[][] {
  const document = documentOf(`${HEAD}release: ${release}\n${text}`);
  const cluster = clusterOf(document.value as unknown as ClusterDocument);
  return checkPodSecurity(document, cluster).map(({ code, message, path }) => {
    expect(code).toBe('POD001');
    return [/No pod of (\S+ \S+) starts/.exec(message)?.[1] ?? '', path];
  });
}

describe('pods that the namespace of a document does not admit', () => {
  test('nothing is said where no one knows what it enforces', () => {
    expect(found('storage: { local: {} }\n')).toEqual([]);
  });

  test.each([
    ['baseline', ''],
    ['restricted', EXTERNAL],
  ])('with a bucket all are admitted under %s', (level, more) => {
    expect(found(`${BUCKET}${more}security: { podSecurity: ${level} }\n`)).toEqual([]);
  });

  test('local storage is said at the storage', () => {
    expect(found('storage: { local: {} }\nsecurity: { podSecurity: baseline }\n')).toEqual([
      ['Deployment pachd', '/storage/local'],
      ['Deployment pachw', '/storage/local'],
    ]);
  });

  test('the bundled PostgreSQL is admitted once it is hardened', () => {
    expect(found(`${BUCKET}security: { podSecurity: restricted }\n`)).toEqual([
      ['StatefulSet postgres', '/security/podSecurity'],
    ]);
    expect(found(`${BUCKET}security: { podSecurity: restricted, hardening: strict }\n`)).toEqual([]);
  });

  test('without security contexts it is said there', () => {
    const text = `${BUCKET}${EXTERNAL}securityContexts: false\nsecurity: { podSecurity: restricted }\n`;
    const places = found(text).map(([, path]) => path);
    expect(places.length).toBeGreaterThan(3);
    expect(new Set(places)).toEqual(new Set(['/securityContexts']));
  });

  test('an override is named that takes away what is needed', () => {
    const text = `${BUCKET}${EXTERNAL}overrides:
  - kind: Deployment
    name: console
    patch: [{ op: remove, path: /spec/template/spec/securityContext }]
security: { podSecurity: restricted }
`;
    expect(found(text)).toEqual([['Deployment console', '/overrides/0']]);
  });

  test('of 2.2 those whose user nothing says', () => {
    const text = `${BUCKET}${EXTERNAL}security: { podSecurity: restricted, hardening: strict }\n`;
    expect(found(text, '2.2.8').map(([workload]) => workload)).toEqual([
      'Deployment pg-bouncer',
      'Deployment console',
    ]);
  });
});
