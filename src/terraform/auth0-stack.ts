import type { Construct } from 'constructs';
import type { Auth0 } from '../model/cluster';
import { Auth0Application } from './auth0-application';
import { StateBackend } from './backend';
import { TerraformOutput, TerraformStack, TerraformVariable, Token } from './cdktf';
import { Auth0Provider } from './resources';
import { templateText } from './template-text';

export interface Auth0StackProps {
  /** The `auth0` section of a cluster, resolved. */
  readonly auth0: Auth0;
  /** Name of the cluster. */
  readonly clusterName: string;
}

/** Write-only attributes came with Terraform 1.11 and OpenTofu 1.11. */
export const REQUIRED_VERSION = '>= 1.11.0';

/**
 * Everything that Terraform needs for the application of one cluster: backend, provider, variables, application, and as
 * outputs what the document and the connector take from it.
 */
export class Auth0Stack extends TerraformStack {
  readonly application: Auth0Application;

  constructor(scope: Construct, id: string, props: Auth0StackProps) {
    super(scope, id);
    this.application = fillAuth0Stack(this, props);
  }
}

/** Puts everything that an application at Auth0 needs into an empty stack. */
export function fillAuth0Stack(
  stack: TerraformStack,
  { auth0, clusterName }: Auth0StackProps,
): Auth0Application {
  stack.addOverride('terraform.required_version', REQUIRED_VERSION);
  new StateBackend(stack, 'backend', auth0.terraform.backend);

  const domain = new TerraformVariable(stack, 'auth0_domain', {
    type: 'string',
    description: "Domain of the tenant's Management API.",
    default: auth0.tenantDomain,
    nullable: false,
  });
  new Auth0Provider(stack, 'auth0', {
    domain: domain.stringValue,
    version: auth0.terraform.providerVersion,
  });
  const application = new Auth0Application(stack, 'Default', { auth0, clusterName });

  new TerraformOutput(stack, 'client_id', {
    description: 'Client id of the application, for auth0.application.clientID.',
    value: application.client.clientId,
  });
  new TerraformOutput(stack, 'callback_urls', {
    description: 'Where Auth0 sends browsers back to.',
    // A list as a token: on a bare one cdktf calls util.isArray, of which Node 22 and newer warn (DEP0044).
    value: Token.asAny(auth0.application.callbackURLs.map(templateText)),
  });
  if (auth0.application.clientSecretFrom === 'state')
    new TerraformOutput(stack, 'client_secret', {
      description: 'Client secret of the application, for auth0.application.clientSecret.',
      value: application.credentials.clientSecret,
      sensitive: true,
    });
  return application;
}
