import type { ServerRule } from '../server-rule';
import { ambiguousServerIssuer } from './ambiguous-issuer';
import { clientCredentials } from './client-credentials';
import { databaseWithoutSslMode } from './database-without-ssl-mode';
import { httpsWithoutCertificate } from './https-without-certificate';
import { incompleteGrpcTls } from './incomplete-grpc-tls';
import { kubernetesAccess } from './kubernetes-access';
import { literalVariable } from './literal-variable';
import { lostDollar } from './lost-dollar';
import { noServerConnectors } from './no-connectors';
import { nothingToListenOn } from './nothing-to-listen-on';
import { openGrpc } from './open-grpc';
import { serverPasswordConnector } from './password-connector';
import { passwordWithoutHash } from './password-without-hash';
import { passwordsWithoutDatabase } from './passwords-without-database';
import { plainServerIssuer } from './plain-issuer';
import { publicClientWithoutDeviceFlow } from './public-client-without-device-flow';
import { refusedServerCallback } from './refused-callback';
import { repeatedServerIds } from './repeated-ids';
import { templateInConfig } from './template';
import { tlsVersionOrder } from './tls-version-order';
import { unknownServerTrustedPeer } from './unknown-trusted-peer';
import { unverifiableServerDatabase } from './unverifiable-database';
import { fixedLoopback } from './fixed-loopback';
import { unmatchedOrigin } from './unmatched-origin';
import { wildcardRedirectUri } from './wildcard-redirect-uri';

/** Every rule about a Dex configuration, in the order of their codes. */
export const serverRules: readonly ServerRule[] = [
  unmatchedOrigin,
  fixedLoopback,
  repeatedServerIds,
  lostDollar,
  literalVariable,
  ambiguousServerIssuer,
  plainServerIssuer,
  nothingToListenOn,
  httpsWithoutCertificate,
  tlsVersionOrder,
  incompleteGrpcTls,
  openGrpc,
  passwordsWithoutDatabase,
  noServerConnectors,
  kubernetesAccess,
  databaseWithoutSslMode,
  unverifiableServerDatabase,
  clientCredentials,
  wildcardRedirectUri,
  publicClientWithoutDeviceFlow,
  unknownServerTrustedPeer,
  passwordWithoutHash,
  serverPasswordConnector,
  refusedServerCallback,
  templateInConfig,
];
