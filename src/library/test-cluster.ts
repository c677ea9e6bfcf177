import type { ClusterDocument } from '../generated/cluster-document';
import { fileInput } from '../document/input';
import type { ClusterUrls } from '../model/urls';
import { loadClusters } from '../plan/load-clusters';
import { NEWEST_EXAMPLE } from '../releases/pachyderm';
import { listedSecrets } from '../secrets/listed-secrets';
import { SecretSession, type SecretInput } from '../secrets/secret-session';
import { synthesize, type SynthesizedFile } from './documents';
import { InvalidClusterError } from './invalid-cluster-error';
import { resolvedCluster, type ResolvedCluster } from './resolved-cluster';

/** The newest, which needs no license. */
const RELEASE = NEWEST_EXAMPLE;

/** A person to log in as. */
export interface TestUser {
  /** E-mail address in lowercase, to log in with. */
  readonly email: string;
  /**
   * Name of the person.
   * @default - the e-mail address
   */
  readonly name?: string;
  /**
   * Password.
   * @default - derived from the seed
   */
  readonly password?: string;
  /**
   * Groups, as `auth.roleBindings` names them after `group:`.
   * @default - none
   */
  readonly groups?: readonly string[];
  /**
   * Roles on the whole cluster, such as `clusterAdmin`.
   * @default - none
   */
  readonly roles?: readonly string[];
}

/** What a test wants a cluster to be. */
export interface TestClusterOptions {
  /**
   * Name of the cluster.
   * @default test
   */
  readonly name?: string;
  /**
   * Release of Pachyderm. Up to 2.11 it needs a license: `document: { enterprise: { licenseKey } }`.
   * @default 2.12.0-rc.3
   */
  readonly release?: string;
  /**
   * Port of this machine that all URLs have.
   * @default 8080
   */
  readonly port?: number;
  /**
   * What all secrets are derived from, so that every run has the same.
   * @default - the name
   */
  readonly seed?: string;
  /**
   * People to log in as, kept by Dex or by a directory in the cluster; none where `document` has connectors in `identity`.
   * @default - one, admin@example.com, with the role clusterAdmin
   */
  readonly users?: readonly TestUser[];
  /**
   * Sections of the document that the test needs otherwise, each in the place of the one that is made here.
   * @default - none
   */
  readonly document?: Partial<ClusterDocument>;
  /**
   * Environment that secrets given as an `env` are read from, such as `process.env`.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Secrets of a test cluster in clear text. */
export interface TestSecrets {
  /** Token of the root user of pachd; empty where `auth` is off, or the token is in a Secret that exists. */
  readonly rootToken: string;
  /** Every secret by its field in the document, such as `auth.rootToken` and `dev.users[0].password`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A cluster of a test: its document, and what follows from it. */
export interface TestCluster {
  /** The document, to be changed and passed on. */
  readonly document: ClusterDocument;
  /** The document as a file, for `pachkit dev up` and other commands. JSON, which is YAML too. */
  readonly text: string;
  /** The cluster for constructs of the library. */
  readonly resolved: ResolvedCluster;
  /** Every URL of a login. */
  readonly urls: ClusterUrls;
  /** Secrets in clear text. */
  readonly secrets: TestSecrets;
  /** People to log in as, with their passwords. */
  readonly users: readonly Required<TestUser>[];
  /** What `pachkit synth` writes. */
  readonly files: readonly SynthesizedFile[];
}

/**
 * A cluster for a test, in profile dev: the document of a login that works, its URLs and secrets, and the files of
 * `pachkit synth`. Nothing is written and no cluster is asked; the same options always give the same bytes.
 *
 * @throws InvalidClusterError - when the document would not work; `diagnostics` says why
 *
 * @example
 * ```ts
 * const cluster = await testCluster({ users: [{ email: 'ada@example.com', groups: ['data-science'] }] });
 * fs.writeFileSync('pachyderm.yaml', cluster.text);
 * await page.goto(cluster.urls.console);
 * await page.getByLabel('Password').fill(cluster.users[0].password);
 * ```
 */
export async function testCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  const { environment = {} } = options;
  const document = documentOf(options);
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const input = fileInput(process.cwd());
  const secretInput: SecretInput = {
    variable: (name) => environment[name],
    readFile: (fileName, limits) => input.readFile(fileName, limits),
    frozen: true,
  };
  const { clusters, diagnostics } = loadClusters(
    ['-'],
    { ...input, readStandardInput: () => Buffer.from(text) },
    secretInput,
    // One that lies in the folder is for other documents.
    document.images?.lock !== undefined,
  );
  const [described] = clusters;
  if (described === undefined) throw new InvalidClusterError('testCluster', diagnostics);
  const { cluster } = described;
  const session = new SecretSession(described.document, secretInput);
  const fields = Object.fromEntries(
    listedSecrets(described.document).flatMap(({ field, steps, value }) => {
      const reference = session.reader({ path: steps, value });
      return reference?.kind === 'literal' ? [[field, reference.value.reveal()]] : [];
    }),
  );
  const resolved = resolvedCluster(cluster);
  return {
    document,
    text,
    resolved,
    urls: cluster.urls,
    secrets: { rootToken: fields['auth.rootToken'] ?? '', fields },
    users: (cluster.dev?.people ?? []).map(({ password, ...person }) => ({
      ...person,
      password: password.value.reveal(),
    })),
    files: await synthesize(resolved),
  };
}

function documentOf({
  name = 'test',
  release = RELEASE,
  port = 8080,
  seed = name,
  users = [{ email: 'admin@example.com', roles: ['clusterAdmin'] }],
  document,
}: TestClusterOptions): ClusterDocument {
  const made = {
    apiVersion: 'pachkit/v1',
    name,
    release,
    profile: 'dev',
    secrets: { seed },
    access: { via: 'proxy', port },
    ...(users.length === 0 ? {} : { dev: { users } }),
    storage: { local: { hostPath: '/var/pachyderm/' } },
    ...document,
  };
  // Roles are checked with the document, as everything else is.
  return made as unknown as ClusterDocument;
}
