import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_connection_client`, named as in terraform-provider-auth0 1.55. */
export interface Auth0ConnectionClientConfig {
  readonly connectionId: string;
  readonly clientId: string;
}

/**
 * `auth0_connection_client`: lets one application use one connection. Its plural sibling would own the connection's whole
 * list of applications.
 */
export class Auth0ConnectionClient extends ProviderResource<Auth0ConnectionClientConfig> {
  static readonly tfResourceType = 'auth0_connection_client';

  constructor(scope: Construct, id: string, config: Auth0ConnectionClientConfig & TerraformMetaArguments) {
    super(scope, id, Auth0ConnectionClient.tfResourceType, config);
  }
}
