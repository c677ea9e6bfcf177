import { minorOf } from '../../connectors/target';
import { DEFAULT_DEX_VERSION } from '../../model/dex-server';
import type { Rule } from '../rule';

/** The first release whose image was also built without a distribution. */
const DISTROLESS_SINCE_MINOR = 32;

export const unpublishedVariant: Rule = {
  code: 'DEX321',
  severity: 'error',
  reads: ['cluster'],
  title: 'Image that was never published',
  reason:
    'Dex is built without a distribution from release 2.32 on. Before, there is no image of that name, and pods wait for it in ImagePullBackOff.',
  remedy:
    'Leave dex.image.variant out, or take dex.version 2.32.0 or later. For a build of your own, name its dex.image.repository.',
  *check({ document, cluster }) {
    const { image, version = DEFAULT_DEX_VERSION } = document.dex ?? {};
    if (!cluster.dex || image?.variant !== 'distroless' || image.repository !== undefined) return;
    if (minorOf(cluster.dex.target) >= DISTROLESS_SINCE_MINOR) return;
    yield {
      path: ['dex', 'image', 'variant'],
      message: `There is no image v${version}-distroless, and pods stay in ImagePullBackOff`,
      hint: 'remove the line, or set dex.version to 2.32.0 or later',
    };
  },
};
