import type { Rule } from '../rule';

export const missingClientID: Rule = {
  code: 'TFM011',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Client id not known yet',
  reason:
    'Auth0 makes the client id when the application is created. Until it is in the document the connector cannot be written, so there is Terraform to apply and no manifest.',
  remedy:
    'Run pachkit deploy, which has Terraform make the application and goes on with its client id. Or run pachkit synth --only terraform, then terraform init and terraform apply in the terraform folder of the output; copy what terraform output -raw client_id prints to auth0.application.clientID, and run pachkit synth again.',
  *check({ document, cluster }) {
    // An application that exists has one; another rule asks for it.
    if (cluster.auth0?.application.provision !== 'create') return;
    if (document.auth0 && document.auth0.application?.clientID === undefined)
      yield {
        path: ['auth0', 'application', 'clientID'],
        message: 'The connector is left out as long as the client id is missing, which Auth0 makes',
        hint: 'run pachkit deploy, which has Terraform make the application; or run pachkit synth --only terraform and terraform apply, then set auth0.application.clientID to the output client_id',
      };
  },
};
