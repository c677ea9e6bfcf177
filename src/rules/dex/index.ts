import type { AnyRule } from '../rule';
import { accountNobodyMakes } from './missing-service-account';
import { allowedGroups } from './unchecked-allowed-groups';
import { hiddenUser } from './hidden-user';
import { issuerOutOfReach } from './issuer-out-of-reach';
import { listsInSecrets } from './lists-in-secrets';
import { literalDollar } from './literal-dollar';
import { localhostIssuer } from './localhost-issuer';
import { localPort } from './local-redirect';
import { deviceCallback } from './misplaced-device-callback';
import { passwordConnector } from './password-connector';
import { sectionWithoutStandalone } from './section-without-standalone';
import { sharedDatabase } from './shared-database';
import { standaloneMember } from './standalone-member';
import { storageOfOnePod } from './storage-of-one-pod';
import { storageOutsideDev } from './storage-outside-dev';
import { storageSslMode } from './storage-without-ssl-mode';
import { unknownPatch } from './unknown-patch';
import { unmatchedOrigin } from './unmatched-origin';
import { unpublishedVariant } from './unpublished-variant';
import { unreadSetting } from './unread-setting';
import { unusableClientCertificate } from './unusable-client-certificate';
import { unverifiableStorage } from './unverifiable-storage';
import { variableOutsideConnectors } from './variable-outside-connectors';
import { variablesSwitchedOff } from './variables-switched-off';

/** Rules about a standalone Dex, of a cluster or with a file of its own, in the order of their codes. */
export const dexRules: readonly AnyRule[] = [
  deviceCallback,
  unmatchedOrigin,
  localPort,
  unknownPatch,
  sectionWithoutStandalone,
  storageOutsideDev,
  storageOfOnePod,
  storageSslMode,
  unverifiableStorage,
  sharedDatabase,
  literalDollar,
  variableOutsideConnectors,
  issuerOutOfReach,
  localhostIssuer,
  listsInSecrets,
  unreadSetting,
  standaloneMember,
  hiddenUser,
  passwordConnector,
  allowedGroups,
  variablesSwitchedOff,
  accountNobodyMakes,
  unusableClientCertificate,
  unpublishedVariant,
];
