import { adviceIn, type KeyTable } from './key-advice';

const ON = /^(true|yes|on|enabled?)$/i;
const OFF = /^(false|no|off|disabled|none)$/i;

/** Values that people look for in a field and that it does not have, by field: names that other programs have for one. */
export const ABSENT_VALUES: KeyTable = {
  profile: [
    [
      /^(stag(e|ing)|test(ing)?|qa|uat|int(egration)?|pre_?prod|live)$/i,
      'write production for every cluster that others reach, and dev for one that is made to be thrown away',
    ],
  ],
  'access.via': [
    [
      /^((network_?|elastic_?)?load_?balancer|lb|[en]lb|service)$/i,
      'write proxy, and access.proxy.service.type: LoadBalancer',
    ],
    [
      /^(cluster_?ip|none|local(_?host)?)$/i,
      'write portForward; or proxy with access.proxy.service.type: ClusterIP, where something else leads to it',
    ],
    [
      /^(nginx|traefik|haproxy|contour|kong|alb|gce|ingress_?nginx)$/i,
      'write ingress, and its class in access.ingress.className',
    ],
    [/^envoy$/i, 'write proxy: that is an Envoy'],
    [
      /^(gateway(_?api)?|https?_?route|istio|virtual_?service|route|openshift)$/i,
      'write proxy with access.proxy.service.type: ClusterIP, and lead your route to the Service pachyderm-proxy',
    ],
  ],
  'identity.dex': [
    [/^(internal|built_?in|bundled|pachd|pachyderm)$/i, 'write embedded: pachd runs it'],
    [
      /^(external|separate|own|existing|remote)$/i,
      'write standalone for a Dex that pachkit runs beside pachd; one that runs elsewhere is a connector of type oidc',
    ],
  ],
  'database.sslMode': [
    [ON, 'write require, or verify-full to check whose server it is'],
    [OFF, 'write disable'],
  ],
  'dex.storage.postgres.sslMode': [
    [ON, 'write require, or verify-full to check whose server it is'],
    [OFF, 'write disable'],
    [/^(allow|prefer)$/i, 'write require: the driver of Dex knows no such mode'],
  ],
  'secrets.output': [
    [
      /^(eso|vault|hashicorp_?vault|aws(_?secrets_?manager)?|asm|gcp(sm)?|azure(_?key_?vault)?|key_?vault)$/i,
      'write externalSecret, and the store in secrets.externalSecret.store',
    ],
    [/^(plain|kubernetes|k8s|secrets?|yaml)$/i, 'write manifests'],
    [/^(age|gpg|pgp|kms)$/i, 'write sops, and the keys in secrets.sops'],
    [/^(kubeseal|bitnami)$/i, 'write sealedSecret'],
  ],
  'security.hardening': [
    [ON, 'write strict'],
    [OFF, 'write chart: what the official chart has'],
    [/^(restricted|high|full|hardened)$/i, 'write strict'],
  ],
  'security.podSecurity': [
    [/^(strict|enforced?)$/i, 'write restricted'],
    [/^(privileged|none|off|false)$/i, 'remove it: without it no level is checked'],
  ],
};

/** What to write in the place of a value that a field does not have; undefined where nothing is known of it. */
export function adviceOnAbsentValue(path: readonly string[], value: string): string | undefined {
  const advice = adviceIn(ABSENT_VALUES, path.join('.'), value.replaceAll(/[\s-]/g, '_'));
  return typeof advice === 'string' ? advice : undefined;
}
