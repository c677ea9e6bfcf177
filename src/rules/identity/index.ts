import type { AnyRule } from '../rule';
import { clientRedirectURIs } from './unsafe-client-redirect-uri';
import { clientSecrets } from './missing-client-secret';
import { clientsFromUnread } from './clients-from-unread';
import { connectorIdInUrls } from './connector-id-in-urls';
import { connectorSecretElsewhere } from './connector-secret-elsewhere';
import { contradictingSources } from './contradicting-sources';
import { databaseOfEveryServer } from './database-of-every-server';
import { duplicateClientIDs } from './duplicate-client-ids';
import { duplicateConnectorIds } from './duplicate-connector-ids';
import { identityOfMember } from './identity-of-member';
import { keycloakUsersOutsideDev } from './keycloak-users-outside-dev';
import { noConnector } from './no-connector';
import { sharedIdentityDatabase } from './shared-identity-database';
import { unknownTrustedPeers } from './unknown-trusted-peers';
import { unmountedCredentialFiles } from './unmounted-credential-files';
import { unusablePreset } from './unusable-client-preset';

/** Rules about the section `identity`, in the order of their codes. */
export const identityRules: readonly AnyRule[] = [
  noConnector,
  contradictingSources,
  duplicateConnectorIds,
  duplicateClientIDs,
  unknownTrustedPeers,
  clientRedirectURIs,
  connectorSecretElsewhere,
  identityOfMember,
  clientsFromUnread,
  unmountedCredentialFiles,
  sharedIdentityDatabase,
  databaseOfEveryServer,
  connectorIdInUrls,
  clientSecrets,
  keycloakUsersOutsideDev,
  unusablePreset,
];
