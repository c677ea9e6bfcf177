/**
 * pachkit as a library. Documents are read and checked with `checkFiles`, turned into a `Cluster` with `readCluster`, and
 * into files with `synthesize`; the constructs take a cluster, or the part of one that they need, and can be used alone
 * in any cdk8s or cdktf application.
 */
export { defineCluster, type TypedClusterDocument, type TypedConnector } from './document/define-cluster';
export type { ClusterDocument, SecretValue } from './generated/cluster-document';
export type { Document } from './document/document';
export type { DocumentInput } from './document/input';
export type { ReadLimits } from './document/read-file';
export { readDocuments } from './document/read-documents';

export { codes, type Code, type CodeFacts, type Stage } from './diagnostics/codes';
export type {
  Diagnostic,
  Fix,
  Result,
  Severity,
  SourceLocation,
  SourceRange,
} from './diagnostics/diagnostic';
export { hasErrors, sortDiagnostics } from './diagnostics/diagnostic';

export { checkDocument, type CheckedDocument } from './pipeline/check-document';
export { checkFiles } from './pipeline/check-files';
export { readCluster } from './pipeline/read-cluster';
export { synthesize, type Synthesis } from './plan/synthesize';
export { loadClusters } from './pipeline/load-clusters';
export type { SecretInput } from './secrets/secret-session';

export type { Access, Auth, Cluster, Client, Connector, Profile } from './model/cluster';
export type { DexClient, DexPassword, DexServer, DexStorage } from './model/dex';
export { DexConnector, type DexConnectorConfig, type DexConnectorOptions } from './model/dex-connector';
export { dexServer, type DexServerOptions } from './model/dex-server';
export { resolveCluster } from './model/resolve';
export type { ReleaseTraits } from './releases/release-traits';
export { parseRelease } from './releases/release';
export { releaseTraits } from './releases/release-traits';
export { existingSecret, literalSecret, Secret, type SecretReference } from './model/secret';
export { withoutSecrets, type SecretReader, type SecretRequest } from './model/secret-reader';
export { deriveUrls, type ClusterUrls, type UrlInput } from './model/urls';
export { dexCallbackUrl } from './model/go-path';
export { connectorDocument } from './outputs/connectors';
export * from './constructs';
export { Auth0Application, type Auth0ApplicationProps } from './terraform/auth0-application';
export { Auth0Stack, type Auth0StackProps } from './terraform/auth0-stack';
export { Auth0Provider, type Auth0ProviderConfig } from './terraform/resources';
export { synthesizeTerraform } from './terraform/synthesize-terraform';
export { templateText } from './terraform/template-text';
export { terraformSecretVariables } from './terraform/terraform-variables';

export { checkConnectorConfig, type ConnectorFinding } from './connectors/check-config';
export { deriveSchema } from './connectors/derive-schema';
export { parseTarget, targets, type Target } from './releases/target';
export { explanations } from './explanations/registry';
export { validateFiles } from './pipeline/validate-files';
