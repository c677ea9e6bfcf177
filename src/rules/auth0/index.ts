import type { Rule } from '../rule';
import { anyoneMayLogIn } from './anyone-may-log-in';
import { clientSecretInState } from './client-secret-in-state';
import { connectionSecretsInState } from './connection-secrets-in-state';
import { connectorWithoutPlace } from './connector-without-place';
import { customDomainWithoutTenant } from './custom-domain-without-tenant';
import { defaultDatabase } from './default-database';
import { existingApplication } from './unidentified-application';
import { groupThatNeverArrives } from './group-that-never-arrives';
import { insecureRedirectUrl } from './insecure-redirect-url';
import { malformedRedirectUrl } from './malformed-redirect-url';
import { missingClientID } from './missing-client-id';
import { organizationOutOfReach } from './organization-out-of-reach';
import { providerTooOld } from './provider-too-old';
import { refreshTokenLifetimes } from './refresh-token-lifetimes';
import { repeatedName } from './duplicate-auth0-name';
import { reservedGroupsClaim } from './reserved-groups-claim';
import { unknownRole } from './unknown-auth0-role';
import { unprovisionedSettings } from './unprovisioned-settings';
import { unreadableClientSecret } from './unreadable-client-secret';
import { unusableBackend } from './unusable-backend';
import { userWithoutPassword } from './user-without-password';
import { usersOutsideDev } from './users-outside-dev';
import { wildcardRedirectUrl } from './wildcard-redirect-url';

/** Rules about the `auth0` section, in the order of their codes. */
export const auth0Rules: readonly Rule[] = [
  reservedGroupsClaim,
  repeatedName,
  malformedRedirectUrl,
  wildcardRedirectUrl,
  insecureRedirectUrl,
  organizationOutOfReach,
  anyoneMayLogIn,
  usersOutsideDev,
  userWithoutPassword,
  unknownRole,
  missingClientID,
  clientSecretInState,
  unreadableClientSecret,
  unusableBackend,
  connectorWithoutPlace,
  groupThatNeverArrives,
  refreshTokenLifetimes,
  customDomainWithoutTenant,
  providerTooOld,
  connectionSecretsInState,
  defaultDatabase,
  existingApplication,
  unprovisionedSettings,
];
