import type { Document } from '../../src/document/document';
import { outputsNamed } from '../../src/outputs/registry';
import { sharedBases } from '../../src/plan/shared-bases';
import { clusterOf } from '../support/cluster-of';

const described = (
  name: string,
  bases?: string | readonly string[],
  directory = '/clusters',
): Parameters<typeof sharedBases>[0][number] => ({
  cluster: clusterOf({ name }),
  document: {
    value: { ...(bases === undefined ? {} : { extends: bases }) },
    directory,
  } as unknown as Document,
});

async function namesOf(
  clusters: Parameters<typeof sharedBases>[0],
  outputs = outputsNamed('kustomize'),
): Promise<readonly string[]> {
  const { folders, baseOf } = await sharedBases(clusters, outputs);
  expect(new Set([...baseOf.values()].map(({ folder }) => folder))).toEqual(
    new Set(folders.map(({ name }) => name)),
  );
  return folders.map(({ name, document }) => `${name} ${document}`);
}

describe('a base is shared', () => {
  it('by documents of a run that extend it first, in whatever way they name it', async () => {
    const clusters = [
      described('b', '../common.yaml', '/clusters/eu'),
      described('a', ['./common.yaml', './x.yaml']),
      described('c', './x.yaml'),
    ];
    expect(await namesOf(clusters)).toEqual(['common.base /clusters/common.yaml']);
  });

  it('as the cluster has it whose name comes first', async () => {
    const clusters = [described('b', './common.yaml'), described('a', './common.yaml')];
    const { baseOf } = await sharedBases(clusters, outputsNamed('kustomize'));
    const { clusterObjects } = await import('../../src/outputs/objects');
    const first = clusters[1];
    expect(first && baseOf.get(first.cluster)?.objects).toEqual(first && clusterObjects(first.cluster));
  });

  it('in a folder whose name has no character that means something elsewhere', async () => {
    const clusters = [described('a', './x?ref=1.yaml'), described('b', './x?ref=1.yaml')];
    expect(await namesOf(clusters)).toEqual(['x-ref-1.base /clusters/x?ref=1.yaml']);
  });
});

describe('nothing is shared', () => {
  it.each([
    ['by one document alone', [described('a', './common.yaml')]],
    ['without a base', [described('a'), described('b')]],
    [
      'where two bases would have one folder',
      ['/one', '/two'].flatMap((folder) =>
        ['a', 'b'].map((name) => described(`${name}${folder.length}`, './common.yaml', folder)),
      ),
    ],
  ])('%s', async (_, clusters) => {
    expect(await namesOf(clusters)).toEqual([]);
  });

  it('in outputs that cannot', async () => {
    const clusters = [described('a', './common.yaml'), described('b', './common.yaml')];
    expect(await namesOf(clusters, outputsNamed('manifests'))).toEqual([]);
  });
});
