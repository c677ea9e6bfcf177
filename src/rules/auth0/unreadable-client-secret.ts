import { CLIENT_SECRET_LENGTH } from '../../model/auth0-client-secret';
import { isGenerated } from '../../model/secret-reader';
import type { Rule } from '../rule';

export const unreadableClientSecret: Rule = {
  code: 'TFM013',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Client secret that does not fit',
  reason:
    "The client secret has to be the same at Auth0 and in the connector. Dex reads its connectors as one document, so the secret's text is needed: a reference to a Secret of the cluster gives the connector none. And with clientSecretFrom: state Auth0 makes the secret; another one made here is refused at every login: 401, access_denied, Unauthorized. A secret of fewer than 32 characters is refused by the Terraform that pachkit writes, so that an empty one or a word such as undefined never reaches Auth0.",
  remedy:
    'Give the secret as { env: NAME } or { file: PATH }, or leave it out to have it generated. With clientSecretFrom: state, read it from what terraform output -raw client_secret prints.',
  *check({ document, cluster }) {
    const application = document.auth0?.application ?? {};
    const secret = application.clientSecret;
    const isMadeByAuth0 = application.clientSecretFrom === 'state';
    const path = ['auth0', 'application', 'clientSecret'];
    const provision = cluster.auth0?.application.provision;
    // A standalone Dex gets each secret as an environment variable.
    if (typeof secret === 'object' && 'existing' in secret && !cluster.dex)
      yield {
        path,
        message:
          'The connector needs the text of the client secret, and a Secret in the cluster does not give it: Dex reads all connectors as one document',
        hint: 'give it as { env: NAME } or { file: PATH }',
      };
    else if (
      isMadeByAuth0 &&
      provision !== 'none' &&
      application.clientID !== undefined &&
      (secret === undefined || isGenerated(secret))
    )
      yield {
        path: secret === undefined ? ['auth0', 'application', 'clientSecretFrom'] : path,
        message:
          'Auth0 makes the client secret, and the connector would get another one that is generated here: every login would end with 401, access_denied, Unauthorized',
        hint: 'set clientSecret: { env: AUTH0_APPLICATION_SECRET }, and the variable to what terraform output -raw client_secret prints',
      };
    else if (
      !isMadeByAuth0 &&
      provision !== 'none' &&
      isGenerated(secret) &&
      (secret.generate.length ?? CLIENT_SECRET_LENGTH) < CLIENT_SECRET_LENGTH
    )
      yield {
        path: [...path, 'generate', 'length'],
        message: `Terraform refuses a client secret of fewer than ${CLIENT_SECRET_LENGTH} characters`,
        hint: 'remove the length: 48 characters are generated then',
      };
  },
};
