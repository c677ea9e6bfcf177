import { hasErrors, sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic';
import { didYouMean } from '../diagnostics/suggest';
import type { DocumentInput } from '../document/input';
import type { CheckedDocument } from '../pipeline/check-document';
import { checkFiles } from '../pipeline/check-files';
import { presentable } from '../pipeline/present';
import { keptApplication } from '../secrets/made-application';
import type { SecretInput } from '../secrets/secret-session';
import { readClusterSecrets, type SecretsOfCluster } from './cluster-secrets';
import { examine, findingsOf, type Section } from './examine';
import type { Status } from './hop';
import { codesOf, readKnownSecrets, secretsSeen } from './known-secrets';
import { forgivingReach } from './out-of-reach';
import type { Person } from './login/person';
import { HttpClient } from './network/http';
import { readRoutes } from './network/routes';
import { readTrust } from './network/trust';

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
  const world = {
    routes,
    trust,
    now,
    client: (authorities: readonly string[]) => new HttpClient({ routes, authorities, now }),
  };
  const checked = checkFiles([file], given.documents);
  const problem = given.login && unknownConnector(given.login.connectorID, checked.documents);
  if (problem !== undefined) return { problem };
  const unsaid: Diagnostic[] = [...checked.diagnostics];
  const said: Diagnostic[] = [];
  const examinations: Examination[] = [];
  for (const { document, cluster, diagnostics } of checked.documents) {
    if (given.ofDeployed !== undefined && cluster?.name !== given.ofDeployed) continue;
    const outside = cluster && readKnownSecrets(document, given.secrets);
    if (!outside) continue;
    const inside =
      given.secretsOf && !given.offline
        ? await readClusterSecrets(outside.references, outside.cluster.namespace, given.secretsOf)
        : undefined;
    const known = (inside && readKnownSecrets(document, given.secrets, inside.find)) ?? outside;
    unsaid.push(...[...known.diagnostics, ...(inside?.diagnostics ?? [])].map(presentable));
    const seen = await examine({ document, cluster: known.cluster }, { ...given, world });
    const sections = given.ofDeployed === undefined ? seen : forgivingReach(seen);
    const own: Section = {
      name: 'document',
      about: document.file,
      hops: [
        ...(given.ofDeployed === undefined
          ? [
              { name: 'rules', status: statusOf(diagnostics), seen: rulesSeen(diagnostics) },
              { name: 'secrets', status: statusOf(known.diagnostics), seen: secretsSeen(known) },
            ]
          : []),
        ...(inside ? [{ name: 'in cluster', ...inside.sighting }] : []),
      ],
    };
    said.push(...findingsOf([own, ...sections], document).map(presentable));
    const noLogin: Section = {
      name: 'Dex',
      about: '',
      hops: [{ name: 'login', status: 'skipped', seen: 'auth.enabled is false: there are no logins' }],
    };
    examinations.push({
      name: known.cluster.name,
      sections: [own, ...(known.cluster.auth ? sections : [noLogin])],
    });
  }
  return {
    examinations,
    unsaid: sortDiagnostics(unsaid),
    diagnostics: sortDiagnostics([...unsaid, ...said]),
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
