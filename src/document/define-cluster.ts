import type { ClusterDocument, Connector } from '../generated/cluster-document';
import type { ConnectorConfigs } from '../generated/connector-configs';
import type { ProviderConnector } from '../generated/provider-connectors';

/** The types that Dex gives a name of their own to settings that it has already. */
export type ConnectorConfigsByType = ConnectorConfigs & {
  readonly samlExperimental: ConnectorConfigs['saml'];
};

/** A connector of one type: `config` holds that type's settings, without `redirectURI`, which is derived unless given. */
export type ConnectorOf<Type extends keyof ConnectorConfigsByType> = Omit<Connector, 'type' | 'config'> & {
  type: Type;
} & ConfigOf<
    Omit<ConnectorConfigsByType[Type], 'redirectURI'> & {
      redirectURI?: string;
    }
  >;

/** A type without a required setting needs no `config`. */
export type ConfigOf<Config> =
  Record<string, never> extends Config ? { config?: Config } : { config: Config };

/** A connector with its settings typed by its type: an unknown key is an error of the compiler, at the key. */
export type TypedConnector = {
  [Type in keyof ConnectorConfigsByType]: ConnectorOf<Type>;
}[keyof ConnectorConfigsByType];

/** A connector in the words of the provider that it names; Dex's type follows from that. */
export type NamedProvider = ProviderConnector & { type?: never };

/** A document whose connectors are typed by their type, or by the provider that they name. */
export type TypedClusterDocument = Omit<ClusterDocument, 'identity'> & {
  identity?: Omit<NonNullable<ClusterDocument['identity']>, 'connectors'> & {
    connectors?: readonly (TypedConnector | NamedProvider)[];
  };
};

/**
 * Types a document that is written in TypeScript: `export default defineCluster({ … })` in a `.ts` file works wherever
 * a YAML document does. Returns its argument; checking happens when the document is read.
 */
export function defineCluster(document: TypedClusterDocument): TypedClusterDocument {
  return document;
}
