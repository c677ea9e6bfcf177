import { formatPath, type PathStep } from '../../document/source-node';
import { IDENTITY_ANNOTATIONS, wrongIdentity } from '../../model/cloud-identity';
import type { Cluster, ServiceAccount } from '../../model/cluster';
import type { Finding, Rule } from '../rule';
import { storageCredentials } from './storage-credentials';

const PACHD: readonly PathStep[] = ['pachd', 'serviceAccount'];
const WORKER: readonly PathStep[] = ['pachd', 'worker', 'serviceAccount'];

export const oneSidedIdentity: Rule = {
  code: 'STO015',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Service account without the cloud role that opens the bucket',
  reason:
    "Without credentials the bucket is opened with the role or identity that a service account stands for. pachd and pachw run as one account, the pods of pipelines as another. With the annotation on one of them, either pachd cannot open the bucket or every pipeline fails (`AccessDenied`, `storage: bucket doesn't exist or no permission`). So it is with the annotation of another cloud than the bucket's, and with a value that the cloud cannot read, such as the name of a role in place of its ARN.",
  remedy:
    'Annotate both pachd.serviceAccount and pachd.worker.serviceAccount for the cloud that the bucket is in, with the same role or with one of its own, and let the role trust both accounts. Where it is meant that they have the role of another cloud, give credentials of the bucket.',
  *check(context) {
    const { cluster } = context;
    const annotation = IDENTITY_ANNOTATIONS[cluster.storage.backend.kind];
    if (annotation === undefined || storageCredentials(context).length > 0) return;
    const both = sides(cluster);
    const found = both.flatMap((side) => [...unusable(side, annotation)]);
    yield* found;
    if (found.length > 0) return;
    const [has, other] = oneSided(both, annotation);
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

/** The accounts of pachd and of pipelines. */
function sides({ pachd }: Cluster): Side[] {
  return [
    { path: PACHD, account: pachd.serviceAccount, who: 'pachd runs' },
    { path: WORKER, account: pachd.worker.serviceAccount, who: 'The pods of pipelines run' },
  ];
}

/** The account that stands for a role, and the one that does not; accounts that are not written are not known. */
function oneSided(both: readonly Side[], annotation: string): [Side | undefined, Side | undefined] {
  if (new Set(both.map(({ account }) => account.name)).size === 1) return [undefined, undefined];
  const hasRole = ({ account }: Side): boolean => Object.hasOwn(account.annotations, annotation);
  return [both.find(hasRole), both.find((side) => !hasRole(side) && side.account.create)];
}

/** An annotation that no cloud can read, or that is of another cloud only. */
function* unusable({ path, account, who }: Side, annotation: string): Iterable<Finding> {
  const value = account.annotations[annotation];
  if (value !== undefined) {
    const wanted = wrongIdentity(annotation, value);
    if (wanted)
      yield {
        path: [...path, 'annotations', annotation],
        message: `${who} as ${account.name}, whose ${annotation} is not ${wanted.what}, and cannot open the bucket`,
        hint: `write it as in ${wanted.example}`,
      };
    return;
  }
  const foreign = Object.values(IDENTITY_ANNOTATIONS).find(
    (other) => other !== undefined && Object.hasOwn(account.annotations, other),
  );
  if (foreign === undefined) return;
  yield {
    path: [...path, 'annotations', foreign],
    onKey: true,
    message: `${who} as ${account.name}, which has ${foreign}, of another cloud than the bucket is in, and cannot open it`,
    hint: `annotate it with ${annotation}, or give credentials of the bucket`,
  };
}
