import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_trigger_action`, named as in terraform-provider-auth0 1.55. */
export interface Auth0TriggerActionConfig {
  readonly trigger: 'post-login';
  readonly actionId: string;
  /** What the flow shows. */
  readonly displayName: string;
}

/**
 * `auth0_trigger_action`: appends one Action to a trigger. The provider reads the list of the trigger and writes it back
 * with one entry more, so two of them must not be created at one time. Its plural sibling would own the whole list.
 */
export class Auth0TriggerAction extends ProviderResource<Auth0TriggerActionConfig> {
  static readonly tfResourceType = 'auth0_trigger_action';

  constructor(scope: Construct, id: string, config: Auth0TriggerActionConfig & TerraformMetaArguments) {
    super(scope, id, Auth0TriggerAction.tfResourceType, config);
  }
}
