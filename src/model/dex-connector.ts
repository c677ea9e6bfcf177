import type { SecretValue } from '../generated/cluster-document';
import type { ConnectorConfigs } from '../generated/connector-configs';
import { connectorTypes } from '../connectors/connector-types';
import type { ConfigMapping, ConfigValue, Connector } from './cluster';
import { dexCallbackUrl } from './go-path';
import { ReferredSecret, Secret, type SecretReference } from './secret';

/** The configuration of a connector type, with secrets as `literalSecret()` or `existingSecret()`. */
export type DexConnectorConfig<Type extends keyof ConnectorConfigs> = WithReferences<
  Omit<ConnectorConfigs[Type], 'redirectURI'>
> & { readonly redirectURI?: string };

/** A configuration in which every secret is a reference instead of what a document says about it. */
export type WithReferences<T> = [SecretValue] extends [T]
  ? [T] extends [SecretValue | undefined]
    ? SecretReference
    : T
  : T extends readonly (infer Item)[]
    ? readonly WithReferences<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: WithReferences<T[Key]> }
      : T;

/** What a connector of a standalone Dex is made from. */
export interface DexConnectorOptions<Type extends keyof ConnectorConfigs> {
  /** Issuer of the Dex that the connector is for. */
  readonly issuer: string;
  /** Type of the connector, by Dex's own name. */
  readonly type: Type;
  /** Id of the connector. Part of login URLs and of every user's identity. */
  readonly id: string;
  /**
   * What the login page calls it.
   * @default - the id
   */
  readonly name?: string;
  /** Dex's own settings of the type. `redirectURI` is derived from the issuer. */
  readonly config: DexConnectorConfig<Type>;
}

/**
 * A connector of a standalone Dex, its configuration typed by its type and its `redirectURI` derived.
 *
 * @example
 * new DexConnector({
 *   issuer: 'https://dex.example.com',
 *   type: 'github',
 *   id: 'github',
 *   config: { clientID: 'abc', clientSecret: existingSecret('github', 'client-secret'), orgs: [{ name: 'acme' }] },
 * })
 */
export class DexConnector<Type extends keyof ConnectorConfigs> implements Connector {
  /** Type of the connector. */
  readonly type: Type;
  /** Id of the connector. */
  readonly id: string;
  /** What the login page calls it. */
  readonly name: string;
  /** Version of the connector document, which a standalone Dex has no use for. */
  readonly version = 0;
  /** Dex's own settings, with `redirectURI`. */
  readonly config: ConfigMapping;

  constructor(options: DexConnectorOptions<Type>) {
    this.type = options.type;
    this.id = options.id;
    this.name = options.name ?? options.id;
    const { callback } = connectorTypes[options.type];
    const isSentBack = callback === 'strict' || callback === 'saml';
    this.config = {
      ...(configValue(options.config) as ConfigMapping),
      ...(isSentBack ? { redirectURI: options.config.redirectURI ?? dexCallbackUrl(options.issuer) } : {}),
    };
  }
}

function configValue(value: unknown): ConfigValue {
  if (Array.isArray(value)) return value.map(configValue);
  if (value === null || typeof value !== 'object') return value as ConfigValue;
  if (isReference(value)) return value.kind === 'literal' ? value.value : new ReferredSecret(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== undefined)
      .map(([key, child]) => [key, configValue(child)]),
  );
}

function isReference(value: object): value is SecretReference {
  if (!('kind' in value)) return false;
  return value.kind === 'literal'
    ? 'value' in value && value.value instanceof Secret
    : value.kind === 'existing' && 'name' in value && 'key' in value;
}
