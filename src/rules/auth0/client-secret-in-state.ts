import type { Rule } from '../rule';
import { isStateEncrypted } from './state-encryption';

export const clientSecretInState: Rule = {
  code: 'TFM012',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: "Client secret in Terraform's state",
  reason:
    "With clientSecretFrom: state, Auth0 makes the client secret and Terraform keeps it in its state, in plain text. Anyone who reads the state can be the cluster's Dex towards Auth0.",
  remedy:
    'Leave clientSecretFrom out: then the secret is yours and goes to Auth0 through an ephemeral variable. Or declare that the backend encrypts the state: encrypt: true for s3, encryptedState: true for others.',
  *check({ cluster }) {
    const { auth0 } = cluster;
    if (!auth0 || auth0.application.clientSecretFrom !== 'state' || cluster.profile === 'dev') return;
    if (auth0.application.provision === 'none' || isStateEncrypted(auth0)) return;
    yield {
      path: ['auth0', 'application', 'clientSecretFrom'],
      message: `Terraform's state would hold the client secret in plain text, and nothing says that the backend ${auth0.terraform.backend.kind} encrypts it`,
      hint: 'remove the line, or declare the encryption: auth0.terraform.encryptedState: true',
    };
  },
};
