import type { Construct } from 'constructs';
import { keycloakClient, keycloakGroups, type KeycloakGroup } from '../identity-providers/keycloak-realm';
import type { Keycloak, KeycloakTerraform } from '../model/cluster';
import { splitUrl } from '../model/go-path';
import { REQUIRED_VERSION } from './auth0-stack';
import { StateBackend } from './backend';
import { TerraformOutput, TerraformStack, TerraformVariable, Token } from './cdktf';
import { logicalName } from './logical-name';
import { KeycloakProvider, KeycloakResource } from './resources';
import { templateText, withTemplateTexts } from './template-text';

/** The variable through which Terraform is given the client secret: `TF_VAR_` and this in the environment. */
export const KEYCLOAK_SECRET_VARIABLE = 'keycloak_client_secret';

export interface KeycloakStackProps {
  /** The `keycloak` section of a cluster, resolved. */
  readonly keycloak: Keycloak & { readonly terraform: KeycloakTerraform };
  /** Name of the cluster. */
  readonly clusterName: string;
}

/**
 * Everything that Terraform needs for the client of one cluster in a realm that exists: backend, provider, variable, client, the
 * mapper that sends groups, and the groups or realm roles that roles are bound to where those are wanted. Everything adds to
 * the realm.
 */
export class KeycloakStack extends TerraformStack {
  readonly #props: KeycloakStackProps;

  constructor(scope: Construct, id: string, props: KeycloakStackProps) {
    super(scope, id);
    this.#props = props;
    const { url, terraform } = props.keycloak;
    this.addOverride('terraform.required_version', REQUIRED_VERSION);
    new StateBackend(this, 'backend', terraform.backend);
    const { origin, path } = splitUrl(url);
    new KeycloakProvider(this, 'keycloak', {
      url: origin,
      basePath: path,
      version: terraform.providerVersion,
    });
    const client = this.#createClient();
    this.#createMapper(client.id);
    if (terraform.createsGroups) this.#createGroups();
  }

  #createClient(): KeycloakResource<'keycloak_openid_client'> {
    const { keycloak, clusterName } = this.#props;
    const { redirectUris, ...client } = withTemplateTexts(keycloakClient(keycloak, clusterName));
    const created = new KeycloakResource(this, 'client', 'keycloak_openid_client', {
      realmId: keycloak.realm,
      clientId: client.clientId,
      name: client.name,
      enabled: client.enabled,
      accessType: client.publicClient ? 'PUBLIC' : 'CONFIDENTIAL',
      clientAuthenticatorType: client.clientAuthenticatorType,
      standardFlowEnabled: client.standardFlowEnabled,
      implicitFlowEnabled: client.implicitFlowEnabled,
      directAccessGrantsEnabled: client.directAccessGrantsEnabled,
      serviceAccountsEnabled: client.serviceAccountsEnabled,
      fullScopeAllowed: client.fullScopeAllowed,
      validRedirectUris: redirectUris,
      webOrigins: client.webOrigins,
      clientSecretWo: this.#declareSecret().stringValue,
      clientSecretWoVersion: keycloak.terraform.clientSecretVersion,
      import: keycloak.terraform.client === 'import',
    });
    new TerraformOutput(this, 'redirect_uris', {
      description: 'Where Keycloak sends browsers back to.',
      value: Token.asAny(keycloak.redirectURIs.map(templateText)),
    });
    return created;
  }

  #declareSecret(): TerraformVariable {
    const variable = new TerraformVariable(this, KEYCLOAK_SECRET_VARIABLE, {
      type: 'string',
      description: 'Client secret. Neither plan nor state holds it.',
      sensitive: true,
      nullable: false,
    });
    variable.addValidation({
      condition: `\${!contains(["", "undefined", "null"], var.${KEYCLOAK_SECRET_VARIABLE})}`,
      errorMessage: 'The client secret is empty, or what a program prints for a missing value.',
    });
    variable.addOverride('ephemeral', true);
    return variable;
  }

  #createMapper(clientId: string): void {
    const { groups, realm } = this.#props.keycloak;
    if (groups === undefined) return;
    const mapper = {
      realmId: realm,
      clientId,
      name: 'groups',
      claimName: 'groups',
      addToIdToken: true,
      addToAccessToken: false,
      addToUserinfo: true,
    };
    if (groups.from === 'groups')
      new KeycloakResource(this, 'groups', 'keycloak_openid_group_membership_protocol_mapper', {
        ...mapper,
        fullPath: groups.fullPath,
      });
    else
      new KeycloakResource(this, 'groups', 'keycloak_openid_user_realm_role_protocol_mapper', {
        ...mapper,
        multivalued: true,
        claimValueType: 'String',
      });
  }

  #createGroups(): void {
    const { boundGroups, groups, realm } = this.#props.keycloak;
    if (groups?.from === 'roles')
      for (const name of boundGroups)
        new KeycloakResource(this, `role_${logicalName(name)}`, 'keycloak_role', {
          realmId: realm,
          name: templateText(name),
        });
    if (groups?.from === 'groups') this.#createTree(keycloakGroups(boundGroups, groups.fullPath), []);
  }

  #createTree(tree: readonly KeycloakGroup[], above: readonly string[], parentId?: string): void {
    for (const { name, subGroups } of tree) {
      const path = [...above, name];
      const group = new KeycloakResource(this, `group_${logicalName(path.join('/'))}`, 'keycloak_group', {
        realmId: this.#props.keycloak.realm,
        name: templateText(name),
        ...(parentId === undefined ? {} : { parentId }),
      });
      this.#createTree(subGroups, path, group.id);
    }
  }
}
