import type { SourceNode } from '../document/source-node';
import { newestReleaseWith, releaseTraits } from '../releases/release-traits';
import type { IssuerFacts, RoleFacts } from './facts';
import { roleBindingsAt } from './role-bindings';
import { stringAt } from './scalars';

/** One file of the config Job of Pachyderm 2.2, which is the text of a key of the bootstrap Secret. */
export interface BootstrapSecretSubject extends IssuerFacts, RoleFacts {
  readonly kind: 'bootstrap-secret';
  readonly root: SourceNode;
}

/** What the files of the Job say that rules ask about. */
export type BootstrapFile = 'issuer' | 'roleBindings';

export function bootstrapSecretSubject(root: SourceNode, holds: BootstrapFile): BootstrapSecretSubject {
  const url = holds === 'issuer' ? stringAt(root, ['issuer']) : undefined;
  return {
    kind: 'bootstrap-secret',
    root,
    release: releaseTraits(newestReleaseWith('hasBootstrapJob')),
    // Two files of the Job have it, and the chart's values.
    issuer: url === undefined ? undefined : { url, path: ['issuer'], isAlone: false },
    roleBindings: holds === 'roleBindings' ? roleBindingsAt(root, []) : [],
  };
}
