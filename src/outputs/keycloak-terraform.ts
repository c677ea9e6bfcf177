import { shellWord } from '../diagnostics/shell-word';
import type { Keycloak } from '../model/cluster';
import { KEYCLOAK_SECRET_VARIABLE } from '../terraform/keycloak-stack';
import { synthesizeKeycloak } from '../terraform/synthesize-terraform';
import type { Output } from './output';
import { secretExports, type SecretVariable } from './secret-exports';

/** `keycloak-terraform/cdk.tf.json`: the client at Keycloak, as `terraform -chdir=… apply` takes it. */
export const keycloakTerraform: Output = {
  emit: (cluster) =>
    Object.entries(synthesizeKeycloak(cluster) ?? {}).map(([name, content]) => ({
      path: `keycloak-terraform/${name}`,
      content,
      isSecret: false,
    })),
  commands: ({ cluster: { keycloak }, document, directory, workingDirectory }) => [
    ...(keycloak
      ? [
          `# Terraform logs in to ${keycloak.url} with KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET, or KEYCLOAK_USER and KEYCLOAK_PASSWORD beside KEYCLOAK_CLIENT_ID=admin-cli`,
          ...secretExports(document, [exported(keycloak)], workingDirectory),
        ]
      : []),
    ...['init', 'apply'].map(
      (action) => `terraform ${shellWord(`-chdir=${directory}/keycloak-terraform`)} ${action}`,
    ),
  ],
  variables: ({ keycloak }) => (keycloak ? [exported(keycloak).name] : []),
};

/** The variable of Terraform as a variable of its environment. */
function exported({ clientSecret, clientSecretPath }: Keycloak): SecretVariable {
  return { name: `TF_VAR_${KEYCLOAK_SECRET_VARIABLE}`, path: clientSecretPath, secret: clientSecret };
}
