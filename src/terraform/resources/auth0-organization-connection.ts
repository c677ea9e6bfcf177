import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_organization_connection`, named as in terraform-provider-auth0 1.55. */
export interface Auth0OrganizationConnectionConfig {
  readonly organizationId: string;
  readonly connectionId: string;
  /** Whether everyone who logs in with the connection becomes a member. */
  readonly assignMembershipOnLogin: boolean;
}

/** `auth0_organization_connection`: a connection that members of an organization log in with. */
export class Auth0OrganizationConnection extends ProviderResource<Auth0OrganizationConnectionConfig> {
  static readonly tfResourceType = 'auth0_organization_connection';

  constructor(
    scope: Construct,
    id: string,
    config: Auth0OrganizationConnectionConfig & TerraformMetaArguments,
  ) {
    super(scope, id, Auth0OrganizationConnection.tfResourceType, config);
  }
}
