import type { Construct, IConstruct } from 'constructs';
import { TerraformProvider, TerraformStack } from '../cdktf';
import { toAttributes } from './attributes';

/** Fully qualified: a bare `auth0/auth0` would mean OpenTofu's registry there and HashiCorp's here. */
export const PROVIDER_SOURCE = 'registry.terraform.io/auth0/auth0';

/** What the provider is told. */
export interface Auth0ProviderConfig {
  /** Domain of the tenant's Management API, without scheme. */
  readonly domain: string;
  /** Version constraint, such as `~> 1.55`. Write-only client secrets came with 1.51. */
  readonly version: string;
}

/**
 * The provider `auth0` (terraform-provider-auth0 1.55). Credentials are none of its arguments here: it reads
 * AUTH0_API_TOKEN, or AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, from the environment of Terraform.
 */
export class Auth0Provider extends TerraformProvider {
  readonly #domain: string;

  constructor(scope: Construct, id: string, config: Auth0ProviderConfig) {
    super(scope, id, {
      terraformResourceType: 'auth0',
      terraformGeneratorMetadata: { providerName: 'auth0', providerVersion: config.version },
      terraformProviderSource: PROVIDER_SOURCE,
    });
    this.#domain = config.domain;
  }

  /** Gives a stack this provider, unless it has one for Auth0 already; that is its own to configure. */
  static provide(scope: Construct, config: Auth0ProviderConfig): void {
    const isProvider = (construct: IConstruct): boolean =>
      TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === 'auth0';
    if (!TerraformStack.of(scope).node.findAll().some(isProvider)) new Auth0Provider(scope, 'auth0', config);
  }

  /** The arguments in the Terraform of this provider. */
  protected override synthesizeAttributes(): Record<string, unknown> {
    return toAttributes({ domain: this.#domain });
  }
}
