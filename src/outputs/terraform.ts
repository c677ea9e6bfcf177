import { compare } from '../diagnostics/diagnostic';
import type { Auth0 } from '../model/cluster';
import { shellWord } from '../diagnostics/shell-word';
import { synthesizeTerraform } from '../terraform/synthesize-terraform';
import { terraformSecretVariables } from '../terraform/terraform-variables';
import type { Output } from './output';
import { secretExports, type SecretVariable } from './secret-exports';

/** `terraform/cdk.tf.json`: the application at Auth0, as `terraform -chdir=… apply` takes it. */
export const terraform: Output = {
  emit: (cluster) =>
    Object.entries(synthesizeTerraform(cluster) ?? {})
      .sort(([a], [b]) => compare(a, b))
      .map(([name, content]) => ({ path: `terraform/${name}`, content, isSecret: false })),
  commands: ({ cluster: { auth0 }, document, directory, workingDirectory }) => [
    ...(auth0 ? secretExports(document, exported(auth0), workingDirectory) : []),
    ...['init', 'apply'].map((action) => `terraform ${shellWord(`-chdir=${directory}/terraform`)} ${action}`),
  ],
  variables: ({ auth0 }) => (auth0 ? exported(auth0).map(({ name }) => name) : []),
};

/** The variables of Terraform as variables of its environment. */
function exported(auth0: Auth0): SecretVariable[] {
  return terraformSecretVariables(auth0).map((variable) => ({
    ...variable,
    name: `TF_VAR_${variable.name}`,
  }));
}
