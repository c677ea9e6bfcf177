import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_user`, named as in terraform-provider-auth0 1.55. */
export interface Auth0UserConfig {
  /** Name of a database connection. */
  readonly connectionName: string;
  readonly email: string;
  readonly emailVerified: boolean;
  /** There is no write-only form: the password is in the state. */
  readonly password: string;
  readonly name?: string;
}

/** `auth0_user`: a user of a database connection. */
export class Auth0User extends ProviderResource<Auth0UserConfig> {
  static readonly tfResourceType = 'auth0_user';

  constructor(scope: Construct, id: string, config: Auth0UserConfig & TerraformMetaArguments) {
    super(scope, id, Auth0User.tfResourceType, config);
  }
}
