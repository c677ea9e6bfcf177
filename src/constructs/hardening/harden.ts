import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Cluster } from '../../model/cluster';
import { k8s } from '../support/kubernetes';
import { networkPolicySpec } from './network-policy';
import { hardenedPod, type WrittenPod } from './pod';
import { factsOfWorkload } from './workloads';

/** The sections that decide whether and how objects are hardened; every part of the chart is made from them too. */
export const HARDENING_SECTIONS = ['namespace', 'hardening', 'securityContexts'] as const;

/** What they hold. */
export type HardeningProps = Pick<Cluster, (typeof HARDENING_SECTIONS)[number]>;

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: { readonly spec: WrittenPod };
  };
}

/** Hardens every pod below a construct, and gives it a NetworkPolicy where it has none. Nothing unless the document wants it. */
export function harden(part: Construct, cluster: HardeningProps): void {
  if (cluster.hardening !== 'strict') return;
  const objects = part.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  const hasPolicy = objects.some(({ kind }) => kind === 'NetworkPolicy');
  for (const object of objects) {
    const workload = object.toJson() as Workload;
    const pod = workload.spec?.template?.spec;
    if (pod === undefined) continue;
    const { name } = workload.metadata;
    const facts = factsOfWorkload(name);
    object.addJsonPatch(
      JsonPatch.replace('/spec/template/spec', hardenedPod(pod, facts, cluster.securityContexts)),
    );
    if (hasPolicy) continue;
    new k8s.KubeNetworkPolicy(object, 'network-policy', {
      metadata: { name, namespace: cluster.namespace },
      spec: networkPolicySpec(labelsOf(workload), pod, facts),
    });
  }
}

/** Labels by which the pods of a workload are told; Kubernetes gives those of a Job its name. */
function labelsOf({ metadata, spec }: Workload): Readonly<Record<string, string>> {
  return spec.selector?.matchLabels ?? { 'job-name': metadata.name };
}
