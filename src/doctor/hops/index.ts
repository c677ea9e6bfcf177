import type { Hop } from '../hop';
import type {
  ConnectorSubject,
  DirectorySubject,
  IssuerSubject,
  NetworkSubject,
  ProviderSubject,
  ReturnSubject,
} from '../subjects';
import { clockHop } from './clock';
import { dexClientHop } from './dex-client';
import { dexConnectorHop } from './dex-connector';
import { dexDiscoveryHop } from './dex-discovery';
import { dexSecretHop, providerSecretHop } from './client-secret';
import { directoryBindHop } from './directory-bind';
import { directoryBindingsHop } from './directory-bindings';
import { directoryGroupsHop, directoryUsersHop } from './directory-search';
import { dnsHop } from './dns';
import { headerPathHop } from './header-path';
import { dexKeysHop, providerKeysHop } from './keys';
import { loginPageHop } from './login-page';
import { passwordFormHop } from './password-form';
import { providerDiscoveryHop } from './provider-discovery';
import { returnHop } from './return';
import { samlPageHop } from './saml-page';
import { tcpHop } from './tcp';
import { tlsHop } from './tls';

export { returnHop };

/** Up to a connection, for everything that listens. */
const network: readonly Hop<NetworkSubject>[] = [dnsHop, tcpHop, tlsHop];

/** From browsers to Dex. */
export const issuerHops: readonly Hop<IssuerSubject>[] = [
  ...network,
  dexDiscoveryHop,
  clockHop,
  dexKeysHop,
  dexClientHop,
  dexSecretHop,
];

/** From pachd and Console to Dex. */
export const issuerHopsOfPods: readonly Hop<IssuerSubject>[] = [...network, dexDiscoveryHop, dexKeysHop];

/** From Dex back to pachd or Console. */
export const returnHops: readonly Hop<ReturnSubject>[] = [...network, returnHop];

/** From Dex to each kind of connector. */
export const connectorHops = {
  provider: [
    ...network,
    providerDiscoveryHop,
    // Others are not asked for anything that has a date.
    { ...clockHop, appliesTo: ({ facts }) => facts.discoveryURL !== undefined },
    providerKeysHop,
    dexConnectorHop,
    loginPageHop,
    providerSecretHop,
  ] as readonly Hop<ProviderSubject>[],
  directory: [
    ...network,
    directoryBindHop,
    directoryUsersHop,
    directoryGroupsHop,
    directoryBindingsHop,
    dexConnectorHop,
    passwordFormHop,
  ] as readonly Hop<DirectorySubject>[],
  saml: [...network, dexConnectorHop, samlPageHop] as readonly Hop<ConnectorSubject>[],
  header: [dexConnectorHop, headerPathHop] as readonly Hop<ConnectorSubject>[],
  form: [...network, dexConnectorHop, passwordFormHop] as readonly Hop<ConnectorSubject>[],
};
