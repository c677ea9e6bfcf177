import type { Construct } from 'constructs';
import type { TerraformMetaArguments } from '../cdktf';
import { ProviderResource } from './provider-resource';

/** Attributes of `auth0_client` that matter to a login through Dex, named as in terraform-provider-auth0 1.55. */
export interface Auth0ClientConfig {
  /** Shown on the login page; without `<` and `>`. */
  readonly name: string;
  /** At most 140 characters. The provider does not remove one that is left out; an empty one does. */
  readonly description: string;
  /** What kind of application it is; `regular_web` can keep a secret. */
  readonly appType: 'native' | 'spa' | 'regular_web' | 'non_interactive';
  /** Where Auth0 may send browsers with a code; compared exactly. */
  readonly callbacks: readonly string[];
  /** Where Auth0 may send browsers after a logout. An attribute that is left out keeps its old value. */
  readonly allowedLogoutUrls: readonly string[];
  /** Origins for requests across origins; Dex makes none. */
  readonly allowedOrigins: readonly string[];
  /** Origins for answers by web message; Dex asks for none. */
  readonly webOrigins: readonly string[];
  /** What may be exchanged for tokens. Auth0's default for regular_web also has implicit and client_credentials. */
  readonly grantTypes: readonly ('authorization_code' | 'refresh_token')[];
  /** Strict OpenID Connect; false for applications that the Management API creates unless told otherwise. */
  readonly oidcConformant: boolean;
  /** Whether the application is the tenant's own; others ask for consent at every login. */
  readonly isFirstParty: boolean;
  /** Logins from another origin, with a password field of the application's own. */
  readonly crossOriginAuth: boolean;
  /** Whether single sign-on is switched off. */
  readonly ssoDisabled: boolean;
  /** Whether Auth0 may take the address of the end user from a header of the token request. */
  readonly isTokenEndpointIpHeaderTrusted: boolean;
  readonly organizationUsage: 'deny' | 'allow' | 'require';
  readonly organizationRequireBehavior: 'no_prompt' | 'pre_login_prompt' | 'post_login_prompt';
  /** A string, because the provider also knows "null". */
  readonly skipNonVerifiableCallbackUriConfirmationPrompt: 'true' | 'false';
  readonly jwtConfiguration: {
    /** Dex takes RS256 only; the default is HS256. */
    readonly alg: 'RS256' | 'PS256' | 'HS256';
    /** Lifetime of ID tokens in seconds. */
    readonly lifetimeInSeconds: number;
  };
  readonly refreshToken: {
    readonly rotationType: 'rotating' | 'non-rotating';
    /** `rotating` needs `expiring`. */
    readonly expirationType: 'expiring' | 'non-expiring';
    /** Seconds that a rotated token still works. */
    readonly leeway: number;
    /** Seconds. */
    readonly tokenLifetime: number;
    readonly infiniteTokenLifetime: boolean;
    /** Seconds without use. */
    readonly idleTokenLifetime: number;
    readonly infiniteIdleTokenLifetime: boolean;
  };
}

/** `auth0_client`: an application. */
export class Auth0Client extends ProviderResource<Auth0ClientConfig> {
  static readonly tfResourceType = 'auth0_client';

  constructor(scope: Construct, id: string, config: Auth0ClientConfig & TerraformMetaArguments) {
    super(scope, id, Auth0Client.tfResourceType, config);
  }

  /** The client id, known after apply. */
  get clientId(): string {
    return this.getStringAttribute('client_id');
  }
}
