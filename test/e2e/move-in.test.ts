import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { createNamespace, readBack, removeServices } from './cluster-apply/cluster';
import { parseObjects, type KubernetesObject } from './cluster-apply/synthesize';
import {
  describeWithTools,
  kubernetesTools,
  runToSuccess,
  startKubernetes,
  temporaryDirectory,
  type KubernetesServer,
  type TemporaryDirectory,
} from './harness';

/** Values, and what the official chart renders from them; beside the project where there are any. */
const CASES = path.resolve(__dirname, '../../../shared/oracle/cases');
const program = path.resolve(__dirname, '../../dist/bin/pachkit.js');

/** A release of the chart that runs, and is moved to pachkit. */
interface Moving {
  /** `2.11.6/local-mock` */
  readonly name: string;
  readonly release: string;
  /** Name of the Helm release. */
  readonly helmRelease: string;
  /** Up to 2.2 the secrets of the Job are in one Secret, which pachkit writes too: they have to be in the document. */
  readonly secrets: 'existing' | 'plain';
}

const cases: readonly Moving[] = existsSync(CASES)
  ? readdirSync(CASES)
      .sort()
      .flatMap((release) =>
        readdirSync(path.join(CASES, release))
          .sort()
          .map((name, index) => ({
            name: `${release}/${name}`,
            release,
            // Names are part of selectors, so each release has one that has another.
            helmRelease: index === 0 ? 'pachd' : 'pachyderm',
            secrets: release.startsWith('2.2.') ? ('plain' as const) : ('existing' as const),
          })),
      )
  : [];

/** What pachkit writes otherwise on purpose, as docs/decisions/differences-from-the-official-chart.md says. */
const ON_PURPOSE: readonly { readonly objects: RegExp; readonly fields: RegExp }[] = [
  // `ALL`, as Pod Security compares it; the chart says `all`.
  { objects: /^(Deployment|StatefulSet)\//, fields: /\.securityContext\.capabilities\.drop\.0$/ },
  // Pods carry a checksum of what they read.
  { objects: /^Deployment\//, fields: /^spec\.template\.metadata\.annotations\./ },
  // With type NodePort and without the proxy the chart names an issuer that there is not.
  {
    objects:
      /^(ConfigMap\/pachyderm-identity-config|Secret\/(pachyderm-auth|pachyderm-bootstrap-config)|Deployment\/console)$/,
    fields: /(\.issuer|auth-config\.user_accessible_issuer_host|\.\[console\]\.env\.\[ISSUER_URI\]\.value)$/,
  },
  // Settings of a backend whose credentials stay in the Secret of the release.
  {
    objects: /^Deployment\/(pachd|pachw)$/,
    fields: /\.env\.\[(AMAZON|AWS|CUSTOM|DISABLE|MAX|NO|OBJ|PART|RETRIES|REVERSE|TIMEOUT|UPLOAD)_?\w*\]/,
  },
];

describeWithTools(
  'Moving a release of the official chart in',
  cases.length > 0 ? kubernetesTools : [],
  () => {
    if (cases.length === 0) {
      test.skip('no renderings of the chart beside the project', () => undefined);
      return;
    }

    let kubernetes: KubernetesServer;

    beforeAll(async () => {
      kubernetes = await startKubernetes();
    });

    test.each(cases.map((moving) => [moving.name, moving] as const))('%s', async (name, moving) => {
      const namespace = name.replace(/[^a-z0-9]+/g, '-');
      const folder = temporaryDirectory('move-in');
      await createNamespace(kubernetes, namespace);
      const installed = writeInstalled(moving, namespace, folder);
      const install = await kubernetes.kubectl([
        ...['apply', '--server-side', '--field-manager=helm', '--namespace', namespace, '-f', installed],
      ]);
      expect({ code: install.code, output: install.code === 0 ? '' : install.output }).toEqual({
        code: 0,
        output: '',
      });
      const before = await everything(kubernetes, namespace);

      const manifests = await importAndSynthesize(moving, namespace, folder);
      const applied = await kubernetes.kubectl([
        ...['apply', '--server-side', '--force-conflicts', '--validate=strict', '-f', manifests],
      ]);
      // Nothing that cannot be changed is refused.
      expect({ code: applied.code, refused: applied.code === 0 ? '' : applied.output }).toEqual({
        code: 0,
        refused: '',
      });

      const after = await everything(kubernetes, namespace);
      // Nothing is replaced: the same objects, by their uids; what comes on top is the Job alone, which Helm deletes when it is done.
      const added = Object.keys(after).filter((key) => before[key] === undefined);
      expect(added.filter((key) => !key.startsWith('Job/pachyderm-config-'))).toEqual([]);
      for (const [key, object] of Object.entries(before))
        expect([key, uidOf(after[key])]).toEqual([key, uidOf(object)]);
      // And everything else is as it was, but for what is listed.
      expect(unexpected(before, after)).toEqual([]);

      await readBack(kubernetes, manifests);
      await removeServices(kubernetes, namespace);
      folder.remove();
    });
  },
);

/** The rendering as Helm installs it: with its labels and annotations, without hooks that it deletes. */
function writeInstalled(
  { name, helmRelease }: Moving,
  namespace: string,
  folder: TemporaryDirectory,
): string {
  const upper = `${helmRelease.toUpperCase()}_LOKI`;
  const text = readFileSync(path.join(CASES, name, 'rendered.yaml'), 'utf8')
    .replace(/namespace: pachyderm$/gm, `namespace: ${namespace}`)
    .replace(/\.pachyderm\.svc/g, `.${namespace}.svc`)
    .replace(/^(\s*- )pachyderm$/gm, `$1${namespace}`)
    .replace(/app\.kubernetes\.io\/instance: pachyderm$/gm, `app.kubernetes.io/instance: ${helmRelease}`)
    .replace(/PACHYDERM_LOKI/g, upper);
  const objects = parseObjects(text).filter(
    ({ metadata }) => annotationsOf(metadata)['helm.sh/hook'] === undefined,
  );
  const file = folder.join('installed.json');
  const items = objects.map((object) => ownedByHelm(object, helmRelease, namespace));
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return file;
}

function annotationsOf(metadata: KubernetesObject['metadata']): Readonly<Record<string, string>> {
  return (metadata as { annotations?: Record<string, string> }).annotations ?? {};
}

function ownedByHelm(object: KubernetesObject, helmRelease: string, namespace: string): object {
  const metadata = object.metadata as KubernetesObject['metadata'] & { labels?: Record<string, string> };
  return {
    ...object,
    metadata: {
      ...metadata,
      namespace,
      labels: { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: {
        ...annotationsOf(metadata),
        'meta.helm.sh/release-name': helmRelease,
        'meta.helm.sh/release-namespace': namespace,
      },
    },
  };
}

async function importAndSynthesize(
  { name, release, helmRelease, secrets }: Moving,
  namespace: string,
  folder: TemporaryDirectory,
): Promise<string> {
  const environment = { NO_COLOR: '1', CI: 'true', AUTH0_CLIENT_SECRET: 'auth0-client-secret-0123456789' };
  const pachkit = (args: readonly string[]): Promise<string> =>
    runToSuccess({
      name: `pachkit ${args[0] ?? ''}`,
      program: process.execPath,
      args: [program, ...args],
      environment,
      workingDirectory: folder.path,
    });
  await pachkit([
    ...['import', 'helm-values', path.join(CASES, name, 'values.yaml'), '--release', release],
    ...[
      '--namespace',
      namespace,
      '--helm-release',
      helmRelease,
      '--secrets',
      secrets,
      '-o',
      'pachyderm.yaml',
    ],
  ]);
  await pachkit(['synth', 'pachyderm.yaml', '--out', 'out', '--only', 'manifests']);
  return folder.join('out', helmRelease, 'manifests');
}

const KINDS = [
  ...[
    'configmaps',
    'secrets',
    'services',
    'serviceaccounts',
    'roles',
    'rolebindings',
    'deployments',
    'statefulsets',
  ],
  ...['ingresses', 'jobs'],
];

async function everything(
  kubernetes: KubernetesServer,
  namespace: string,
): Promise<Readonly<Record<string, KubernetesObject>>> {
  const { code, output, standardOutput } = await kubernetes.kubectl([
    ...['get', KINDS.join(','), '--namespace', namespace, '-o', 'json'],
  ]);
  if (code !== 0) throw new Error(output);
  const { items } = JSON.parse(standardOutput) as { items: KubernetesObject[] };
  return Object.fromEntries(items.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

function uidOf(object: KubernetesObject | undefined): unknown {
  return (object?.metadata as { uid?: string } | undefined)?.uid;
}

/** What the API server keeps about an object, and no one has said. */
const KEPT = /^(status|metadata\.(generation|resourceVersion|managedFields))(\.|$)/;

function changedFields(before: KubernetesObject, after: KubernetesObject | undefined): string[] {
  const [old, now] = [leavesOf(readable(before)), leavesOf(readable(after))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => !KEPT.test(field) && old.get(field) !== now.get(field))
    .sort();
}

/** An object with what is in its Secret or ConfigMap as data: YAML and JSON may be written in several ways. */
function readable(object: KubernetesObject | undefined): unknown {
  const data = object?.['data'] as Readonly<Record<string, string>> | undefined;
  if (object === undefined || data === undefined) return object;
  const isSecret = object.kind === 'Secret';
  return {
    ...object,
    data: Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        dataIn(isSecret ? Buffer.from(value, 'base64').toString('utf8') : value),
      ]),
    ),
  };
}

function dataIn(text: string): unknown {
  try {
    const value: unknown = parse(text, reviveJson);
    return typeof value === 'object' ? value : text.trimEnd();
  } catch {
    return text.trimEnd();
  }
}

/** Connectors have JSON inside of YAML. */
function reviveJson(key: unknown, value: unknown): unknown {
  return key === 'jsonConfig' && typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
}

function leavesOf(value: unknown, at = ''): Map<string, unknown> {
  // Nothing, and a field that is not there, are the same.
  if (value === null) return new Map();
  if (typeof value !== 'object') return new Map([[at, value]]);
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [keyOfItem(item) ?? String(index), item])
    : Object.entries(value);
  return new Map(entries.flatMap(([key, inner]) => [...leavesOf(inner, at === '' ? key : `${at}.${key}`)]));
}

/** What tells an item of a list from the others, where their order means nothing. */
function keyOfItem(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { mountPath, name } = item as { mountPath?: unknown; name?: unknown };
  const key = mountPath ?? name;
  return typeof key === 'string' ? `[${key}]` : undefined;
}

/** Changes that no reason is known for. */
function unexpected(
  before: Readonly<Record<string, KubernetesObject>>,
  after: Readonly<Record<string, KubernetesObject>>,
): string[] {
  return Object.entries(before).flatMap(([key, object]) =>
    changedFields(object, after[key])
      .filter((field) => !ON_PURPOSE.some(({ objects, fields }) => objects.test(key) && fields.test(field)))
      .map((field) => `${key} ${field}`),
  );
}
