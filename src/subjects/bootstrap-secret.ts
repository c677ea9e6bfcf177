import type { SourceNode } from '../document/source-node';
import { newestReleaseWith, releaseTraits } from '../releases/release-traits';
import type { ComparedIssuer, IssuerFacts, RoleFacts } from './facts';
import { roleBindingsAt } from './role-bindings';
import { stringAt } from './scalars';

/** One file of the config Job of Pachyderm 2.2, which is the text of a key of the bootstrap Secret. */
export interface BootstrapSecretSubject extends IssuerFacts, RoleFacts {
  readonly kind: 'bootstrap-secret';
  readonly root: SourceNode;
}

/** What the files of the Job say that rules ask about. */
export type BootstrapFile = 'issuer' | 'roleBindings';

/** @param comparedWith the issuer of the other file that has one */
export function bootstrapSecretSubject(
  root: SourceNode,
  holds: BootstrapFile,
  comparedWith?: ComparedIssuer,
): BootstrapSecretSubject {
  const url = holds === 'issuer' ? issuerOfFile(root) : undefined;
  return {
    kind: 'bootstrap-secret',
    root,
    release: releaseTraits(newestReleaseWith('hasBootstrapJob')),
    // Two files of the Job have it, and the chart's values.
    issuer:
      url === undefined
        ? undefined
        : { url, path: ['issuer'], isAlone: false, ...(comparedWith ? { comparedWith } : {}) },
    roleBindings: holds === 'roleBindings' ? roleBindingsAt(root, []) : [],
  };
}

export function issuerOfFile(root: SourceNode): string | undefined {
  return stringAt(root, ['issuer']);
}
