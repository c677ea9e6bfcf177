import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_user_role`, named as in terraform-provider-auth0 1.55. */
export interface Auth0UserRoleConfig {
  readonly userId: string;
  readonly roleId: string;
}

/** `auth0_user_role`: gives a user one role. Its plural sibling would take away roles that others gave. */
export class Auth0UserRole extends ProviderResource<Auth0UserRoleConfig> {
  static readonly tfResourceType = 'auth0_user_role';

  constructor(scope: Construct, id: string, config: Auth0UserRoleConfig & TerraformMetaArguments) {
    super(scope, id, Auth0UserRole.tfResourceType, config);
  }
}
