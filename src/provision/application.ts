import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { KnownSecrets } from '../cluster/compare/known-secrets';
import type { Emit } from '../cluster/deploy/events';
import type { MadeApplication } from '../model/resolve-context';
import { Secret } from '../model/secret';
import type { ClusterPlan } from '../plan/plan';
import {
  applicationChanges,
  removedCallbacks,
  type ApplicationChange,
  type TerraformPlan,
} from './application-changes';
import {
  clashingVariables,
  CREDENTIALS,
  missingCredentials,
  secretVariables,
  withoutSecrets,
} from './credentials';
import { messageIn, terraformFailure } from './failures';
import { findTerraform } from './find-terraform';
import { runTerraform, type Terraform, type TerraformEnd } from './run-terraform';
import { TerraformFolder, type FolderPlace } from './terraform-folder';

/** What the user's Terraform is started with. */
export interface ApplicationSettings extends FolderPlace {
  /** The variables of the user. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The value of `--terraform`. */
  readonly named?: string;
  readonly signal: AbortSignal;
}

/** What Terraform is going to do at Auth0; nothing is done yet. */
export interface PreparedApplication {
  readonly changes: readonly ApplicationChange[];
  /** The application as it is; undefined before it is made. */
  readonly made: MadeApplication | undefined;
  /** Callback URLs that are registered and that the document does not have any more. */
  readonly removedCallbacks: readonly string[];
}

/** Client ids of the application, as far as they are known without Terraform. */
export interface KnownIDs {
  /** The one that the document says. */
  readonly written?: string | undefined;
  /** The one that an earlier deploy has kept. */
  readonly kept?: string | undefined;
}

/** What Terraform is started for: to make the application what the document says, or to take it away. */
export type Purpose = 'deploy' | 'destroy';

/** What an apply that fails leaves. */
const EFFECTS: Readonly<Record<Purpose, string>> = {
  deploy: 'What it has made is in its state, and the cluster is as it was: the next deploy goes on',
  destroy: 'What is left is in its state: pachkit destroy goes on when it is run again',
};

/** Callback URLs that stay although no one needs them. */
const NOT_FINISHED =
  'The cluster is deployed, and callback URLs that it no longer uses stay registered: the next deploy removes them';

type Refused = { readonly diagnostics: readonly Diagnostic[] };

/** Waits for another Terraform that has the state. */
const LOCK_TIMEOUT = '-lock-timeout=30s';

/** The application at Auth0 of one cluster, and the Terraform that plans and makes it. */
export class Application {
  readonly #terraform: Terraform;
  readonly #folder: TerraformFolder;
  readonly #secrets: KnownSecrets;

  private constructor(
    private readonly plan: ClusterPlan,
    private readonly purpose: Purpose,
    folder: TerraformFolder,
    terraform: Terraform,
  ) {
    this.#folder = folder;
    this.#terraform = terraform;
    const { environment } = terraform;
    this.#secrets = new KnownSecrets().learnTexts([
      ...CREDENTIALS.map((name) => environment[name]),
      ...Object.keys(environment)
        .filter((name) => name.startsWith('TF_VAR_auth0_') && name !== 'TF_VAR_auth0_domain')
        .map((name) => environment[name]),
    ]);
  }

  /**
   * Finds the program and what it needs. Nothing is written or started yet.
   *
   * @param purpose to take the application away no secret of it is needed
   */
  static open(
    plan: ClusterPlan,
    { environment, named = environment['PACHKIT_TERRAFORM'], signal, ...place }: ApplicationSettings,
    purpose: Purpose = 'deploy',
  ): Application | { readonly diagnostics: readonly Diagnostic[] } {
    const { document } = plan;
    const { auth0 } = plan.cluster;
    if (auth0 === undefined) return { diagnostics: [] };
    const folder = new TerraformFolder(plan, place);
    const program = findTerraform({
      ...(named === undefined ? {} : { named }),
      path: environment['PATH'],
      workingDirectory: place.workingDirectory,
      directory: folder.absolute,
    });
    const secrets = secretVariables(auth0, environment, document);
    const diagnostics = [
      ...(program === undefined ? [noTerraform(named, document.file)] : []),
      ...missingCredentials(environment, document),
      ...(purpose === 'destroy' ? [] : secrets.diagnostics),
    ];
    if (program === undefined || diagnostics.length > 0) return { diagnostics };
    return new Application(plan, purpose, folder, {
      program,
      directory: folder.absolute,
      scratch: folder.scratch,
      environment: {
        ...(purpose === 'destroy' ? withoutSecrets(auth0) : {}),
        ...environment,
        ...secrets.variables,
      },
      signal,
    });
  }

  /** What should be known before anything is planned. */
  get warnings(): readonly Diagnostic[] {
    return clashingVariables(this.#terraform.environment, this.plan.document);
  }

  /** Writes the configuration, and has Terraform say what it would change. */
  async prepare(
    known: KnownIDs,
  ): Promise<PreparedApplication | { readonly diagnostics: readonly Diagnostic[] }> {
    const written = await this.#folder.write();
    if (written.some(({ severity }) => severity === 'error')) return { diagnostics: written };
    this.#folder.prepare();
    const init = await this.#run(['init', '-no-color', '-input=false']);
    if (init.code !== 0) return this.#refuse('init', init);
    const made = await this.#outputs();
    if ('code' in made) return this.#refuse('output', made);
    const end = await this.#plan('plan', this.purpose === 'destroy' ? ['-destroy'] : []);
    if (end.code !== 0 && end.code !== 2) return this.#refuse('plan', end);
    const shown = end.code === 0 ? {} : await this.#show('plan');
    if ('code' in shown) return this.#refuse('show', shown);
    const changes = applicationChanges(shown, this.#secrets);
    const elsewhere = this.#otherApplication(known, made.application, changes);
    if (elsewhere !== undefined) return { diagnostics: [elsewhere] };
    return { changes, made: made.application, removedCallbacks: removedCallbacks(shown) };
  }

  /** Applies the plan that was shown. */
  async apply(emit: Emit, { changes }: PreparedApplication): Promise<Applied> {
    if (changes.length === 0) return this.#made();
    emit({ type: 'phase', phase: 'application at Auth0', objects: changes.length });
    return this.#apply('plan', emit);
  }

  /**
   * Applies what was shown, but for the callback URLs that go: a pachd that has not restarted yet needs them. With
   * {@link finish} they go.
   */
  async applyKeeping(emit: Emit, prepared: PreparedApplication): Promise<Applied> {
    this.#folder.writeWithCallbacks(prepared.removedCallbacks);
    try {
      const end = await this.#plan('keeping', []);
      if (end.code === 0) return await this.#made();
      if (end.code !== 2) return this.#refuse('plan', end);
      emit({ type: 'phase', phase: 'application at Auth0', objects: prepared.changes.length });
      return await this.#apply('keeping', emit);
    } finally {
      this.#folder.restore();
    }
  }

  /** Takes away the callback URLs that no one needs any more. */
  async finish(emit: Emit): Promise<readonly Diagnostic[]> {
    const end = await this.#plan('finish', []);
    if (end.code === 0) return [];
    if (end.code !== 2) return this.#refuse('plan', end).diagnostics;
    emit({ type: 'phase', phase: 'callback URLs that are no longer used', objects: 1 });
    const applied = await this.#apply('finish', emit, NOT_FINISHED);
    return 'diagnostics' in applied ? applied.diagnostics : [];
  }

  /** Removes what Terraform has printed and planned. */
  close(): void {
    this.#folder.discard();
  }

  async #apply(plan: string, emit: Emit, effect?: string): Promise<Applied> {
    const end = await this.#run(this.#applying(plan), (line) => {
      const { type, hook } = messageIn(line) ?? {};
      if (type === 'apply_complete')
        emit({
          type: hook?.action === 'delete' ? 'deleted' : 'applied',
          object: hook?.resource?.addr ?? '',
          action: hook?.action ?? 'update',
        });
    });
    this.#folder.protectStates();
    if (end.code !== 0) return this.#refuse('apply', end, effect);
    const applied = await this.#made();
    if ('diagnostics' in applied || !this.#lacksSecret(applied.made)) return applied;
    // An output that reads what was changed by the same apply has its value with the next one.
    const again = await this.#plan('again', []);
    if (again.code === 0) return applied;
    const repeated = again.code === 2 ? await this.#run(this.#applying('again')) : again;
    return repeated.code === 0 ? this.#made() : this.#refuse('apply', repeated);
  }

  async #made(): Promise<Applied> {
    const outputs = await this.#outputs();
    return 'code' in outputs ? this.#refuse('output', outputs) : { made: outputs.application };
  }

  /** Whether Auth0 makes the client secret, and it is not known yet. */
  #lacksSecret(made: MadeApplication | undefined): boolean {
    const { auth0 } = this.plan.cluster;
    if (this.purpose === 'destroy') return false;
    return auth0?.application.clientSecretFrom === 'state' && made?.clientSecret === undefined;
  }

  #applying(plan: string): string[] {
    return ['apply', '-json', '-input=false', LOCK_TIMEOUT, this.#planFile(plan)];
  }

  #plan(name: string, more: readonly string[]): Promise<TerraformEnd> {
    const out = `-out=${this.#planFile(name)}`;
    return this.#run(['plan', '-json', '-input=false', '-detailed-exitcode', LOCK_TIMEOUT, out, ...more]);
  }

  async #show(name: string): Promise<TerraformPlan | TerraformEnd> {
    const end = await this.#run(['show', '-json', this.#planFile(name)]);
    return end.code === 0 ? (JSON.parse(end.output) as TerraformPlan) : end;
  }

  async #outputs(): Promise<{ readonly application: MadeApplication | undefined } | TerraformEnd> {
    const end = await this.#run(['output', '-json']);
    if (end.code !== 0) return end;
    const outputs = JSON.parse(end.output === '' ? '{}' : end.output) as Record<string, { value?: unknown }>;
    const [clientID, clientSecret] = ['client_id', 'client_secret'].map((name) => outputs[name]?.value);
    if (typeof clientID !== 'string' || clientID === '') return { application: undefined };
    if (typeof clientSecret !== 'string' || clientSecret === '') return { application: { clientID } };
    this.#secrets.learnTexts([clientSecret]);
    return { application: { clientID, clientSecret: new Secret(clientSecret) } };
  }

  #planFile(name: string): string {
    return path.join(this.#terraform.scratch, `${name}.tfplan`);
  }

  #run(args: readonly string[], onLine?: (line: string) => void): Promise<TerraformEnd> {
    return runTerraform(this.#terraform, args, onLine);
  }

  #refuse(action: string, end: TerraformEnd, effect = EFFECTS[this.purpose]): Refused {
    const { file } = this.plan.document;
    if (this.#terraform.signal.aborted)
      return {
        diagnostics: [
          {
            code: 'CLU016',
            severity: 'error',
            message: 'The command was interrupted; what Terraform has done stays',
            location: { file },
            path: '',
            hint: 'run the command again: it goes on',
          },
        ],
      };
    const directory = this.#folder.shown;
    const said = {
      action,
      effect: action === 'apply' ? effect : 'Nothing is changed at Auth0',
      ...{ end, directory, file, secrets: this.#secrets },
    };
    return { diagnostics: [terraformFailure(said)] };
  }

  /** A state that does not have the application of the document: applying would make a second one, and destroying none go. */
  #otherApplication(
    { written, kept }: KnownIDs,
    made: MadeApplication | undefined,
    changes: readonly ApplicationChange[],
  ): Diagnostic | undefined {
    const { document, cluster } = this.plan;
    const known = written ?? kept;
    if (known === undefined || cluster.auth0?.application.provision !== 'create') return undefined;
    const isMade = changes.some(({ type, action }) => type === 'auth0_client' && action === 'create');
    const isUnknown = made === undefined && (isMade || (this.purpose === 'destroy' && changes.length === 0));
    const isOther = made !== undefined && written !== undefined && made.clientID !== written;
    if (!isUnknown && !isOther) return undefined;
    const knows = isOther ? `is of the application ${made.clientID}` : 'knows no application';
    const effect =
      this.purpose === 'destroy' ? 'the application would stay at Auth0' : 'it would make a second one';
    return {
      code: 'TFR005',
      severity: 'error',
      message: `The client id is ${known}, and the state of Terraform in ${this.#folder.shown} ${knows}: ${effect}`,
      location: { file: document.file },
      path: '/auth0/application/clientID',
      hint: `run this where the state is, name its backend in auth0.terraform.backend, or let Terraform take the application over with provision: import; if it is gone, remove the client id from the document and the file .pachkit/${cluster.name}.auth0.json; --no-terraform leaves the application alone`,
    };
  }
}

/** What came of an apply: the application, or what is wrong. */
export type Applied =
  { readonly made: MadeApplication | undefined } | { readonly diagnostics: readonly Diagnostic[] };

function noTerraform(named: string | undefined, file: string): Diagnostic {
  return {
    code: 'TFR001',
    severity: 'error',
    message:
      named === undefined
        ? 'The document has an application at Auth0, and neither terraform nor tofu is in a folder of PATH'
        : `The document has an application at Auth0, and ${named} is not a program`,
    location: { file },
    path: '/auth0',
    hint: 'install Terraform 1.11 or OpenTofu 1.11, name it with --terraform PATH, or leave the application at Auth0 alone with --no-terraform',
  };
}
