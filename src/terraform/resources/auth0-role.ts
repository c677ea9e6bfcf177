import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_role`, named as in terraform-provider-auth0 1.55. */
export interface Auth0RoleConfig {
  /** No two roles of a tenant have the same name. */
  readonly name: string;
  /** The provider does not remove one that is left out; an empty one does. */
  readonly description: string;
}

/** `auth0_role`: a role of the tenant. */
export class Auth0Role extends ProviderResource<Auth0RoleConfig> {
  static readonly tfResourceType = 'auth0_role';

  constructor(scope: Construct, id: string, config: Auth0RoleConfig & TerraformMetaArguments) {
    super(scope, id, Auth0Role.tfResourceType, config);
  }
}
