import type { PathStep } from '../../document/source-node';
import { AZURE_IDENTITY_LABEL, IDENTITY_ANNOTATIONS } from '../../model/cloud-identity';
import type { Cluster, ServiceAccount } from '../../model/cluster';
import type { Finding, Rule, RuleContext } from '../rule';

export const azureIdentityLabel: Rule = {
  code: 'STO016',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Pod without an identity of Azure',
  reason:
    'The webhook of Azure workload identity gives the token of a service account to pods with the label azure.workload.identity/use: "true" and to no others. Without it pachd finds no credentials (`DefaultAzureCredential: failed to acquire a token`). pachkit sets the label where it sees the annotation azure.workload.identity/client-id, unless the document does. With neither a key nor such an identity the identity of the nodes is what is left.',
  remedy:
    'Give storage.azure.key, or annotate both service accounts; remove the label, or write azure.workload.identity/use: "true", or "false" where the nodes open the container. The pods of pipelines have the labels of their pipelines: put the same label into metadata.labels of each pipeline specification.',
  *check({ document, cluster }) {
    const { backend } = cluster.storage;
    if (backend.kind !== 'azure' || backend.key || !cluster.release.usesStorageUrl) return;
    if (!standsForIdentity(cluster.pachd.serviceAccount)) {
      yield* withoutIdentity(document, cluster);
      return;
    }
    for (const pod of ['pachd', 'pachw'] as const) {
      const label = writtenLabel(document, pod);
      if (label === undefined || label === 'true') continue;
      yield {
        path: [pod, ...LABEL],
        message: `${pod} gets no token for the identity of its service account: only the label ${AZURE_IDENTITY_LABEL}: 'true' asks for one`,
        hint: 'remove the line, and the label is set',
        hintInValues: `write ${AZURE_IDENTITY_LABEL}: "true"`,
      };
    }
  },
};

const LABEL: readonly PathStep[] = ['placement', 'labels', AZURE_IDENTITY_LABEL];

function writtenLabel(document: RuleContext['document'], pod: 'pachd' | 'pachw'): string | undefined {
  return document[pod]?.placement?.labels?.[AZURE_IDENTITY_LABEL];
}

function standsForIdentity({ annotations }: ServiceAccount): boolean {
  return Object.hasOwn(annotations, IDENTITY_ANNOTATIONS.azure ?? '');
}

/** A pachd with neither a key nor an identity of its own; a label that is written says that it is meant so. */
function* withoutIdentity(
  document: RuleContext['document'],
  { pachd: { serviceAccount: account, worker, environment } }: Cluster,
): Iterable<Finding> {
  if (writtenLabel(document, 'pachd') !== undefined || Object.hasOwn(environment, 'AZURE_CLIENT_ID')) return;
  // STO015 says that only pipelines have one.
  if (account.create && standsForIdentity(worker.serviceAccount)) return;
  yield {
    path: ['storage', 'azure'],
    onKey: true,
    hintInValues: `set \`pachd.storage.microsoft.secret\`; or annotate both service accounts with ${IDENTITY_ANNOTATIONS.azure}, and set the label ${AZURE_IDENTITY_LABEL}: "true" in \`pachd.podLabels\`. Where the nodes may open the container, set it to "false" there`,
    ...(account.create
      ? {
          message: `There is no key, and ${account.name} has no identity: pachd and pipelines can open the container only if the identity of the nodes may`,
          hint: `add key: { env: NAME }; or the annotation ${IDENTITY_ANNOTATIONS.azure} to pachd.serviceAccount and pachd.worker.serviceAccount. Where the nodes may, write the label ${AZURE_IDENTITY_LABEL}: 'false' into pachd.placement.labels`,
        }
      : {
          message: `There is no key, and pachd gets no token for the identity of ${account.name}, which exists already: the label ${AZURE_IDENTITY_LABEL}: 'true' asks for one, and is set by itself only where the annotation is written here`,
          hint: `add the label ${AZURE_IDENTITY_LABEL}: 'true' to pachd.placement.labels, or the annotation ${IDENTITY_ANNOTATIONS.azure} to pachd.serviceAccount`,
        }),
  };
}
