import { oncePer } from '../forms/once-per';
import { isConfidential } from '../model/confidential-client';
import { Construct } from 'constructs';
import type { ConfidentialClient, Cluster } from '../model/cluster';
import { composedSecret, type LiteralSecret } from '../model/secret';
import {
  clientDocument,
  connectorDocuments,
  identityConfigDocument,
  ownClientDocuments,
} from './support/dex-documents';
import { toYaml } from './support/yaml';
import { yamlWithReferences } from './support/yaml-with-references';
import { expandedVariable, placeOf, secretVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { PLACES, type Place } from '../model/secret-places';
import { clientSecretPlace } from '../model/written-secrets';
import { revealed, type SecretData } from './support/secret-data';

/** What Dex's settings are made of. */
export type IdentityProps = Pick<
  Cluster,
  'namespace' | 'release' | 'auth' | 'identity' | 'dex' | 'console' | 'urls'
>;

/**
 * Everything that the Dex inside pachd reads, for releases whose pachd takes it from its environment: the ConfigMap
 * `pachyderm-identity-config`, which exists with authentication switched off too; the Secret `pachyderm-identity` with the
 * connectors; and the Secret `pachyderm-identity-extras` with the clients besides pachd and Console.
 */
export class Identity extends Construct {
  constructor(scope: Construct, id: string, cluster: IdentityProps) {
    super(scope, id);
    if (cluster.release.bootstrap === 'job') return;
    const { namespace } = cluster;
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: PLACES.identityConfig.name, namespace },
      data: { ...identityConfigData(cluster) },
    });
    for (const [place, data] of [
      [PLACES.connectors, connectorsData(cluster)],
      [PLACES.clients, clientsData(cluster)],
    ] as const)
      if (Object.keys(data).length > 0)
        new k8s.KubeSecret(this, place.name, {
          metadata: { name: place.name, namespace },
          stringData: revealed(data),
        });
  }
}

/** Data of the ConfigMap; pods that read it are annotated with a checksum of it. */
export const identityConfigData = oncePer((cluster: IdentityProps): Readonly<Record<string, string>> => ({
  // The Dex inside pachd is not for use where there is one beside it.
  ...(cluster.dex ? {} : { [PLACES.identityConfig.key]: toYaml(identityConfigDocument(cluster)) }),
  [PLACES.ownClients.key]: toYaml(ownClientDocuments(cluster)),
  [PLACES.trustedPeers.key]: toYaml([...cluster.identity.trustedPeers]),
}));

/** Whether there is anything for people to log in with, and where pachd reads it. */
export function connectorsPlace({ identity, dex }: Pick<Cluster, 'identity' | 'dex'>): Place | undefined {
  if (dex) return undefined;
  if (identity.connectorsFrom) return identity.connectorsFrom;
  return identity.connectors.length === 0 ? undefined : PLACES.connectors;
}

/** Data of the Secret with the connectors; empty when there is nothing to write. */
export const connectorsData = oncePer((cluster: Pick<Cluster, 'identity' | 'dex' | 'release'>): SecretData =>
  connectorsPlace(cluster) === PLACES.connectors
    ? { [PLACES.connectors.key]: composedSecret(toYaml(connectorDocuments(cluster))) }
    : {},
);

/** Data of the Secret with the further clients; empty when there is nothing to write. */
export function clientsData({ identity, dex }: Pick<Cluster, 'identity' | 'dex'>): SecretData {
  const clients = identity.clients.filter(isConfidential);
  if (dex || identity.clientsFrom || clients.length === 0) return {};
  if (clients.every(hasOwnSecret))
    return {
      [PLACES.clients.key]: composedSecret(
        toYaml(clients.map((client) => clientDocument(client, client.secret.value.reveal()))),
      ),
    };
  return Object.fromEntries(
    clients.flatMap(({ secret }, index) =>
      secret.kind === 'literal' ? [[clientSecretPlace(index).key, secret]] : [],
    ),
  );
}

/**
 * The variables from which pachd learns about the further clients. pachd reads their list as one text. Where a client's
 * secret is in another Secret, the list is the variable's own value, in which Kubernetes fills in the secrets.
 */
export function clientVariables({ identity, dex }: Pick<Cluster, 'identity' | 'dex'>): k8s.EnvVar[] {
  const { clientsFrom } = identity;
  const clients = identity.clients.filter(isConfidential);
  if (dex) return [];
  if (clientsFrom) return [secretVariable(CLIENTS_VARIABLE, clientsFrom.name, clientsFrom.key)];
  if (clients.length === 0) return [];
  if (clients.every(hasOwnSecret))
    return [secretVariable(CLIENTS_VARIABLE, PLACES.clients.name, PLACES.clients.key)];

  const variables = clients.map(({ secret }, index) => {
    const place = placeOf(secret, clientSecretPlace(index));
    return secretVariable(clientSecretVariable(index), place.name, place.key);
  });
  const references = variables.map(({ name }) => `$(${name})`);
  const documents = clients.map((client, index) => clientDocument(client, references[index] ?? ''));
  return [
    ...variables,
    expandedVariable(CLIENTS_VARIABLE, yamlWithReferences(documents, new Set(references))),
  ];
}

const CLIENTS_VARIABLE = 'IDP_ADDITIONAL_CLIENTS';

function clientSecretVariable(index: number): string {
  return `IDP_CLIENT_SECRET_${index + 1}`;
}

function hasOwnSecret(
  client: ConfidentialClient,
): client is ConfidentialClient & { readonly secret: LiteralSecret } {
  return client.secret.kind === 'literal';
}
