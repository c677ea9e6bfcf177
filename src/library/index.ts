/**
 * pachkit for people who write cdk8s and CDK for Terraform. `PachydermCluster` is a whole cluster in a chart, `Dex` a Dex by
 * itself, `BootstrapSecret` what activates a cluster of the official chart, `Auth0Application` the application at Auth0.
 * Clusters come from props or, with `loadClusters`, from documents.
 */
export { PachydermCluster } from './pachyderm-cluster';
export type {
  PachydermDeployment,
  PachydermDex,
  PachydermPachd,
  PachydermProxy,
  PachydermStatefulSet,
} from './pachyderm-cluster';
export type * from '../generated/cluster-props';
export type {
  PachydermConnectorProps,
  PachydermConnectorPropsOf,
  PachydermProviderProps,
} from './connector-props';
export type * from '../generated/connector-configs';
export type * from '../generated/provider-connectors';
export type { ClusterUrls } from '../model/urls';
export { ResolvedCluster } from './resolved-cluster';
export { InvalidClusterError } from './invalid-cluster-error';

export { BootstrapSecret, type BootstrapSecretProps } from './bootstrap-secret';

export { Dex, type DexIngress, type DexNetwork, type DexProps } from './dex';
export { dexServer, type DexImageOptions, type DexServerOptions } from '../model/dex-server';
export {
  DexConnector,
  type DexConnectorConfig,
  type DexConnectorOptions,
  type WithReferences,
} from '../model/dex-connector';
export type {
  DexClient,
  DexExpiry,
  DexPassword,
  DexServer,
  DexStorage,
  KubernetesDexStorage,
  MemoryDexStorage,
  PostgresDexStorage,
  SqliteDexStorage,
} from '../model/dex';
export type {
  ConfigMapping,
  ConfigValue,
  Connector,
  Image,
  Placement,
  Resources,
  ServiceAccount,
  StringMap,
} from '../model/cluster';
export type { DocumentProvider } from '../document/document';
export type { JsonValue } from '../document/source-node';
export { dexCallbackUrl } from '../model/go-path';

export {
  Auth0Application,
  Auth0Stack,
  type Auth0ApplicationProps,
  type Auth0ApplicationSecrets,
  type Auth0ClusterProps,
} from './auth0';
export { Auth0Provider, type Auth0ProviderConfig } from '../terraform/resources';
export { templateText } from '../terraform/template-text';

export {
  existingSecret,
  literalSecret,
  ReferredSecret,
  Secret,
  type ExistingSecret,
  type LiteralSecret,
  type SecretReference,
} from '../model/secret';

export { defineCluster } from '../document/define-cluster';
export type {
  ConfigOf,
  ConnectorConfigsByType,
  ConnectorOf,
  NamedProvider,
  TypedClusterDocument,
  TypedConnector,
} from '../document/define-cluster';
/** The types of a document and of its sections. */
export type * as documents from '../generated/cluster-document';
export { loadClusters, synthesize, validateFiles } from './documents';
export type {
  LoadedClusters,
  LoadOptions,
  SynthesizedFile,
  SynthesizeOptions,
  ValidateOptions,
} from './documents';
export { testCluster } from './test-cluster';
export type { TestCluster, TestClusterOptions, TestSecrets, TestUser } from './test-cluster';
export type { OutputName } from '../generated/output-names';
export { codes, table, type Code, type CodeFacts, type Stage } from '../diagnostics/codes';
export { hasErrors } from '../diagnostics/diagnostic';
export type {
  Diagnostic,
  Fix,
  FrameSource,
  Severity,
  SourceLocation,
  SourceRange,
} from '../diagnostics/diagnostic';
