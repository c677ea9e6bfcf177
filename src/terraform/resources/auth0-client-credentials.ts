import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_client_credentials`, named as in terraform-provider-auth0 1.55. */
export interface Auth0ClientCredentialsConfig {
  readonly clientId: string;
  /** How the application shows its secret. */
  readonly authenticationMethod: 'client_secret_post' | 'client_secret_basic';
  /** The secret, which neither plan nor state holds. Needs Terraform 1.11 and the scope update:client_keys. */
  readonly clientSecretWo?: string;
  /** From 1 on; the secret is sent when this has changed. */
  readonly clientSecretWoVersion?: number;
}

/** `auth0_client_credentials`: how an application proves that it is itself. */
export class Auth0ClientCredentials extends ProviderResource<Auth0ClientCredentialsConfig> {
  static readonly tfResourceType = 'auth0_client_credentials';

  constructor(scope: Construct, id: string, config: Auth0ClientCredentialsConfig & TerraformMetaArguments) {
    super(scope, id, Auth0ClientCredentials.tfResourceType, config);
  }

  /** The secret as Auth0 has it: empty without the scope read:client_keys, and stored in the state. */
  get clientSecret(): string {
    return this.getStringAttribute('client_secret');
  }
}
