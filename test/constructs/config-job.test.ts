import { ConfigJob } from '../../src/constructs/config-job';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { environmentOf, objectsOf, type KubernetesObject } from '../support/objects-of';

const enterprise = { licenseKey: 'license', secret: 'enterprise-secret' };
const auth = { rootToken: 'root-token', clientSecret: 'client-secret' };
const base = { release: '2.2.8', enterprise, auth, deploymentID: 'c0ffee' };
const existing = (name: string, key: string) => ({ existing: { name, key } });

const jobsOf = (document: Partial<ClusterDocument> = {}) =>
  objectsOf((chart) => new ConfigJob(chart, 'config-job', clusterOf({ ...base, ...document }))).all;

function jobOf(document?: Partial<ClusterDocument>): KubernetesObject {
  const [job, ...others] = jobsOf(document);
  if (!job || others.length > 0) throw new Error('there is not one Job');
  return job;
}

const nameOf = (document?: Partial<ClusterDocument>): string => jobOf(document).metadata.name;

describe('ConfigJob', () => {
  it('hands the bootstrap config to pachd', () => {
    const job = jobOf({ namespace: 'data' });
    expect(job.metadata).toMatchObject({ namespace: 'data', labels: { app: 'pachd', suite: 'pachyderm' } });
    expect(job.spec).toEqual({
      backoffLimit: 4,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'config-pod',
              image: 'pachyderm/config-pod:0.5',
              command: ['/config-pod'],
              env: [
                {
                  name: 'CONSOLE_OAUTH_CLIENT_SECRET',
                  valueFrom: {
                    secretKeyRef: { name: 'pachyderm-console-secret', key: 'OAUTH_CLIENT_SECRET' },
                  },
                },
              ],
              envFrom: [{ secretRef: { name: 'pachyderm-deployment-id-secret' } }],
              volumeMounts: [{ name: 'config', mountPath: '/pachConfig' }],
            },
          ],
          volumes: [{ name: 'config', secret: { secretName: 'pachyderm-bootstrap-config' } }],
        },
      },
    });
  });

  it('has the variables that the files refer to', () => {
    const document: Partial<ClusterDocument> = {
      auth: { rootToken: existing('root', 'a'), clientSecret: existing('client', 'b') },
      enterprise: { licenseKey: existing('license', 'c'), secret: existing('enterprise', 'd') },
      identity: {
        connectorsFrom: { existing: { name: 'idps' } },
        clients: [{ id: 'hub', redirectURIs: ['https://hub.acme.com/'], secret: existing('hub', 'e') }],
      },
      console: { clientSecret: existing('console', 'f') },
      deploymentID: existing('ids', 'g'),
    };
    const reference = (name: string, key: string) => ({ secretKeyRef: { name, key } });
    expect(environmentOf(jobOf(document))).toEqual({
      ROOT_TOKEN: reference('root', 'a'),
      PACHD_OAUTH_CLIENT_SECRET: reference('client', 'b'),
      ENTERPRISE_LICENSE_KEY: reference('license', 'c'),
      ENTERPRISE_SECRET: reference('enterprise', 'd'),
      UPSTREAM_IDPS: reference('idps', 'upstream-idps'),
      OIDC_CLIENT_SECRET_1: reference('hub', 'e'),
      CONSOLE_OAUTH_CLIENT_SECRET: reference('console', 'f'),
      CLUSTER_DEPLOYMENT_ID: reference('ids', 'g'),
    });
    expect(jobOf(document).spec.template.spec.containers[0].envFrom ?? []).toEqual([]);
  });

  it('comes through a mirror like every image', () => {
    const images = { registry: 'registry.acme.com/mirror', pullSecrets: ['mirror'] };
    const { containers, imagePullSecrets } = jobOf({ images }).spec.template.spec;
    expect(containers[0].image).toBe('registry.acme.com/mirror/pachyderm/config-pod:0.5');
    expect(imagePullSecrets).toEqual([{ name: 'mirror' }]);
    const direct = jobOf({ images: { pullSecrets: ['hub'] } }).spec.template.spec;
    expect(direct.imagePullSecrets).toBeUndefined();
  });

  describe('its name', () => {
    it('ends in 14 digits and is the same for the same cluster', () => {
      expect(nameOf()).toMatch(/^pachyderm-config-\d{14}$/);
      expect(nameOf()).toBe(nameOf());
    });

    it.each<[string, Partial<ClusterDocument>]>([
      ['a secret', { auth: { ...auth, clientSecret: 'another' } }],
      ['the license', { enterprise: { ...enterprise, licenseKey: 'another' } }],
      ['a role binding', { auth: { ...auth, roleBindings: { 'user:ada@acme.com': ['clusterAdmin'] } } }],
      ['the place of a secret', { auth: { ...auth, rootToken: existing('root', 'token') } }],
      ['the deployment id', { deploymentID: 'decaf' }],
      ['the URLs', { access: { via: 'ingress', host: 'pach.acme.com' } }],
      ['the image', { images: { registry: 'registry.acme.com' } }],
    ])('changes with %s', (_, document) => {
      expect(nameOf(document)).not.toBe(nameOf());
    });

    it('stays when something changes that the Job does not read', () => {
      expect(nameOf({ pachd: { replicas: 2 }, etcd: { size: '50Gi' } })).toBe(nameOf());
    });
  });

  it.each<[string, Partial<ClusterDocument>]>([
    ['pachd bootstraps itself', { release: '2.3.0' }],
    ['there is nothing to activate', { enterprise: {} }],
  ])('is left out where %s', (_, document) => {
    expect(jobsOf(document)).toEqual([]);
  });
});
