import { HIGH_USER } from '../constructs/hardening/workloads';
import { toYaml } from '../constructs/support/yaml';
import { shellWord } from '../diagnostics/shell-word';
import { withDigest } from '../images/images-of';
import type { Cluster } from '../model/cluster';
import { serverNameOf } from '../model/resolve-enterprise-server';
import { fixedTemplates, hostTemplates, OTHER_HOST } from './chart/host-templates';
import { Holes, HOST_VALUE, literalTemplate } from './chart/template-strings';
import { isOrdinaryHost, valuesSchema } from './chart/values-schema';
import { Varying } from './chart/varying';
import { helmTestImage } from './helm-test-image';
import { inReadingOrder } from './key-order';
import { byFile } from './object-files';
import type { ClusterObject } from './objects';
import type { EmitContext, Output, OutputFile } from './output';
import { referredSecrets } from './referred-secrets';
import { decryptAndApply, sopsFiles } from './secret-forms/sops-files';

/**
 * `helm/`: the cluster as a chart, with values for what may vary. With the defaults it renders to the manifests; with another host
 * to those of the document with that host, as every URL follows from it. Where it cannot, the host is fixed.
 */
export const helm: Output = {
  emit: (cluster, objects, context = {}) => {
    // What sops encrypts is applied beside the chart.
    const inChart =
      cluster.secretForm.kind === 'sops' ? objects.filter(({ isSecret }) => !isSecret) : objects;
    const { host } = cluster.access;
    const templates = host === undefined ? undefined : withHost(cluster, objects, inChart, host, context);
    const holes = new Holes(JSON.stringify(inChart.map(({ manifest }) => manifest)));
    const varying = new Varying(holes, new Set(Object.keys(referredSecrets(objects))));
    const written = (templates ?? fixedTemplates(inChart)).map((template) =>
      varying.object(template as Mapping),
    );
    const manifests = new Map(
      inChart.map((object, index) => [object, inReadingOrder(varying.withImages(written[index]))]),
    );
    const test = varying.pod(testOf(cluster));
    const values = { ...(host === undefined ? {} : { host }), ...varying.values };
    return [
      file('Chart.yaml', toYaml(chartOf(cluster))),
      file('values.yaml', toYaml(values)),
      file(
        'values.schema.json',
        `${JSON.stringify(valuesSchema(values, templates !== undefined), null, 2)}\n`,
      ),
      file('templates/NOTES.txt', notesOf(cluster)),
      ...(host === undefined || templates !== undefined
        ? []
        : [file('templates/host.yaml', fixedHost(host))]),
      ...byFile(inChart).map(([name, inFile]) => ({
        path: `helm/templates/${name}.yaml`,
        content: inFile.map((object) => holes.fill(toYaml(manifests.get(object)))).join('---\n'),
        isSecret: inFile.some(({ isSecret }) => isSecret),
      })),
      file('templates/tests/pachd.yaml', toYaml(varying.withImages(test))),
      ...sopsFiles(objects, cluster, 'helm'),
    ];
  },
  commands: ({ cluster, directory }) => [
    ...(cluster.secretForm.kind === 'sops' ? [decryptAndApply(`${directory}/helm`)] : []),
    `helm upgrade --install ${shellWord(cluster.name)} ${shellWord(`${directory}/helm`)} --namespace ${shellWord(cluster.namespace)}`,
  ],
};

type Mapping = Readonly<Record<string, unknown>>;

/** Templates with the host as a value; undefined where something that is written cannot follow it. */
function withHost(
  cluster: Cluster,
  objects: readonly ClusterObject[],
  inChart: readonly ClusterObject[],
  host: string,
  { objectsWithHost }: EmitContext,
): readonly object[] | undefined {
  const others = isOrdinaryHost(host) ? objectsWithHost?.(OTHER_HOST) : undefined;
  if (others === undefined) return undefined;
  const isApart = (object: ClusterObject): boolean => cluster.secretForm.kind === 'sops' && object.isSecret;
  const apart = objects.filter(isApart).map(({ yaml }) => yaml);
  if (others.filter(isApart).some(({ yaml }) => !apart.includes(yaml))) return undefined;
  return hostTemplates(
    inChart,
    others.filter((object) => !isApart(object)),
    host,
  );
}

function chartOf({ name, release }: Cluster): object {
  return {
    apiVersion: 'v2',
    name,
    description: `The Pachyderm cluster ${name}`,
    type: 'application',
    version: '0.1.0',
    appVersion: release.version.text,
  };
}

function notesOf(cluster: Cluster): string {
  const { name, namespace, urls } = cluster;
  return [
    literalTemplate(`Pachyderm is being installed as ${name}. Wait until it runs:`),
    '',
    `  kubectl -n ${namespace} rollout status deployment/${serverNameOf(cluster)} --timeout=10m`,
    '',
    `{{- if ne .Release.Namespace ${JSON.stringify(namespace)} }}`,
    '',
    `Everything is in the namespace ${namespace}, which the document names. {{ .Release.Namespace }} has Helm's record of the release alone.`,
    '{{- end }}',
    '',
    literalTemplate(`pachkit wrote this chart for ${urls.pachd}; the document says how to log in.`),
    '',
  ].join('\n');
}

function fixedHost(host: string): string {
  const message = `the host is ${host}: something in this chart follows from it that Helm cannot make; change the document, and run pachkit synth`;
  return `{{ if ne ${HOST_VALUE} ${JSON.stringify(host)} }}{{ fail ${JSON.stringify(message)} }}{{ end }}\n`;
}

/** What every namespace admits a Pod with, whatever Pod Security it enforces. */
const TEST_POD = {
  runAsNonRoot: true,
  runAsUser: HIGH_USER,
  runAsGroup: HIGH_USER,
  seccompProfile: { type: 'RuntimeDefault' },
};
const TEST_CONTAINER = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** A Pod for `helm test`, which succeeds when pachd can be reached. */
function testOf(cluster: Cluster): Mapping {
  const { namespace, name, images, securityContexts } = cluster;
  const { pullSecrets } = images;
  const { ports } = (cluster.enterpriseServer ?? cluster.pachd).service;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-test`,
      namespace,
      annotations: {
        'helm.sh/hook': 'test',
        'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
      },
    },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      ...(pullSecrets.length > 0
        ? { imagePullSecrets: pullSecrets.map((secret) => ({ name: secret })) }
        : {}),
      ...(securityContexts ? { securityContext: TEST_POD } : {}),
      containers: [
        {
          name: 'test',
          image: withDigest(helmTestImage(cluster), cluster.imageDigests),
          ...(securityContexts ? { securityContext: TEST_CONTAINER } : {}),
          command: ['nc', '-z', '-w', '10', serverNameOf(cluster), String(ports.grpc)],
        },
      ],
    },
  };
}

function file(path: string, content: string): OutputFile {
  return { path: `helm/${path}`, content, isSecret: false };
}
