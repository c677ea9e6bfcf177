import type { Diagnostic } from '../diagnostics/diagnostic';
import { locate, nodeAt, toPointer, placeAt, type PathStep, type SourceNode } from '../document/source-node';
import type { Document } from '../document/document';
import type { Auth0 } from '../model/cluster';
import { terraformSecretVariables } from '../terraform/terraform-variables';

type Environment = Readonly<Record<string, string | undefined>>;

/** Ways in which the provider logs in to the Management API; each needs all of its variables. */
const WAYS: readonly (readonly string[])[] = [
  ['AUTH0_API_TOKEN'],
  ['AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'],
  ['AUTH0_CLIENT_ID', 'AUTH0_CLIENT_ASSERTION_PRIVATE_KEY'],
  ['AUTH0_CLI_LOGIN'],
];

/** Variables with secrets of the Management API. */
export const CREDENTIALS = ['AUTH0_API_TOKEN', 'AUTH0_CLIENT_SECRET', 'AUTH0_CLIENT_ASSERTION_PRIVATE_KEY'];

/** Long enough for Terraform to take it. */
const NO_SECRET = 'none'.repeat(16);

/** The way in which the provider logs in: the first whose variables are set. */
function wayOf(environment: Environment): readonly string[] | undefined {
  return WAYS.find((way) => way.every((name) => isSet(environment, name)));
}

/** What is missing for the provider to log in to the Management API. */
export function missingCredentials(environment: Environment, { root }: Document): Diagnostic[] {
  if (wayOf(environment)) return [];
  const half = isSet(environment, 'AUTH0_CLIENT_ID')
    ? 'AUTH0_CLIENT_ID is set and AUTH0_CLIENT_SECRET is not'
    : 'neither AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET nor AUTH0_API_TOKEN are set';
  return [
    {
      code: 'TFR003',
      severity: 'error',
      message: `Terraform cannot log in to Auth0: ${half}, from which its provider takes the credentials of the Management API`,
      ...placeAt(root, ['auth0']),
      hint: 'set both to those of a Machine to Machine application of the tenant, see docs/guide/auth0.md; --no-terraform leaves the application at Auth0 alone',
    },
  ];
}

/**
 * Secrets of a document that are read from variables which the provider takes for its own: it would log in to the Management
 * API with the secret of the application, or the application would get that of the Management API.
 */
export function clashingVariables(environment: Environment, { root }: Document): Diagnostic[] {
  const used = wayOf(environment) ?? [];
  return variablesIn(root).flatMap(({ name, path }): Diagnostic[] =>
    used.includes(name)
      ? [
          {
            code: 'TFR007',
            severity: 'warning',
            message: `The document reads a secret from ${name}, which Terraform's provider takes for the credentials of the Management API: one of the two gets the secret of the other`,
            ...placeAt(root, path),
            hint: `read it from a variable of another name, such as { env: PACHYDERM_${name} }; or let the provider log in with AUTH0_API_TOKEN`,
          },
        ]
      : [],
  );
}

/** Variables of the environment that a document refers to, as `{ env: NAME }`. */
function variablesIn(
  node: SourceNode,
  path: readonly PathStep[] = [],
): { readonly name: string; readonly path: readonly PathStep[] }[] {
  if (node.items) return node.items.flatMap((item, index) => variablesIn(item, [...path, index]));
  return [...(node.entries ?? [])].flatMap(([key, value]) =>
    key === 'env' && typeof value.scalar === 'string'
      ? [{ name: value.scalar, path }]
      : variablesIn(value, [...path, key]),
  );
}

/** The variables through which Terraform is given secrets, and what is missing among them. */
export function secretVariables(
  auth0: Auth0,
  environment: Environment,
  { root, file }: Document,
): { readonly variables: Readonly<Record<string, string>>; readonly diagnostics: readonly Diagnostic[] } {
  const variables: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [];
  for (const { name, path, secret } of terraformSecretVariables(auth0)) {
    const variable = `TF_VAR_${name}`;
    if (secret?.kind === 'literal') variables[variable] = secret.value.reveal();
    else if (!isSet(environment, variable))
      diagnostics.push({
        code: 'TFR006',
        severity: 'error',
        message: `Terraform needs the text of a secret that is in a Secret of the cluster, and ${variable} is not set`,
        location: nodeAt(root, path) === undefined ? { file } : locate(root, path),
        path: toPointer(path),
        hint: `export ${variable}=… with the same text, or give the secret as { env: NAME } or { file: PATH }`,
      });
  }
  return { variables, diagnostics };
}

/** Values for variables that Terraform wants although nothing depends on them: where everything is taken away. */
export function withoutSecrets(auth0: Auth0): Record<string, string> {
  return Object.fromEntries(terraformSecretVariables(auth0).map(({ name }) => [`TF_VAR_${name}`, NO_SECRET]));
}

function isSet(environment: Environment, name: string): boolean {
  return (environment[name] ?? '').trim() !== '';
}
