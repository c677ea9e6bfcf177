import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { nodeAt, placeAt, type PathStep } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { clusterObjects, type Manifest } from './objects';
import { podSecurityViolations } from './pod-security';

/** Workloads of whose pods the namespace admits none, at the line that they are so because of. */
export function checkPodSecurity(document: Document, cluster: Cluster): Diagnostic[] {
  const { podSecurity: level } = cluster;
  if (level === undefined) return [];
  return clusterObjects(cluster).flatMap(({ manifest }) => {
    const pod = (manifest as Partial<Workload>).spec?.template?.spec;
    const violations = pod === undefined ? [] : podSecurityViolations(pod, level);
    if (violations.length === 0) return [];
    const { path, hint } = causeOf(manifest, violations, document, cluster);
    return [
      {
        code: 'POD001',
        severity: 'error',
        message: `No pod of ${manifest.kind} ${manifest.metadata.name} starts in a namespace that enforces ${level}: \`violates PodSecurity: ${violations.join(', ')}\``,
        ...placeAt(document.root, path),
        hint,
      },
    ];
  });
}

interface Workload {
  readonly spec: { readonly template?: { readonly spec: object } };
}

interface Cause {
  readonly path: readonly PathStep[];
  readonly hint: string;
}

const OF_STORAGE = new Set(['hostPath volumes', 'restricted volume types', 'runAsUser=0']);

/** What of the document a workload is refused for. */
function causeOf(
  { kind, metadata }: Manifest,
  violations: readonly string[],
  document: Document,
  { storage, securityContexts, hardening, overrides }: Cluster,
): Cause {
  const override = overrides.findIndex((each) => each.kind === kind && each.name === metadata.name);
  const level: readonly PathStep[] = ['security', 'podSecurity'];
  if (storage.backend.kind === 'local' && violations.some((violation) => OF_STORAGE.has(violation))) {
    const path = ['storage', 'local'];
    return {
      path: nodeAt(document.root, path) ? path : level,
      hint: 'keep data in a bucket: local storage is a directory of the node, written by root',
    };
  }
  if (!securityContexts)
    return {
      path: ['securityContexts'],
      hint: 'remove the line, unless the platform gives pods security contexts before it admits them',
    };
  if (override >= 0)
    return { path: ['overrides', override], hint: 'look at what the patch does to security contexts' };
  if (hardening === 'chart')
    return {
      path: level,
      hint: 'write security.hardening: strict, which adds what the official chart leaves out',
    };
  return {
    path: level,
    hint: 'add what is missing with overrides, or let the namespace enforce less; pods of 2.2 do not say their user',
  };
}
