import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_action`, named as in terraform-provider-auth0 1.55. */
export interface Auth0ActionConfig {
  readonly name: string;
  /** The program, JavaScript. `${` and `%{` in it have to be escaped already where it holds references. */
  readonly code: string;
  /** Whether a version is made that triggers run. */
  readonly deploy: boolean;
  readonly runtime: 'node18' | 'node22';
  readonly supportedTriggers: { readonly id: 'post-login'; readonly version: 'v3' };
}

/** `auth0_action`: a program that Auth0 runs. */
export class Auth0Action extends ProviderResource<Auth0ActionConfig> {
  static readonly tfResourceType = 'auth0_action';

  constructor(scope: Construct, id: string, config: Auth0ActionConfig & TerraformMetaArguments) {
    super(scope, id, Auth0Action.tfResourceType, config);
  }
}
