import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { Auth0DataSource } from './auth0-data-source';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_connection` for a database of users, named as in terraform-provider-auth0 1.55. */
export interface Auth0ConnectionConfig {
  /** Letters, digits and hyphens; it cannot be changed. */
  readonly name: string;
  /** `auth0`: users and passwords are at Auth0. */
  readonly strategy: 'auth0';
  readonly options: {
    readonly disableSignup: boolean;
    /** Blocks an address after too many wrong passwords. */
    readonly bruteForceProtection: boolean;
    readonly passwordPolicy: 'none' | 'low' | 'fair' | 'good' | 'excellent';
    readonly requiresUsername: boolean;
  };
}

/** `auth0_connection`: a database of users. */
export class Auth0Connection extends ProviderResource<Auth0ConnectionConfig> {
  static readonly tfResourceType = 'auth0_connection';

  constructor(scope: Construct, id: string, config: Auth0ConnectionConfig & TerraformMetaArguments) {
    super(scope, id, Auth0Connection.tfResourceType, config);
  }

  /** The name, known after apply, so that what refers to it is created later. */
  get name(): string {
    return this.getStringAttribute('name');
  }
}

/** Attributes of `data.auth0_connection`, named as in terraform-provider-auth0 1.55. */
export interface ExistingAuth0ConnectionConfig {
  readonly name: string;
  /** Do not list the applications of the connection, of which there may be many pages. From 1.47 on. */
  readonly skipEnabledClients: boolean;
}

/**
 * `data.auth0_connection`: a connection of the tenant, looked up by its name. All that it reads is in the state then, the
 * client secret of the connection's identity provider included. The provider has no way to leave that out up to 1.55;
 * `hide_client_secret` is in none of its releases yet.
 */
export class ExistingAuth0Connection extends Auth0DataSource<ExistingAuth0ConnectionConfig> {
  static readonly tfResourceType = 'auth0_connection';

  constructor(scope: Construct, id: string, config: ExistingAuth0ConnectionConfig) {
    super(scope, id, ExistingAuth0Connection.tfResourceType, config);
  }
}
