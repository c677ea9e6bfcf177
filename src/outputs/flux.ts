import { toYaml } from '../constructs/support/yaml';
import { shellWord } from '../diagnostics/shell-word';
import type { Cluster } from '../model/cluster';
import type { GitOps } from '../model/gitops';
import type { ClusterObject } from './objects';
import type { Output, OutputFile } from './output';
import { annotated } from './rollout/annotated';
import { kustomization, objectsFile } from './rollout/files';
import { committedObjects, partsOf } from './rollout/parts';
import { folderInRepository, repositoryOf } from './rollout/repository';
import { secretCommands, secretFiles } from './rollout/secret-files';
import { SOPS_FOLDER } from './secret-forms/sops-files';
import { foreignFields, isMadeAnew, stageOf, STAGES, type Stage } from './rollout/stages';

/** How long Flux waits for what a stage starts: images are pulled, databases are set up. */
const TIMEOUT = '10m';

/** Kinds whose health says that what comes after them can start. */
const HEALTH: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'Job', 'ExternalSecret']);

/** Flux deletes the object and makes it again where a change is refused. */
const MAKE_ANEW = { 'kustomize.toolkit.fluxcd.io/force': 'enabled' };

/**
 * `flux/`: the source, and a Kustomization of Flux for each stage, which waits for the one before it. Secrets that sops encrypts
 * are the first stage, which Flux decrypts.
 */
export const flux: Output = {
  emit: (cluster, objects) => {
    const stages = STAGES.map((stage) => ({
      stage,
      objects: committedObjects(objects).filter((object) => stageOf(object) === stage),
    })).filter((each) => each.objects.length > 0);
    const secrets = secretFiles(cluster, objects, 'flux');
    const decrypted = cluster.secretForm.kind === 'sops' && secrets.length > 0;
    const kustomizations = [
      ...(decrypted ? [decryptingStage(cluster)] : []),
      ...stages.map((each, index) =>
        rolloutStage(cluster, each, stages[index - 1]?.stage ?? (decrypted ? SOPS_FOLDER : undefined)),
      ),
    ];
    return [
      { path: 'flux/source.yaml', content: toYaml(sourceOf(cluster)), isSecret: false },
      {
        path: 'flux/kustomizations.yaml',
        content: kustomizations.map((each) => toYaml(each)).join('---\n'),
        isSecret: false,
      },
      ...stages.flatMap((each) => stageFiles(each)),
      ...secrets,
    ];
  },
  commands: ({ cluster, directory }) => [
    ...(cluster.secretForm.kind === 'sops' ? [] : secretCommands(cluster, `${directory}/flux`)),
    `# commit ${shellWord(directory)} and push`,
    `kubectl apply -f ${shellWord(`${directory}/flux`)}`,
  ],
};

interface StageObjects {
  readonly stage: Stage;
  readonly objects: readonly ClusterObject[];
}

function stageFiles({ stage, objects }: StageObjects): OutputFile[] {
  const folder = `flux/${stage}`;
  const parts = partsOf(objects);
  return [
    kustomization(folder, { kind: 'Kustomization', resources: parts.map(({ name }) => `${name}.yaml`) }),
    ...parts.map((part) => objectsFile(folder, part.name, part.objects.map(forFlux))),
  ];
}

function forFlux(object: ClusterObject): ClusterObject {
  return annotated(object, isMadeAnew(object) ? MAKE_ANEW : {});
}

function sourceOf(cluster: Cluster): object {
  const { url, ref, isArtifact, flux: engine } = repositoryOf(cluster);
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: isArtifact ? 'OCIRepository' : 'GitRepository',
    metadata: { name: cluster.name, namespace: engine.namespace },
    spec: {
      interval: engine.interval,
      url,
      ref,
      ...(engine.secretName === undefined ? {} : { secretRef: { name: engine.secretName } }),
    },
  };
}

function rolloutStage(
  cluster: Cluster,
  { stage, objects }: StageObjects,
  before: string | undefined,
): object {
  const healthChecks = objects
    .filter(({ manifest }) => HEALTH.has(manifest.kind))
    .map(({ manifest: { apiVersion, kind, metadata } }) => ({
      apiVersion,
      kind,
      name: metadata.name,
      namespace: cluster.namespace,
    }));
  const ignore = foreignFields(cluster)
    .filter(({ kind, name }) =>
      objects.some(({ manifest }) => manifest.kind === kind && manifest.metadata.name === name),
    )
    .map(({ kind, name, path }) => ({ paths: [path], target: { kind, name } }));
  return stageOfFlux(cluster, stage, {
    ...(before === undefined ? {} : { dependsOn: [{ name: `${cluster.name}-${before}` }] }),
    ...(healthChecks.length > 0 ? { healthChecks } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
  });
}

function decryptingStage(cluster: Cluster): object {
  const { decryptionSecret } = engineOf(cluster);
  return stageOfFlux(cluster, SOPS_FOLDER, {
    decryption: {
      provider: 'sops',
      ...(decryptionSecret === undefined ? {} : { secretRef: { name: decryptionSecret } }),
    },
  });
}

function stageOfFlux(cluster: Cluster, stage: string, fields: object): object {
  const { namespace, interval } = engineOf(cluster);
  const { isArtifact } = repositoryOf(cluster);
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: `${cluster.name}-${stage}`, namespace },
    spec: {
      interval,
      timeout: TIMEOUT,
      path: `./${folderInRepository(cluster, `flux/${stage}`)}`,
      prune: true,
      sourceRef: { kind: isArtifact ? 'OCIRepository' : 'GitRepository', name: cluster.name },
      ...fields,
    },
  };
}

function engineOf(cluster: Cluster): GitOps['flux'] {
  return repositoryOf(cluster).flux;
}
