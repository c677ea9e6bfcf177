import { loadAll } from 'js-yaml';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { argocd } from '../../src/outputs/argocd';
import { flux } from '../../src/outputs/flux';
import { helm } from '../../src/outputs/helm';
import { clusterObjects } from '../../src/outputs/objects';
import type { Output } from '../../src/outputs/output';
import { podSecurityViolations } from '../../src/outputs/pod-security';
import { clusterOf } from '../support/cluster-of';

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: object;
}

function written(output: Output, document: Partial<ClusterDocument>, path: RegExp): Written[] {
  const cluster = clusterOf({ release: '2.11.6', profile: 'dev', ...document });
  return output
    .emit(cluster, clusterObjects(cluster))
    .filter((file) => path.test(file.path))
    .flatMap(({ content }) => loadAll(content) as Written[]);
}

describe('the Pod of helm test', () => {
  const pod = (document: Partial<ClusterDocument>): object =>
    written(helm, document, /templates\/tests\//)[0]?.spec ?? {};

  it('starts in a namespace that enforces the strictest level', () => {
    expect(podSecurityViolations(pod({}), 'restricted')).toEqual([]);
  });

  it('has its image from the registry of the document, with the Secrets for it', () => {
    const document = { images: { registry: 'registry.acme.com/mirror', pullSecrets: ['pull'] } };
    expect(pod(document)).toMatchObject({
      imagePullSecrets: [{ name: '{{ index .Values.secrets "pull" }}' }],
      containers: [{ image: '{{ index .Values.images "busybox" }}' }],
    });
    const [values] = written(helm, document, /values\.yaml/) as unknown as { images: object }[];
    expect(values?.images).toMatchObject({ busybox: 'registry.acme.com/mirror/library/busybox:1.37.0' });
  });

  it.each<[string, Partial<ClusterDocument>, readonly string[]]>([
    ['pachd', {}, ['pachd', '30650']],
    [
      'an enterprise server',
      { enterprise: { licenseKey: 'key' }, enterpriseServer: {} },
      ['pach-enterprise', '31650'],
    ],
  ])('asks %s, which the notes wait for', (_, document, target) => {
    expect(pod(document)).toMatchObject({ containers: [{ command: ['nc', '-z', '-w', '10', ...target] }] });
    const cluster = clusterOf({ profile: 'dev', ...document });
    const notes = helm.emit(cluster, clusterObjects(cluster)).find(({ path }) => path.endsWith('NOTES.txt'));
    expect(notes?.content).toContain(`rollout status deployment/${target[0]} `);
  });

  it('leaves users to a platform that assigns its own', () => {
    expect(JSON.stringify(pod({ securityContexts: false }))).not.toContain('securityContext');
  });
});

describe('a Job, which cannot be changed', () => {
  const document: Partial<ClusterDocument> = {
    gitops: { url: 'https://github.com/acme/clusters.git' },
    release: '2.12.0-rc.3',
    preflightJob: { image: { tag: '2.11.6' } },
    restoreSnapshot: { snapshotID: 1 },
  };

  it.each([
    ['Argo CD', argocd, /^argocd\/objects\//, ['argocd.argoproj.io/sync-options', 'Force=true,Replace=true']],
    [
      'Flux',
      flux,
      /^flux\/(settings|data|cluster)\/(?!kustomization)/,
      ['kustomize.toolkit.fluxcd.io/force', 'enabled'],
    ],
  ] as const)('is made anew by %s where it does no harm twice', (_, output, path, annotation) => {
    const jobs = written(output, document, path).filter(({ kind }) => kind === 'Job');
    expect(jobs).toHaveLength(2);
    const anew = jobs.filter(({ metadata }) => metadata.annotations?.[annotation[0]] === annotation[1]);
    expect(anew.map(({ metadata }) => metadata.name)).toEqual(['pachyderm-preflight-check']);
  });
});

describe('the ApplicationSet', () => {
  const nameOf = (gitops: NonNullable<ClusterDocument['gitops']>, name = 'prod'): string | undefined =>
    written(argocd, { name, gitops }, /application-set/)[0]?.metadata.name;
  const url = 'https://github.com/acme/Clusters.git';

  it('is one for all documents of a folder of a repository, however each is rolled out', () => {
    const name = nameOf({ url });
    expect(name).toMatch(/^pachyderm-clusters-[0-9a-f]{8}$/);
    expect(nameOf({ url, argocd: { project: 'data' } }, 'staging')).toBe(name);
    expect(nameOf({ url, path: 'a', ref: { tag: 'v2' } })).toBe(
      nameOf({ url, path: 'a', ref: { tag: 'v1' } }),
    );
  });

  it('is another one for another repository, folder or branch, beside which it stays', () => {
    const names = [
      { url },
      { url: 'https://gitlab.com/acme/Clusters.git' },
      { url, path: 'dist' },
      { url, ref: { branch: 'next' } },
    ].map((gitops) => nameOf(gitops));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    'ssh://git@acme.com/x/a~b._c.git',
    `https://acme.com/${'long-'.repeat(60)}`,
    'https://acme.com/_',
  ])('has a name that Kubernetes takes for %s', (odd) => {
    expect(nameOf({ url: odd })).toMatch(/^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

type SopsSection = Exclude<NonNullable<ClusterDocument['secrets']>['sops'], undefined>;

describe('the stage of Flux that decrypts', () => {
  const KMS = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d';
  const decryption = (sops: SopsSection, section: object = {}): unknown => {
    const document = {
      gitops: { url: 'https://github.com/acme/clusters.git', flux: section },
      secrets: { output: 'sops', encryptionKey: 'k'.repeat(32), sops },
    } as const;
    const stages = written(flux, document, /^flux\/kustomizations/);
    return stages.map(({ spec }) => (spec as { decryption?: unknown }).decryption).find(Boolean);
  };

  it.each<[SopsSection, object, string]>([
    [{ pgp: ['A'.repeat(40)] }, {}, 'sops-age'],
    [{ kms: [KMS], vaultTransit: ['https://vault.acme.com/v1/sops/keys/pachyderm'] }, {}, 'sops-age'],
    [{ kms: [KMS] }, { decryptionSecret: 'aws' }, 'aws'],
  ])('takes keys and tokens from a Secret: %j', (sops, section, name) => {
    expect(decryption(sops, section)).toEqual({ provider: 'sops', secretRef: { name } });
  });

  it('needs none where the cloud knows Flux by its service account', () => {
    expect(decryption({ kms: [KMS] })).toEqual({ provider: 'sops' });
  });
});
