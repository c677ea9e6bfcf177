import type { AnyRule } from '../rule';
import { addressAsIngressHost } from './address-as-ingress-host';
import { ambiguousIssuer } from './ambiguous-issuer';
import { clashingTlsSecret } from './clashing-tls-secret';
import { consoleBehindProxy } from './console-behind-proxy';
import { disagreeingUrl } from './disagreeing-url';
import { httpOnPublicHost } from './http-on-public-host';
import { ignoredAccessFields } from './ignored-access-fields';
import { ingressWithoutHost } from './ingress-without-host';
import { issuerWithoutDex } from './issuer-without-dex';
import { memberWithoutIssuer } from './member-without-issuer';
import { nodePortWithoutAccessPort } from './node-port-without-access-port';
import { pausedCluster } from './paused-cluster';
import { nodePorts } from './unusable-node-port';
import { proxyNotInRelease } from './proxy-not-in-release';
import { proxiedCluster } from './proxied-cluster';
import { tlsWithoutCertificate } from './tls-without-certificate';
import { unreachableIssuer } from './unreachable-issuer';

/** Rules about the sections `access` and `network`, in the order of their codes. */
export const accessRules: readonly AnyRule[] = [
  ingressWithoutHost,
  proxyNotInRelease,
  httpOnPublicHost,
  issuerWithoutDex,
  ambiguousIssuer,
  disagreeingUrl,
  tlsWithoutCertificate,
  nodePorts,
  nodePortWithoutAccessPort,
  memberWithoutIssuer,
  unreachableIssuer,
  ignoredAccessFields,
  proxiedCluster,
  addressAsIngressHost,
  consoleBehindProxy,
  clashingTlsSecret,
  pausedCluster,
];
