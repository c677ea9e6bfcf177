import { createHash } from 'node:crypto';
import { toYaml } from '../constructs/support/yaml';
import { shellWord } from '../diagnostics/shell-word';
import type { Cluster } from '../model/cluster';
import type { GitOps } from '../model/gitops';
import { byFile, yamlOf } from './object-files';
import type { ClusterObject } from './objects';
import type { Output, OutputFile } from './output';
import { annotated } from './rollout/annotated';
import { committedObjects } from './rollout/parts';
import { folderInRepository, repositoryOf } from './rollout/repository';
import { secretCommands, secretFiles } from './rollout/secret-files';
import {
  foreignFields,
  isMadeAnew,
  PACHW_REPLICAS,
  stageOf,
  STAGES,
  type ForeignField,
} from './rollout/stages';
import { withoutSlash } from '../forms/without-slash';

const API_VERSION = 'argoproj.io/v1alpha1';

/** Orders what Argo CD applies: what has a higher number comes after everything with a lower one is healthy. */
const WAVE = 'argocd.argoproj.io/sync-wave';

/** Argo CD deletes the object and makes it again, at each sync. */
const MAKE_ANEW = { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' };

/**
 * `argocd/`: an Application for the cluster, the objects that it rolls out, in waves, and an ApplicationSet that makes such an
 * Application for every cluster of the repository.
 */
export const argocd: Output = {
  emit: (cluster, objects) => {
    const repository = repositoryOf(cluster);
    const own = parametersOf(cluster, repository);
    return [
      yamlFile('application', application(repository, own, foreignFields(cluster))),
      ...(repository.isArtifact
        ? []
        : [yamlFile('application-set', applicationSet(repository)), yamlFile('cluster', { cluster: own })]),
      ...byFile(committedObjects(objects)).map(([file, inFile]) => ({
        path: `argocd/objects/${file}.yaml`,
        content: yamlOf(inFile.map(inWave)),
        isSecret: false,
      })),
      ...secretFiles(cluster, objects, 'argocd'),
    ];
  },
  commands: ({ cluster, directory }) => [
    ...secretCommands(cluster, `${directory}/argocd`),
    `# commit ${shellWord(directory)} and push; in the cluster that Argo CD is in:`,
    `kubectl apply -f ${shellWord(`${directory}/argocd/application.yaml`)}`,
  ],
};

/** What differs between the Applications of two clusters. Of server and destination one is empty. */
interface Parameters {
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
  readonly server: string;
  readonly destination: string;
}

function parametersOf(cluster: Cluster, { argocd: { destination } }: GitOps): Parameters {
  return {
    name: cluster.name,
    namespace: cluster.namespace,
    path: folderInRepository(cluster, 'argocd/objects'),
    server: 'server' in destination ? destination.server : '',
    destination: 'name' in destination ? destination.name : '',
  };
}

function application(repository: GitOps, own: Parameters, foreign: readonly ForeignField[]): object {
  return {
    apiVersion: API_VERSION,
    kind: 'Application',
    metadata: { name: own.name, namespace: repository.argocd.namespace },
    spec: specOf(repository, own, foreign),
  };
}

/** An Application for each cluster of the repository, whatever document it comes from: Argo CD reads their parameters from Git. */
function applicationSet(repository: GitOps): object {
  const { url, path, argocd: engine } = repository;
  const folders = path === '' ? '*' : `${path}/*`;
  const parameter = (name: keyof Parameters): string => `{{ .cluster.${name} }}`;
  const own: Parameters = {
    name: parameter('name'),
    namespace: parameter('namespace'),
    path: parameter('path'),
    server: parameter('server'),
    destination: parameter('destination'),
  };
  return {
    apiVersion: API_VERSION,
    kind: 'ApplicationSet',
    metadata: { name: applicationSetName(repository), namespace: engine.namespace },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          git: {
            repoURL: url,
            revision: revisionOf(repository),
            files: [{ path: `${folders}/argocd/cluster.yaml` }],
          },
        },
      ],
      // Clusters that have no such field are none the worse for it.
      template: { metadata: { name: own.name }, spec: specOf(repository, own, PACHW_REPLICAS) },
    },
  };
}

/** What a name of an object may have of a repository's, beside the prefix and the digest. */
const MOST_OF_REPOSITORY = 40;

/**
 * Documents that are rolled out of the same folder and branch have one ApplicationSet, and all others have another name, so that none
 * takes the place of another in the namespace of Argo CD. A tag is not in it: it moves on with the same clusters.
 */
function applicationSetName({ url, path, ref }: GitOps): string {
  const from = [url, path, ...('branch' in ref ? [ref.branch] : [])];
  const digest = createHash('sha256').update(JSON.stringify(from)).digest('hex').slice(0, 8);
  const repository = withoutSlash(url)
    .replace(/\.git$/, '')
    .replace(/^.*\//, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_OF_REPOSITORY)
    .replaceAll(/^-|-$/g, '');
  return ['pachyderm', repository, digest].filter(Boolean).join('-');
}

function specOf(repository: GitOps, own: Parameters, foreign: readonly ForeignField[]): object {
  return {
    project: repository.argocd.project,
    source: { repoURL: repository.url, targetRevision: revisionOf(repository), path: own.path },
    destination: {
      ...(own.server === '' ? {} : { server: own.server }),
      ...(own.destination === '' ? {} : { name: own.destination }),
      namespace: own.namespace,
    },
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: [
        'CreateNamespace=true',
        'ServerSideApply=true',
        ...(foreign.length > 0 ? ['RespectIgnoreDifferences=true'] : []),
      ],
    },
    ...(foreign.length > 0
      ? {
          ignoreDifferences: foreign.map(({ kind, name, path }) => ({
            group: 'apps',
            kind,
            name,
            jsonPointers: [path],
          })),
        }
      : {}),
  };
}

function revisionOf({ ref }: GitOps): string {
  return 'tag' in ref ? ref.tag : ref.branch;
}

/** An object with its wave; those of the first one need no annotation. */
function inWave(object: ClusterObject): ClusterObject {
  const wave = STAGES.indexOf(stageOf(object));
  return annotated(object, {
    ...(wave === 0 ? {} : { [WAVE]: String(wave) }),
    ...(isMadeAnew(object) ? MAKE_ANEW : {}),
  });
}

function yamlFile(name: string, content: object): OutputFile {
  return { path: `argocd/${name}.yaml`, content: toYaml(content), isSecret: false };
}
