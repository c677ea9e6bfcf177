import type { Construct } from 'constructs';
import { TerraformProvider, type TerraformMetaArguments } from '../cdktf';
import { toAttributes } from './attributes';
import { ProviderResource } from './provider-resource';

/** Fully qualified: a bare `keycloak/keycloak` would mean OpenTofu's registry there and HashiCorp's here. */
export const KEYCLOAK_PROVIDER_SOURCE = 'registry.terraform.io/keycloak/keycloak';

/** What the provider is told. */
export interface KeycloakProviderConfig {
  /** Where Keycloak is, without the path. */
  readonly url: string;
  /** The path before `/realms`, such as `/auth`; empty for none. */
  readonly basePath: string;
}

/**
 * The provider `keycloak` (terraform-provider-keycloak 5.8). Credentials are none of its arguments here: it reads
 * KEYCLOAK_CLIENT_ID with KEYCLOAK_CLIENT_SECRET, or with KEYCLOAK_USER and KEYCLOAK_PASSWORD, from the environment.
 */
export class KeycloakProvider extends TerraformProvider {
  readonly #config: KeycloakProviderConfig;

  constructor(scope: Construct, id: string, config: KeycloakProviderConfig & { readonly version: string }) {
    super(scope, id, {
      terraformResourceType: 'keycloak',
      terraformGeneratorMetadata: { providerName: 'keycloak', providerVersion: config.version },
      terraformProviderSource: KEYCLOAK_PROVIDER_SOURCE,
    });
    this.#config = { url: config.url, basePath: config.basePath };
  }

  /** The arguments in the Terraform of this provider. */
  protected override synthesizeAttributes(): Record<string, unknown> {
    return toAttributes(this.#config);
  }
}

/** Resources of the provider that are used, with their attributes as in terraform-provider-keycloak 5.8. */
export interface KeycloakResources {
  /** A client of a realm. */
  readonly keycloak_openid_client: {
    readonly realmId: string;
    readonly clientId: string;
    readonly name: string;
    readonly enabled: boolean;
    readonly accessType: 'CONFIDENTIAL' | 'PUBLIC';
    readonly clientAuthenticatorType: string;
    readonly standardFlowEnabled: boolean;
    readonly implicitFlowEnabled: boolean;
    readonly directAccessGrantsEnabled: boolean;
    readonly serviceAccountsEnabled: boolean;
    readonly fullScopeAllowed: boolean;
    readonly validRedirectUris: readonly string[];
    readonly webOrigins: readonly string[];
    /** The secret, which neither plan nor state holds. Needs Terraform 1.11. */
    readonly clientSecretWo: string;
    /** From 1 on; the secret is sent when this has changed. */
    readonly clientSecretWoVersion: number;
    /** Whether the client exists; destroy leaves it then. */
    readonly import: boolean;
  };
  /** Puts the groups of a user into a claim. */
  readonly keycloak_openid_group_membership_protocol_mapper: KeycloakMapper & { readonly fullPath: boolean };
  /** Puts the realm roles of a user into a claim. */
  readonly keycloak_openid_user_realm_role_protocol_mapper: KeycloakMapper & {
    readonly multivalued: boolean;
    readonly claimValueType: 'String';
  };
  readonly keycloak_group: { readonly realmId: string; readonly name: string; readonly parentId?: string };
  readonly keycloak_role: { readonly realmId: string; readonly name: string };
}

/** What the mappers have in common. */
interface KeycloakMapper {
  readonly realmId: string;
  /** Id of the client at Keycloak, which is not its client ID. */
  readonly clientId: string;
  readonly name: string;
  readonly claimName: string;
  readonly addToIdToken: boolean;
  readonly addToAccessToken: boolean;
  readonly addToUserinfo: boolean;
}

/** A resource of the provider `keycloak`. */
export class KeycloakResource<Type extends keyof KeycloakResources> extends ProviderResource<
  KeycloakResources[Type]
> {
  constructor(
    scope: Construct,
    id: string,
    type: Type,
    config: KeycloakResources[Type] & TerraformMetaArguments,
  ) {
    super(scope, id, type, config);
  }
}
