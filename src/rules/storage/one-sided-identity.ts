import { formatPath, type PathStep } from '../../document/source-node';
import { IDENTITY_ANNOTATIONS } from '../../model/cloud-identity';
import type { Cluster, ServiceAccount } from '../../model/cluster';
import type { Rule } from '../rule';
import { storageCredentials } from './storage-credentials';

const PACHD: readonly PathStep[] = ['pachd', 'serviceAccount'];
const WORKER: readonly PathStep[] = ['pachd', 'worker', 'serviceAccount'];

export const oneSidedIdentity: Rule = {
  code: 'STO015',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Cloud role of only one of the two service accounts',
  reason:
    "Without credentials the bucket is opened with the role or identity that a service account stands for. pachd and pachw run as one account, the pods of pipelines as another. With the annotation on one of them, either pachd cannot open the bucket or every pipeline fails (`AccessDenied`, `storage: bucket doesn't exist or no permission`).",
  remedy:
    'Annotate both pachd.serviceAccount and pachd.worker.serviceAccount, with the same role or with one of its own, and let the role trust both accounts.',
  *check(context) {
    const { cluster } = context;
    const annotation = IDENTITY_ANNOTATIONS[cluster.storage.backend.kind];
    if (annotation === undefined || storageCredentials(context).length > 0) return;
    const [has, other] = sides(cluster, annotation);
    if (!has || !other) return;
    yield {
      path: [...has.path, 'annotations', annotation],
      onKey: true,
      message: `${other.who} as ${other.account.name}, which has no ${annotation}, and cannot open the bucket`,
      hint: `annotate ${formatPath(other.path)} too, and let the role trust both accounts`,
    };
  },
};

interface Side {
  readonly path: readonly PathStep[];
  readonly account: ServiceAccount;
  readonly who: string;
}

/** The account that stands for a role, and the one that does not; accounts that are not written are not known. */
function sides({ pachd }: Cluster, annotation: string): [Side | undefined, Side | undefined] {
  const both: Side[] = [
    { path: PACHD, account: pachd.serviceAccount, who: 'pachd runs' },
    { path: WORKER, account: pachd.worker.serviceAccount, who: 'The pods of pipelines run' },
  ];
  if (pachd.serviceAccount.name === pachd.worker.serviceAccount.name) return [undefined, undefined];
  const hasRole = ({ account }: Side): boolean => Object.hasOwn(account.annotations, annotation);
  return [both.find(hasRole), both.find((side) => !hasRole(side) && side.account.create)];
}
