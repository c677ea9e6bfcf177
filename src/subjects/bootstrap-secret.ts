import type { SourceNode } from '../document/source-node';
import { parseGoDuration } from '../model/go-duration';
import type { ReleaseTraits } from '../releases/release-traits';
import type {
  Client,
  ClientFacts,
  ComparedIssuer,
  IssuerFacts,
  LifetimeFacts,
  Placed,
  RoleFacts,
} from './facts';
import { roleBindingsAt } from './role-bindings';
import { stringAt } from './scalars';
import { writtenClients } from './written-clients';

/** One string that bootstraps pachd: the value of a key of a Secret or ConfigMap, which pachd or the config Job of 2.2 reads. */
export interface BootstrapSecretSubject extends IssuerFacts, RoleFacts, LifetimeFacts, ClientFacts {
  readonly kind: 'bootstrap-secret';
  readonly root: SourceNode;
  /** What pachd says of itself to Dex. */
  readonly ownStrings: readonly Placed<string>[];
  /** Where pachd has browsers sent back to, and what Dex knows of its client; missing where the file does not tell both. */
  readonly ownRedirect?: OwnString | undefined;
  /** What pachd proves with who it is, where the config Job tells both it and Dex; missing where the file does not tell it. */
  readonly ownSecret?: OwnString | undefined;
}

/** What pachd says of itself, and the client that Dex knows it as. */
interface OwnString extends Placed<string> {
  readonly client: Client;
}

/** What such a string says. */
export type BootstrapFile = 'authConfig' | 'identityConfig' | 'roleBindings' | 'clients' | 'trustedPeers';

/** What the other strings of the same objects say. */
export interface OtherStrings {
  /** The issuer of the other string that has one. */
  readonly comparedWith?: ComparedIssuer | undefined;
  /** The clients that Dex gets. */
  readonly clients: readonly Client[];
}

export function bootstrapSecretSubject(
  root: SourceNode,
  holds: BootstrapFile,
  release: ReleaseTraits,
  { comparedWith, clients }: OtherStrings,
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
    ownStrings: holds === 'authConfig' ? OWN_STRINGS.flatMap((key) => placedAt(root, key)) : [],
    ownRedirect: holds === 'authConfig' ? ownString(root, 'redirect_uri', clients) : undefined,
    // Later releases take both from one Secret.
    ownSecret:
      holds === 'authConfig' && release.hasBootstrapJob
        ? ownString(root, 'client_secret', clients)
        : undefined,
  };
}

/** Those of the configuration of pachd that Dex, or a browser, gets as they are written. */
const OWN_STRINGS = ['client_id', 'client_secret', 'redirect_uri', 'user_accessible_issuer_host'];

function placedAt(root: SourceNode, key: string): readonly Placed<string>[] {
  const value = stringAt(root, [key]);
  return value === undefined ? [] : [{ value, path: [key] }];
}

function ownString(root: SourceNode, key: string, clients: readonly Client[]): OwnString | undefined {
  const id = stringAt(root, ['client_id']);
  const client = clients.find((each) => each.id.value === id);
  const [placed] = placedAt(root, key);
  return client && placed && { ...placed, client };
}

export function issuerOfFile(root: SourceNode): string | undefined {
  return stringAt(root, ['issuer']);
}

/** A lifetime of the right form; of another one its form is said to be wrong. */
function lifetime(root: SourceNode, key: string): Placed<string> | undefined {
  const value = stringAt(root, [key]);
  return value === undefined || 'error' in parseGoDuration(value) ? undefined : { value, path: [key] };
}
