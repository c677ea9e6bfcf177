import { readdirSync } from 'node:fs';
import * as path from 'node:path';

/** The releases in which the examples are applied: the oldest and the newest, and the newest with licenses. */
export const RELEASES = ['2.2.8', '2.11.6', '2.12.0-rc.3'] as const;
export type Release = (typeof RELEASES)[number];

/** A document of a suite: one that is in the checkout, with a part laid over it as `extends` does. */
export interface SuiteDocument {
  /** The name of the cluster. */
  readonly name: string;
  /** Default: the name. */
  readonly namespace?: string;
  readonly release: Release;
  /** Absolute path of the document below. */
  readonly base: string;
  readonly over: Readonly<Record<string, unknown>>;
  /** What the API server warns of, because the document asks for it in so many words; default: nothing. */
  readonly warnings?: readonly string[];
}

const checkout = path.resolve(__dirname, '../../..');
const examplesDirectory = path.join(checkout, 'examples');
const oracleDirectory = path.join(checkout, 'test/oracle/documents');

const license = { enterprise: { licenseKey: { env: 'PACHYDERM_LICENSE' } } };
const noEnterprise = { enterprise: null };
const bindings = (own: Record<string, unknown>) => ({ auth: { roleBindings: own } });

/** Changes of an example with one role binding, behind the proxy. */
const devCluster = (subject: string) => ({
  '2.2.8': { ...license, ...bindings({ [subject]: ['repoOwner'] }), access: { via: 'nodePort' } },
  '2.11.6': license,
});

/**
 * What an example needs changed to be valid in a release: up to 2.11 a license, in 2.12 no section about it; before 2.5
 * no role projectCreator; before 2.3 no proxy. No entry: nothing but the release.
 */
const CHANGES: Readonly<Record<string, Partial<Record<Release, Record<string, unknown>>>>> = {
  'dev-k3d': devCluster('group:data-science'),
  'dev-kind': devCluster('group:data-science'),
  'dev-minikube': devCluster('user:kilgore@kilgore.trout'),
  'dex-standalone': {
    '2.2.8': {
      ...license,
      ...bindings({ 'group:data-science': ['repoOwner'] }),
      access: { via: 'ingress' },
      // The Dex inside pachd 2.2 has tables of another form in the database `dex`.
      dex: { storage: { postgres: { database: 'dex_standalone' } } },
    },
    '2.11.6': license,
  },
  'legacy-2.2': {
    '2.11.6': { identity: { connectors: [{ id: 'auth0', config: { forwardedLoginParams: null } }] } },
    '2.12.0-rc.3': {
      ...noEnterprise,
      identity: { connectors: [{ id: 'auth0', config: { forwardedLoginParams: null } }] },
    },
  },
  'minikube-auth0': {
    '2.2.8': { ...license, ...bindings({ allClusterUsers: null }) },
    '2.11.6': license,
  },
  'production-auth0': {
    '2.2.8': bindings({ 'group:data-science': ['repoOwner'], allClusterUsers: null }),
    '2.12.0-rc.3': noEnterprise,
  },
  quickstart: {
    '2.2.8': { ...license, ...bindings({ allClusterUsers: null }), access: { via: 'nodePort' } },
    '2.11.6': license,
  },
  typescript: {
    '2.2.8': {
      ...license,
      ...bindings({
        allClusterUsers: null,
        'group:data-science': ['repoOwner'],
        'group:research': ['repoOwner'],
        'group:platform': ['repoOwner'],
      }),
      access: { via: 'ingress', host: 'pachyderm.example.com' },
    },
    '2.11.6': license,
  },
};

const nameOf = (...parts: readonly string[]): string =>
  parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');

/** Every example in every release. */
export const examples: readonly SuiteDocument[] = readdirSync(examplesDirectory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
  .flatMap((example) => {
    const base = documentIn(path.join(examplesDirectory, example));
    // An example of the library is a program that has its cluster in it.
    if (base === undefined) return [];
    return RELEASES.map((release) => ({
      name: nameOf(example, release),
      release,
      base,
      over: CHANGES[example]?.[release] ?? {},
    }));
  });

function documentIn(directory: string): string | undefined {
  const file = readdirSync(directory).find((name) => /^pachyderm\.(ya?ml|json|ts)$/.test(name));
  return file === undefined ? undefined : path.join(directory, file);
}

/** In the documents with an ingress for its controller's class, as the values of the chart have it. */
const deprecatedClass =
  'Warning: annotation "kubernetes.io/ingress.class" is deprecated, please use \'spec.ingressClassName\' instead';

/** The documents that say what values of the official chart say, each in its release. */
export const chartDocuments: readonly SuiteDocument[] = RELEASES.flatMap((release) =>
  readdirSync(path.join(oracleDirectory, release))
    .sort()
    .map((file) => ({
      name: nameOf('chart', path.basename(file, '.yaml'), release),
      release,
      base: path.join(oracleDirectory, release, file),
      over: {},
      ...(file.startsWith('aws-ingress') ? { warnings: [deprecatedClass] } : {}),
    })),
);

const dexExample = path.join(examplesDirectory, 'dex-standalone/pachyderm.yaml');
const newest = '2.12.0-rc.3';
const bucket = { storage: { local: null, s3: { bucket: 'example', region: 'eu-central-1' } } };

/** As much hardening as there is. */
const STRICT = { security: { hardening: 'strict' } };

/** Documents for objects that neither an example nor the chart has. */
export const otherDocuments: readonly SuiteDocument[] = [
  {
    name: 'dex-in-kubernetes',
    release: newest,
    base: dexExample,
    over: { ...bucket, dex: { storage: { postgres: null, kubernetes: {} } } },
  },
  {
    name: 'dex-in-a-file',
    release: newest,
    base: dexExample,
    over: { ...bucket, dex: { replicas: 1, storage: { postgres: null, sqlite3: {} } } },
  },
  {
    name: 'ingress-class',
    release: newest,
    base: path.join(oracleDirectory, newest, 'aws-ingress-tls-auth0.yaml'),
    over: {
      access: { ingress: { className: 'nginx', annotations: { 'kubernetes.io/ingress.class': null } } },
    },
  },
  {
    name: 'etcd-of-three',
    release: newest,
    base: path.join(oracleDirectory, newest, 'local-mock.yaml'),
    over: { ...bucket, etcd: { replicas: 3 } },
  },
  {
    name: 'production-auth0-strict',
    release: '2.11.6',
    base: path.join(examplesDirectory, 'production-auth0', 'pachyderm.yaml'),
    over: { ...STRICT },
  },
  { name: 'dex-standalone-strict', release: newest, base: dexExample, over: { ...bucket, ...STRICT } },
  {
    name: 'release-2-2-strict',
    release: '2.2.8',
    base: path.join(oracleDirectory, '2.2.8', 'aws-ingress-tls-auth0.yaml'),
    over: { ...STRICT },
    warnings: [deprecatedClass],
  },
];
