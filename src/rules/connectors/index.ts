import type { AnyRule } from '../rule';
import { auth0GroupsClaim } from './unsent-auth0-groups';
import { certificateData } from './misplaced-certificate-data';
import { certificates } from './unreadable-certificates';
import { disabledGroups } from './disabled-groups';
import { discontinuedProvider } from './discontinued-provider';
import { generatedElsewhere } from './generated-elsewhere';
import { ignoredEmailClaim } from './ignored-email-claim';
import { insecureConnection } from './insecure-connection';
import { ldapSettings } from './contradicting-ldap-settings';
import { missingEmailClaim } from './missing-email-claim';
import { missingEmailVerified } from './missing-email-verified';
import { neverVerifiedEmail } from './never-verified-email';
import { plainRedirectURI } from './plain-redirect-uri';
import { providerIssuer } from './wrong-provider-issuer';
import { publicProvider } from './public-provider';
import { refusedScopes } from './refused-scopes';
import { repeatedOpenID } from './duplicate-openid';
import { groupsElsewhere } from './groups-elsewhere';
import { silentPrompt } from './silent-prompt';
import { entraAudience } from './entra-audience';
import { ldapAttributes } from './ldap-attribute-case';
import { ldapSearches } from './empty-ldap-search';
import { foreignGroupName } from './foreign-group-name';
import { addressCapitals } from './address-capitals';
import { refusedCallback } from './refused-callback';
import { replacedScopes } from './replaced-scopes';
import { tokenLifetimes } from './invalid-token-lifetime';
import { transientNameID } from './transient-name-id';
import { unenforcedRestriction } from './unenforced-restriction';
import { unguardedHeaders } from './unguarded-headers';
import { unexpandedVariables } from './unexpanded-variables';
import { foreignSamlAttribute } from './foreign-saml-attribute';
import { loginThroughItself } from './login-through-itself';
import { misplacedEndpoint } from './misplaced-endpoint';
import { paddedCredentials } from './padded-credentials';
import { idleSettings } from './setting-without-effect';
import { unmatchedNames } from './unmatched-name';
import { binaryUserID } from './binary-user-id';
import { unsentUserID } from './unsent-user-id';
import { unmatchedRestriction } from './unmatched-restriction';
import { unverifiedEmail } from './unverified-email';

/**
 * Rules about what a connector is configured to do, beyond which keys its type has, in the order of their codes. DEX is
 * what Dex does with it, PCH what pachd does.
 */
export const connectorRules: readonly AnyRule[] = [
  refusedCallback,
  providerIssuer,
  disabledGroups,
  auth0GroupsClaim,
  ignoredEmailClaim,
  missingEmailVerified,
  missingEmailClaim,
  replacedScopes,
  certificates,
  unexpandedVariables,
  unenforcedRestriction,
  ldapSettings,
  transientNameID,
  discontinuedProvider,
  neverVerifiedEmail,
  insecureConnection,
  unguardedHeaders,
  publicProvider,
  refusedScopes,
  repeatedOpenID,
  groupsElsewhere,
  foreignGroupName,
  addressCapitals,
  silentPrompt,
  entraAudience,
  ldapAttributes,
  ldapSearches,
  unmatchedRestriction,
  misplacedEndpoint,
  paddedCredentials,
  unsentUserID,
  foreignSamlAttribute,
  loginThroughItself,
  idleSettings,
  unmatchedNames,
  binaryUserID,
  tokenLifetimes,
  unverifiedEmail,
  plainRedirectURI,
  generatedElsewhere,
  certificateData,
];
