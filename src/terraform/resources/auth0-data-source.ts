import type { Construct } from 'constructs';
import { TerraformDataSource } from '../cdktf';
import { toAttributes } from './attributes';

/** Something at Auth0 that is only looked up. */
export abstract class Auth0DataSource<Config extends object> extends TerraformDataSource {
  readonly #config: Config;

  protected constructor(scope: Construct, id: string, type: `auth0_${string}`, config: Config) {
    super(scope, id, {
      ...config,
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: 'auth0' },
    });
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
