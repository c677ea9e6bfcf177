import { JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { k8s } from './support/kubernetes';

/** Who keeps Dex's state in custom resources. */
export interface DexStorageCrdsProps {
  readonly namespace: string;
  /** Name of the Role and its binding. */
  readonly name: string;
  /** Service account of Dex's pods. */
  readonly serviceAccountName: string;
}

const GROUP = 'dex.coreos.com';

/** Kinds by their plural, written as Dex 2.29 to 2.45 spell them. */
const KINDS: Readonly<Record<string, { readonly kind: string; readonly singular: string }>> = {
  authcodes: { kind: 'AuthCode', singular: 'authcode' },
  authrequests: { kind: 'AuthRequest', singular: 'authrequest' },
  connectors: { kind: 'Connector', singular: 'connector' },
  devicerequests: { kind: 'DeviceRequest', singular: 'devicerequest' },
  devicetokens: { kind: 'DeviceToken', singular: 'devicetoken' },
  oauth2clients: { kind: 'OAuth2Client', singular: 'oauth2client' },
  offlinesessionses: { kind: 'OfflineSessions', singular: 'offlinesessions' },
  passwords: { kind: 'Password', singular: 'password' },
  refreshtokens: { kind: 'RefreshToken', singular: 'refreshtoken' },
  signingkeies: { kind: 'SigningKey', singular: 'signingkey' },
};

/**
 * What a Dex needs that keeps its state in Kubernetes: the ten custom resource definitions, and the right to everything of
 * their kinds in its own namespace. With the definitions in place Dex needs no right beyond that namespace.
 *
 * Definitions belong to the whole cluster: every Dex in it shares them, and removing them removes the state of them all.
 */
export class DexStorageCrds extends Construct {
  constructor(scope: Construct, id: string, props: DexStorageCrdsProps) {
    super(scope, id);
    const { name, namespace, serviceAccountName } = props;
    for (const [plural, { kind, singular }] of Object.entries(KINDS)) {
      const definition = new k8s.KubeCustomResourceDefinition(this, plural, {
        metadata: { name: `${plural}.${GROUP}` },
        spec: {
          group: GROUP,
          names: { kind, listKind: `${kind}List`, plural, singular },
          scope: 'Namespaced',
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: ANYTHING } }],
        },
      });
      // A chart with a namespace puts everything into it; definitions are in none.
      if (definition.metadata.namespace !== undefined)
        definition.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
    const metadata = { name, namespace };
    new k8s.KubeRole(this, 'role', {
      metadata,
      rules: [{ apiGroups: [GROUP], resources: ['*'], verbs: ['*'] }],
    });
    new k8s.KubeRoleBinding(this, 'role-binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccountName, namespace }],
    });
  }
}

const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
