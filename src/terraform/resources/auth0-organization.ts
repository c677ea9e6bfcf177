import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_organization`, named as in terraform-provider-auth0 1.55. */
export interface Auth0OrganizationConfig {
  /** Lowercase letters, digits, hyphens and underscores. */
  readonly name: string;
  readonly displayName: string;
}

/** `auth0_organization`: an organization of the tenant. */
export class Auth0Organization extends ProviderResource<Auth0OrganizationConfig> {
  static readonly tfResourceType = 'auth0_organization';

  constructor(scope: Construct, id: string, config: Auth0OrganizationConfig & TerraformMetaArguments) {
    super(scope, id, Auth0Organization.tfResourceType, config);
  }
}
