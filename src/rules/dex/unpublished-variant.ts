import { DEFAULT_DEX_VERSION } from '../../releases/dex';
import { dexTraits } from '../../releases/dex-traits';
import type { Rule } from '../rule';

export const unpublishedVariant: Rule = {
  code: 'DEX321',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Image that was never published',
  reason:
    'Dex is built without a distribution from release 2.32 on. Before, there is no image of that name, and pods wait for it in ImagePullBackOff.',
  remedy:
    'Leave dex.image.variant out, or take dex.version 2.32.0 or later. For a build of your own, name its dex.image.repository.',
  *check({ document, cluster }) {
    const { image, version = DEFAULT_DEX_VERSION } = document.dex ?? {};
    if (!cluster.dex || image?.variant !== 'distroless' || image.repository !== undefined) return;
    if (dexTraits(cluster.dex.target).hasDistrolessImage) return;
    yield {
      path: ['dex', 'image', 'variant'],
      message: `There is no image v${version}-distroless, and pods stay in ImagePullBackOff`,
      hint: 'remove the line, or set dex.version to 2.32.0 or later',
    };
  },
};
