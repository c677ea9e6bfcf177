import type { ConnectorConfigs } from '../generated/connector-configs';
import type { ProviderConnector } from '../generated/provider-connectors';
import type { DexConnectorConfig, WithReferences } from '../model/dex-connector';

/** A connector of one type, with the settings that Dex has for this type. */
export interface PachydermConnectorPropsOf<Type extends keyof ConnectorConfigs> {
  /** Type of the connector, by Dex's own name. */
  readonly type: Type;
  /** Id of the connector: part of login URLs and of every user's identity, so changing it makes new users of everyone. */
  readonly id: string;
  /**
   * What the login page calls it.
   * @default - the id
   */
  readonly name?: string;
  /**
   * Version of the connector document; Dex inside pachd takes a change of a connector only with a higher one.
   * @default 0
   */
  readonly version?: number;
  /** Dex's own settings of the type; `redirectURI` is derived from the cluster's access. */
  readonly config: DexConnectorConfig<Type>;
}

/** A connector in the words of the provider that it names, with secrets as `literalSecret()` or `existingSecret()`. */
export type PachydermProviderProps = ProviderConnector extends infer Each
  ? Each extends ProviderConnector
    ? WithReferences<Each> & { readonly type?: never }
    : never
  : never;

/**
 * An identity provider that people log in with: a connector of any type, its `config` typed by its `type`, or one in the words
 * of a `provider`.
 */
export type PachydermConnectorProps =
  | { [Type in keyof ConnectorConfigs]: PachydermConnectorPropsOf<Type> }[keyof ConnectorConfigs]
  | PachydermProviderProps;
