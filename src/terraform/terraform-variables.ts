import type { PathStep } from '../document/source-node';
import type { Auth0 } from '../model/cluster';
import type { SecretReference } from '../model/secret';
import { logicalName } from './logical-name';

/** A variable through which Terraform is given a secret. */
export interface TerraformSecretVariable {
  /** Set it in the environment as `TF_VAR_` and this. */
  readonly name: string;
  readonly description: string;
  /** Whether its value is kept out of plan and state; users' passwords have no such way. */
  readonly isEphemeral: boolean;
  /** The field of the document that gives the secret. */
  readonly path: readonly PathStep[];
  /** The secret itself, as pachkit knows it. */
  readonly secret: SecretReference | undefined;
}

export const CLIENT_SECRET_VARIABLE = 'auth0_client_secret';

/** Name of the variable with a user's password. */
export function passwordVariable(email: string): string {
  return `auth0_password_${logicalName(email).replace(/-/g, '_')}`;
}

/** Every variable that the Terraform of this application wants a secret for, in the order in which it is declared. */
export function terraformSecretVariables({ application, users }: Auth0): TerraformSecretVariable[] {
  const variables: TerraformSecretVariable[] = users.map((user, index) => ({
    name: passwordVariable(user.email),
    description: 'Password of a user. It ends up in the state.',
    isEphemeral: false,
    path: ['auth0', 'users', index, 'password'],
    secret: user.password,
  }));
  if (application.clientSecretFrom === 'variable')
    variables.unshift({
      name: CLIENT_SECRET_VARIABLE,
      description: 'Client secret of the application. Neither plan nor state holds it.',
      isEphemeral: true,
      path: ['auth0', 'application', 'clientSecret'],
      secret: application.clientSecret,
    });
  return variables;
}
