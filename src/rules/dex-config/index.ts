import type { AnyRule } from '../rule';
import { argoCdConnectors } from './argo-cd-without-connectors';
import { argoCdSections } from './section-of-argo-cd';
import { clientCredentials } from './incomplete-client';
import { customWithoutFiles } from './custom-without-files';
import { filePaths } from './invalid-file-path';
import { httpsWithoutCertificate } from './https-without-certificate';
import { incompleteGrpcTls } from './incomplete-grpc-tls';
import { kubernetesAccess } from './ambiguous-kubernetes-access';
import { lostDollar } from './lost-dollar';
import { noServerConnectors } from './nothing-to-log-in-with';
import { nothingToListenOn } from './nothing-to-listen-on';
import { oneAddressTwice } from './duplicate-listen-address';
import { openGrpc } from './open-grpc';
import { passwordWithoutHash } from './password-without-hash';
import { passwordsWithoutDatabase } from './passwords-without-database';
import { publicClientWithoutDeviceFlow } from './public-client-without-device-flow';
import { templateInConfig } from './templated-configuration';
import { tlsVersionOrder } from './tls-version-order';
import { vaultFromEnvironment } from './vault-from-environment';

const rules: readonly AnyRule[] = [
  lostDollar,
  nothingToListenOn,
  httpsWithoutCertificate,
  tlsVersionOrder,
  incompleteGrpcTls,
  openGrpc,
  passwordsWithoutDatabase,
  noServerConnectors,
  kubernetesAccess,
  clientCredentials,
  publicClientWithoutDeviceFlow,
  passwordWithoutHash,
  templateInConfig,
  oneAddressTwice,
  filePaths,
  vaultFromEnvironment,
  customWithoutFiles,
  argoCdSections,
  argoCdConnectors,
];

/** Every rule about a Dex configuration that reads no document, in the order of their codes. */
export function dexConfigRules(): readonly AnyRule[] {
  return rules;
}
