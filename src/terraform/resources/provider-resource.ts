import type { Construct } from 'constructs';
import { TerraformResource, type TerraformMetaArguments } from '../cdktf';
import { toAttributes } from './attributes';

/** A resource of a provider: its configuration, and its attributes as references. */
export abstract class ProviderResource<Config extends object> extends TerraformResource {
  readonly #config: Config;

  /** @param type with the name of the provider before the first `_`, such as `auth0_client` */
  protected constructor(
    scope: Construct,
    id: string,
    type: `${string}_${string}`,
    config: Config & TerraformMetaArguments,
  ) {
    const [providerName = type] = type.split('_');
    super(scope, id, {
      ...config,
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName },
    });
    this.#config = config;
  }

  /** Id of the resource at the provider, known after apply. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return toAttributes(this.#config);
  }
}
