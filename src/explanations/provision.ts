import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about Terraform that a deploy starts. */
export const provisionExplanations: readonly Explanation[] = [
  {
    code: 'TFR001',
    title: 'Terraform that is missing',
    reason:
      "pachkit deploy has the user's own Terraform or OpenTofu make the application at Auth0 that a document describes, and take its client id from there. There is no program of either name in a folder of PATH, or the one that --terraform or the variable PACHKIT_TERRAFORM names is none. Nothing is changed.",
    remedy:
      'Install Terraform 1.11 or OpenTofu 1.11, or name the program with --terraform PATH. With --no-terraform the application is left alone; the document has to say its client id then.',
  },
  {
    code: 'TFR002',
    title: 'Terraform that is too old',
    reason:
      'The client secret goes to Auth0 through an attribute that can only be written, so that no state holds it. Terraform and OpenTofu know such attributes since 1.11.',
    remedy:
      'Install Terraform 1.11 or OpenTofu 1.11 or a later one, and name it with --terraform PATH where both are on the machine.',
  },
  {
    code: 'TFR003',
    title: 'Credentials of the Management API that are missing',
    reason:
      "Terraform's provider for Auth0 logs in with AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or with AUTH0_API_TOKEN, from its environment. pachkit passes its own environment on and keeps no such credentials. Nothing is changed.",
    remedy:
      'Make an application of type Machine to Machine in the tenant, authorize it for the Management API with the scopes of docs/guide/auth0.md, and set both variables. They are not the client id and secret that Dex logs people in with.',
  },
  {
    code: 'TFR004',
    title: 'Terraform that failed',
    reason:
      'Terraform was started with the configuration that pachkit has written, and ended with an error, which is quoted without secrets. When init or plan fail nothing is changed. When apply fails, what it has made is in its state, and the cluster is as it was.',
    remedy:
      'Fix what Terraform names and deploy again: Terraform goes on with what is missing. terraform -chdir=DIRECTORY plan shows the whole message, with the variables TF_VAR_… set.',
  },
  {
    code: 'TFR005',
    title: 'Application of another state',
    reason:
      'The client id of the application is known, and the state in the folder that Terraform works in has no application, or another one: the state was made on another machine, is in another folder, or was deleted. Terraform would make a second application of the same name, and logins would go to one of them.',
    remedy:
      'Deploy from the machine or with the --out folder that has the state, or declare a backend that all machines share (auth0.terraform.backend). An application that exists is taken over with provision: import. When it is gone, remove auth0.application.clientID and .pachkit/NAME.auth0.json.',
  },
  {
    code: 'TFR006',
    title: 'Secret that Terraform cannot be given',
    reason:
      'The document takes a secret of the application from a Secret of the cluster, which only pods read. Terraform needs its text to give it to Auth0.',
    remedy:
      'Set the variable TF_VAR_… that the message names to the same text, or give the secret as { env: NAME } or { file: PATH }.',
  },
  {
    code: 'TFR007',
    title: "Secret in a variable of Terraform's provider",
    reason:
      "Terraform's provider for Auth0 takes AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET from its environment, as those of the Machine to Machine application that may use the Management API. The document reads another secret from a variable of the same name, such as the client secret of the application that people log in with. There is one value, so either the provider cannot log in, or the application gets a secret that is not its own.",
    remedy:
      'Read the secret of the document from a variable of another name. Or give the provider AUTH0_API_TOKEN, which it takes alone, and keep the name.',
  },
];
