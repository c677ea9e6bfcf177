import type { Construct } from 'constructs';
import { CLIENT_SECRET_LENGTH } from '../model/auth0-client-secret';
import type { Auth0 } from '../model/cluster';
import { TerraformVariable } from './cdktf';
import {
  CLIENT_SECRET_VARIABLE,
  passwordVariable,
  terraformSecretVariables,
  type TerraformSecretVariable,
} from './terraform-variables';

/** The variable for the client secret. Terraform refuses what cannot be one before anything reaches Auth0. */
export function declareClientSecret(scope: Construct, auth0: Auth0): TerraformVariable | undefined {
  const described = terraformSecretVariables(auth0).find(({ name }) => name === CLIENT_SECRET_VARIABLE);
  return (
    described &&
    declare(scope, described, (reference) => ({
      condition: `\${length(${reference}) >= ${CLIENT_SECRET_LENGTH}}`,
      errorMessage: `A client secret has at least ${CLIENT_SECRET_LENGTH} characters. Auth0 accepts any other as well, and then every login fails.`,
    }))
  );
}

/** The variables for the passwords of users, by e-mail address. */
export function declarePasswords(scope: Construct, auth0: Auth0): Map<string, TerraformVariable> {
  const described = new Map(terraformSecretVariables(auth0).map((variable) => [variable.name, variable]));
  return new Map(
    auth0.users.flatMap(({ email }) => {
      const variable = described.get(passwordVariable(email));
      if (!variable) return [];
      const declared = declare(scope, variable, (reference) => ({
        condition: `\${!contains(["", "undefined", "null"], ${reference})}`,
        errorMessage: 'The password is empty, or what a program prints for a missing value.',
      }));
      return [[email, declared] as const];
    }),
  );
}

function declare(
  scope: Construct,
  { name, description, isEphemeral }: TerraformSecretVariable,
  validation: (reference: string) => { condition: string; errorMessage: string },
): TerraformVariable {
  const variable = new TerraformVariable(scope, name, {
    type: 'string',
    description,
    sensitive: true,
    nullable: false,
  });
  variable.addValidation(validation(`var.${variable.friendlyUniqueId}`));
  if (isEphemeral) variable.addOverride('ephemeral', true);
  return variable;
}
