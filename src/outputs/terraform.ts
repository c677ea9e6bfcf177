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
  commands({ cluster: { auth0 }, document, directory, workingDirectory }) {
    if (!auth0) return [];
    const run = (action: string): string =>
      `terraform ${shellWord(`-chdir=${directory}/terraform`)} ${action}`;
    return [
      `# Terraform logs in to ${auth0.tenantDomain} with AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN: those of an application that may use the Management API`,
      ...secretExports(document, exported(auth0), workingDirectory),
      run('init'),
      run('apply'),
      ...(auth0.application.clientID === undefined
        ? [
            run('output -raw client_id'),
            '# then write that into the document as auth0.application.clientID, and synthesize all of it',
          ]
        : []),
    ];
  },
  variables: ({ auth0 }) => (auth0 ? exported(auth0).map(({ name }) => name) : []),
};

/** The variables of Terraform as variables of its environment. */
function exported(auth0: Auth0): SecretVariable[] {
  return terraformSecretVariables(auth0).map((variable) => ({
    ...variable,
    name: `TF_VAR_${variable.name}`,
  }));
}
