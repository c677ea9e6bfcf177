import type { Construct } from 'constructs';
import { TerraformDataSource, TerraformResource, type TerraformMetaArguments } from '../cdktf';
import { toAttributes } from './attributes';

const PROVIDER = { providerName: 'auth0' };

/** A resource of the provider `auth0`: its configuration, and its attributes as references. */
export abstract class Auth0Resource<Config extends object> extends TerraformResource {
  readonly #config: Config;

  protected constructor(
    scope: Construct,
    id: string,
    type: `auth0_${string}`,
    config: Config & TerraformMetaArguments,
  ) {
    super(scope, id, { ...config, terraformResourceType: type, terraformGeneratorMetadata: PROVIDER });
    this.#config = config;
  }

  /** Id of the resource at Auth0, known after apply. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return toAttributes(this.#config);
  }
}

/** Something at Auth0 that is only looked up. */
export abstract class Auth0DataSource<Config extends object> extends TerraformDataSource {
  readonly #config: Config;

  protected constructor(scope: Construct, id: string, type: `auth0_${string}`, config: Config) {
    super(scope, id, { ...config, terraformResourceType: type, terraformGeneratorMetadata: PROVIDER });
    this.#config = config;
  }

  /** Id at Auth0. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return toAttributes(this.#config);
  }
}
