import { hasErrors, sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic';
import type { DocumentInput } from '../document/input';
import { checkFiles } from '../pipeline/check-files';
import { presentable } from '../pipeline/present';
import type { SecretInput } from '../secrets/secret-session';
import { examine, findingsOf, type Section } from './examine';
import type { Status } from './hop';
import { codesOf, readKnownSecrets, secretsSeen } from './known-secrets';
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
 * Looks at every hop of the login of the documents in a file. A document whose rules find errors is looked at as well: what
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
  const unsaid: Diagnostic[] = [...checked.diagnostics];
  const said: Diagnostic[] = [];
  const examinations: Examination[] = [];
  for (const { document, cluster, diagnostics } of checked.documents) {
    const known = cluster && readKnownSecrets(document, given.secrets);
    if (!known) continue;
    unsaid.push(...known.diagnostics.map(presentable));
    const sections = await examine({ document, cluster: known.cluster }, { ...given, world });
    said.push(...findingsOf(sections, document).map(presentable));
    const own: Section = {
      name: 'document',
      about: document.file,
      hops: [
        { name: 'rules', status: statusOf(diagnostics), seen: rulesSeen(diagnostics) },
        { name: 'secrets', status: statusOf(known.diagnostics), seen: secretsSeen(known) },
      ],
    };
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

function statusOf(diagnostics: readonly Diagnostic[]): Status {
  if (hasErrors(diagnostics)) return 'failed';
  return diagnostics.length > 0 ? 'warning' : 'ok';
}

function rulesSeen(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.length === 0
    ? 'nothing is found in the document itself'
    : `${diagnostics.length === 1 ? '1 finding' : `${diagnostics.length} findings`} in the document itself, below (${codesOf(diagnostics)})`;
}
