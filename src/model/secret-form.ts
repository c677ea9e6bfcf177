import type { SopsRecipients, WrappedKeys } from '../encryption/sops-keys';
import type { LiteralSecret, SecretReference } from './secret';

/** How a sealed value is bound: to name and namespace, to the namespace, or to nothing. */
export type SealingScope = 'strict' | 'namespace-wide' | 'cluster-wide';

/** The form in which the Secrets of a cluster are written. */
export type SecretForm =
  | { readonly kind: 'manifests' | 'none' }
  | {
      readonly kind: 'sops';
      readonly recipients: SopsRecipients;
      /** What master keys made of the key of the files, once it was read. */
      readonly wrapped?: WrappedKeys;
      readonly encryptionKey: SecretReference;
    }
  | {
      readonly kind: 'sealedSecret';
      /** PEM; missing in a document that is incomplete. */
      readonly certificate?: LiteralSecret;
      readonly scope: SealingScope;
      readonly encryptionKey: SecretReference;
    }
  | {
      readonly kind: 'externalSecret';
      readonly store: { readonly name: string; readonly kind: 'SecretStore' | 'ClusterSecretStore' };
      /** What stands before the name of a Secret in that of its entry in the store. */
      readonly prefix: string;
      readonly refreshInterval: string;
    };

/** Whether secrets themselves are in what is written; with the other forms they need not be known at synthesis. */
export function hasSecretTexts(kind: SecretForm['kind']): boolean {
  return kind !== 'none' && kind !== 'externalSecret';
}
