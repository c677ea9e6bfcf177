import type { SourceNode } from '../document/source-node';
import { nameByMarks, type Marked } from './marks';

/** Values that tell a chart from all others. */
const CHARTS: readonly Marked[] = [
  ['argo-cd', ['repoServer'], ['applicationSet'], ['configs/cm'], ['configs/params']],
  ['oauth2-proxy', ['config/cookieSecret'], ['config/clientID', 'extraArgs'], ['config/configFile']],
  [
    'dex',
    ['config/issuer', 'config/connectors'],
    ['config/issuer', 'config/storage'],
    ['configSecret/create'],
  ],
  [
    'keycloak',
    ['auth/adminUser'],
    ['auth/adminPassword'],
    ['keycloakConfigCli'],
    ['externalDatabase', 'proxyHeaders'],
  ],
  ['kube-prometheus-stack', ['prometheusOperator'], ['alertmanager', 'prometheus']],
  ['grafana', ['grafana.ini'], ['adminPassword', 'datasources'], ['dashboardProviders']],
  [
    'postgresql of Bitnami',
    ['auth/postgresPassword'],
    ['auth/database', 'primary'],
    ['primary', 'readReplicas'],
  ],
  ['redis of Bitnami', ['master', 'replica'], ['architecture', 'sentinel']],
  ['minio', ['rootUser'], ['auth/rootUser'], ['buckets', 'mode']],
  ['loki', ['loki/storage'], ['loki/commonConfig'], ['loki/schemaConfig']],
  ['loki-stack', ['promtail', 'loki']],
  [
    'ingress-nginx',
    ['controller/ingressClassResource'],
    ['controller/config', 'defaultBackend'],
    ['controller/service', 'tcp'],
    ['controller/admissionWebhooks'],
    ['controller/ingressClass'],
  ],
  ['prometheus', ['server/persistentVolume'], ['prometheus-pushgateway']],
  ['jenkins', ['controller/JCasC'], ['controller/jenkinsUrl']],
  ['airflow', ['executor', 'webserver'], ['dags/gitSync']],
  ['harbor', ['harborAdminPassword'], ['expose/type', 'externalURL']],
  ['external-dns', ['txtOwnerId'], ['domainFilters']],
  ['velero', ['configuration/backupStorageLocation'], ['deployNodeAgent']],
  ['rabbitmq of Bitnami', ['auth/erlangCookie']],
  ['mysql of Bitnami', ['auth/rootPassword']],
  ['kafka of Bitnami', ['kraft'], ['listeners/client']],
  ['istio', ['meshConfig'], ['pilot']],
  ['external-secrets', ['certController'], ['installCRDs', 'webhook']],
  ['cert-manager', ['installCRDs'], ['crds/enabled', 'webhook'], ['cainjector']],
  ['jupyterhub', ['singleuser'], ['hub', 'scheduling']],
  ['traefik', ['ingressRoute'], ['entryPoints'], ['ports/websecure']],
  ['vault', ['injector', 'server'], ['server/ha']],
  ['determined', ['maxSlotsPerPod'], ['checkpointStorage'], ['masterPort']],
];

/** The name of the chart that values look like, where that is not Pachyderm's. */
export function otherChart(root: SourceNode): string | undefined {
  return nameByMarks(CHARTS, root);
}
