import type { PathStep } from '../../document/source-node';
import { AZURE_IDENTITY_LABEL, IDENTITY_ANNOTATIONS } from '../../model/cloud-identity';
import type { Rule } from '../rule';

export const azureIdentityLabel: Rule = {
  code: 'STO016',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Pod without the identity of its service account',
  reason:
    'The webhook of Azure workload identity gives the token of a service account to pods with the label azure.workload.identity/use: "true" and to no others. Without it pachd finds no credentials (`DefaultAzureCredential: failed to acquire a token`). pachkit sets the label unless the document does.',
  remedy:
    'Remove the label, or write azure.workload.identity/use: "true". The pods of pipelines have the labels of their pipelines: put the same label into metadata.labels of each pipeline specification.',
  *check({ document, cluster }) {
    const { backend } = cluster.storage;
    if (backend.kind !== 'azure' || backend.key) return;
    if (!Object.hasOwn(cluster.pachd.serviceAccount.annotations, IDENTITY_ANNOTATIONS.azure ?? '')) return;
    const pods: [string, Readonly<Record<string, string>> | undefined][] = [
      ['pachd', document.pachd?.placement?.labels],
      ['pachw', document.pachw?.placement?.labels],
    ];
    for (const [pod, labels = {}] of pods) {
      if (labels[AZURE_IDENTITY_LABEL] === undefined || labels[AZURE_IDENTITY_LABEL] === 'true') continue;
      const path: PathStep[] = [pod, 'placement', 'labels', AZURE_IDENTITY_LABEL];
      yield {
        path,
        message: `${pod} gets no token for the identity of its service account: only the label ${AZURE_IDENTITY_LABEL}: 'true' asks for one`,
        hint: 'remove the line, and the label is set',
      };
    }
  },
};
