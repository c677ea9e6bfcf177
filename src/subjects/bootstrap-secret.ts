import type { SourceNode } from '../document/source-node';
import { parseGoDuration } from '../model/go-duration';
import type { ReleaseTraits } from '../releases/release-traits';
import type { ClientFacts, ComparedIssuer, IssuerFacts, LifetimeFacts, Placed, RoleFacts } from './facts';
import { roleBindingsAt } from './role-bindings';
import { stringAt } from './scalars';
import { writtenClients } from './written-clients';

/** One string that bootstraps pachd: the value of a key of a Secret or ConfigMap, which pachd or the config Job of 2.2 reads. */
export interface BootstrapSecretSubject extends IssuerFacts, RoleFacts, LifetimeFacts, ClientFacts {
  readonly kind: 'bootstrap-secret';
  readonly root: SourceNode;
}

/** What such a string says. */
export type BootstrapFile = 'authConfig' | 'identityConfig' | 'roleBindings' | 'clients' | 'trustedPeers';

/** @param comparedWith the issuer of the other text that has one */
export function bootstrapSecretSubject(
  root: SourceNode,
  holds: BootstrapFile,
  release: ReleaseTraits,
  comparedWith?: ComparedIssuer,
): BootstrapSecretSubject {
  const url = holds === 'authConfig' || holds === 'identityConfig' ? issuerOfFile(root) : undefined;
  return {
    kind: 'bootstrap-secret',
    root,
    release,
    // Two strings have it, and the chart's values.
    issuer:
      url === undefined
        ? undefined
        : { url, path: ['issuer'], isAlone: false, ...(comparedWith ? { comparedWith } : {}) },
    roleBindings: holds === 'roleBindings' ? roleBindingsAt(root, []) : [],
    lifetimes:
      holds === 'identityConfig'
        ? {
            idTokenExpiry: lifetime(root, 'id_token_expiry'),
            rotationTokenExpiry: lifetime(root, 'rotation_token_expiry'),
          }
        : {},
    clients: holds === 'clients' ? writtenClients(root, []) : [],
    // Other strings have clients too.
    knowsAllClients: false,
  };
}

export function issuerOfFile(root: SourceNode): string | undefined {
  return stringAt(root, ['issuer']);
}

/** A lifetime of the right form; of another one its form is said to be wrong. */
function lifetime(root: SourceNode, key: string): Placed<string> | undefined {
  const value = stringAt(root, [key]);
  return value === undefined || 'error' in parseGoDuration(value) ? undefined : { value, path: [key] };
}
