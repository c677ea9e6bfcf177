import path from 'node:path';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { clusterName, type Document } from '../document/document';
import type { DocumentInput } from '../document/input';
import { isSystemError } from '../files/system-error';
import type { ClusterDocument } from '../generated/cluster-document';
import type { MadeApplication } from '../model/resolve-context';
import { Secret } from '../model/secret';
import type { OutputEntry } from '../outputs/output';
import { OutputDirectory } from '../outputs/output-directory';
import { outputs } from '../outputs/registry';
import { lockOf } from './lock-option';
import { planFiles, type ClusterPlan, type Plan } from '../plan/plan';
import type { Application, KnownIDs, Purpose } from '../provision/provision';
import {
  forgetApplication,
  keepApplication,
  keptApplication,
  keptApplicationFile,
} from '../secrets/made-application';
import type { SecretInput } from '../secrets/secret-session';
import { removalCommand } from './removal-command';
import type { CommandOptions } from './command';
import type { Host } from './host';

/** What stands for a client id, and for a secret that Auth0 makes, as long as there is no application. */
const NOT_YET = 'known-when-auth0-has-made-the-application';

/** The folder of a cluster that Terraform works in. */
const TERRAFORM = 'terraform';

/** What a run reads its documents with. */
export interface ApplicationsInput {
  readonly files: readonly string[];
  readonly documents: DocumentInput;
  readonly secrets: SecretInput;
}

/** The applications at Auth0 of the clusters of a run, as far as this run knows them. */
export class Applications {
  readonly #made = new Map<string, MadeApplication>();
  readonly #open = new Map<string, Application>();
  readonly #input: ApplicationsInput;
  readonly #rows: readonly OutputEntry[];
  readonly #isUsed: boolean;

  constructor(
    private readonly host: Host,
    private readonly options: CommandOptions,
    input: ApplicationsInput,
  ) {
    this.#isUsed = options['terraform'] !== false;
    this.#rows = outputs
      .filter(({ name, isMadeByDeploy }) => name === 'manifests' || (this.#isUsed && isMadeByDeploy === true))
      // Terraform is started here, so what it asks for is read here.
      .map((row) =>
        row.isMadeByDeploy === true
          ? { ...row, readsSecret: ({ path: [section] }) => section === 'auth0' }
          : row,
      );
    this.#input = {
      ...input,
      secrets: { ...input.secrets, application: (document) => this.#applicationOf(document) },
    };
  }

  /** Reads secrets with the applications of this run. */
  get secrets(): SecretInput {
    return this.#input.secrets;
  }

  /** What the documents come to, with a stand-in for the client id of an application that is not made yet. */
  async plan(): Promise<Plan> {
    const { files, documents, secrets } = this.#input;
    const plan = await planFiles(files, documents, secrets, this.#rows, lockOf(this.options));
    // The client id that a document does not say is what Terraform is asked for.
    const isFoundHere = ({ code }: Diagnostic): boolean => this.#isUsed && code === 'TFM011';
    return { ...plan, diagnostics: plan.diagnostics.filter((diagnostic) => !isFoundHere(diagnostic)) };
  }

  /** Finds Terraform and what it needs for each cluster that has an application to be made. Nothing is started. */
  async open(
    clusters: readonly ClusterPlan[],
    signal: AbortSignal,
    purpose: Purpose = 'deploy',
  ): Promise<readonly Diagnostic[]> {
    const diagnostics: Diagnostic[] = [];
    for (const cluster of clusters) {
      if (!cluster.outputs.some(({ isMadeByDeploy }) => isMadeByDeploy === true)) {
        if (purpose === 'deploy' && this.#isUsed) diagnostics.push(...this.#abandoned(cluster));
        continue;
      }
      const { Application } = await import('../provision/provision');
      const [terraform, out] = ['terraform', 'out'].map((name) => this.options[name]) as [
        string | undefined,
        string,
      ];
      const opened = Application.open(
        cluster,
        {
          environment: this.host.environment,
          ...(terraform === undefined ? {} : { named: terraform }),
          ...{ out, workingDirectory: this.host.directory, signal },
        },
        purpose,
      );
      if ('diagnostics' in opened) diagnostics.push(...opened.diagnostics);
      else {
        this.#open.set(cluster.cluster.name, opened);
        if (purpose === 'deploy') diagnostics.push(...opened.warnings);
      }
    }
    return diagnostics;
  }

  /** What Terraform made of a section that the document no longer has, with the command that removes it. */
  #abandoned({ cluster, document }: ClusterPlan): Diagnostic[] {
    const { directory, environment } = this.host;
    const out = String(this.options['out']);
    const folder = new OutputDirectory(path.resolve(directory, out), out, cluster.name);
    // What others run Terraform on is none of deploy's business.
    const made = outputs.filter(({ isMadeByDeploy }) => isMadeByDeploy === true).map(({ name }) => name);
    const named = (this.options['terraform'] as string | undefined) ?? environment['PACHKIT_TERRAFORM'];
    const remove = removalCommand({
      directory: path.join(out, cluster.name, TERRAFORM),
      workingDirectory: directory,
      terraform: named === undefined || named === '' ? 'terraform' : named,
      kept: path.relative(directory, keptApplicationFile(document)),
    });
    return folder.abandoned([], made).map((abandoned) =>
      remove === undefined
        ? abandoned
        : {
            ...abandoned,
            hint: `this removes it, with the credentials of the Management API set: ${remove}; to keep it, leave the folder as it is`,
          },
    );
  }

  /** The application of a cluster; undefined for one without, or with `--no-terraform`. */
  of({ cluster: { name } }: ClusterPlan): Application | undefined {
    return this.#open.get(name);
  }

  /** What is known of an application without Terraform. */
  knownIDs({ document }: ClusterPlan): KnownIDs {
    return { written: writtenID(document), kept: keptApplication(document)?.clientID };
  }

  /** A cluster with the application that Terraform knows; planned anew when it was planned with another one. */
  async withMade(
    cluster: ClusterPlan,
    made: MadeApplication | undefined,
  ): Promise<ClusterPlan | { readonly diagnostics: readonly Diagnostic[] }> {
    if (made === undefined) return cluster;
    this.#made.set(cluster.cluster.name, made);
    if (isOf(cluster, made)) return cluster;
    const plan = await this.plan();
    if (hasErrors(plan.diagnostics)) return { diagnostics: plan.diagnostics };
    return plan.clusters.find(({ cluster: { name } }) => name === cluster.cluster.name) ?? cluster;
  }

  /** Keeps the client id for commands that ask no Terraform. Where it cannot be written, they ask for it in the document. */
  keep({ document }: ClusterPlan, made: MadeApplication | undefined): void {
    if (made === undefined || writtenID(document) !== undefined) return;
    try {
      keepApplication(document, made);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  /** Forgets the client id of an application that was taken away. */
  forget({ document }: ClusterPlan): void {
    forgetApplication(document);
  }

  close(): void {
    for (const application of this.#open.values()) application.close();
    this.#open.clear();
  }

  #applicationOf(document: Document): MadeApplication | undefined {
    const made = this.#made.get(clusterName(document));
    const kept = keptApplication(document);
    if (made !== undefined || !this.#isUsed || sectionOf(document)?.provision === 'none') return made ?? kept;
    return { clientID: NOT_YET, clientSecret: new Secret(NOT_YET), ...kept };
  }
}

function sectionOf({ value }: Document) {
  return (value as unknown as Partial<ClusterDocument>).auth0?.application;
}

function writtenID(document: Document): string | undefined {
  return sectionOf(document)?.clientID;
}

/** Whether a cluster was planned with an application. */
function isOf({ cluster: { auth0 } }: ClusterPlan, { clientID, clientSecret }: MadeApplication): boolean {
  const planned = auth0?.application;
  if (planned === undefined || planned.clientID !== clientID) return false;
  if (planned.clientSecretFrom === 'variable') return true;
  const secret = planned.clientSecret;
  return secret?.kind === 'literal' && secret.value.reveal() === clientSecret?.reveal();
}
