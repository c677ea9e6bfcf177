import { App } from 'cdk8s';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { environmentOf, objectsIn, type Objects } from '../support/objects-of';

const PREFLIGHT = 'Job/pachyderm-preflight-check';
const RESTORE = 'Job/pachyderm-restore-snapshot';

const objectsOf = (document: Partial<ClusterDocument>): Objects =>
  objectsIn(new PachydermChart(new App(), 'chart', clusterOf(document)));
const secret = (name: string, key: string) => ({ secretKeyRef: { name, key } });
const limit = (resource: string) => ({ resourceFieldRef: { containerName: 'pachd', resource } });

const DATABASE = {
  POSTGRES_HOST: 'postgres',
  POSTGRES_PORT: '5432',
  POSTGRES_USER: 'pachyderm',
  POSTGRES_DATABASE: 'pachyderm',
  POSTGRES_PASSWORD: secret('postgres', 'postgresql-password'),
  PG_BOUNCER_HOST: 'pg-bouncer',
  PG_BOUNCER_PORT: '5432',
  K8S_MEMORY_REQUEST: limit('requests.memory'),
  K8S_MEMORY_LIMIT: limit('limits.memory'),
};

describe('the Job that tries a migration', () => {
  it('is there for those who ask for it, in releases that have it', () => {
    expect(objectsOf({}).has(PREFLIGHT)).toBe(false);
    expect(objectsOf({ release: '2.7.0', preflightJob: {} }).has(PREFLIGHT)).toBe(true);
    expect(objectsOf({ release: '2.6.11', preflightJob: {} }).has(PREFLIGHT)).toBe(false);
  });

  it('runs pachd with the database alone, as the official chart has it', () => {
    const job = objectsOf({ namespace: 'data', preflightJob: {} }).get(PREFLIGHT);
    expect(job).toMatchObject({
      metadata: { name: 'pachyderm-preflight-check', namespace: 'data' },
      spec: {
        completions: 1,
        template: {
          metadata: { labels: { app: 'preflight-check', suite: 'pachyderm' } },
          spec: {
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            securityContext: { runAsUser: 1000, runAsNonRoot: true },
            volumes: [{ name: 'tmp', emptyDir: {} }],
            containers: [
              {
                name: 'pachd',
                image: 'pachyderm/pachd:2.11.6',
                imagePullPolicy: 'IfNotPresent',
                command: ['/pachd'],
                args: ['--mode', 'preflight'],
                volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
                securityContext: { readOnlyRootFilesystem: true },
              },
            ],
          },
        },
      },
    });
    expect(environmentOf(job)).toEqual(DATABASE);
    expect(job.spec.template.spec.containers[0].envFrom).toBeUndefined();
  });

  it('has the settings of the document', () => {
    const job = objectsOf({
      network: { httpProxy: 'http://proxy:3128', noProxy: '.svc' },
      securityContexts: false,
      preflightJob: {
        image: { tag: '2.12.0-rc.3', pullPolicy: 'Always' },
        resources: { requests: { memory: '1Gi' } },
        placement: { annotations: { a: '1' }, labels: { team: 'data' }, priorityClassName: 'high' },
        disableLogSampling: true,
        sqlQueryLogs: true,
      },
    }).get(PREFLIGHT);
    const { metadata, spec } = job.spec.template;
    expect(metadata).toMatchObject({
      annotations: { a: '1' },
      labels: { team: 'data', app: 'preflight-check' },
    });
    expect(spec).toMatchObject({ priorityClassName: 'high' });
    expect(spec.securityContext).toBeUndefined();
    expect(spec.containers[0]).toMatchObject({
      image: 'pachyderm/pachd:2.12.0-rc.3',
      imagePullPolicy: 'Always',
      resources: { requests: { memory: '1Gi' } },
    });
    expect(environmentOf(job)).toMatchObject({
      PACHYDERM_DISABLE_LOG_SAMPLING: '1',
      POSTGRES_QUERY_LOGGING: '1',
      HTTP_PROXY: 'http://proxy:3128',
      NO_PROXY: '.svc',
    });
  });

  it('is there beside an enterprise server, which has a database too', () => {
    expect(
      objectsOf({ enterprise: { licenseKey: 'a' }, enterpriseServer: {}, preflightJob: {} }).has(PREFLIGHT),
    ).toBe(true);
  });
});

describe('the Job that restores a snapshot', () => {
  const storage = { s3: { bucket: 'acme', region: 'eu-west-1' } };
  const around = { release: '2.12.0-rc.3', storage };
  const document = { ...around, restoreSnapshot: { snapshotID: 7 } };

  it('has the bucket and the database, and pachd has no pods meanwhile', () => {
    const objects = objectsOf({ ...document, pachd: { replicas: 2, tls: { secretName: 'tls' } } });
    const job = objects.get(RESTORE);
    expect(environmentOf(job)).toEqual({
      ...DATABASE,
      STORAGE_URL: 's3://acme',
      PACH_ROOT: '/pach',
      STORAGE_BACKEND: 'AMAZON',
      SNAPSHOT_ID: '7',
    });
    const { spec } = job.spec.template;
    expect(spec.containers[0]).toMatchObject({
      image: 'pachyderm/pachd:2.12.0-rc.3',
      args: ['--mode', 'restore'],
      envFrom: [{ secretRef: { name: 'pachyderm-storage-secret' } }],
      volumeMounts: [
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'pach-disk', mountPath: '/pach' },
        { name: 'pachyderm-storage-secret', mountPath: '/pachyderm-storage-secret' },
      ],
    });
    expect(spec.volumes.map(({ name }) => name)).toEqual(['tmp', 'pach-disk', 'pachyderm-storage-secret']);
    expect(spec.securityContext).toMatchObject({ runAsUser: 65532 });
    expect(objects.get('Deployment/pachd').spec.replicas).toBe(0);
  });

  it('is not there without the section, and pachd runs', () => {
    const objects = objectsOf(around);
    expect(objects.has(RESTORE)).toBe(false);
    expect(objects.get('Deployment/pachd').spec.replicas).toBe(1);
    expect(objectsOf({ ...document, release: '2.11.6' }).has(RESTORE)).toBe(false);
  });
});
