import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { startManagementApi, type ManagementApi } from '../auth0/management-api';
import { buildStandIn } from '../auth0/stand-in';
import type { Json } from '../auth0/tenant';
import { CONFIGURATION, writeMirror } from '../auth0/workspace';
import { examples, type SuiteDocument } from '../cluster-apply/documents';
import {
  createCertificateAuthority,
  run,
  temporaryDirectory,
  toolPath,
  type Finished,
  type KubernetesServer,
} from '../harness';
import { program, workplace, type Over, type Workplace } from './program';

/** Secrets of these documents and their credentials; none may be printed. */
export const SECRETS = {
  APPLICATION_SECRET: 'Planted-Application-Secret-0123456789-abcdefgh',
  AUTH0_CLIENT_SECRET: 'Planted-Management-Secret-0123456789',
};

export const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;

/** A tenant, a Terraform with its provider, and a folder in which pachkit deploys documents with both. */
export class Auth0Workplace {
  private constructor(
    readonly api: ManagementApi,
    readonly place: Workplace,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly remove: () => void,
  ) {}

  static async build(
    kubernetes: Pick<KubernetesServer, 'kubeconfigFile'>,
    terraform: 'terraform' | 'tofu',
  ): Promise<Auth0Workplace> {
    const provider = await buildStandIn();
    const root = temporaryDirectory('deploy-auth0');
    writeMirror(root, provider);
    const authority = await createCertificateAuthority(root.path);
    const api = await startManagementApi(await authority.issue('tenant', ['localhost', '127.0.0.1']));
    mkdirSync(root.join('plugins'));
    const environment = {
      ...provider.environment,
      ...SECRETS,
      SSL_CERT_FILE: authority.certificateFile,
      TF_CLI_CONFIG_FILE: root.join(CONFIGURATION),
      AUTH0_CLIENT_ID: 'terraform',
      AUTH0_DOMAIN: '',
      // A document names tenants by domain alone; this one has a port.
      TF_VAR_auth0_domain: api.domain,
      PACHKIT_TERRAFORM: toolPath(terraform),
    };
    return new Auth0Workplace(api, workplace(kubernetes, { usesTerraform: true }), environment, () =>
      root.remove(),
    );
  }

  /** Writes a document whose only way in is Auth0. */
  write(name: string, auth0: Over = {}, over: Over = {}): string {
    return this.place.write(
      { ...quickstart, name },
      {
        identity: { connectors: null },
        auth0: {
          domain: 'acme.eu.auth0.com',
          allow: { emailDomains: ['acme.com'] },
          ...auth0,
          application: { clientSecret: { env: 'APPLICATION_SECRET' }, ...(auth0['application'] as object) },
        },
        auth: { roleBindings: { 'user:kilgore@kilgore.trout': null, 'user:ada@acme.com': ['clusterAdmin'] } },
        access: { proxy: { service: { type: 'ClusterIP' } } },
        ...over,
      },
      `${name}.json`,
    );
  }

  /** Runs pachkit, by default with everything that Terraform needs. */
  pachkit(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return this.place.pachkit(args, { ...this.environment, ...environment });
  }

  deploy(file: string, ...args: readonly string[]): Promise<Finished> {
    return this.pachkit(['deploy', file, '--yes', '--no-wait', ...args]);
  }

  /** Runs a command as the user would in a shell, and answers its question with yes. */
  shell(command: string): Promise<Finished> {
    return run({
      ...{ name: 'sh', program: 'sh', args: ['-c', command], input: 'yes\n' },
      environment: { ...this.place.environment, ...this.environment },
      workingDirectory: this.place.folder,
    });
  }

  /** Starts pachkit, and kills it after so many milliseconds. */
  async killed(args: readonly string[], after: number): Promise<void> {
    const child = this.#start(args);
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    await once(child, 'exit');
    clearTimeout(timer);
  }

  /** Starts pachkit, and interrupts it once, when Terraform has asked the tenant for something; returns its exit code. */
  async interrupted(args: readonly string[]): Promise<unknown> {
    const since = this.api.calls.length;
    const child = this.#start(args);
    const timer = setInterval(() => {
      if (this.api.calls.length === since) return;
      clearInterval(timer);
      child.kill('SIGINT');
    }, 20);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearInterval(timer);
    return code;
  }

  #start(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [program, ...args, '--no-verify'], {
      cwd: this.place.folder,
      stdio: 'ignore',
      env: { ...process.env, ...this.place.environment, ...this.environment },
    });
  }

  /** The applications of a name that the tenant has. */
  applications(name = 'Pachyderm'): Json[] {
    return [...this.api.tenant.clients.values()].filter((client) => client['name'] === name);
  }

  /** Lists of callback URLs that have been sent to the tenant, since a call. */
  callbacksSent(since: number): unknown[] {
    return this.api.calls
      .slice(since)
      .filter(({ method, path: called }) => method === 'PATCH' && called.startsWith('/api/v2/clients/'))
      .flatMap(({ body }) =>
        (body as Json)['callbacks'] === undefined ? [] : [(body as Json)['callbacks']],
      );
  }

  /** Files of the Terraform of a cluster that others than their owner may read, but for what is written for all. */
  exposedStates(name: string): string[] {
    const folder = path.join(this.place.folder, 'dist/pachkit', name, 'terraform');
    return readdirSync(folder).filter(
      (file) => file.includes('.tfstate') && (statSync(path.join(folder, file)).mode & 0o077) !== 0,
    );
  }

  async stop(): Promise<void> {
    await this.api.stop();
    this.place.remove();
    this.remove();
  }
}
