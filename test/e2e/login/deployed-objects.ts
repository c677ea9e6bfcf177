import YAML from 'yaml';
import type { Synthesis } from '../../../src/plan/synthesize';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}

interface Reference {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: Reference; readonly configMapKeyRef?: Reference };
}

interface Container {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name: string };
    readonly secretRef?: { readonly name: string };
  }[];
}

/** Strings by `NAME/KEY`, of Secrets that are in a cluster before anything is applied. */
export type ExistingSecrets = Readonly<Record<string, string>>;

/** What pods would see of the files that were synthesized. */
export class DeployedObjects {
  readonly #objects: readonly KubernetesObject[];
  readonly #files: Synthesis['files'];

  constructor(
    { files }: Pick<Synthesis, 'files'>,
    private readonly existing: ExistingSecrets,
  ) {
    this.#files = files;
    this.#objects = files
      .filter(({ path }) => path.startsWith('manifests/'))
      .flatMap(({ content }) => YAML.parseAllDocuments(content.toString()))
      .map((document) => document.toJS() as KubernetesObject);
  }

  /** The text at a key of a Secret. */
  secret(name: string, key: string): string {
    const text = this.existing[`${name}/${key}`] ?? this.#find('Secret', name)?.stringData?.[key];
    if (text === undefined) throw new Error(`no Secret ${name} has the key ${key}`);
    return text;
  }

  /** The same, in a cluster that has these strings in the place of those that are applied. */
  with(existing: ExistingSecrets): DeployedObjects {
    return new DeployedObjects({ files: this.#files }, { ...this.existing, ...existing });
  }

  /** Command of a Deployment's container. */
  commandOf(deployment: string): readonly string[] {
    return this.#container(deployment).command ?? [];
  }

  /** Arguments of a Deployment's container. */
  argumentsOf(deployment: string): readonly string[] {
    return this.#container(deployment).args ?? [];
  }

  /** Environment of a Deployment's container, as the kubelet would make it. */
  environmentOf(deployment: string): Record<string, string> {
    const { env = [], envFrom = [] } = this.#container(deployment);
    const environment: Record<string, string> = {};
    for (const { configMapRef, secretRef } of envFrom)
      Object.assign(
        environment,
        configMapRef && this.#find('ConfigMap', configMapRef.name)?.data,
        secretRef && this.#find('Secret', secretRef.name)?.stringData,
      );
    for (const { name, value, valueFrom } of env) {
      const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
      if (value !== undefined) environment[name] = expanded(value, environment);
      if (secretKeyRef) environment[name] = this.secret(secretKeyRef.name, secretKeyRef.key);
      if (configMapKeyRef) environment[name] = this.#configuration(configMapKeyRef);
    }
    return environment;
  }

  /** The file for Terraform. */
  terraform(): TerraformFile {
    const file = this.#files.find(({ path }) => path === 'terraform/cdk.tf.json');
    return JSON.parse(file?.content.toString() ?? '{}') as TerraformFile;
  }

  #configuration({ name, key }: Reference): string {
    const text = this.#find('ConfigMap', name)?.data?.[key];
    if (text === undefined) throw new Error(`no ConfigMap ${name} has the key ${key}`);
    return text;
  }

  #container(deployment: string): Container {
    const found = this.#find('Deployment', deployment);
    if (!found) throw new Error(`there is no Deployment ${deployment}`);
    const { template } = found.spec as { template: { spec: { containers: [Container] } } };
    return template.spec.containers[0];
  }

  #find(kind: string, name: string): KubernetesObject | undefined {
    return this.#objects.find((object) => object.kind === kind && object.metadata.name === name);
  }
}

/** The parts of Terraform's file that a tenant of Auth0 would be set up by. */
export interface TerraformFile {
  readonly resource: {
    readonly auth0_client: {
      readonly application: {
        readonly callbacks: readonly string[];
        readonly jwt_configuration: readonly [{ readonly lifetime_in_seconds: number }];
      };
    };
    readonly auth0_client_credentials: {
      readonly application_credentials: {
        readonly authentication_method: 'client_secret_post' | 'client_secret_basic';
      };
    };
    readonly auth0_action: Readonly<Record<string, { readonly code: string }>>;
  };
}

/** `$$` is a `$`, and `$(NAME)` the variable of that name where there is one before. */
function expanded(value: string, environment: Readonly<Record<string, string>>): string {
  return value.replace(/\$\$|\$\(([^)]+)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (environment[name] ?? whole),
  );
}
