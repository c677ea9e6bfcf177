import type { PodLook } from '../cluster/live';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic';
import { didYouMean } from '../diagnostics/suggest';
import type { DocumentInput } from '../document/input';
import type { Cluster } from '../model/cluster';
import type { CheckedDocument } from '../pipeline/check-document';
import { checkFiles } from '../pipeline/check-files';
import { presentable } from '../pipeline/present';
import { keptApplication } from '../secrets/made-application';
import type { SecretInput } from '../secrets/secret-session';
import { readClusterSecrets, type ClusterSecrets, type SecretsOfCluster } from './cluster-secrets';
import { examine, findingsOf, type Section } from './examine';
import type { Status } from './hop';
import { codesOf, readKnownSecrets, secretsSeen, type KnownCluster } from './known-secrets';
import { forgivingReach } from './out-of-reach';
import type { Person } from './login/person';
import { HttpClient } from './network/http';
import { readRoutes, routesThrough, type Routes } from './network/routes';
import { readTrust } from './network/trust';
import { podsSeen } from './pods-seen';
import type { World } from './world';

/** What a run of the doctor is given. */
export interface Consultation {
  readonly documents: DocumentInput;
  readonly secrets: SecretInput;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Values of `--resolve`. */
  readonly overrides: readonly string[];
  /** PEM text of `--ca`. */
  readonly authorities?: string;
  /** What each hop may take, in milliseconds. */
  readonly timeout: number;
  readonly offline: boolean;
  /** Reads Secrets of the cluster that the document refers to; missing for a look from outside alone. */
  readonly secretsOf?: SecretsOfCluster;
  /** Finds a way to see the network as the Pods of a cluster do; missing for this machine's view alone. */
  readonly lookFromPods?: (cluster: Cluster, readsSecrets: boolean) => Promise<PodLook>;
  /** Id of the connector that someone is to log in with, and who that is. */
  readonly login?: { readonly connectorID: string; readonly person: Person };
  /**
   * Name of the cluster that was just deployed: it alone is looked at, without what its deploy has said before, and what is
   * out of reach is a warning. @default all clusters of the file, with everything
   */
  readonly ofDeployed?: string;
  /** The time of this machine, in milliseconds. */
  readonly now: () => number;
}

/** What was seen of the login of one cluster. */
export interface Examination {
  readonly name: string;
  readonly sections: readonly Section[];
}

/** What came of a run. */
export interface Examined {
  readonly examinations: readonly Examination[];
  /** All findings: of checks, of secrets, of hops. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those that no hop says. */
  readonly unsaid: readonly Diagnostic[];
}

/**
 * Checks every hop of the login of the documents in a file. A document whose rules find errors is looked at as well: what
 * they say may be what is wrong.
 *
 * @returns what is wrong with the options, as a sentence, or what was seen
 */
export async function examineFile(
  file: string,
  given: Consultation,
): Promise<Examined | { readonly problem: string }> {
  const routes = readRoutes(given.overrides, given.environment);
  if ('problem' in routes) return routes;
  const trust = readTrust(given.authorities, given.environment['SSL_CERT_FILE']);
  const { now } = given;
  const worldOf = (from: Routes): World => ({
    routes: from,
    trust,
    now,
    client: (authorities) => new HttpClient({ routes: from, authorities, now }),
  });
  const checked = checkFiles([file], given.documents);
  const problem = given.login && unknownConnector(given.login.connectorID, checked.documents);
  if (problem !== undefined) return { problem };
  const looks: DocumentLook[] = [];
  for (const each of checked.documents)
    if (given.ofDeployed === undefined || each.cluster?.name === given.ofDeployed)
      looks.push(await examineDocument(each, given, worldOf, routes));
  const unsaid = [...checked.diagnostics, ...looks.flatMap((look) => look.unsaid)];
  const said = looks.flatMap((look) => look.said);
  return {
    examinations: looks.flatMap(({ examination }) => examination ?? []),
    unsaid: sortDiagnostics(unsaid),
    diagnostics: sortDiagnostics([...unsaid, ...said]),
  };
}

/** What was seen of one document, with the findings that hops say and those that none says. */
interface DocumentLook {
  readonly examination?: Examination;
  readonly said: readonly Diagnostic[];
  readonly unsaid: readonly Diagnostic[];
}

/** What is known from inside a cluster: how its Pods see the network, and its Secrets. */
async function lookInside(
  { cluster, references }: KnownCluster,
  { lookFromPods, secretsOf }: Consultation,
): Promise<{ readonly pods?: PodLook; readonly inside?: ClusterSecrets }> {
  const hasLogins = cluster.auth !== undefined;
  const pods = hasLogins ? await lookFromPods?.(cluster, references.length > 0) : undefined;
  const isRefused = pods !== undefined && 'diagnostics' in pods;
  const inside =
    secretsOf && !isRefused ? await readClusterSecrets(references, cluster.namespace, secretsOf) : undefined;
  return { ...(pods ? { pods } : {}), ...(inside ? { inside } : {}) };
}

async function examineDocument(
  { document, cluster, diagnostics }: CheckedDocument,
  given: Consultation,
  worldOf: (routes: Routes) => World,
  routes: Routes,
): Promise<DocumentLook> {
  const outside = cluster && readKnownSecrets(document, given.secrets);
  if (!outside) return { said: [], unsaid: [] };
  const { pods, inside } = given.offline ? {} : await lookInside(outside, given);
  const known = (inside && readKnownSecrets(document, given.secrets, inside.find)) ?? outside;
  const hasLogins = known.cluster.auth !== undefined;
  const seen = await examine(
    { document, cluster: known.cluster },
    {
      ...given,
      world: worldOf(routes),
      ...(pods && 'open' in pods ? { pods: { name: pods.name, world: worldOf(routesThrough(pods)) } } : {}),
    },
  );
  const sections = given.ofDeployed === undefined ? seen : forgivingReach(seen);
  const unsaidByDeploy = [
    { name: 'rules', status: statusOf(diagnostics), seen: rulesSeen(diagnostics) },
    { name: 'secrets', status: statusOf(known.diagnostics), seen: secretsSeen(known) },
  ];
  const first: Section = {
    name: 'document',
    about: document.file,
    hops: [
      ...unsaidByDeploy.filter(() => given.ofDeployed === undefined),
      ...(inside ? [{ name: 'in cluster', ...inside.sighting }] : []),
      ...(pods ? [{ name: 'Pods', ...podsSeen(pods, known.cluster) }] : []),
    ],
  };
  const noLogin: Section = {
    name: 'Dex',
    about: '',
    hops: [{ name: 'login', status: 'skipped', seen: 'auth.enabled is false: there are no logins' }],
  };
  return {
    examination: { name: known.cluster.name, sections: [first, ...(hasLogins ? sections : [noLogin])] },
    said: findingsOf([first, ...sections], document).map(presentable),
    unsaid: [
      ...known.diagnostics,
      ...(inside?.diagnostics ?? []),
      ...(pods && 'diagnostics' in pods ? pods.diagnostics : []),
    ].map(presentable),
  };
}

/** Why no one can log in with the connector of `--login`; undefined when someone can, or the document cannot be read. */
function unknownConnector(id: string, documents: readonly CheckedDocument[]): string | undefined {
  const clusters = documents.flatMap(({ cluster }) => cluster ?? []);
  if (clusters.length > 1) return '--login is for one cluster: give each a file of its own';
  const ids = clusters.flatMap(({ identity }) => identity.connectors.map((connector) => connector.id));
  // The connector of an application whose client id is kept beside the document.
  const kept = documents.flatMap(({ document, cluster }) =>
    cluster?.auth0 && keptApplication(document) ? [cluster.auth0.connectorID] : [],
  );
  const known = [...new Set([...ids, ...kept])];
  return clusters.length === 0 || known.includes(id)
    ? undefined
    : `--login ${id}: there is no such connector; ${didYouMean(id, known) ?? `expected ${known.join(', ')}`}`;
}

function statusOf(diagnostics: readonly Diagnostic[]): Status {
  if (hasErrors(diagnostics)) return 'failed';
  return diagnostics.length > 0 ? 'warning' : 'ok';
}

function rulesSeen(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.length === 0
    ? 'nothing is found in the document itself'
    : `${diagnostics.length === 1 ? '1 finding' : `${diagnostics.length} findings`} in the document itself, below (${codesOf(diagnostics)})`;
}
