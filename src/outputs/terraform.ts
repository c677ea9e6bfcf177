import { compare } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import { synthesizeTerraform } from '../terraform/synthesize-terraform';
import { terraformSecretVariables } from '../terraform/terraform-variables';
import type { Output } from './output';
import { terraformExports } from './terraform-exports';

/** `terraform/cdk.tf.json`: the application at Auth0, as `terraform -chdir=… apply` takes it. */
export const terraform: Output = {
  emit: (cluster) =>
    Object.entries(synthesizeTerraform(cluster) ?? {})
      .sort(([a], [b]) => compare(a, b))
      .map(([name, content]) => ({ path: `terraform/${name}`, content, isSecret: false })),
  commands: ({ cluster: { auth0 }, document, directory, workingDirectory }) => [
    ...(auth0 ? terraformExports(document, auth0, workingDirectory) : []),
    ...['init', 'apply'].map((action) => `terraform ${shellWord(`-chdir=${directory}/terraform`)} ${action}`),
  ],
  variables: ({ auth0 }) =>
    auth0 ? terraformSecretVariables(auth0).map(({ name }) => `TF_VAR_${name}`) : [],
};
