import type { PodLook } from '../cluster/live';
import type { Cluster } from '../model/cluster';
import { failed, ok, skipped, type Sighting } from './hop';

/** What came of looking for a way to see the network as Pods do. */
export function podsSeen(look: PodLook, { namespace, dex }: Pick<Cluster, 'namespace' | 'dex'>): Sighting {
  if ('diagnostics' in look) return skipped('the cluster cannot be asked, see below');
  if ('problem' in look)
    return failed(look.problem, {
      code: 'HOP040',
      effect: `What ${dex ? 'Dex' : 'pachd'} reaches from the namespace ${namespace} cannot be looked at: ${look.problem}`,
      hint: 'name an image that the nodes can pull, with a shell and nc, with --image IMAGE; without --in-cluster all is looked at from here',
      path: [],
    });
  const whose = look.isOwn ? 'which is made for this and deleted' : `that of ${dex ? 'Dex' : 'pachd'}`;
  return ok(`what ${dex ? 'Dex' : 'pachd'} asks is asked through ${look.name}, ${whose}`);
}
