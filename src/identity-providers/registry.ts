import { activeDirectory } from './active-directory';
import { adfs } from './adfs';
import { auth0 } from './auth0';
import { authentik } from './authentik';
import { cognito } from './cognito';
import { entra } from './entra';
import { freeipa } from './freeipa';
import { github } from './github';
import { gitlab } from './gitlab';
import { google } from './google';
import { keycloak } from './keycloak';
import { okta } from './okta';
import { openldap } from './openldap';
import type { Provider } from './provider';

const providers: readonly Provider[] = [
  auth0,
  okta,
  entra,
  google,
  github,
  gitlab,
  keycloak,
  cognito,
  authentik,
  adfs,
  activeDirectory,
  freeipa,
  openldap,
];

/** Every identity provider that a document can name, in the order in which they are listed. */
export function allProviders(): readonly Provider[] {
  return providers;
}

/** The provider of a name; undefined when there is none. */
export function providerNamed(name: unknown): Provider | undefined {
  return providers.find((provider) => provider.name === name);
}
